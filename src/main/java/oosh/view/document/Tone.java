package oosh.view.document;

import oosh.rollout.cloud.ExecutionStatus;
import org.jspecify.annotations.Nullable;

/** What a status means, in the same four classes as the colours of a screen. */
public enum Tone {
  GOOD,
  BAD,
  /** A person should look at it. */
  CAREFUL,
  PLAIN;

  /**
   * The tone of a status.
   *
   * @param inPart whether it is a Success although instances failed or were skipped
   */
  public static Tone of(@Nullable ExecutionStatus status, boolean inPart) {
    if (status == null) {
      return PLAIN;
    }
    if (status.isSuccess()) {
      return inPart ? CAREFUL : GOOD;
    }
    if (status.isFailed() || status.equals(ExecutionStatus.CANCELLED)) {
      return BAD;
    }
    return status.isWaiting() || status.equals(ExecutionStatus.SKIPPED) ? CAREFUL : PLAIN;
  }
}
