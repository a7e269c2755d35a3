package oosh.rollout.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import oosh.rollout.Problem;
import oosh.rollout.cloud.GroupInstance;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.update.Launch;
import oosh.rollout.update.Target;
import oosh.rollout.update.UpdateSpec;

/** Which instances of a group take part in a launch, in the order of their batches. */
final class TargetSelection {
  private static final String PROTECTED = "Protected";

  /** Lifecycle states in which the action takes an instance that is told by name. */
  private static final Set<String> TAKEN = Set.of("InService", PROTECTED, "Standby");

  private TargetSelection() {}

  /**
   * The instances that were chosen by name, or else those in the states that were chosen.
   *
   * @throws Problem REFUSED if a chosen instance is not in the group, or in no state for an update
   */
  static List<GroupInstance> of(
      UpdateSpec staged, ScalingGroup group, List<GroupInstance> instances) {
    List<String> only = staged.strategy().onlyInstances();
    return only.isEmpty()
        ? ofStates(Launch.states(staged.extraParameters()), instances)
        : only.stream().map(id -> named(id, group, instances)).toList();
  }

  private static GroupInstance named(String id, ScalingGroup group, List<GroupInstance> instances) {
    GroupInstance found =
        instances.stream()
            .filter(i -> i.id().equals(id))
            .findFirst()
            .orElseThrow(
                () ->
                    Problem.refused(
                        "cannot launch on " + id,
                        "it is not in " + group.id(),
                        "stage only INSTANCE (Tab lists them), or unstage only"));
    if (!TAKEN.contains(found.lifecycleState())) {
      throw Problem.refused(
          "cannot launch on " + id,
          "it is " + found.lifecycleState(),
          "wait until it is InService, or unstage only");
    }
    return found;
  }

  /** Neighbours are of different zones, so that a batch takes as few of one zone as possible. */
  static List<GroupInstance> ofStates(List<String> states, List<GroupInstance> instances) {
    Map<String, Integer> met = new HashMap<>();
    Map<String, Integer> place = new HashMap<>();
    List<GroupInstance> taking = new ArrayList<>();
    for (GroupInstance i : instances) {
      if (states.contains(i.lifecycleState())) {
        place.put(i.id(), met.merge(String.valueOf(i.zone()), 1, Integer::sum));
        taking.add(i);
      }
    }
    taking.sort(Comparator.comparing(i -> place.getOrDefault(i.id(), 0)));
    return taking;
  }

  /** The instances, each with the state that it has after the update. */
  static List<Target> targets(List<GroupInstance> chosen, Optional<Retry> retry) {
    return chosen.stream()
        .map(
            i -> {
              boolean isProtected =
                  i.lifecycleState().equals(PROTECTED)
                      || retry.filter(r -> r.wasProtected(i.id())).isPresent();
              return new Target(i.id(), isProtected ? PROTECTED : "InService");
            })
        .toList();
  }
}
