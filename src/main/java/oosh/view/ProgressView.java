package oosh.view;

import static oosh.view.text.TextSanitizer.sentence;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.cloud.TaskExecution;
import oosh.rollout.record.GateFailure;
import oosh.rollout.record.Progress;
import oosh.rollout.update.Payload;
import oosh.rollout.update.UpdateMethod;
import oosh.view.approval.ApprovalView;
import oosh.view.json.ExecutionJson;
import oosh.view.text.DescriptionList;
import oosh.view.text.Style;
import oosh.view.text.TextSanitizer;
import oosh.view.text.TimeText;
import org.jspecify.annotations.Nullable;

/*
 * batch 1/3 i-bp1a Running enterStandby
 * batch 1/3 i-bp1a Success 2.1s
 * batch 1/3 i-bp1b Failed checkInvocationResult: the script ended with 1
 * Failed after 9s: 1 failed, 1 succeeded, 4 not reached; i-bp1b: checkInvocationResult: the script
 * ended with 1
 * 1 instance may be in Standby and the scaling processes stay suspended
 * next: rollback exec-8f31
 */
/** How far an execution is: as a live view, as lines for a pipe, and in one sentence at its end. */
public final class ProgressView {
  /** Of a failed script's output in the live view; {@code outputs} has the rest. */
  private static final int LAST_LINES = 3;

  private ProgressView() {}

  /** {@code oosh: Success asg-bp1web 6/6}, for the terminal's title: only text. */
  public static String title(Progress progress) {
    Execution e = progress.execution();
    return sentence(
        "oosh: %s %s %d/%s", e.status(), e.group(), progress.succeeded(), of(progress.total()));
  }

  /** How many instances or batches an execution has in all; {@code ?} for 0: it is not known. */
  static String of(int total) {
    return total == 0 ? "?" : String.valueOf(total);
  }

  /**
   * {@code Success with failures}: the status in every text.
   *
   * @param inPart whether it is a Success although instances failed or were skipped
   */
  static String word(ExecutionStatus status, boolean inPart) {
    return TextSanitizer.line(status.word()) + (inPart ? " with failures" : "");
  }

  /** {@code 2 of 6 instances}. */
  static String done(Progress progress) {
    return progress.succeeded()
        + " of "
        + (progress.guessed()
            ? "? instances"
            : DescriptionList.count(progress.planned(), "instance"));
  }

  /** The last lines of what a script printed: where it broke off. */
  public static List<String> lastLines(String output) {
    List<String> lines = TextSanitizer.text(output).lines().filter(l -> !l.isBlank()).toList();
    return lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
  }

  /** One line for every instance whose status or task is another than before. */
  public static List<String> changes(@Nullable Progress before, Progress now, Style style) {
    Stream<String> instances =
        changed(before, now).stream()
            .map(
                c ->
                    sentence(
                            "%s %d/%s %s ",
                            c.back() ? "rollback" : "batch",
                            c.batch(),
                            of(batches(now)),
                            c.instance().id())
                        + style.status(c.instance().status())
                        + (detail(c.instance()).isEmpty() ? "" : " " + detail(c.instance())));
    return Stream.concat(instances, GateView.look(before, now).stream()).toList();
  }

  /** The same changes as objects, for one line each. */
  public static List<JsonObject> changesJson(@Nullable Progress before, Progress now) {
    Stream<JsonObject> instances =
        changed(before, now).stream()
            .map(
                c -> {
                  JsonObject json = new JsonObject();
                  json.addProperty("executionId", now.execution().id());
                  json.addProperty("batch", c.batch());
                  if (c.back()) {
                    json.addProperty("rollback", true);
                  }
                  if (batches(now) > 0) {
                    json.addProperty("batches", batches(now));
                  }
                  ExecutionJson.instance(c.instance()).asMap().forEach(json::add);
                  return json;
                });
    return Stream.concat(instances, GateView.lookJson(before, now).stream()).toList();
  }

  /** The execution itself, for the last line: that without an instance. */
  public static JsonObject json(Progress progress) {
    JsonObject json = ExecutionJson.brief(progress.execution());
    json.addProperty("succeeded", progress.succeeded());
    ExecutionJson.planned(json, progress);
    ExecutionJson.gates(json, progress);
    return json;
  }

  /** The sentence that a watch ends in. */
  public static String outcome(Progress progress, Instant now, Style style) {
    ExecutionStatus status = progress.execution().status();
    String word =
        progress.toleratesFailures() ? style.warn(word(status, true)) : style.status(status);
    boolean clean =
        progress.failed().isEmpty()
            && progress.skipped().isEmpty()
            && progress.stuck() == null
            && (status.isSuccess() || !status.isFinal());
    String counts =
        clean ? done(progress) : counts(progress) + failures(progress) + GateView.undone(progress);
    if (status.isWaiting()) {
      return ApprovalView.waits(progress, word, batches(progress), counts, clean);
    }
    String elapsed = elapsed(progress.execution(), now);
    if (elapsed.isEmpty()) {
      return word + ": " + counts;
    }
    return clean
        ? word + ": " + counts + " in " + elapsed
        : word + " after " + elapsed + ": " + counts;
  }

