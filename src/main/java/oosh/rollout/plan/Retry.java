package oosh.rollout.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import oosh.rollout.Problem;
import oosh.rollout.Warning;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.cloud.ScalingProcess;
import oosh.rollout.record.GroupSnapshot;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.update.Launch;
import oosh.rollout.update.RollbackSupport;
import oosh.rollout.update.TargetFilter;
import oosh.rollout.update.UpdateSpec;

/**
 * Another launch of a script, only on instances that do not have it.
 *
 * @param spec the spec of the launch, for these instances
 * @param skipped the instances that the launch did not reach and that are Standby or Protected now,
 *     each with that state: the launch would not have taken them, and the retry leaves them alone
 * @param groupSnapshot the group before the launch; empty without a snapshot
 * @param suspended the scaling processes that the launch has suspended and not resumed
 */
public record Retry(
    UpdateSpec spec,
    Map<String, String> skipped,
    Optional<GroupSnapshot> groupSnapshot,
    Set<ScalingProcess> suspended) {
  private static final String PROTECTED = "Protected";

  /** Lifecycle states of instances that somebody keeps out of updates. */
  private static final Set<String> SKIPPED = Set.of("Standby", PROTECTED);

  static final String RETURNS =
      "heal returns those that an execution left there, the ESS console the others";

  private static final String UNPROTECT = "remove the protection, then the same retry";

  public Retry {
    skipped = Collections.unmodifiableMap(new TreeMap<>(skipped));
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
    UpdateSpec again = source.toStage(sent);
    List<String> lifecycleStates = Launch.states(again.extraParameters());
    List<String> taken = new ArrayList<>();
    Map<String, String> skipped = new TreeMap<>();
    for (Coverage.InstanceCoverage i : coverage.instances()) {
      String state = i.instance().lifecycleState();
      if (states.contains(i.state())) {
        if (i.state() == ScriptState.FAILED
            || lifecycleStates.contains(state)
            || !SKIPPED.contains(state)) {
          taken.add(i.instance().id());
        } else {
          skipped.put(i.instance().id(), state);
        }
      }
    }
    if (taken.isEmpty() && !skipped.isEmpty()) {
      throw Problem.refused(
          "nothing to retry",
          skipped.entrySet().stream()
                  .map(e -> e.getKey() + " is " + e.getValue())
                  .collect(Collectors.joining(", "))
              + ", and the launch did not reach "
              + (skipped.size() == 1 ? "it" : "them"),
          skipped.containsValue("Standby") ? RETURNS : UNPROTECT);
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
    ExecutionStatus status = source.status();
    Set<ScalingProcess> left = EnumSet.noneOf(ScalingProcess.class);
    if (status == null || !status.isSuccess()) {
      left.addAll(again.suspensionOrDefault().processes());
    }
    return new Retry(spec(again, TargetFilter.named(taken)), skipped, groupSnapshot, left);
  }

  /** The spec of a launch for these instances. */
  public static UpdateSpec spec(UpdateSpec again, TargetFilter only) {
    return again.withStrategy(
        again.strategy().withOnly(only).withFirst(List.of()).withEndNotice(null));
  }

  /** A warning of a launch in the words of a retry, which has the rollback script of its launch. */
  public static Warning warning(Warning warning, String executionId) {
    return warning.remedy().equals(RollbackSupport.STAGE)
        ? new Warning(
            warning.code(),
            "this launch cannot be rolled back: "
                + executionId
                + " was launched without a rollback script",
            "stage both scripts and launch, to have a way back")
        : warning;
  }

  /** That instances are left alone; empty if there is none. */
  List<Warning> skippedInstances() {
    return Stream.of(
            skipped(
                "Standby", "in Standby will not be touched", Warning.Code.STANDBY_SKIPPED, RETURNS),
            skipped(
                PROTECTED,
                "Protected will not be touched",
                Warning.Code.PROTECTED_SKIPPED,
                UNPROTECT))
        .flatMap(Optional::stream)
        .toList();
  }

  private Optional<Warning> skipped(String state, String text, Warning.Code code, String remedy) {
    String ids =
        skipped.entrySet().stream()
            .filter(e -> e.getValue().equals(state))
            .map(Map.Entry::getKey)
            .collect(Collectors.joining(", "));
    return ids.isEmpty()
        ? Optional.empty()
        : Optional.of(new Warning(code, ids + " " + text, remedy));
  }

  /** Whether an instance was Protected before the launch. */
  boolean wasProtected(String instance) {
    return groupSnapshot
        .flatMap(b -> b.state(instance))
        .filter(s -> s.equals(PROTECTED))
        .isPresent();
  }
}
