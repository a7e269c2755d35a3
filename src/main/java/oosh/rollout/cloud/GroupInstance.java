package oosh.rollout.cloud;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An instance of a scaling group.
 *
 * @param lifecycleState ESS's word, kept as it came: InService, Protected, Standby, Pending, …
 * @param healthStatus Healthy or Unhealthy
 * @param joined when it joined the group (source: ESS DescribeScalingInstances, CreatedTime); null
 *     if it is not known
 * @param off whether ECS has it stopped; false where ECS was not asked
 */
public record GroupInstance(
    String id,
    String lifecycleState,
    String healthStatus,
    @Nullable String zone,
    @Nullable String privateIp,
    @Nullable Instant joined,
    boolean off) {
  /** An instance whose time in the group is not known. */
  public GroupInstance(
      String id,
      String lifecycleState,
      String healthStatus,
      @Nullable String zone,
      @Nullable String privateIp) {
    this(id, lifecycleState, healthStatus, zone, privateIp, null, false);
  }

  /** Whether ESS sends it traffic. */
  public boolean serves() {
    return lifecycleState.equals("InService") || lifecycleState.equals("Protected");
  }

  public boolean isUnhealthy() {
    return healthStatus.equals("Unhealthy");
  }

  public GroupInstance switchedOff() {
    return new GroupInstance(id, lifecycleState, healthStatus, zone, privateIp, joined, true);
  }
}
