package oosh.rollout.record;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the journal's executions on one group come to.
 *
 * @param launches those that were started; rollbacks are counted apart
 * @param ended launches that have ended, in whatever way
 * @param succeeded launches that ended in Success
 * @param median from being asked for to the end, pauses included, of the launches that have ended;
 *     null where none has
 */
public record GroupStatistics(
    String group,
    long launches,
    long ended,
    long succeeded,
    @Nullable Duration median,
    long rollbacks) {}
