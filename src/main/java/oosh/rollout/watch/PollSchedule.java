package oosh.rollout.watch;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a watch polls, and how much. A partial poll is one call, for the execution alone; a full
 * poll also reads its children and tasks, which takes 21 more calls at 1,000 instances. In the
 * first minute, in the minute after a command of the user and after a minute without a change,
 * there is a partial poll each second while something changes, and at most two more calls a second
 * for full polls; later 60 calls a minute in all; once nothing changes, one call of each kind in
 * ten seconds.
 *
 * <p>Assumed: OOS's UpdateDate and Counters of an execution move when one of its children ends.
 * Only the time of the next full poll depends on it. Also assumed: nothing that OOS lists of an
 * unchanged execution changes; else a watch keeps its quick pace.
 */
final class PollSchedule {
  /** How long after a change the next change is shown at the quick pace. */
  static final Duration LIVELY = Duration.ofMinutes(1);

  /** Between two polls while something changes. */
  private static final Duration QUICK = Duration.ofSeconds(1);

  /** For each further call of a full poll, while something changes. */
  private static final Duration LEAST = Duration.ofMillis(500);

  /** The same from the second minute on: 20 partial polls a minute, and 40 further calls. */
  private static final Duration STEADY = Duration.ofSeconds(3);

  private static final Duration STEADY_LEAST = Duration.ofMillis(1500);

  /** Between two calls of a kind once nothing does: together, 12 a minute. */
  private static final Duration MOST = Duration.ofSeconds(10);

  /** From the quick pace to the slow one, it takes as long as {@link #LIVELY}. */
  private static final int SLOWER = 6;

  /** The largest page of OOS's lists (source: the API reference). */
  private static final int PAGE = 100;

  private Instant moved;

  /** When the watch began, the user did something last, or something changed after a rest. */
  private Instant begun;

  private Instant looked = Instant.MIN;

  /** The calls that a full poll makes beyond those of a partial poll. */
  private int furtherCalls = 2;

  PollSchedule(Instant now) {
    this.moved = now;
    this.begun = now;
  }

  /** Something has changed since the poll before. */
  void onChange(Instant now) {
    if (!now.isBefore(moved.plus(LIVELY))) {
      // After a rest the pace is that of the beginning.
      begun = now;
    }
    moved = now;
  }

  /** The user has done something: the result is to be shown at once. */
  void onUserCommand(Instant now) {
    moved = now;
    begun = now;
    looked = Instant.MIN;
  }

  /** A full poll has been made. */
  void onFullPoll(int children, int tasks, Instant now) {
    looked = now;
    furtherCalls = pages(children) + pages(tasks);
  }

  private static int pages(int items) {
    return Math.max(1, (items + PAGE - 1) / PAGE);
  }

  /** Whether it is time for a full poll. */
  boolean isFullPollDue(Instant now) {
    return looked.equals(Instant.MIN)
        || !now.isBefore(looked.plus(betweenCalls(now).multipliedBy(furtherCalls)));
  }

  /** Until the next poll, partial or full. */
  Duration pause(Instant now) {
    Duration between = betweenCalls(now);
    Duration least = isLively(now) ? QUICK : STEADY;
    return between.compareTo(least) < 0 ? least : between;
  }

  private Duration betweenCalls(Instant now) {
    Duration still = Duration.between(moved, now).minus(LIVELY).dividedBy(SLOWER);
    Duration least = isLively(now) ? LEAST : STEADY_LEAST;
    return still.compareTo(least) < 0 ? least : still.compareTo(MOST) > 0 ? MOST : still;
  }

  private boolean isLively(Instant now) {
    return now.isBefore(begun.plus(LIVELY));
  }

  /** When something changed last; null until that is {@link #LIVELY} ago. */
  @Nullable Instant stillSince(Instant now) {
    return now.isBefore(moved.plus(LIVELY)) ? null : moved;
  }
}
