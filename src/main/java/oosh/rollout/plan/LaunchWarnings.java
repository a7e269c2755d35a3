package oosh.rollout.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import oosh.rollout.Warning;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.GroupInstance;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.update.Launch;
import oosh.rollout.update.RollbackSupport;
import oosh.rollout.update.Script;
import oosh.rollout.update.UpdateSpec;

/** What a plan warns of before a launch. */
final class LaunchWarnings {
  private LaunchWarnings() {}

  static List<Warning> of(
      Launch launch,
      ScalingGroup group,
      List<GroupInstance> instances,
      List<String> states,
      Optional<Execution> inFlight) {
    List<Warning> warnings = new ArrayList<>();
    inFlight.ifPresent(e -> warnings.add(inFlight(e)));
    RollbackSupport.of(launch, group.suspended())
        .none()
        .map(n -> noWayBack(n, inFlight))
        .ifPresent(warnings::add);
    boolean byName = launch.spec().strategy().only().isList();
    warnings.addAll(Preflight.ofStates(launch, instances));
    warnings.addAll(Preflight.ofGroup(group));
    if (group.standby() > 0 && !byName) {
      warnings.add(
          new Warning(
              Warning.Code.STANDBY_SKIPPED,
              group.standby() + " in Standby will not be touched",
              inFlight.map(LaunchWarnings::toItsEnd).orElse(Retry.RETURNS)));
    }
    if (group.protectedInstances() > 0 && !states.contains("Protected") && !byName) {
      warnings.add(
          new Warning(
              Warning.Code.PROTECTED_SKIPPED,
              group.protectedInstances() + " Protected will not be touched",
              launch.context().method().declares("lifecycleState")
                  ? "stage set lifecycleState InService,Protected"
                  : "remove their protection, then launch"));
    }
    if (launch.context().method().usesStandby()) {
      warnings.addAll(Preflight.ofZones(launch, instances, states));
    }
    warnings.addAll(MethodWarnings.of(launch));
    Script script = launch.spec().script();
    if (script != null) {
      warnings.addAll(Preflight.ofScript(script, launch.spec().commandType()));
    }
    if (launch.spec().rollbackScript() != null && !launch.spec().commandType().windows()) {
      warnings.addAll(
          Preflight.ofScript(launch.spec().rollbackScript(), launch.spec().commandType()));
    }
    launch.spec().gates().gates().stream()
        .flatMap(gate -> Optional.ofNullable(gate.script()).flatMap(Preflight::secret).stream())
        .forEach(warnings::add);
    return warnings;
  }

  /** While an execution runs, what is suspended or out of service can be its own doing. */
  static Warning noWayBack(RollbackSupport.NoRollback none, Optional<Execution> inFlight) {
    Warning warning = noWayBack(none);
    return none.remedy().startsWith(RollbackSupport.HEAL)
        ? new Warning(
            warning.code(),
            warning.text(),
            inFlight.map(LaunchWarnings::toItsEnd).orElse(none.remedy()))
        : warning;
  }

  private static String toItsEnd(Execution e) {
    return "watch " + e.id() + " to its end first: it may be the cause";
  }

  private static Warning noWayBack(RollbackSupport.NoRollback none) {
    return new Warning(
        Warning.Code.NO_ROLLBACK,
        "this launch cannot be rolled back:" + " " + none.why(),
        none.remedy());
  }

  static Warning inFlight(Execution e) {
    return new Warning(
        Warning.Code.IN_FLIGHT,
        e.id() + " is already in flight on this group (" + e.status() + ")",
        "watch "
            + e.id()
            + ", or abort "
            + e.id()
            + "; to start another one anyway: --again"
            + " REASON");
  }

  /** How the largest batch becomes smaller. */
  static String smaller(UpdateSpec staging, List<Integer> sizes) {
    int canaries = staging.strategy().canaries();
    return canaries > 1 && sizes.stream().allMatch(size -> size <= canaries)
        ? "fewer canaries: stage first 1"
        : "one at a time: stage batch --size 1";
  }
}
