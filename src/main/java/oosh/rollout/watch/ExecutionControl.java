package oosh.rollout.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import oosh.rollout.Problem;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.NotifyType;
import oosh.rollout.cloud.TaskExecution;
import oosh.rollout.record.Progress;
import oosh.rollout.update.BatchPause;
import oosh.rollout.update.UpdateMethod;

/**
 * What a user can send to an execution that waits: continue after a batch, run a failed instance
 * again, or count it as done. Each rule refuses what OOS would refuse, before OOS is asked.
 */
public final class ExecutionControl {
  /**
   * What NotifyExecution is sent, and for which instances.
   *
   * @param instances those that failed; empty if a task of the execution itself failed
   * @param taskExecutionIds what NotifyExecution is given
   */
  public record NotifyRequest(
      NotifyType type, List<Progress.InstanceProgress> instances, List<String> taskExecutionIds) {
    public NotifyRequest {
      instances = List.copyOf(instances);
      taskExecutionIds = List.copyOf(taskExecutionIds);
    }

    /** The instances' ids, or the name of the execution's own task. */
    public String names(Progress progress) {
      TaskExecution stuck = progress.stuck();
      return instances.isEmpty() && stuck != null
          ? "task " + stuck.name()
          : instances.stream().map(Progress.InstanceProgress::id).collect(Collectors.joining(", "));
    }
  }

  private ExecutionControl() {}

  /**
   * @throws Problem unless it waits between batches, or was told to stop before the next one
   */
  public static void mayContinue(Progress progress) {
    String id = progress.execution().id();
    if (progress.stopsBefore() > 0 && !progress.execution().status().isWaiting()) {
      return;
    }
    requireWaiting(progress, "continued", "show " + id);
    requireNoApproval(progress, id + " cannot be continued");
    if (progress.pausedByFailure()) {
      throw Problem.refused(
          id + " cannot be continued",
          failures(progress) + ", and OOS waits for a decision about it",
          "retry " + id + ", skip " + id + ", or abort " + id);
    }
  }

  /**
   * @throws Problem unless it can be told to stop before its next batch, and was not told
   */
  public static void mayPause(Progress progress) {
    Execution execution = progress.execution();
    String id = execution.id();
    String stops = "abort " + id + " ends it; what runs then continues to its end";
    if (execution.status().isFinal()) {
      throw cannotPause(id, "it has ended: " + execution.status(), "show " + id);
    }
    if (execution.status().isWaiting()) {
      throw cannotPause(
          id,
          "it waits already"
              + progress.waitsForApproval().map(a -> ", for approval by " + a.who()).orElse(""),
          (progress.waitsForApproval().isPresent() ? "approve " : "continue ")
              + id
              + ", or abort "
              + id);
    }
    if (execution.parameter("batchPauseOption").equals(BatchPause.EVERY.word())) {
      throw cannotPause(id, "it waits after each batch anyway", "watch " + id);
    }
    if (!progress.hasBrake()) {
      boolean own = UpdateMethod.of(execution).filter(UpdateMethod::usesOoshTemplate).isPresent();
      throw cannotPause(
          id,
          progress.batchNumber() == 1
              ? "it has one batch only"
              : own
                  ? "it has so many batches that its template would be too long for a stop"
                  : "the public template cannot be told to stop before a batch",
          own || progress.batchNumber() == 1
              ? stops
              : stops + "; use method run-script-oosh, for the next one");
    }
    if (progress.nextBatch() == 0) {
      throw cannotPause(id, "its last batch has begun", stops);
    }
    if (progress.isBraked()) {
      throw cannotPause(
          id,
          "it was told already, and stops before batch " + progress.stopsBefore(),
          "continue " + id + " takes that back");
    }
  }

  private static Problem cannotPause(String id, String why, String next) {
    return Problem.refused(id + " cannot be paused", why, next);
  }

