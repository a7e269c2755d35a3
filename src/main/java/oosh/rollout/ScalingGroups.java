package oosh.rollout;

import java.util.List;
import java.util.Optional;

/** The port to ESS in one region. Every call may throw a {@link Problem}; none changes anything. */
public interface ScalingGroups {
  /** All groups of the region, in ESS's order. */
  List<ScalingGroup> list();

  Optional<ScalingGroup> find(String id);

  /** All instances of the group, all pages, in ESS's order. */
  List<GroupInstance> instances(String groupId);
}
