package oosh.rollout.cloud;

import org.jspecify.annotations.Nullable;

/**
 * An instance of a scaling group.
 *
 * @param lifecycleState ESS's word, kept as it came: InService, Protected, Standby, Pending, …
 * @param healthStatus Healthy or Unhealthy
 * @param off whether ECS has it stopped; false where ECS was not asked
 */
public record GroupInstance(
    String id,
    String lifecycleState,
    String healthStatus,
    @Nullable String zone,
    @Nullable String privateIp,
    boolean off) {
  /** One as ESS alone tells it. */
  public GroupInstance(
      String id,
      String lifecycleState,
      String healthStatus,
      @Nullable String zone,
      @Nullable String privateIp) {
    this(id, lifecycleState, healthStatus, zone, privateIp, false);
  }

  /** Whether ESS sends it traffic. */
  public boolean serves() {
    return lifecycleState.equals("InService") || lifecycleState.equals("Protected");
  }

  public boolean isUnhealthy() {
    return healthStatus.equals("Unhealthy");
  }

  public GroupInstance switchedOff() {
    return new GroupInstance(id, lifecycleState, healthStatus, zone, privateIp, true);
  }
}
