package oosh.rollout.rehearsal;

import java.time.Instant;
import java.util.List;
import oosh.rollout.output.HomeSnapshot;
import oosh.rollout.output.ScriptOutput;
import oosh.rollout.plan.Coverage;
import oosh.rollout.record.Diagnosis;
import oosh.rollout.record.Progress;
import oosh.rollout.update.Gates;
import org.jspecify.annotations.Nullable;

/**
 * One execution of an act.
 *
 * @param last the execution when it had ended
 * @param aborted whether it waited at a failure and was aborted there
 * @param diagnosis what is wrong with the sandbox's group after it
 * @param coverage which instances have the script after it; null after a rollback
 * @param homesBefore the homes of the instances before it
 * @param homesAfter the homes of the instances after it
 * @param at the sandbox's time after it
 * @param gates what had to be healthy in it
 */
public record RehearsedExecution(
    Kind kind,
    Progress last,
    boolean aborted,
    List<ScriptOutput> outputs,
    Diagnosis diagnosis,
    @Nullable Coverage coverage,
    HomeSnapshot homesBefore,
    HomeSnapshot homesAfter,
    Instant at,
    Gates gates) {
  /** What is executed. */
  public enum Kind {
    LAUNCH,
    AGAIN,
    ROLLBACK
  }

  public RehearsedExecution {
    outputs = List.copyOf(outputs);
  }

  /** One without gates. */
  public RehearsedExecution(
      Kind kind,
      Progress last,
      boolean aborted,
      List<ScriptOutput> outputs,
      Diagnosis diagnosis,
      @Nullable Coverage coverage,
      HomeSnapshot homesBefore,
      HomeSnapshot homesAfter,
      Instant at) {
    this(
        kind, last, aborted, outputs, diagnosis, coverage, homesBefore, homesAfter, at, Gates.NONE);
  }

  /** What each of its gates did. */
  public List<PlayedGate> playedGates() {
    return PlayedGate.of(gates, last, outputs);
  }

  public boolean succeeded() {
    return last.execution().status().isSuccess();
  }

  /** The instances on which it failed. */
  public List<String> failedAt() {
    return last.failed().stream().map(Progress.InstanceProgress::id).toList();
  }
}
