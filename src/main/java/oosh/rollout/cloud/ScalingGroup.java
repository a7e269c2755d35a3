package oosh.rollout.cloud;

import java.util.Set;

/**
 * A scaling group as ESS describes it now.
 *
 * @param lifecycleState Active, Inactive or Deleting; ESS's word kept as it came
 * @param inService instances that serve and may be scaled in (ESS: ActiveCapacity)
 * @param protectedInstances instances that serve and may not be scaled in
 * @param standby instances out of service by hand or by an execution
 * @param other instances in any other state: pending, removing, stopped
 * @param suspended the processes that are suspended now; words that oosh does not know are left out
 * @param groupType what its instances are: ECS, or ECI for containers; ESS's word kept as it came,
 *     "" if it is not known
 * @param systemSuspended whether ESS itself has stopped scaling it
 */
public record ScalingGroup(
    String id,
    String name,
    String region,
    String lifecycleState,
    int inService,
    int protectedInstances,
    int standby,
    int other,
    int minSize,
    int maxSize,
    Set<ScalingProcess> suspended,
    String groupType,
    boolean systemSuspended) {
  /** Source: ESS DescribeScalingGroups, GroupType. */
  private static final String ECS = "ECS";

  private static final String ECI = "ECI";

  public ScalingGroup {
    suspended = Set.copyOf(suspended);
  }

  /** Whether its instances are known to be containers. */
  public boolean ofContainers() {
    return groupType.equals(ECI);
  }

  /** Whether its instances are known to be servers. */
  public boolean ofServers() {
    return groupType.equals(ECS);
  }

  public int total() {
    return inService + protectedInstances + standby + other;
  }
}