  /** {@code 1 failed, 3 succeeded, 2 not reached}: the instances by their outcome. */
  private static String counts(Progress progress) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    counts.put("failed", progress.failed().size());
    counts.put("succeeded", progress.succeeded());
    counts.put("skipped", progress.skipped().size());
    int reached = progress.instances().size();
    counts.put(
        progress.execution().status().isFinal() ? "cut off" : "running",
        reached - counts.values().stream().mapToInt(Integer::intValue).sum());
    counts.put("not reached", progress.guessed() ? 0 : progress.planned() - reached);
    String text =
        counts.entrySet().stream()
            .filter(c -> c.getValue() > 0)
            .map(c -> c.getValue() + " " + c.getKey())
            .collect(Collectors.joining(", "));
    return text.isEmpty() ? done(progress) : text;
  }

  /**
   * What a person can do now; for one that failed, first what is left behind.
   *
   * @param notRolledBack how many instances a rollback has left to do
   */
  public static String next(Progress progress, boolean hasWayBack, int notRolledBack) {
    Execution e = progress.execution();
    String id = TextSanitizer.line(e.id());
    if (e.status().isWaiting()) {
      return ApprovalView.next(progress);
    }
    if (!e.status().isFinal()) {
      return sentence("next: watch %1$s, or abort %1$s", id);
    }
    boolean back = hasWayBack && !e.isRollback();
    if (progress.toleratesFailures()) {
      return inStandby(progress)
          + "next: "
          + (e.isRollback() || prints(e) ? "retry " + id + " --failed, " : "")
          + "heal --return-failed, "
          + (back ? "or rollback " + id : "or doctor");
    }
    if (e.status().isSuccess()) {
      return notReached(progress)
          + inStandby(progress)
          + "next: "
          + (back ? "rollback " + id + " if it misbehaves, " : "")
          + (notRolledBack == 0 ? "" : rollBackTheRest(e, notRolledBack) + ", ")
          + (prints(e)
              ? "outputs " + id + " to read what it printed"
              : "show " + id + " for all details");
    }
    if (progress.rolledBack()) {
      return sentence("next: report %1$s tells what happened; coverage shows what runs where", id);
    }
    if (progress.hasNotBegun()) {
      return ApprovalView.notBegun(progress);
    }
    return leftoversHint(progress) + (back ? "next: rollback " + id + ", or doctor" : again(e, id));
  }

  private static String rollBackTheRest(Execution rollback, int left) {
    return sentence(
        "rollback %s for %s that %s not rolled back",
        rollback.parameter("sourceExecutionId"),
        DescriptionList.count(left, "instance"),
        left == 1 ? "is" : "are");
  }

  /** That it began on fewer than were planned: others had left service before it began. */
  private static String notReached(Progress progress) {
    int reached = progress.instances().size();
    return reached == 0 || reached >= progress.planned()
        ? ""
        : DescriptionList.count(progress.planned() - reached, "instance")
            + " of the plan did not take part: coverage lists those without it\n";
  }

  /** Those that were skipped, and those whose failure was tolerated. */
  private static String inStandby(Progress progress) {
    List<Progress.InstanceProgress> there = new ArrayList<>(progress.skipped());
    there.addAll(progress.failed());
    return there.isEmpty() || !usesStandby(progress.execution())
        ? ""
        : ExecutionControlView.inStandby(there) + "\n";
  }

  private static boolean usesStandby(Execution e) {
    return UpdateMethod.of(e).map(UpdateMethod::usesStandby).orElse(true);
  }

  /** Whether something runs on the instances that can print. */
  private static boolean prints(Execution e) {
    return UpdateMethod.of(e)
        .flatMap(UpdateMethod::payload)
        .filter(p -> p == Payload.IMAGE || p == Payload.CONTAINER)
        .isEmpty();
  }

  /** A rollback that failed can be tried again: it, too, brings instances out of Standby. */
  private static String again(Execution e, String id) {
    String source = TextSanitizer.line(e.parameter("sourceExecutionId"));
    String verb = prints(e) ? "outputs" : "show";
    return e.isRollback() && !source.isEmpty()
        ? sentence("next: %s %s says why; then rollback %s again", verb, id, source)
        : "next: doctor shows what is left, heal undoes it";
  }

  /**
   * How many batches there will be: what OOS was asked for, but none without an instance. 0 where
   * the number of instances is not known and another batch may follow.
   */
  static int batches(Progress progress) {
    int asked =
        progress.execution().parameters().get("batchNumber") instanceof Number n ? n.intValue() : 0;
    boolean lastOne = asked > 0 && Math.max(1, progress.lastBatch()) >= asked;
    if (progress.guessed() && !lastOne) {
      return 0;
    }
    int most = Math.max(1, progress.planned());
    return Math.max(asked < 1 ? 1 : Math.min(asked, most), progress.lastBatch());
  }

  /** What stands behind an instance's status: its time, its task, or why it failed. */
  static String detail(Progress.InstanceProgress i) {
    String task = TextSanitizer.line(i.task());
    if (i.status().isFailed()) {
      String message = TextSanitizer.line(PayloadView.address(i.message()));
      return task.isEmpty() || message.isEmpty() ? task + message : task + ": " + message;
    }
    Instant started = i.started();
    Instant ended = i.ended();
    if (i.status().isFinal()) {
      return started == null || ended == null
          ? ""
          : TimeText.span(Duration.between(started, ended));
    }
    return task;
  }

  /** {@code 14s} up to its end, or up to now; "" if its begin is not known. */
  static String elapsed(Execution e, Instant now) {
    Instant created = e.created();
    Instant ended = e.ended();
    if (created == null) {
      return "";
    }
    return TimeText.span(
        Duration.between(created, ended != null && e.status().isFinal() ? ended : now));
  }

  /** Why an instance failed, in OOS's words. */
  public static String why(Progress.InstanceProgress failed) {
    return detail(failed);
  }

  private record Change(boolean back, int batch, Progress.InstanceProgress instance) {}

  private static List<Change> changed(@Nullable Progress before, Progress now) {
    Map<String, String> seen = new HashMap<>();
    if (before != null) {
      changes(before).forEach(c -> seen.put(key(c), state(c.instance())));
    }
    return changes(now).stream()
        .filter(c -> !state(c.instance()).equals(seen.get(key(c))))
        .toList();
  }

  private static List<Change> changes(Progress progress) {
    List<Change> all = new ArrayList<>();
    progress
        .batches()
        .forEach(b -> b.instances().forEach(i -> all.add(new Change(false, b.number(), i))));
    progress
        .undoneBatches()
        .forEach(b -> b.instances().forEach(i -> all.add(new Change(true, b.number(), i))));
    return all;
  }

  private static String key(Change c) {
    return c.back() + " " + c.batch() + " " + c.instance().id();
  }

  private static String state(Progress.InstanceProgress i) {
    return i.taskExecutionId() + " " + i.status() + " " + detail(i);
  }

  private static String failures(Progress progress) {
    List<Progress.InstanceProgress> failed = progress.failed();
    TaskExecution stuck = progress.stuck();
    if (failed.isEmpty() && !progress.gateFailures().isEmpty()) {
      return "; " + GateView.failed(progress);
    }
    if (failed.isEmpty() && stuck != null) {
      return sentence("; task %s: %s", stuck.name(), stuck.statusMessage());
    }
    if (failed.isEmpty()) {
      String message =
          TextSanitizer.line(PayloadView.address(progress.execution().statusMessage()));
      return progress.execution().status().isSuccess() || message.isEmpty() ? "" : "; " + message;
    }
    Progress.InstanceProgress first = failed.get(0);
    String detail = detail(first);
    return "; "
        + TextSanitizer.line(first.id())
        + (detail.isEmpty() ? " failed" : ": " + detail)
        + (progress.gateFailures().stream().anyMatch(GateFailure::isTooManyErrors)
            ? "; " + GateView.failed(progress)
            : "");
  }

  /** What one that failed leaves behind, on a line of its own; "" if that is nothing. */
  public static String leftoversHint(Progress progress) {
    Set<String> back = new HashSet<>(GateView.goneBeforeUndo(progress));
    progress.undone().stream().filter(i -> i.status().isSuccess()).forEach(i -> back.add(i.id()));
    long standby =
        Stream.concat(progress.instances().stream(), progress.undone().stream())
            .filter(i -> !i.status().isSuccess() && !back.contains(i.id()))
            .map(Progress.InstanceProgress::id)
            .distinct()
            .count();
    Execution e = progress.execution();
    boolean resumed =
        e.status().isSuccess()
            || (e.status().isFailed()
                && UpdateMethod.of(e).filter(UpdateMethod::usesOoshTemplate).isPresent());
    boolean none =
        resumed
            || (!e.isRollback()
                && e.parameters().containsKey("enterProcess")
                && e.listParameter("enterProcess").isEmpty());
    // They are suspended before the first instance begins.
    String may = progress.instances().isEmpty() ? "may " : "";
    String processes = none ? "" : "the scaling processes " + may + "stay suspended";
    String instances =
        standby == 0 || !usesStandby(e)
            ? ""
            : DescriptionList.count(standby, "instance") + " may be in Standby";
    String both = instances.isEmpty() || processes.isEmpty() ? "" : " and ";
    String said = instances + both + processes;
    return said.isEmpty() ? "" : said + "\n";
  }
}
