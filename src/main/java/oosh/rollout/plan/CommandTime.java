package oosh.rollout.plan;

import java.time.Duration;
import java.util.Optional;
import oosh.rollout.Problem;
import oosh.rollout.update.Gates;
import oosh.rollout.update.Launch;
import oosh.rollout.update.Script;
import oosh.rollout.update.UpdateMethod;

/**
 * How long what is sent may take on an instance, in seconds: the script, and the gates around it.
 *
 * @param script the script's part, by {@code source}
 * @param gates drain and probes at their longest
 * @param limit what OOS gives to all of it
 */
public record CommandTime(long script, Source source, Gates gates, long limit) {
  /** Where the script's part is from. */
  public enum Source {
    TIME_LIMIT,
    LONGEST_SO_FAR,
    ASSUMED
  }

  /** What a script is taken to need that has never run. */
  private static final long ASSUMED_SECONDS = 60;

  /** The longest that oosh's own template may be told. */
  private static final long LONGEST_SECONDS = 86_400;

  /**
   * @param longest the longest that an instance has taken for the script; empty if that is not
   *     known
   * @throws Problem REFUSED if it does not fit into what OOS gives it
   */
  static CommandTime of(Launch launch, Optional<Duration> longest) {
    Optional<Long> staged = launch.spec().timeout();
    Gates gates = launch.spec().gates();
    long limit = staged.isPresent() ? LONGEST_SECONDS : Script.TIMEOUT_SECONDS;
    CommandTime time =
        staged
            .map(t -> new CommandTime(t, Source.TIME_LIMIT, gates, limit))
            .or(
                () ->
                    longest.map(
                        l -> new CommandTime(l.toSeconds(), Source.LONGEST_SO_FAR, gates, limit)))
            .orElseGet(() -> new CommandTime(ASSUMED_SECONDS, Source.ASSUMED, gates, limit));
    if (!gates.isEmpty() && time.sum() > limit) {
      throw Problem.refused(
          "cannot launch with these gates",
          "script, drain and probes may take "
              + time.sum()
              + " s together, and OOS gives them "
              + limit
              + " s",
          staged.isPresent() ? "stage set timeout with fewer seconds" : remedy(launch));
    }
    return time;
  }

  private static String remedy(Launch launch) {
    String shorter = "stage gate … --within with less time";
    return launch.context().method().equals(UpdateMethod.RUN_SCRIPT)
            || launch.context().method().usesOoshTemplate()
        ? shorter + ", or stage set timeout SECONDS for the script: the gates get their time then"
        : shorter;
  }

  /** What passes for certain until a launch succeeds: drains, bakes, waits between batches. */
  public static Duration least(Launch launch) {
    Gates gates = launch.spec().gates();
    int batches = launch.sizes().size();
    return gates
        .drain()
        .plus(gates.bake())
        .multipliedBy(batches)
        .plus(launch.spec().strategy().waitBetweenBatches().multipliedBy(batches - 1L));
  }

  /** The longest until a launch succeeds, without what Auto Scaling takes to move instances. */
  public Duration most(Launch launch) {
    Duration eachBatch =
        Duration.ofSeconds(sum()).minus(gates.drain()).plus(launch.template().longestGates());
    return least(launch).plus(eachBatch.multipliedBy(launch.sizes().size()));
  }

  public long sum() {
    return script + gates.seconds();
  }
}
