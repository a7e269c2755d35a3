package oosh.rollout.wave;

import java.time.Instant;

/**
 * The process that leads a rollout.
 *
 * @param text {@code li on ops-1, pid 4711}
 * @param isHere whether it is this process
 * @param mayAct whether it may still act: it is alive on this host, or was there on another host
 *     within the time in which OOS lists what was started
 * @param seen when it was there last
 */
public record Leader(String text, boolean isHere, boolean mayAct, Instant seen) {}
