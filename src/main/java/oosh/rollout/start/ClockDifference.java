package oosh.rollout.start;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import oosh.rollout.cloud.Execution;
import oosh.rollout.record.Initiator;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.OosTiming;

/**
 * How far OOS's clock is ahead of this machine's, computed from an execution: a duration must be
 * computed with one clock.
 */
public final class ClockDifference {
  /** A start reaches OOS in less time. */
  private static final Duration WAY = Duration.ofSeconds(10);

  private ClockDifference() {}

  /**
   * Negative where this machine's clock is ahead; zero if no difference is known.
   *
   * @param entry what the journal has of the execution
   * @param now by this machine's clock
   */
  public static Duration of(
      Execution execution, Optional<JournalEntry> entry, Initiator me, Instant now) {
    Instant created = execution.created();
    if (created == null) {
      return Duration.ZERO;
    }
    // A start whose answer was lost is sent again for a while.
    Duration ahead =
        entry
            .filter(
                e ->
                    e.state() == JournalEntry.StartState.STARTED
                        && e.author().host().equals(me.host()))
            .map(e -> Duration.between(e.at(), created))
            .filter(d -> d.negated().compareTo(WAY) > 0 || d.compareTo(OosTiming.LISTED_WITHIN) > 0)
            .orElse(Duration.ZERO);
    Instant there = now.plus(ahead);
    // No execution was created in the future.
    return created.isAfter(there) ? ahead.plus(Duration.between(there, created)) : ahead;
  }
}
