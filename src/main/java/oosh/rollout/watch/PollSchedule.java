package oosh.rollout.watch;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a watch looks again. A light look is one call, for the execution alone; a full one reads its
 * children and tasks as well, and at 1,000 instances that is 21 calls more. In the first minute, in
 * the one after somebody has done something and after a minute of rest, there is a look each second
 * while something moves, and two more calls a second at most for the full ones; later 60 calls a
 * minute in all; once nothing moves, one call in ten seconds for each.
 *
 * <p>Assumed: OOS's UpdateDate and Counters of an execution move when one of its children ends.
 * Nothing rests on it but how soon a full look comes: those go on by themselves. Assumed as well:
 * nothing that OOS lists of an unchanged execution moves by itself; else a watch stays lively.
 */
final class PollSchedule {
  /** Nobody has to wait longer for a change until so long after the one before. */
  static final Duration LIVELY = Duration.ofMinutes(1);

  /** Between two looks while something moves. */
  private static final Duration QUICK = Duration.ofSeconds(1);

  /** For each further call of a full look, while something moves. */
  private static final Duration LEAST = Duration.ofMillis(500);

  /** The same from the second minute on: 20 light looks a minute, and 40 further calls. */
  private static final Duration STEADY = Duration.ofSeconds(3);

  private static final Duration STEADY_LEAST = Duration.ofMillis(1500);

  /** Between two calls of a kind once nothing does: together, 12 a minute. */
  private static final Duration MOST = Duration.ofSeconds(10);

  /** From the quick pace to the slow one, it takes as long as {@link #LIVELY}. */
  private static final int SLOWER = 6;

  /** The largest page of OOS's lists (source: the API reference). */
  private static final int PAGE = 100;

  private Instant moved;

  /** When it began, somebody did something last, or it moved after a rest. */
  private Instant begun;

  private Instant looked = Instant.MIN;

  /** What a full look takes beyond a light one. */
  private int furtherCalls = 2;

  PollSchedule(Instant now) {
    this.moved = now;
    this.begun = now;
  }

  /** Something is another than at the look before. */
  void onChange(Instant now) {
    if (!now.isBefore(moved.plus(LIVELY))) {
      // After a rest it is as at the beginning.
      begun = now;
    }
    moved = now;
  }

  /** Somebody has done something: what came of it is to be seen at once. */
  void onUserCommand(Instant now) {
    moved = now;
    begun = now;
    looked = Instant.MIN;
  }

  /** A full look has been made. */
  void onFullPoll(int children, int tasks, Instant now) {
    looked = now;
    furtherCalls = pages(children) + pages(tasks);
  }

  private static int pages(int items) {
    return Math.max(1, (items + PAGE - 1) / PAGE);
  }

  /** Whether it is time for a full look. */
  boolean isFullPollDue(Instant now) {
    return looked.equals(Instant.MIN)
        || !now.isBefore(looked.plus(betweenCalls(now).multipliedBy(furtherCalls)));
  }

  /** Until the next look, light or full. */
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

  /** When something was last another; null as long as that is not {@link #LIVELY} ago. */
  @Nullable Instant stillSince(Instant now) {
    return now.isBefore(moved.plus(LIVELY)) ? null : moved;
  }
}
