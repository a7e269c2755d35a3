package oosh.rollout.wave;

import java.time.Instant;
import oosh.rollout.Problem;
import oosh.rollout.cloud.ExecutionStatus;
import org.jspecify.annotations.Nullable;

/**
 * What OOS has last said of the execution of a group: of the execution itself, not of its children.
 *
 * @param succeeded instances that ended in Success
 * @param failed instances that ended without it
 * @param total instances that it touches; 0 while that is not known
 * @param at when OOS said so
 * @param unreachable why OOS has said nothing since then; null where it has
 */
public record Polled(
    String executionId,
    ExecutionStatus status,
    int succeeded,
    int failed,
    int total,
    Instant at,
    @Nullable Problem unreachable) {}
