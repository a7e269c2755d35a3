package oosh.rollout;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something about a group that is not as it should be.
 *
 * @param subject an instance's id, or a process by ESS's name
 * @param cause the execution that left it; null if none did that is still known: then a person, or
 *     one long forgotten
 * @param reached how far the cause's script came on the instance; NOTHING for a process
 */
public record Leftover(Kind kind, String subject, @Nullable Cause cause, Reached reached) {
  public enum Kind {
    /** Out of service. */
    STANDBY,
    /** Protected before, and not any more. */
    UNPROTECTED,
    /** A scaling process that does not run. */
    SUSPENDED
  }

  /** What is known of a script on an instance. */
  public enum Reached {
    NOTHING,
    /** It never began. */
    NOT_RUN,
    /** It ended with exit code 0; what came after failed. */
    ENDED_WELL,
    /** It failed, or was cut off: nobody knows what state the instance is in. */
    FAILED,
    UNKNOWN
  }

  /**
   * @param ended when the execution ended; null if that is not known
   * @param snapshot whether it is held against how the group was before, or inferred from what OOS
   *     says that the execution did
   */
  public record Cause(
      String executionId, ExecutionStatus status, @Nullable Instant ended, boolean snapshot) {}

  /**
   * Whether to put it back is safe to do unasked: an execution left it, in a state that is known.
   */
  public boolean safe() {
    return cause != null
        && (kind != Kind.STANDBY || reached == Reached.NOT_RUN || reached == Reached.ENDED_WELL);
  }
}
