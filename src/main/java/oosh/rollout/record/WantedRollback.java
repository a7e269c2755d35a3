package oosh.rollout.record;

import java.time.Duration;
import java.time.Instant;
import oosh.rollout.Warning;
import oosh.rollout.cloud.Execution;
import oosh.rollout.update.Context;

/**
 * A rollback that a user has confirmed and that starts later: after the abort of its source, or
 * after a launch that fails. It is written before that, so that the journal has it if the process
 * dies in between. It does not hold the group.
 *
 * @param executionId the launch that is to be rolled back
 * @param at when it was confirmed
 */
public record WantedRollback(
    String profile, String region, String group, String executionId, Initiator author, Instant at) {
  /** Longer than a process tries: two minutes for the abort, ten for the reads, then the start. */
  private static final Duration TRIED_FOR = Duration.ofMinutes(15);

  public static WantedRollback of(Context context, Execution source, Initiator author, Instant at) {
    return new WantedRollback(
        context.profile(), context.region(), source.group(), source.id(), author, at);
  }

  /** Whether the process that confirmed it may still start it. */
  public boolean underWay(Instant now) {
    return now.isBefore(at.plus(TRIED_FOR)) && author.life() != Initiator.Liveness.GONE;
  }

  /** The line that starts it, whether its source has ended or not. */
  public String line() {
    return "rollback " + executionId + " --now";
  }

  /** For the plan of a launch on the group. */
  public Warning warning() {
    return new Warning(
        Warning.Code.ROLLBACK_WANTED,
        "a rollback of " + executionId + " was requested and did not start",
        line() + " starts it; a launch on this group replaces it");
  }
}
