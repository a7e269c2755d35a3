package oosh.rollout.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import oosh.rollout.Interrupted;
import oosh.rollout.Problem;
import oosh.rollout.TimeSource;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.Executions;

/**
 * Aborts an execution before another start, and waits until OOS lists it as ended. If no execution
 * is returned, nothing may be started: the aborted execution may still run.
 */
public final class ExecutionAborter {
  /**
   * How long OOS may list a cancelled execution as one that has not ended (assumed: the vendor has
   * not published how long a cancel takes).
   */
  static final Duration ENDED_WITHIN = Duration.ofMinutes(2);

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  private final Executions executions;
  private final TimeSource pace;

  public ExecutionAborter(Executions executions, TimeSource pace) {
    this.executions = executions;
    this.pace = pace;
  }

  /**
   * Cancels the execution and waits; it may also have ended without that.
   *
   * @return the execution that has ended
   * @throws Problem UNCERTAIN if the answer was lost; DECLINED if it has not ended within two
   *     minutes; else as OOS refused it
   * @throws Interrupted on Ctrl-C
   */
  public Execution of(String executionId) {
    try {
      executions.cancel(executionId);
    } catch (Problem p) {
      Optional<Execution> ended =
          p.kind() == Problem.Kind.REFUSED ? endedAlready(executionId) : Optional.empty();
      return ended.orElseThrow(() -> notAborted(executionId, p));
    } catch (Interrupted stopped) {
      throw stopped.instead(
          executionId + " was not aborted; no rollback was started", stopped.problem().next());
    }
    return ended(executionId);
  }

  private Optional<Execution> endedAlready(String executionId) {
    try {
      return executions.find(executionId).filter(e -> e.status().isFinal());
    } catch (Problem unreachable) {
      return Optional.empty();
    }
  }

  private static Problem notAborted(String id, Problem p) {
    return p.kind() == Problem.Kind.UNCERTAIN
        ? p.instead(
            "it is unknown whether " + id + " was aborted; no rollback was started",
            "rollback " + id + " --now again: it reads " + id + " first")
        : p.instead(id + " was not aborted; no rollback was started", p.next());
  }

  private Execution ended(String id) {
    Instant last = pace.instant().plus(ENDED_WITHIN);
    String state = "unknown";
    try {
      while (true) {
        try {
          Optional<Execution> now = executions.find(id);
          if (now.isPresent() && now.get().status().isFinal()) {
            return now.get();
          }
          state = now.map(e -> e.status().word()).orElse(state);
        } catch (Interrupted stopped) {
          throw interrupted(id);
        } catch (Problem p) {
          if (p.kind() != Problem.Kind.UNREACHABLE && p.kind() != Problem.Kind.UNCERTAIN) {
            throw p.instead(id + " was told to stop; no rollback was started", p.next());
          }
          state = "unknown: " + p.why();
        }
        if (!pace.instant().isBefore(last)) {
          throw Problem.of(
              Problem.Kind.DECLINED,
              id + " was told to stop; no rollback was started",
              "after " + ENDED_WITHIN.toMinutes() + " min its status is still " + state,
              "watch " + id + ", then rollback " + id + " --now");
        }
        pace.pause(BETWEEN_LOOKS);
      }
    } catch (InterruptedException e) {
      throw interrupted(id);
    }
  }

  private static Interrupted interrupted(String id) {
    return Interrupted.of(
        id + " was told to stop; no rollback was started",
        "Ctrl-C before its end",
        "show " + id + ", then rollback " + id + " --now");
  }
}
