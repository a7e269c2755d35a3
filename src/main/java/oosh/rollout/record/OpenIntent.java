package oosh.rollout.record;

import java.time.Instant;
import oosh.rollout.cloud.StartRequest;
import org.jspecify.annotations.Nullable;

/**
 * A start that was meant, perhaps sent, and never answered: its process died, the answer was lost,
 * or it is being sent at this moment.
 *
 * @param start what OOS was asked, to the letter; null if an older oosh wrote it down, which kept
 *     less
 * @param sentAt when it was last about to be sent
 * @param holdsGroup whether it still keeps the group from other starts; one that was launched over
 *     does not, and must not be sent any more
 */
public record OpenIntent(
    JournalEntry entry, @Nullable StartRequest start, Instant sentAt, boolean holdsGroup) {
  /**
   * Whether somebody is in the middle of sending it.
   *
   * @param me this process, whose own starts have all come back
   */
  public boolean isBeingSent(Initiator me, Instant now) {
    if (entry.state() != JournalEntry.StartState.INTENDED || entry.author().same(me)) {
      return false;
    }
    return switch (entry.author().life()) {
      case ALIVE -> true;
      case GONE -> false;
      case ELSEWHERE -> now.isBefore(sentAt.plus(OosTiming.LISTED_WITHIN));
    };
  }
}
