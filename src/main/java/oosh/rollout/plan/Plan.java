package oosh.rollout.plan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import oosh.rollout.Problem;
import oosh.rollout.ProfileMark;
import oosh.rollout.Warning;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.GroupInstance;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.cloud.ScalingProcess;
import oosh.rollout.record.History;
import oosh.rollout.record.WantedRollback;
import oosh.rollout.update.BatchSizing;
import oosh.rollout.update.Context;
import oosh.rollout.update.Launch;
import oosh.rollout.update.MethodValidator;
import oosh.rollout.update.ProcessSuspension;
import oosh.rollout.update.RollbackSupport;
import oosh.rollout.update.Rollout;
import oosh.rollout.update.Script;
import oosh.rollout.update.Target;
import oosh.rollout.update.UpdateMethod;
import oosh.rollout.update.UpdateSpec;
import oosh.rollout.update.Watched;
import org.jspecify.annotations.Nullable;

/**
 * What a launch or rollback would do, computed from the group as it is now.
 *
 * @param leftSuspended processes that are suspended already and stay so
 * @param batchSizes the expected sizes of the batches, first one first (see {@link
 *     BatchSizing#sizes})
 * @param capacity what it takes out of service at once
 * @param order which instances it takes in which batch; null where OOS chooses
 * @param time what a launch of a script may take on an instance; null for what runs no script
 * @param mark what the user has said of the profile
 */
