package oosh.rollout.plan;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import oosh.rollout.Problem;
import oosh.rollout.Warning;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.cloud.ScalingProcess;
import oosh.rollout.record.GroupSnapshot;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.update.UpdateSpec;

/**
 * Another launch of a script, only on instances that do not have it.
 *
 * @param spec the spec of the launch, for these instances
 * @param inStandby the instances that the launch did not reach and that are in Standby now: they
 *     were taken out of service by hand, and the retry leaves them there
 * @param groupSnapshot the group before the launch; empty without a snapshot
 * @param suspended the scaling processes that the launch has suspended and not resumed
 */
public record Retry(
    UpdateSpec spec,
    List<String> inStandby,
    Optional<GroupSnapshot> groupSnapshot,
    Set<ScalingProcess> suspended) {
  static final String RETURNS =
      "doctor shows which execution left them there, heal returns them to service";

  public Retry {
    inStandby = List.copyOf(inStandby);
    suspended = Set.copyOf(suspended);
  }

  /**
   * @param states which instances to take, by the state of the script there
   * @param sent the template's parameters of the launch
   * @throws Problem REFUSED if there is no such instance
   */
  public static Retry of(
      JournalEntry source,
      Coverage coverage,
      Set<ScriptState> states,
      Map<String, Object> sent,
      Optional<GroupSnapshot> groupSnapshot) {
    Map<Boolean, List<String>> ids =
        coverage.instances().stream()
            .filter(i -> states.contains(i.state()))
            .collect(
                Collectors.partitioningBy(
                    i -> i.state() != ScriptState.FAILED && i.instance().inStandby(),
                    Collectors.mapping(i -> i.instance().id(), Collectors.toList())));
    List<String> inStandby = ids.getOrDefault(true, List.of());
    List<String> taken = ids.getOrDefault(false, List.of());
    if (taken.isEmpty() && !inStandby.isEmpty()) {
      throw Problem.refused(
          "nothing to retry",
          String.join(", ", inStandby)
              + " of "
              + source.group()
              + (inStandby.size() == 1 ? " is" : " are")
              + " in Standby, and the launch did not put "
              + (inStandby.size() == 1 ? "it" : "them")
              + " there",
          RETURNS);
    }
    if (taken.isEmpty()) {
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
        again.withStrategy(again.strategy().withOnlyInstances(taken)),
        inStandby,
        groupSnapshot,
        left);
  }

  /** That instances stay in Standby; empty if there is none. */
  Optional<Warning> standbySkipped() {
    return inStandby.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Warning(
                Warning.Code.STANDBY_SKIPPED,
                String.join(", ", inStandby) + " in Standby will not be touched",
                RETURNS));
  }

  /** Whether an instance was Protected before the launch. */
  boolean wasProtected(String instance) {
    return groupSnapshot
        .flatMap(b -> b.state(instance))
        .filter(s -> s.equals("Protected"))
        .isPresent();
  }
}
