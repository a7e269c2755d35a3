package oosh.rollout;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a launch or rollback would do, computed from the group as it is now.
 *
 * @param leftSuspended processes that are suspended already and stay so
 * @param batchSizes the expected sizes of the batches, first one first (see {@link Batches#sizes})
 */
public record Plan(
    Rollout rollout,
    ScalingGroup group,
    Set<ScalingProcess> suspends,
    Set<ScalingProcess> leftSuspended,
    List<Integer> batchSizes,
    List<Warning> warnings) {
  /** OOS gives every script this long; the public template has no parameter for it. */
  public static final int SCRIPT_SECONDS = 600;

  public Plan {
    suspends = Set.copyOf(suspends);
    leftSuspended = Set.copyOf(leftSuspended);
    batchSizes = List.copyOf(batchSizes);
    warnings = List.copyOf(warnings);
  }

  /**
   * The plan of a launch.
   *
   * @param inFlight an execution on this group that has not ended, if there is one
   * @throws Problem for what cannot work: nothing staged, nothing in service, a group that is not
   *     active
   */
  public static Plan launch(
      Context context,
      Staging staging,
      ScalingGroup group,
      List<GroupInstance> instances,
      Optional<Execution> inFlight,
      String reason) {
    Script script = staging.script();
    if (script == null) {
      throw Problem.refused(
          "nothing to launch", "no script is staged", "stage script FILE, then launch");
    }
    if (!group.lifecycleState().equals("Active")) {
      throw Problem.refused(
          "cannot launch on " + group.id(),
          "the group is " + group.lifecycleState(),
          "enable the group in Auto Scaling, then launch");
    }
    List<String> states =
        staging.other().get("lifecycleState") instanceof List<?> chosen
            ? chosen.stream().map(String::valueOf).toList()
            : List.of("InService");
    int targets = (int) instances.stream().filter(i -> states.contains(i.lifecycleState())).count();
    if (targets == 0) {
      throw Problem.refused(
          "cannot launch on " + group.id(),
          "none of its "
              + group.total()
              + " instances is "
              + String.join(" or ", states)
              + ", so OOS would end in Success having done nothing",
          group.protectedInstances() > 0 && !states.contains("Protected")
              ? "stage set lifecycleState InService,Protected"
              : "bring instances into service first, or use group ID for another group");
    }
    Set<ScalingProcess> suspends = EnumSet.noneOf(ScalingProcess.class);
    suspends.addAll(staging.suspendOrDefault().processes());
    suspends.removeAll(group.suspended());
    Launch launch =
        new Launch(
            context,
            targets,
            script,
            staging.rollbackScript(),
            staging.commandTypeOrDefault(),
            staging.batchesOrDefault(),
            staging.pauseOrDefault(),
            staging.onFailureOrDefault(),
            staging.role() == null ? "" : staging.role(),
            suspends,
            staging.other(),
            reason);
    return new Plan(
        launch,
        group,
        suspends,
        group.suspended(),
        Batches.sizes(targets, launch.batchNumber()),
        launchWarnings(launch, group, instances, states, inFlight));
  }

  /** The plan of a rollback, whose processes are the source's. */
  public static Plan rollback(
      Rollback rollback, Execution source, ScalingGroup group, Optional<Execution> inFlight) {
    Set<ScalingProcess> suspends = EnumSet.noneOf(ScalingProcess.class);
    source
        .listParameter("enterProcess")
        .forEach(w -> ScalingProcess.of(w).ifPresent(suspends::add));
    List<Warning> warnings = new ArrayList<>();
    inFlight.ifPresent(e -> warnings.add(inFlight(e)));
    Set<ScalingProcess> resumed = EnumSet.noneOf(ScalingProcess.class);
    source.listParameter("exitProcess").forEach(w -> ScalingProcess.of(w).ifPresent(resumed::add));
    Set<ScalingProcess> left = EnumSet.noneOf(ScalingProcess.class);
    left.addAll(group.suspended());
    left.removeAll(resumed);
    return new Plan(
        rollback,
        group,
        suspends,
        left,
        Batches.sizes(rollback.instances(), rollback.batches().numberFor(rollback.instances())),
        warnings);
  }

  private static List<Warning> launchWarnings(
      Launch launch,
      ScalingGroup group,
      List<GroupInstance> instances,
      List<String> states,
      Optional<Execution> inFlight) {
    List<Warning> warnings = new ArrayList<>();
    inFlight.ifPresent(e -> warnings.add(inFlight(e)));
    if (launch.rollbackScript() == null) {
      warnings.add(new Warning("no way back: no rollback script is staged", "stage rollback FILE"));
    } else if (launch.commandType().windows()) {
      warnings.add(
          new Warning(
              "no way back: the template's rollback always runs RunShellScript",
              "keep an undo script at hand and launch it"));
    } else if (launch.suspend().isEmpty()) {
      warnings.add(
          new Warning(
              "no way back: with no scaling process to suspend, the template's rollback fails",
              "keep an undo script at hand and launch it"));
    }
    if (group.standby() > 0) {
      warnings.add(
          new Warning(
              group.standby() + " in Standby will not be touched",
              "doctor says who left them there, heal returns what executions left"));
    }
    if (group.protectedInstances() > 0 && !states.contains("Protected")) {
      warnings.add(
          new Warning(
              group.protectedInstances() + " Protected will not be touched",
              "stage set lifecycleState InService,Protected"));
    }
    warnings.addAll(Preflight.ofZones(launch, instances, states));
    warnings.addAll(Preflight.ofScript(launch.script(), launch.commandType()));
    if (launch.rollbackScript() != null && !launch.commandType().windows()) {
      warnings.addAll(Preflight.ofScript(launch.rollbackScript(), launch.commandType()));
    }
    return warnings;
  }

  /** The same with what else was found, after its own warnings. */
  public Plan with(List<Warning> more) {
    List<Warning> all = new ArrayList<>(warnings);
    all.addAll(more);
    return new Plan(rollout, group, suspends, leftSuspended, batchSizes, all);
  }

  private static Warning inFlight(Execution e) {
    return new Warning(
        e.id() + " is already in flight on this group (" + e.status() + ")",
        "watch " + e.id() + ", or abort " + e.id() + "; a start beside it wants --again REASON");
  }
}
