package oosh.rollout.cloud;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An instance of a scaling group.
 *
 * @param lifecycleState ESS's word, kept as it came: InService, Protected, Standby, Pending, …
 * @param healthStatus Healthy or Unhealthy
 * @param joined when it joined the group (source: ESS DescribeScalingInstances, CreatedTime); null
 *     if it is not known
 * @param off whether ECS has it stopped; false where ECS was not asked
 * @param tags of ECS; empty where ECS was not asked
 */
public record GroupInstance(
    String id,
    String lifecycleState,
    String healthStatus,
    @Nullable String zone,
    @Nullable String privateIp,
    @Nullable Instant joined,
    boolean off,
    Map<String, String> tags) {
  public GroupInstance {
    tags = Map.copyOf(tags);
  }

  /** An instance whose time in the group is not known. */
  public GroupInstance(
      String id,
      String lifecycleState,
      String healthStatus,
      @Nullable String zone,
      @Nullable String privateIp) {
    this(id, lifecycleState, healthStatus, zone, privateIp, null, false, Map.of());
  }

  /** Whether ESS sends it traffic. */
  public boolean serves() {
    return lifecycleState.equals("InService") || lifecycleState.equals("Protected");
  }

  public boolean isUnhealthy() {
    return healthStatus.equals("Unhealthy");
  }

  /** With what ECS says of it. */
  public GroupInstance with(Inventory.EcsInstance machine) {
    return new GroupInstance(
        id, lifecycleState, healthStatus, zone, privateIp, joined, machine.isOff(), machine.tags());
  }
}
