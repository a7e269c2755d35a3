package oosh.view;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.plan.ChangedSince;
import oosh.rollout.record.Progress;
import oosh.rollout.watch.ExecutionControl;
import oosh.view.text.DescriptionList;
import oosh.view.text.Style;
import oosh.view.text.TextSanitizer;

/*
 * abort exec-8f31 on asg-bp1web
 *   done         2 instances have the script: i-bp1a, i-bp1b
 *   running      2 instances: i-bp1c, i-bp1d; they stay as they are and may be in
 *                Standby; what runs there continues
 *   not reached  2 instances
 *   processes    ScaleIn, ScaleOut stay suspended until they are resumed
 */
/** What a person is told before they skip an instance or abort an execution. */
public final class ExecutionControlView {
  /** Instances named on one line; of a thousand, the rest is a number. */
  private static final int NAMED = 8;

  private ExecutionControlView() {}

  /** What an abort would leave. */
  public static String abort(Progress progress, Style style) {
    DescriptionList out = new DescriptionList(style, 13);
    Execution execution = progress.execution();
    out.head(
        "abort "
            + TextSanitizer.line(execution.id())
            + " on "
            + TextSanitizer.line(execution.group()));
    List<Progress.InstanceProgress> done = new ArrayList<>();
    List<Progress.InstanceProgress> between = new ArrayList<>();
    List<Progress.InstanceProgress> left = new ArrayList<>();
    for (Progress.InstanceProgress i : progress.instances()) {
      (i.status().isSuccess() ? done : i.status().isFinal() ? left : between).add(i);
    }
    if (!done.isEmpty()) {
      out.row("done", have(done) + ": " + names(done));
    }
    if (!between.isEmpty()) {
      out.row(
          "running",
          named(between)
              + stay(between, "as they are and may be in Standby; what runs there continues"));
    }
    if (!left.isEmpty()) {
      boolean skips = left.stream().anyMatch(i -> i.status().equals(ExecutionStatus.SKIPPED));
      out.row(skips ? "not updated" : "failed", named(left) + stay(left, "in Standby"));
    }
    int reached = progress.instances().size();
    if (progress.guessed()) {
      out.row("not reached", "unknown: it was not started from here");
    } else if (progress.planned() > reached) {
      out.row("not reached", DescriptionList.count(progress.planned() - reached, "instance"));
    }
    out.row("processes", processes(progress));
    return out.text();
  }

  /** The same before OOS lists the execution: it may be at work already. */
  public static String abortUnlisted(String executionId) {
    return "abort "
        + TextSanitizer.line(executionId)
        + ": OOS does not list it yet, so it is unknown what it has done; doctor shows it afterwards";
  }

  /** What is left of a skipped instance. */
  public static String skip(Progress progress, ExecutionControl.NotifyRequest choice, Style style) {
    boolean one = choice.instances().size() == 1;
    String left =
        choice.instances().isEmpty()
            ? TextSanitizer.line(choice.names(progress))
                + " is skipped; the execution continues with the next task"
            : names(choice.instances())
                + (one ? " stays in Standby" : " stay in Standby")
                + " until heal --return-failed returns "
                + (one ? "it" : "them")
                + " to service; OOS counts "
                + (one ? "it" : "them")
                + " as done and continues";
    return new DescriptionList(style, 0).head(left).text();
  }

  /** The question after it. */
  public static String skipQuestion(Progress progress, ExecutionControl.NotifyRequest choice) {
    return "skip "
        + (choice.instances().isEmpty()
            ? TextSanitizer.line(choice.names(progress))
            : DescriptionList.count(choice.instances().size(), "instance"))
        + " of "
        + TextSanitizer.line(progress.execution().id())
        + "? [y/N] ";
  }

  private static String have(List<Progress.InstanceProgress> done) {
    return DescriptionList.count(done.size(), "instance")
        + (done.size() == 1 ? " has" : " have")
        + " the script";
  }

  private static String named(List<Progress.InstanceProgress> instances) {
    return DescriptionList.count(instances.size(), "instance") + ": " + names(instances);
  }

  private static String stay(List<Progress.InstanceProgress> instances, String how) {
    return instances.size() == 1
        ? "; it stays " + how.replace("they are", "it is")
        : "; they stay " + how;
  }

  static String names(List<Progress.InstanceProgress> instances) {
    String first =
        String.join(
            ", ", instances.stream().limit(NAMED).map(i -> TextSanitizer.line(i.id())).toList());
    return instances.size() <= NAMED
        ? first
        : first + " and " + (instances.size() - NAMED) + " more";
  }

  /** They are suspended before the first instance begins. */
  private static String processes(Progress progress) {
    Execution execution = progress.execution();
    boolean may = progress.instances().isEmpty();
    if (execution.isRollback() || !execution.parameters().containsKey("enterProcess")) {
      return "the scaling processes "
          + (may ? "may stay" : "stay")
          + " suspended until they are resumed";
    }
    List<String> suspended = execution.listParameter("enterProcess");
    boolean one = suspended.size() == 1;
    return suspended.isEmpty()
        ? "it suspended none"
        : TextSanitizer.line(String.join(", ", suspended))
            + (may ? " may stay" : one ? " stays" : " stay")
            + " suspended until "
            + (one ? "it is" : "they are")
            + " resumed";
  }

  /** {@code note: changed since exec-6f1c began, and not by it: i-bp1d is Protected (was …)}. */
  public static String changed(String executionId, List<ChangedSince> changed) {
    return "note: changed since "
        + TextSanitizer.line(executionId)
        + " began, and not by it: "
        + changed.stream()
            .limit(NAMED)
            .map(
                c ->
                    TextSanitizer.line(c.instance())
                        + " is "
                        + TextSanitizer.line(c.now())
                        + " (was "
                        + TextSanitizer.line(c.before())
                        + ")")
            .collect(Collectors.joining(", "))
        + (changed.size() > NAMED ? " and " + (changed.size() - NAMED) + " more" : "")
        + "; OOS may undo that on instances that it has not reached";
  }
}
