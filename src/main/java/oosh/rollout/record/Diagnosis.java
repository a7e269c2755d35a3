package oosh.rollout.record;

import java.util.List;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.GroupInstance;
import oosh.rollout.cloud.ScalingGroup;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a group, and what left it so.
 *
 * @param instances as ESS tells them now
 * @param inFlight the execution that is at work on the group: what it has moved is not counted
 * @param unread what could not be looked at, a sentence each
 */
public record Diagnosis(
    ScalingGroup group,
    List<GroupInstance> instances,
    List<Leftover> leftovers,
    @Nullable Execution inFlight,
    List<String> unread) {
  public Diagnosis {
    instances = List.copyOf(instances);
    leftovers = List.copyOf(leftovers);
    unread = List.copyOf(unread);
  }

  /** One that has looked at everything. */
  public Diagnosis(
      ScalingGroup group,
      List<GroupInstance> instances,
      List<Leftover> leftovers,
      @Nullable Execution inFlight) {
    this(group, instances, leftovers, inFlight, List.of());
  }

  /** Those that an execution has left, and that can be put back. */
  public List<Leftover> caused() {
    return leftovers.stream().filter(l -> l.cause() != null && !l.isReportOnly()).toList();
  }

  /** Whether all is as it should be. */
  public boolean well() {
    return leftovers.stream().allMatch(l -> l.kind() == Leftover.Kind.HOOK_MEANT)
        && unread.isEmpty();
  }
}