  /**
   * What is to be retried or skipped. OOS is given the task executions of the loop's rounds, which
   * carry the instance as their loop item; that it means those, and not a task of the child
   * execution, is assumed.
   *
   * @param type RETRY or SKIP
   * @param instances their ids; empty for all that failed
   * @throws Problem unless it waits at a failure, and at that of each of these instances
   */
  public static NotifyRequest choose(Progress progress, NotifyType type, List<String> instances) {
    String verb = type == NotifyType.RETRY ? "retry" : "skip";
    String done = type == NotifyType.RETRY ? "retried" : "skipped";
    String id = progress.execution().id();
    requireWaiting(
        progress,
        done,
        type == NotifyType.RETRY
            ? "retry " + id + " --failed --missing"
            : "launch --on-failure pause, for the next one to wait at a failure");
    requireNoApproval(progress, "nothing of " + id + " can be " + done);
    if (!progress.pausedByFailure()) {
      throw Problem.refused(
          "nothing of " + id + " can be " + done,
          "no instance failed: it pauses after batch " + progress.lastBatch(),
          "continue " + id + ", or abort " + id);
    }
    List<Progress.InstanceProgress> failed = progress.failed();
    TaskExecution stuck = progress.stuck();
    if (failed.isEmpty() && stuck != null) {
      if (!instances.isEmpty()) {
        throw Problem.refused(
            instances.get(0) + " cannot be " + done,
            "no instance failed; task " + stuck.name() + " of the execution itself did",
            verb + " " + id);
      }
      return new NotifyRequest(type, List.of(), List.of(stuck.id()));
    }
    List<Progress.InstanceProgress> chosen = new ArrayList<>();
    for (String instance : instances.stream().distinct().toList()) {
      Optional<Progress.InstanceProgress> known =
          progress.instances().stream().filter(i -> i.id().equals(instance)).findFirst();
      if (known.isEmpty() || !known.get().status().isFailed()) {
        throw Problem.refused(
            instance + " cannot be " + done,
            known
                .map(i -> "it has not failed: it is " + i.status())
                .orElse(id + " has not touched it"),
            verb + " " + id + " " + failed.get(0).id());
      }
      chosen.add(known.get());
    }
    List<Progress.InstanceProgress> told = chosen.isEmpty() ? failed : chosen;
    return new NotifyRequest(
        type, told, told.stream().map(Progress.InstanceProgress::taskExecutionId).toList());
  }

  /**
   * @throws Problem if it has ended
   */
  public static void mayAbort(Progress progress) {
    Execution execution = progress.execution();
    if (execution.status().isFinal()) {
      throw Problem.refused(
          execution.id() + " cannot be aborted",
          "it has ended: " + execution.status(),
          "rollback " + execution.id());
    }
  }

  /**
   * Makes the call. If OOS refuses it, the execution is read again: another user may have ended or
   * answered it since the last poll.
   *
   * @param rule by which it was allowed
   * @throws Problem the rule's, where it does not hold any more; else as OOS refused it
   */
  public static void tell(Runnable call, Supplier<Progress> look, Consumer<Progress> rule) {
    try {
      call.run();
    } catch (Problem p) {
      if (p.kind() == Problem.Kind.REFUSED) {
        rule.accept(lookAgain(look, p));
      }
      throw p;
    }
  }

  /**
   * Tells an execution by its tag whether it stops before its next batch, and looks what it does.
   *
   * @param verb that tells it the same again
   * @throws Problem UNCERTAIN if the answer of either is lost
   */
  public static Progress brake(String id, String verb, Runnable tag, Supplier<Progress> look) {
    try {
      tag.run();
    } catch (Problem p) {
      throw p.kind() == Problem.Kind.UNCERTAIN ? unknownBrake(id, verb, p) : p;
    }
    try {
      return look.get();
    } catch (Problem p) {
      throw p.kind() == Problem.Kind.UNREACHABLE ? unknownBrake(id, verb, p) : p;
    }
  }

  private static Problem unknownBrake(String id, String verb, Problem p) {
    return Problem.of(
            Problem.Kind.UNCERTAIN,
            "it is unknown whether " + id + " stops before its next batch",
            p.why(),
            verb + " " + id + ", which makes sure of it")
        .after(p);
  }

  private static Progress lookAgain(Supplier<Progress> look, Problem refused) {
    try {
      return look.get();
    } catch (Problem p) {
      throw refused;
    }
  }

  private static void requireWaiting(Progress progress, String done, String nextOnceEnded) {
    Execution execution = progress.execution();
    if (execution.status().isWaiting()) {
      return;
    }
    boolean ended = execution.status().isFinal();
    throw Problem.refused(
        execution.id() + " cannot be " + done,
        ended
            ? "it has ended: " + execution.status()
            : "it is " + execution.status() + ", not waiting",
        ended ? nextOnceEnded : "watch " + execution.id());
  }

  private static void requireNoApproval(Progress progress, String what) {
    progress
        .waitsForApproval()
        .ifPresent(
            approval -> {
              throw Problem.refused(
                  what,
                  "it waits for approval by " + approval.who(),
                  "approve " + progress.execution().id() + ", as one of them");
            });
  }

  private static String failures(Progress progress) {
    TaskExecution stuck = progress.stuck();
    List<Progress.InstanceProgress> failed = progress.failed();
    if (failed.isEmpty()) {
      return "task " + (stuck == null ? "" : stuck.name()) + " failed";
    }
    return failed.size() == 1
        ? failed.get(0).id() + " failed"
        : failed.size() + " instances failed, " + failed.get(0).id() + " first";
  }
}
