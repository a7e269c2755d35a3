package oosh.view;

import static oosh.view.text.TextSanitizer.sentence;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.cloud.TaskExecution;
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

  /** What the verb would do, in a sentence without its end: {@code continue: batch 2 of 3 next}. */
  public static String pressed(String verb, Progress progress) {
    String id = progress.execution().id();
    int over = progress.endedCount();
    String does =
        switch (verb) {
          case "continue" ->
              progress.execution().status().isWaiting()
                  ? next(progress)
                  : "it does not stop before batch " + progress.stopsBefore();
          case "pause" -> "it stops before batch " + progress.nextBatch();
          case "retry" -> failed(progress) + " runs again";
          case "skip" ->
              progress.failed().isEmpty()
                  ? failed(progress) + " counts as done"
                  : inStandby(progress.failed());
          default ->
              over
                  + " of "
                  + (progress.guessed() ? "?" : progress.planned())
                  + " instances are over and stay as they are, the others are not updated;"
                  + " nothing is rolled back";
        };
    return TextSanitizer.line(verb + " " + id + ": " + does);
  }

  /** Names the instances where the execution was told them. */
  private static String next(Progress progress) {
    int batch = progress.nextBatch();
    if (batch == 0) {
      return "to its end";
    }
    List<String> ids =
        progress.execution().parameters().get("targets" + batch) instanceof List<?> targets
            ? targets.stream()
                .map(t -> t instanceof Map<?, ?> m ? m.get("instanceId") : t)
                .map(String::valueOf)
                .toList()
            : List.of();
    return "batch "
        + batch
        + " of "
        + progress.batchNumber()
        + " is next"
        + (ids.isEmpty() ? "" : ": " + DescriptionList.list(ids, NAMED));
  }

  private static String failed(Progress progress) {
    TaskExecution stuck = progress.stuck();
    return progress.failed().isEmpty() && stuck != null
        ? "task " + stuck.name()
        : names(progress.failed());
  }

  /** What an abort would leave. */
  public static String abort(Progress progress, Style style) {
    return abort(progress, false, style);
  }

  /**
   * @param rollsBack whether a rollback follows, which resumes the processes
   */
  static String abort(Progress progress, boolean rollsBack, Style style) {
    DescriptionList out = new DescriptionList(style, 13);
    Execution execution = progress.execution();
    out.head("abort %s on %s", execution.id(), execution.group());
    List<Progress.InstanceProgress> done = new ArrayList<>();
    List<Progress.InstanceProgress> between = new ArrayList<>();
    List<Progress.InstanceProgress> left = new ArrayList<>();
    Set<String> undone =
        progress.undone().stream().map(Progress.InstanceProgress::id).collect(Collectors.toSet());
    for (Progress.InstanceProgress i :
        progress.instances().stream().filter(i -> !undone.contains(i.id())).toList()) {
      (i.status().isSuccess() ? done : i.status().isFinal() ? left : between).add(i);
    }
    out.row("done", named(done, done.size() == 1 ? " has the script" : " have the script", ""));
    String stay = "as they are and may be in Standby; what runs there continues";
    out.row("running", named(between, "", stay));
    boolean skips = left.stream().anyMatch(i -> i.status().equals(ExecutionStatus.SKIPPED));
    out.row(skips ? "not updated" : "failed", named(left, "", "in Standby"));
    int reached = progress.instances().size();
    if (progress.guessed()) {
      out.row("not reached", "unknown: it was not started from here");
    } else if (progress.planned() > reached) {
      out.row("not reached", DescriptionList.count(progress.planned() - reached, "instance"));
    }
    String back = progress.undoneInWords();
    out.row("rollback", back.isEmpty() ? null : back + " so far; the rest stays as it is");
    out.row("processes", processes(progress, rollsBack));
    return out.text();
  }

  /** The same before OOS lists the execution: it may be at work already. */
  public static String abortUnlisted(String executionId) {
    return sentence(
        "abort %s: OOS does not list it yet, so it is unknown what it has done; doctor shows it"
            + " afterwards",
        executionId);
  }

  /** What is left of a skipped instance. */
  public static String skip(Progress progress, ExecutionControl.NotifyRequest choice, Style style) {
    String them = choice.instances().size() == 1 ? "it" : "them";
    String left =
        choice.instances().isEmpty()
            ? TextSanitizer.line(choice.names(progress))
                + " is skipped; the execution continues with the next task"
            : inStandby(choice.instances()) + "; OOS counts " + them + " as done and continues";
    return new DescriptionList(style, 0).head(left).text();
  }

  /** The question after it. */
  public static String skipQuestion(Progress progress, ExecutionControl.NotifyRequest choice) {
    return sentence(
        "skip %s of %s? [y/N] ",
        choice.instances().isEmpty()
            ? choice.names(progress)
            : DescriptionList.count(choice.instances().size(), "instance"),
        progress.execution().id());
  }

  /** {@code 2 instances have the script: i-bp1a, i-bp1b; they stay in Standby}; "" for none. */
  private static String named(List<Progress.InstanceProgress> instances, String have, String stay) {
    int n = instances.size();
    if (n == 0) {
      return "";
    }
    String they =
        n == 1 ? "; it stays " + stay.replace("they are", "it is") : "; they stay " + stay;
    return DescriptionList.count(n, "instance")
        + have
        + ": "
        + names(instances)
        + (stay.isEmpty() ? "" : they);
  }

  private static String names(List<Progress.InstanceProgress> instances) {
    return DescriptionList.list(
        instances.stream().map(Progress.InstanceProgress::id).toList(), NAMED);
  }

  /** What becomes of instances that failed or were skipped. */
  static String inStandby(List<Progress.InstanceProgress> instances) {
    return names(instances)
        + (instances.size() == 1
            ? " stays in Standby until heal --return-failed returns it to service"
            : " stay in Standby until heal --return-failed returns them to service");
  }

  /** They are suspended before the first instance begins. */
  private static String processes(Progress progress, boolean rollsBack) {
    Execution execution = progress.execution();
    boolean may = progress.instances().isEmpty();
    if (execution.isRollback() || !execution.parameters().containsKey("enterProcess")) {
      String stay = may ? "may stay" : "stay";
      return "the scaling processes "
          + stay
          + " suspended until "
          + (rollsBack ? "the rollback resumes them" : "they are resumed");
    }
    List<String> suspended =
        progress.hasNotBegun() ? List.of() : execution.listParameter("enterProcess");
    boolean one = suspended.size() == 1;
    return suspended.isEmpty()
        ? "it suspended none"
        : sentence(
            "%s %s suspended until %s",
            DescriptionList.list(suspended),
            may ? "may stay" : one ? "stays" : "stay",
            rollsBack
                ? "the rollback resumes " + (one ? "it" : "them")
                : one ? "it is resumed" : "they are resumed");
  }

  /** {@code note: changed since exec-6f1c began, and not by it: i-bp1d is Protected (was …)}. */
  public static String changed(String executionId, List<ChangedSince> changed) {
    List<String> all =
        changed.stream()
            .map(c -> sentence("%s is %s (was %s)", c.instance(), c.now(), c.before()))
            .toList();
    return sentence(
        "note: changed since %s began, and not by it: %s; OOS may undo that on instances that it"
            + " has not reached",
        executionId, DescriptionList.list(all, NAMED));
  }
}
