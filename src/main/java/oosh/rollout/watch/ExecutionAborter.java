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
          executionId + " was not aborted and not rolled back", stopped.problem().next());
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
            "nobody can say whether " + id + " was aborted; it was not rolled back",
            "rollback " + id + " --now again: it looks at " + id + " first")
        : p.instead(id + " was not aborted and not rolled back", p.next());
  }

  private Execution ended(String id) {
    Instant last = pace.instant().plus(ENDED_WITHIN);
    String state = "nothing";
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
            throw p.instead(id + " was told to stop and was not rolled back", p.next());
          }
          state = "nothing: " + p.why();
        }
        if (!pace.instant().isBefore(last)) {
          throw Problem.of(
              Problem.Kind.DECLINED,
              id + " was told to stop and was not rolled back",
              "after " + ENDED_WITHIN.toMinutes() + " min OOS still tells it as " + state,
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
        id + " was told to stop and was not rolled back",
        "Ctrl-C before it had ended",
        "show " + id + ", then rollback " + id + " --now");
  }
}
