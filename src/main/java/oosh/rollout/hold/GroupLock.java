package oosh.rollout.hold;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import oosh.rollout.Problem;

/**
 * A person's lock of a scaling group: until that person takes it away, no other user's launch or
 * retry starts on the group, under any profile. It does not end by time, nor with its shell.
 *
 * @param reason what other users read; not blank
 * @param at when it was made
 */
public record GroupLock(String region, String group, Person owner, String reason, Instant at) {
  /** The most characters of a reason. */
  public static final int LONGEST_REASON = 500;

  public GroupLock {
    reason = Person.bounded(reason, LONGEST_REASON);
    // As exact as every database keeps it: a lock is taken away by its time, too.
    at = at.truncatedTo(ChronoUnit.MICROS);
  }

  /**
   * Checks the reason of a lock, an unlock or a freeze window.
   *
   * @param option that was typed with it
   * @param line to type instead
   * @return the reason on one line
   * @throws Problem USAGE if it is blank or too long
   */
  public static String checkedReason(String option, String reason, String line) {
    if (reason.isBlank()) {
      throw Problem.usage(option + " needs a reason", "other users read it", line);
    }
    if (reason.length() > LONGEST_REASON) {
      throw Problem.usage(
          "the reason behind " + option + " is too long",
          "it has " + reason.length() + " of at most " + LONGEST_REASON + " characters",
          line);
    }
    return reason.strip().replaceAll("\\s+", " ");
  }

  /** Whether it keeps a start of that person back. */
  public boolean keepsBack(Person starter) {
    return !owner.isSameUser(starter);
  }
}
