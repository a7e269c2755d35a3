package oosh.rollout.cloud;

/**
 * A scaling activity of a group that has not ended: ESS adds or removes instances.
 *
 * @param description ESS's sentence, "" where it gives none
 */
public record ScalingActivity(String id, String description) {}
