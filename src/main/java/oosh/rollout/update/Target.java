package oosh.rollout.update;

/**
 * An instance that oosh's own template updates.
 *
 * @param lifecycleState what it is to be again afterwards: InService or Protected
 */
public record Target(String instanceId, String lifecycleState) {}