public record Plan(
    Rollout rollout,
    ScalingGroup group,
    Set<ScalingProcess> suspends,
    Set<ScalingProcess> leftSuspended,
    List<Integer> batchSizes,
    Capacity capacity,
    @Nullable Order order,
    @Nullable CommandTime time,
    List<Warning> warnings,
    ProfileMark mark) {
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
      UpdateSpec staging,
      ScalingGroup group,
      List<GroupInstance> instances,
      Optional<Execution> inFlight,
      String reason) {
    return launch(context, staging, group, instances, inFlight, reason, Optional.empty(), Set.of());
  }

  /**
   * The plan of a launch that leaves out some instances.
   *
   * @param having those that have the script already
   * @throws Problem NOTHING_TO_DO if all that would take part have it
   */
  public static Plan launch(
      Context context,
      UpdateSpec staging,
      ScalingGroup group,
      List<GroupInstance> instances,
      Optional<Execution> inFlight,
      String reason,
      Set<String> having) {
    return launch(context, staging, group, instances, inFlight, reason, Optional.empty(), having);
  }

  /** The plan of a retry. */
  public static Plan retry(
      Context context,
      Retry retry,
      ScalingGroup group,
      List<GroupInstance> instances,
      Optional<Execution> inFlight,
      String reason) {
    // The public template takes no single instances.
    return launch(
        context.withMethod(UpdateMethod.RUN_SCRIPT_OOSH),
        retry.spec(),
        group,
        instances,
        inFlight,
        reason,
        Optional.of(retry),
        Set.of());
  }

  private static Plan launch(
      Context context,
      UpdateSpec staging,
      ScalingGroup group,
      List<GroupInstance> instances,
      Optional<Execution> inFlight,
      String reason,
      Optional<Retry> retry,
      Set<String> having) {
    UpdateMethod method = context.method();
    MethodValidator.requireGroupType(method, group);
    MethodValidator.requirePayload(method, staging);
    if (!group.lifecycleState().equals("Active")) {
      throw Problem.refused(
          "cannot launch on " + group.id(),
          "the group is " + group.lifecycleState(),
          group.lifecycleState().equals("Deleting")
              ? "use group ID for another group: this one is being deleted"
              : "enable the group in Auto Scaling, then launch");
    }
    List<String> states = Launch.states(staging.extraParameters());
    MethodValidator.requireSupported(method, staging);
    List<GroupInstance> chosen = TargetSelection.of(staging, group, instances, having);
    int targets = chosen.size();
    if (targets == 0) {
      throw Problem.refused(
          "cannot launch on " + group.id(),
          "none of its "
              + group.total()
              + " instances is "
              + String.join(" or ", states)
              + ", so OOS would do nothing and end in Success",
          group.protectedInstances() > 0
                  && !states.contains("Protected")
                  && method.declares("lifecycleState")
              ? "stage set lifecycleState InService,Protected"
              : "return instances to service first, or use group ID for another group");
    }
    Set<ScalingProcess> suspends = EnumSet.noneOf(ScalingProcess.class);
    if (method.declares("enterProcess")) {
      suspends.addAll(staging.suspensionOrDefault().processes());
    }
    Set<ScalingProcess> others = EnumSet.noneOf(ScalingProcess.class);
    others.addAll(group.suspended());
    // What the launch before has left suspended is resumed by this one.
    retry.ifPresent(r -> others.removeAll(r.suspended()));
    suspends.removeAll(others);
    Launch launch =
        new Launch(
            context,
            targets,
            staging
                .withBatches(batches(staging, targets))
                .withRollbackValues(method.rollbackValues(staging.rollbackValues())),
            suspends,
            reason,
            method.usesOoshTemplate() ? TargetSelection.targets(chosen, retry) : List.of(),
            Map.of());
    MethodValidator.requireAllParameters(launch);
    List<String> ids = chosen.stream().map(GroupInstance::id).toList();
    Capacity capacity = Capacity.of(method, staging.strategy(), instances, ids, launch.sizes());
    List<Warning> warnings =
        new ArrayList<>(
            capacity.warnings(
                targets, method.usesStandby(), LaunchWarnings.smaller(staging, launch.sizes())));
    warnings.addAll(LaunchWarnings.of(launch, group, instances, states, inFlight));
    retry.ifPresent(r -> warnings.addAll(r.skippedInstances()));
    Order order =
        method.usesOoshTemplate()
            ? Order.of(
                ids,
                launch.sizes(),
                staging.strategy().canaries(),
                instances,
                TargetSelection.leftOut(staging, instances, having))
            : null;
    return new Plan(
        launch,
        group,
        suspends,
        others,
        launch.sizes(),
        capacity,
        order,
        null,
        warnings,
        ProfileMark.NONE);
  }

  private static BatchSizing batches(UpdateSpec staging, int targets) {
    return staging.strategy().steps().isEmpty()
        ? staging.batchesOrDefault()
        : BatchSizing.number(staging.sizes(targets).size());
  }

  /**
   * The plan of a rollback, whose processes are the source's.
   *
   * @param touched the instances that it rolls back
   */
  public static Plan rollback(
      Rollback rollback,
      Execution source,
      ScalingGroup group,
      List<GroupInstance> members,
      Collection<String> touched,
      Optional<Execution> inFlight) {
    Set<ScalingProcess> suspends =
        ProcessSuspension.processes(source.listParameter("enterProcess"));
    List<Warning> warnings = new ArrayList<>();
    inFlight.ifPresent(e -> warnings.add(LaunchWarnings.inFlight(e)));
    Set<ScalingProcess> left = EnumSet.noneOf(ScalingProcess.class);
    left.addAll(group.suspended());
    left.removeAll(ProcessSuspension.processes(source.listParameter("exitProcess")));
    Rollback.Rest rest = rollback.rest();
    List<Integer> sizes =
        BatchSizing.sizes(
            rollback.instances(),
            rollback.spec().batchesOrDefault().numberFor(rollback.instances()));
    Capacity capacity =
        rollback.context().method().usesStandby()
            ? Capacity.of(
                members, rest == null ? touched : rest.instances(), rest != null, sizes, "")
            : Capacity.untouched(members);
    warnings.addAll(
        capacity.warnings(
            rollback.instances(),
            rollback.context().method().usesStandby(),
            "it uses the batches of the launch; return other instances to service first"));
    warnings.addAll(Preflight.ofService(members, ""));
    warnings.addAll(Preflight.ofGroup(group));
    return new Plan(
        rollback,
        group,
        rest == null ? suspends : rest.launch().suspend(),
        left,
        sizes,
        capacity,
        rest == null ? null : Order.of(List.copyOf(rest.instances()), sizes, 0, members, List.of()),
        null,
        warnings,
        ProfileMark.NONE);
  }

  /** The instances that a launch would touch, in the order of its batches (assumed). */
  public List<String> affectedInstances(List<GroupInstance> instances) {
    if (rollout instanceof Launch launch && !launch.targets().isEmpty()) {
      return launch.targets().stream().map(Target::instanceId).toList();
    }
    List<String> states =
        Launch.states(
            rollout instanceof Launch launch ? launch.spec().extraParameters() : Map.of());
    return instances.stream()
        .filter(i -> states.contains(i.lifecycleState()))
        .map(GroupInstance::id)
        .toList();
  }

  /** The instances that OOS is told to touch; empty where its template looks for them. */
  public List<String> told() {
    return order == null ? List.of() : order.batches().stream().flatMap(List::stream).toList();
  }

  /** With each warning replaced by what the function makes of it. */
  public Plan withWarnings(UnaryOperator<Warning> change) {
    return with(rollout, warnings.stream().map(change).toList());
  }

  /** With further warnings after its own. */
  public Plan with(List<Warning> more) {
    List<Warning> all = new ArrayList<>(warnings);
    all.addAll(more);
    return with(rollout, all);
  }

  /** The plan of a launch with its reason. */
  public Plan withReason(String reason) {
    return rollout instanceof Launch launch ? with(launch.withReason(reason), warnings) : this;
  }

  /**
   * With what the gates after a batch look at.
   *
   * @param found what was found on the way
   * @throws Problem if its template is longer than OOS takes then
   */
  public Plan withGates(Watched watched, List<Warning> found) {
    if (!(rollout instanceof Launch launch)) {
      return this;
    }
    Launch watching = launch.withWatched(watched);
    List<Warning> more = new ArrayList<>(warnings);
    more.addAll(found);
    if (watching.context().method().usesOoshTemplate()) {
      more.removeIf(w -> w.code() == Warning.Code.TEMPLATE_LONG);
      watching.template().sizeWarning().ifPresent(more::add);
    }
    return with(watching, more);
  }

  /** What its gates called unhealthy already, in words. */
  public List<String> unhealthy() {
    return rollout instanceof Launch launch ? launch.watched().unhealthy() : List.of();
  }

  private Plan with(
      Rollout other, @Nullable CommandTime known, List<Warning> all, ProfileMark marked) {
    return new Plan(
        other, group, suspends, leftSuspended, batchSizes, capacity, order, known, all, marked);
  }

  private Plan with(Rollout other, List<Warning> all) {
    return with(other, time, all, mark);
  }

  /** The plan, on a profile of which the user has said that. */
  public Plan marked(ProfileMark profile) {
    return with(rollout, time, warnings, profile);
  }

  /** Whether only the group's id confirms it: by a warning, or by the profile's mark. */
  public boolean isSevere() {
    return mark.production() || Warning.anySevere(warnings);
  }

  /**
   * With the warnings about what ran on the group before.
   *
   * @param wanted the rollbacks on the group that were confirmed and have not started
   * @param members the group's instances as they are now
   * @throws Problem if OOS cannot be asked
   */
  public Plan after(
      Precedents precedents,
      History history,
      List<WantedRollback> wanted,
      List<GroupInstance> members,
      Instant now) {
    List<Warning> more = new ArrayList<>(precedents.ofStart(now, affectedInstances(members)));
    wanted.stream().filter(w -> !w.underWay(now)).forEach(w -> more.add(w.warning()));
    Script script = rollout.spec().script();
    if (script != null && rollout instanceof Launch launch) {
      Coverage coverage = Coverage.of(precedents, history, group, members, script);
      (launch.spec().strategy().only().isEmpty()
              ? coverage
              : coverage.on(affectedInstances(members)))
          .alreadyThere(Launch.states(launch.spec().extraParameters()))
          .ifPresent(more::add);
      return with(rollout, CommandTime.of(launch, history.longest(script)), warnings, mark)
          .with(more);
    }
    return with(more);
  }

  /**
   * With the baseline, which a launch keeps for its rollback.
   *
   * @param baseline by the names of what a rollback sends, see {@link BaselineReader}
   * @param notes what was not found; such a warning replaces one with the same remedy
   * @param inFlight an execution on this group that has not ended, if there is one
   */
  public Plan withBaseline(
      Map<String, Object> baseline, List<Warning> notes, Optional<Execution> inFlight) {
    if (!(rollout instanceof Launch launch)) {
      return this;
    }
    Launch knowing = launch.withBaseline(baseline);
    List<Warning> left = new ArrayList<>(warnings);
    List<Warning> blind = MethodWarnings.of(launch);
    left.removeAll(blind);
    left.addAll(MethodWarnings.of(knowing));
    Optional<RollbackSupport.NoRollback> none =
        RollbackSupport.of(launch, group.suspended()).none();
    Optional<RollbackSupport.NoRollback> still =
        RollbackSupport.of(knowing, group.suspended()).none();
    none.map(n -> LaunchWarnings.noWayBack(n, inFlight)).ifPresent(left::remove);
    still
        .filter(n -> notes.stream().noneMatch(w -> w.remedy().equals(n.remedy())))
        .ifPresent(n -> left.add(LaunchWarnings.noWayBack(n, inFlight)));
    left.addAll(notes);
    return with(knowing, left);
  }
}
