package oosh.rollout.record;

import java.time.Instant;
import java.util.List;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.update.UpdateMethod;
import org.jspecify.annotations.Nullable;

/**
 * Something about a group that is not as it should be, or that an execution has changed for good.
 *
 * @param subject an instance's id, a process by ESS's name, a scaling configuration's id, or a
 *     lifecycle hook's name
 * @param cause the execution that left it; null if none did that is still known: then a person, or
 *     one long forgotten
 * @param reached how the update ended on the instance; NOTHING if it is not an instance
 * @param wanted an image: what the configuration had before, or what the instance was to get; "" if
 *     there is none, or it is not known
 * @param present the image that is there now, or the hook's id; "" as above
 * @param users the instances that run the image of a configuration; empty otherwise
 */
public record Leftover(
    Kind kind,
    String subject,
    @Nullable LeftoverCause cause,
    InstanceOutcome reached,
    String wanted,
    String present,
    List<String> users) {
  public Leftover {
    users = List.copyOf(users);
  }

  public enum Kind {
    /** Out of service. */
    STANDBY,
    /** Protected before, and not any more. */
    UNPROTECTED,
    /** A scaling configuration with the image of an execution that failed or was rolled back. */
    IMAGE,
    /** Such an image that instances run: it is restored after they were rolled back. */
    IMAGE_IN_USE,
    /** A lifecycle hook that such an execution has made. */
    HOOK,
    /** A lifecycle hook that was there before, and that such an execution has written over. */
    HOOK_CHANGED,
    /** A lifecycle hook of a launch that succeeded: it is there to stay. */
    HOOK_MEANT,
    /** A scaling process that does not run. */
    SUSPENDED
  }

  /** What is known of a script, or of what a method does instead, on an instance. */
  public enum InstanceOutcome {
    NOTHING,
    /** It never began. */
    NOT_RUN,
    /** It ended well; what came after failed. */
    ENDED_WELL,
    /** A rollback succeeded, and its template leaves instances in Standby that were there. */
    WENT_BACK,
    /** It failed: the state of the instance is unknown. */
    FAILED,
    /** It ended well, and a probe found the instance unhealthy. */
    UNHEALTHY,
    /** It ran when its execution was aborted, and may run still: a cancel stops no script. */
    CUT_OFF,
    /** Whatever it was, the instance is switched off. */
    STOPPED,
    /** OOS does not tell of its children any more. */
    UNKNOWN
  }

  /**
   * @param inPart whether it ended in Success although instances failed or were skipped
   * @param ended when the execution ended; null if that is not known
   * @param snapshot whether it is held against how the group was before, or inferred from what OOS
   *     says that the execution did
   * @param method how it was made; null if that is not known
   * @param rolledBackBy the execution that rolled it back; "" if there is none, or it does not
   *     matter
   * @param undo whether it is the part of the execution in which OOS rolled it back
   * @param starter who started it, if that was elsewhere; "" otherwise
   */
  public record LeftoverCause(
      String executionId,
      ExecutionStatus status,
      boolean inPart,
      @Nullable Instant ended,
      boolean snapshot,
      @Nullable UpdateMethod method,
      String rolledBackBy,
      boolean undo,
      String starter) {}

  /** A leftover that no instances use. */
  public Leftover(
      Kind kind,
      String subject,
      @Nullable LeftoverCause cause,
      InstanceOutcome reached,
      String wanted,
      String present) {
    this(kind, subject, cause, reached, wanted, present, List.of());
  }

  /** A leftover that is neither an image nor a hook. */
  public Leftover(
      Kind kind, String subject, @Nullable LeftoverCause cause, InstanceOutcome reached) {
    this(kind, subject, cause, reached, "", "");
  }

  /** Whether it is only reported, because nothing can or must be put back. */
  public boolean isReportOnly() {
    return switch (kind) {
      case HOOK_CHANGED, HOOK_MEANT, IMAGE_IN_USE -> true;
      case IMAGE -> wanted.isEmpty();
      // What the cause did is not listed any more: a user may have taken it.
      case UNPROTECTED -> reached == InstanceOutcome.UNKNOWN;
      default -> false;
    };
  }

  /** Whether heal may put it back without an option: an execution left it, in a known state. */
  public boolean safe() {
    return cause != null
        && !isReportOnly()
        && (kind != Kind.STANDBY
            || reached == InstanceOutcome.NOT_RUN
            || reached == InstanceOutcome.ENDED_WELL
            || reached == InstanceOutcome.WENT_BACK);
  }
}
