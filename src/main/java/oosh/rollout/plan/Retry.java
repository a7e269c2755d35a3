package oosh.rollout.plan;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import oosh.rollout.Problem;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.cloud.ScalingProcess;
import oosh.rollout.record.GroupSnapshot;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.update.UpdateSpec;

/**
 * Another launch of a script, only on instances that do not have it.
 *
 * @param spec the spec of the launch, for these instances
 * @param groupSnapshot the group before the launch; empty without a snapshot
 * @param suspended the scaling processes that the launch has suspended and not resumed
 */
public record Retry(
    UpdateSpec spec, Optional<GroupSnapshot> groupSnapshot, Set<ScalingProcess> suspended) {
  public Retry {
    suspended = Set.copyOf(suspended);
  }

  /**
   * @param states which instances are meant, by the state of the script there
   * @param sent the template's parameters of the launch
   * @throws Problem REFUSED if there is no such instance
   */
  public static Retry of(
      JournalEntry source,
      Coverage coverage,
      Set<ScriptState> states,
      Map<String, Object> sent,
      Optional<GroupSnapshot> groupSnapshot) {
    List<String> ids =
        coverage.instances().stream()
            .filter(i -> states.contains(i.state()))
            .map(i -> i.instance().id())
            .toList();
    if (ids.isEmpty()) {
      throw Problem.refused(
          "nothing to retry",
          "no instance of "
              + source.group()
              + " is in that state; "
              + coverage.having()
              + " of "
              + coverage.instances().size()
              + " have "
              + coverage.script().name(),
          "coverage " + source.executionId());
    }
    UpdateSpec again = source.toStage(sent);
    ExecutionStatus status = source.status();
    Set<ScalingProcess> left = EnumSet.noneOf(ScalingProcess.class);
    if (status == null || !status.isSuccess()) {
      left.addAll(again.suspensionOrDefault().processes());
    }
    return new Retry(
        again.withStrategy(again.strategy().withOnlyInstances(ids)), groupSnapshot, left);
  }

  /** Whether an instance was Protected before the launch. */
  boolean wasProtected(String instance) {
    return groupSnapshot
        .flatMap(b -> b.state(instance))
        .filter(s -> s.equals("Protected"))
        .isPresent();
  }
}
