package oosh.rollout;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a group, and what left it so.
 *
 * @param instances as ESS tells them now
 * @param inFlight the execution that is at work on the group: what it has moved is not counted
 */
public record Diagnosis(
    ScalingGroup group,
    List<GroupInstance> instances,
    List<Leftover> leftovers,
    @Nullable Execution inFlight) {
  public Diagnosis {
    instances = List.copyOf(instances);
    leftovers = List.copyOf(leftovers);
  }

  /** Those that an execution has left. */
  public List<Leftover> caused() {
    return leftovers.stream().filter(l -> l.cause() != null).toList();
  }
}
