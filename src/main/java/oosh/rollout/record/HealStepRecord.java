package oosh.rollout.record;

import java.time.Instant;

/**
 * A heal step as the journal remembers it.
 *
 * @param author without a process: only who and where is kept
 * @param why what ESS said against it; "" otherwise
 */
public record HealStepRecord(
    Instant at, HealStep step, Initiator author, HealStepResult outcome, String why) {
  /** What became of the call. */
  public enum HealStepResult {
    /** It is about to be made. */
    ASKED,
    DONE,
    REFUSED,
    /** Not answered: ESS may have done it. */
    UNKNOWN
  }

  /** The words of a record of its own, for a later look: was that put back? */
  public boolean putBack(HealStep.Kind kind, String subject) {
    return outcome == HealStepResult.DONE
        && step.kind() == kind
        && step.subjects().contains(subject);
  }
}
