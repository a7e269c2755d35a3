package oosh.rollout;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a watch looks again. A light look is one call, for the execution alone; a full one reads its
 * children and tasks as well, and at 1,000 instances that is 21 calls more. While something moves
 * there is a look each second, and two more calls a second at most for the full ones; once nothing
 * does, it is one call in ten seconds for each.
 *
 * <p>Assumed: OOS's UpdateDate and Counters of an execution move when one of its children ends.
 * Nothing rests on it but how soon a full look comes: those go on by themselves. Assumed as well:
 * nothing that OOS lists of an unchanged execution moves by itself; else a watch stays lively.
 */
final class Rhythm {
  /** Nobody has to wait longer for a change until so long after the one before. */
  static final Duration LIVELY = Duration.ofMinutes(1);

  /** Between two looks while something moves. */
  private static final Duration QUICK = Duration.ofSeconds(1);

  /** For each further call of a full look, while something moves. */
  private static final Duration LEAST = Duration.ofMillis(500);

  /** Between two calls of a kind once nothing does: together, 12 a minute. */
  private static final Duration MOST = Duration.ofSeconds(10);

  /** From the quick pace to the slow one, it takes as long as {@link #LIVELY}. */
  private static final int SLOWER = 6;

  /** The largest page of OOS's lists (source: the API reference). */
  private static final int PAGE = 100;

  private Instant moved;
  private Instant looked = Instant.MIN;

  /** What a full look takes beyond a light one. */
  private int furtherCalls = 2;

  Rhythm(Instant now) {
    this.moved = now;
  }

  /** Something is another than at the look before. */
  void moved(Instant now) {
    moved = now;
  }

  /** Somebody has done something: what came of it is to be seen at once. */
  void touched(Instant now) {
    moved = now;
    looked = Instant.MIN;
  }

  /** A full look has been made. */
  void looked(int children, int tasks, Instant now) {
    looked = now;
    furtherCalls = pages(children) + pages(tasks);
  }

  private static int pages(int items) {
    return Math.max(1, (items + PAGE - 1) / PAGE);
  }

  /** Whether it is time for a full look. */
  boolean fullIsDue(Instant now) {
    return looked.equals(Instant.MIN)
        || !now.isBefore(looked.plus(betweenCalls(now).multipliedBy(furtherCalls)));
  }

  /** Until the next look, light or full. */
  Duration pause(Instant now) {
    Duration between = betweenCalls(now);
    return between.compareTo(QUICK) < 0 ? QUICK : between;
  }

  private Duration betweenCalls(Instant now) {
    Duration still = Duration.between(moved, now).minus(LIVELY).dividedBy(SLOWER);
    return still.compareTo(LEAST) < 0 ? LEAST : still.compareTo(MOST) > 0 ? MOST : still;
  }

  /** When something was last another; null as long as that is not {@link #LIVELY} ago. */
  @Nullable Instant stillSince(Instant now) {
    return now.isBefore(moved.plus(LIVELY)) ? null : moved;
  }
}
