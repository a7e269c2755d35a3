package oosh.rollout;

import java.time.Instant;

/**
 * A remedy as the journal remembers it.
 *
 * @param author without a process: only who and where is kept
 * @param why what ESS said against it; "" otherwise
 */
public record Healed(Instant at, Remedy remedy, Author author, Outcome outcome, String why) {
  /** What became of the call. */
  public enum Outcome {
    /** It is about to be made. */
    ASKED,
    DONE,
    REFUSED,
    /** Not answered: ESS may have done it. */
    UNKNOWN
  }

  /** The words of a record of its own, for a later look: was that put back? */
  public boolean putBack(Remedy.Kind kind, String subject) {
    return outcome == Outcome.DONE && remedy.kind() == kind && remedy.subjects().contains(subject);
  }
}
