package oosh.rollout;

import java.util.Set;

/**
 * A scaling group as ESS tells it now.
 *
 * @param lifecycleState Active, Inactive or Deleting; ESS's word kept as it came
 * @param inService instances that serve and may be scaled in (ESS: ActiveCapacity)
 * @param protectedInstances instances that serve and may not be scaled in
 * @param standby instances out of service by hand or by an execution
 * @param other instances in any other state: pending, removing, stopped
 * @param suspended the processes that are suspended now; words that oosh does not know are left out
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
    Set<ScalingProcess> suspended) {
  public ScalingGroup {
    suspended = Set.copyOf(suspended);
  }

  public int total() {
    return inService + protectedInstances + standby + other;
  }
}
