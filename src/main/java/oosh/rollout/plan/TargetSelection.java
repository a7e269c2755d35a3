package oosh.rollout.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import oosh.rollout.Problem;
import oosh.rollout.cloud.GroupInstance;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.update.Launch;
import oosh.rollout.update.RolloutStrategy;
import oosh.rollout.update.Target;
import oosh.rollout.update.TargetFilter;
import oosh.rollout.update.UpdateSpec;

/** Which instances of a group take part in a launch, in the order of their batches. */
final class TargetSelection {
  private static final String PROTECTED = "Protected";

  /** Lifecycle states in which the action takes an instance that is told by name. */
  private static final Set<String> TAKEN = Set.of("InService", PROTECTED, "Standby");

  private TargetSelection() {}

  /**
   * The instances that were chosen by name, in that order, or else those in the states of the
   * launch that meet what was chosen; canaries before all others.
   *
   * @param having those that have the script already
   * @throws Problem REFUSED if a chosen instance is not in the group, or in no state for an update,
   *     if none meets what was chosen, or for canaries that cannot be; NOTHING_TO_DO if those that
   *     are chosen have the script already
   */
  static List<GroupInstance> of(
      UpdateSpec staged, ScalingGroup group, List<GroupInstance> instances, Set<String> having) {
    TargetFilter only = staged.strategy().only();
    List<GroupInstance> chosen =
        only.isList()
            ? only.names().stream().map(id -> named(id, group, instances)).toList()
            : filtered(only, ofStates(Launch.states(staged.extraParameters()), instances), group);
    List<GroupInstance> left = chosen.stream().filter(i -> !having.contains(i.id())).toList();
    if (left.isEmpty() && !chosen.isEmpty()) {
      int others = instances.size() - chosen.size();
      throw Problem.of(
          Problem.Kind.NOTHING_TO_DO,
          "nothing to do",
          (chosen.size() == 1 ? "the instance has" : "all " + chosen.size() + " have")
              + " this script already"
              + (others == 0 ? "" : "; " + others + " of the group would not take part"),
          "coverage shows since when; launch without --skip-matching runs it again");
    }
    return withCanaries(staged.strategy(), left, group);
  }

  /** The members that a staged update takes, whatever else a plan would say of them. */
  static List<GroupInstance> preview(UpdateSpec staged, List<GroupInstance> instances) {
    TargetFilter only = staged.strategy().only();
    return only.of(
        only.isList() ? instances : ofStates(Launch.states(staged.extraParameters()), instances));
  }

  private static List<GroupInstance> filtered(
      TargetFilter only, List<GroupInstance> taking, ScalingGroup group) {
    List<GroupInstance> found = only.of(taking);
    if (found.isEmpty() && !taking.isEmpty()) {
      Set<String> zones = new TreeSet<>();
      taking.forEach(i -> zones.add(String.valueOf(i.zone())));
      throw Problem.refused(
          "cannot launch on " + only.words(),
          "none of the "
              + taking.size()
              + " instances of "
              + group.id()
              + " that take part is that"
              + (only.zones().isEmpty() ? "" : "; they are in " + String.join(", ", zones))
              + (only.tags().isEmpty() || taking.stream().anyMatch(i -> !i.tags().isEmpty())
                  ? ""
                  : "; no tag of any of them is known"),
          "stage only with something else, or unstage only");
    }
    return found;
  }

  private static List<GroupInstance> withCanaries(
      RolloutStrategy strategy, List<GroupInstance> chosen, ScalingGroup group) {
    if (strategy.first().isEmpty()) {
      return chosen;
    }
    List<GroupInstance> healthy =
        chosen.stream().filter(i -> i.serves() && !i.isUnhealthy() && !i.off()).toList();
    List<String> named = strategy.namedCanaries();
    for (String id : named) {
      if (healthy.stream().noneMatch(i -> i.id().equals(id))) {
        throw Problem.refused(
            id + " cannot be a canary",
            chosen.stream()
                .filter(i -> i.id().equals(id))
                .findFirst()
                .map(
                    i ->
                        i.serves()
                            ? i.off() ? "it is switched off" : "it is unhealthy already"
                            : "it is " + i.lifecycleState())
                .orElse(
                    "it is not among the "
                        + chosen.size()
                        + " of "
                        + group.id()
                        + " that take part"),
            "stage first INSTANCE (Tab lists them), or unstage first");
      }
    }
    if (named.isEmpty() && healthy.size() < Math.min(strategy.canaries(), chosen.size())) {
      throw Problem.refused(
          "cannot launch with " + strategy.canaries() + " canaries",
          healthy.size() + " of those that take part are in service and healthy",
          "stage first with a smaller number, or unstage first");
    }
    List<GroupInstance> canaries =
        named.isEmpty()
            ? healthy.subList(0, Math.min(strategy.canaries(), healthy.size()))
            : named.stream()
                .flatMap(id -> healthy.stream().filter(i -> i.id().equals(id)))
                .toList();
    List<GroupInstance> ordered = new ArrayList<>(canaries);
    chosen.stream().filter(i -> !canaries.contains(i)).forEach(ordered::add);
    return ordered;
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

  /**
   * Unhealthy instances first: they are worth least. Else neighbours are of different zones, so
   * that a batch takes as few of one zone as possible.
   */
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
    taking.sort(
        Comparator.comparing((GroupInstance i) -> !i.isUnhealthy())
            .thenComparing(i -> place.getOrDefault(i.id(), 0)));
    return taking;
  }

  /** Those of the preview that have the script already. */
  static List<String> leftOut(
      UpdateSpec staging, List<GroupInstance> instances, Set<String> having) {
    return preview(staging, instances).stream()
        .map(GroupInstance::id)
        .filter(having::contains)
        .toList();
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
