package oosh.rollout.approval;

import java.time.Instant;

/**
 * What a person said of a plan.
 *
 * @param who the database's user, as the server knows it
 * @param at by the database's clock
 * @param reason "" if none was given
 */
public record PlanVerdict(String who, boolean approved, Instant at, String reason) {}
