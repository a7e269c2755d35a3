package oosh.rollout.cloud;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A task of an execution, or a round of a loop.
 *
 * @param loopItem the loop's item, here an instance id; "" outside loops
 * @param loopBatch the round's batch, counted from 1; 0 outside loops
 * @param childExecutionId the execution that the round started; "" if none
 */
public record TaskExecution(
    String id,
    String executionId,
    String name,
    String action,
    ExecutionStatus status,
    String statusMessage,
    String loopItem,
    int loopBatch,
    String childExecutionId,
    @Nullable Instant started,
    @Nullable Instant ended) {}
