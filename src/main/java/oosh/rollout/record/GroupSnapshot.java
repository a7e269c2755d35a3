package oosh.rollout.record;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import oosh.rollout.cloud.GroupInstance;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.cloud.ScalingProcess;
import oosh.rollout.update.Launch;
import oosh.rollout.update.TargetFilter;

/**
 * A scaling group as it was before an execution changed it: what a later look is held against.
 *
 * @param suspended the processes that were suspended
 * @param states ESS's lifecycle state of each instance, by its id
 * @param unhealthy what the gates called unhealthy, in words
 * @param targets the instances that OOS was told to touch; empty where its template looks for them
 */
public record GroupSnapshot(
    Instant taken,
    Set<ScalingProcess> suspended,
    Map<String, String> states,
    List<String> unhealthy,
    List<String> targets) {
  public GroupSnapshot(Instant taken, Set<ScalingProcess> suspended, Map<String, String> states) {
    this(taken, suspended, states, List.of(), List.of());
  }

  public GroupSnapshot {
    unhealthy = List.copyOf(unhealthy);
    targets = List.copyOf(targets);
    suspended = Set.copyOf(suspended);
    states = Map.copyOf(states);
  }

  public static GroupSnapshot of(Instant taken, ScalingGroup group, List<GroupInstance> instances) {
    Map<String, String> states = new LinkedHashMap<>();
    instances.forEach(i -> states.put(i.id(), i.lifecycleState()));
    return new GroupSnapshot(taken, group.suspended(), states);
  }

  /** The same with what the plan of a start has found and chosen. */
  public GroupSnapshot of(List<String> unhealthyBefore, List<String> chosen) {
    return new GroupSnapshot(taken, suspended, states, unhealthyBefore, chosen);
  }

  /** Empty if the group did not have it. */
  public Optional<String> state(String instance) {
    return Optional.ofNullable(states.get(instance));
  }

  /** The instances that a launch on the group as it was then takes part with. */
  List<String> targets(JournalEntry launch) {
    if (!targets.isEmpty()) {
      return targets;
    }
    TargetFilter only = launch.spec().strategy().only();
    if (only.isList()) {
      return only.names();
    }
    List<String> chosen = Launch.states(launch.spec().extraParameters());
    return states.entrySet().stream()
        .filter(s -> chosen.contains(s.getValue()))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }
}
