package oosh.rollout.record;

import java.time.Instant;
import oosh.rollout.cloud.StartRequest;
import org.jspecify.annotations.Nullable;

/**
 * An intent whose result is not known: its process died, the answer was lost, or it is being sent
 * at this moment.
 *
 * @param start the request to OOS, unchanged; null if an older oosh wrote it, which kept less
 * @param sentAt when it was last sent
 * @param holdsGroup whether it still holds the group; after a start with {@code --again} it does
 *     not, and must not be sent any more
 */
public record OpenIntent(
    JournalEntry entry, @Nullable StartRequest start, Instant sentAt, boolean holdsGroup) {
  /**
   * Whether another process is sending it.
   *
   * @param me this process, which has no start of its own in between
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
