package oosh.rollout.wave;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A step of a rollout over many groups: the next one begins when each of its groups has ended in
 * Success, was left out, or failed within what may fail, and its bake is over.
 *
 * @param number the first has 1
 * @param atOnce how many of its groups may be under way at the same time, at least 1
 * @param bake how long the next wave waits behind its last group's end; zero if it does not
 * @param hours when its groups may be started; null for any time
 */
public record Wave(
    int number,
    String region,
    GroupSelector groups,
    int atOnce,
    Duration bake,
    @Nullable WaveHours hours) {}
