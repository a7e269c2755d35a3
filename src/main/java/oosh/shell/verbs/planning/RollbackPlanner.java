package oosh.shell.verbs.planning;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import oosh.rollout.Problem;
import oosh.rollout.Warning;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.cloud.GroupInstance;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.plan.MethodWarnings;
import oosh.rollout.plan.Plan;
import oosh.rollout.plan.Precedents;
import oosh.rollout.plan.Rollback;
import oosh.rollout.plan.RollbackValidator;
import oosh.rollout.plan.ScriptState;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.Progress;
import oosh.rollout.start.StartConflict;
import oosh.rollout.update.Context;
import oosh.rollout.update.Script;
import oosh.rollout.update.TargetFilter;
import oosh.rollout.update.UpdateSpec;
import oosh.shell.Session;
import oosh.view.RollbackView;

/**
 * Plans every rollback: of a launch that has ended, of one that is aborted first, and a rollback
 * again. Every method throws a {@link Problem} for what cannot be started, or cannot be read.
 */
public final class RollbackPlanner {
  private final Session session;
  private final StartPlanner starts;

  public RollbackPlanner(Session session) {
    this.session = session;
    this.starts = new StartPlanner(session);
  }

  /** Another rollback of what {@code rollback} undid, on the instances with one of these states. */
  public PlannedStart retryRollback(JournalEntry rollback, Set<ScriptState> states, String reason) {
    String id = String.valueOf(rollback.executionId());
    String source = String.valueOf(rollback.sourceExecutionId());
    Precedents precedents =
        Precedents.on(
            session.cloud(), session.journal().history(), session.context(), rollback.group());
    if (precedents.isForgotten(id)) {
      starts.sayForgotten(Set.of(id));
    }
    Set<String> only = precedents.notRolledBack(source, id, states);
    if (only.isEmpty()) {
      throw Problem.refused(
          "nothing to retry", "no instance of " + id + " is in that state", "show " + id);
    }
    return rollback(
        new RollbackRequest(
            source, true, false, only, "retry " + id + " " + StartPlanner.words(states)),
        reason);
  }

  /** The rollback that a user asks for, with a warning about a staged script that is not used. */
  public PlannedStart rollback(RollbackRequest wanted, String reason) {
    PlannedStart planned = plan(wanted, reason);
    Script undo = planned.plan().rollout().spec().rollbackScript();
    Script staged = session.staging().rollbackScript();
    if (staged == null || undo == null || staged.sha256().equals(undo.sha256())) {
      return planned;
    }
    Warning unused =
        new Warning(
            Warning.Code.STAGED_UNUSED,
            "it runs the script of that launch, not the staged " + staged.name(),
            "stage script " + staged.name() + ", then launch, to run the staged script");
    return planned.with(planned.plan().with(List.of(unused)));
  }

  /** The rollback of an execution that has just ended, without pauses. */
  public PlannedStart rollback(String id, String reason) {
    return plan(new RollbackRequest(id, true, true, null, "rollback"), reason);
  }

  private PlannedStart plan(RollbackRequest wanted, String reason) {
    String id = wanted.id();
    RollbackSource read = RollbackSource.read(session, id);
    Execution source = read.execution();
    Set<String> instances = read.instances();
    boolean first = wanted.now() && !source.status().isFinal();
    Context context =
        RollbackValidator.method(source, read.remembered(), session.context())
            .map(m -> starts.known(session.context(), m))
            .orElse(session.context());
    int touched = instances.size();
    UpdateSpec staged = session.staging();
    Rollback rollback =
        first
            ? Rollback.ofRunningSource(context, source, touched, read.remembered(), staged, reason)
            : Rollback.of(context, source, touched, read.remembered(), staged, reason);
    if (wanted.now()) {
      rollback = rollback.withoutPauses();
    }
    String its = rollback.group();
    if (context.chosenGroup().filter(g -> !g.equals(its)).isPresent()) {
      throw Problem.refused(
          id + " is not of this group",
          "it ran on " + its + ", and " + context.needGroup() + " is chosen",
          "use group " + its + ", then rollback " + id);
    }
    PlanInputs reads =
        PlanInputs.begin(session, context.withGroup(its), first ? id : "", read.precedents());
    ScalingGroup group = reads.group().get();
    Optional<Execution> inFlight = reads.inFlight().get();
    List<GroupInstance> members = reads.instances(session::note);
    Precedents precedents = read.precedents();
    Map<String, String> done = precedents.rolledBack(id);
    Set<String> targets = new LinkedHashSet<>(instances);
    Set<String> only = wanted.onlyInstances();
    if (only != null) {
      requireTouched(id, only, instances);
      TargetFilter chosen = TargetFilter.named(only);
      // Those that are done are named; once nothing else is left, they would be rolled back again.
      boolean left = targets.stream().anyMatch(i -> chosen.takes(i) && !done.containsKey(i));
      targets.removeIf(i -> !chosen.takes(i) && !(left && done.containsKey(i)));
    }
    rollback =
        rollback.onTheRest(
            source,
            targets,
            members,
            group,
            session.journal().history().snapshotBefore(id),
            done,
            read.isForgotten());
    List<String> gone = Rollback.gone(instances, members);
    Set<String> there = new LinkedHashSet<>(instances);
    there.removeAll(gone);
    Rollback.Rest rest = rollback.rest();
    boolean doneBefore = rest != null && !rest.done().isEmpty();
    List<Warning> since =
        new ArrayList<>(precedents.ofRollback(id, there, wanted.named(), doneBefore));
    if (!first) {
      since.addAll(precedents.ofStart(reads.at(), targets));
    }
    if (read.isForgotten() && precedents.isUnknown(id)) {
      since.add(
          new Warning(
              Warning.Code.REACH_UNKNOWN,
              "it is unknown which instances it reached: the rollback covers all that it was for",
              "the rollback script must also work where the launch did not run"));
    }
    if (!first
        && !read.isForgotten()
        && read.remembered().map(JournalEntry::status).filter(ExecutionStatus::isFinal).isEmpty()) {
      // Its end may not have been seen here.
      session.noteEnd(source);
    }
    Plan plan =
        Plan.rollback(rollback, source, group, members, instances, inFlight)
            .with(reads.state().get().warnings())
            .with(since)
            .with(
                MethodWarnings.of(
                    rollback, source, read.remembered(), session.journal().history().healSteps(id)))
            .with(MethodWarnings.ofThoseGone(rollback, gone));
    if (!first) {
      return starts.planned(reads, plan, StartConflict.ofRollback(wanted.line(), group.id()));
    }
    PlannedStart abort =
        starts.planned(
            reads, plan, StartConflict.ofRollback("rollback " + id + " --now", group.id()));
    Progress progress = RollbackValidator.requireNotUnderWay(session.look(id));
    int planned = rollback.instances();
    return abort
        .with(abort.plan().with(rollback.ofAborting(progress)))
        .after(new PlannedStart.PrecedingAbort(progress, () -> afterAbort(id, reason, planned)));
  }

  private static void requireTouched(String id, Set<String> only, Set<String> touched) {
    for (String name : only) {
      if (touched.stream().noneMatch(TargetFilter.named(Set.of(name))::takes)) {
        throw Problem.refused(
            id + " cannot be rolled back on " + name,
            "it has not touched " + name,
            "show " + id + " lists what it has touched");
      }
    }
  }

  /** After the source has ended: what it has touched since is rolled back as well. */
  private PlannedStart afterAbort(String id, String reason, int planned) {
    PlannedStart replanned = rollback(id, reason);
    RollbackView.touchedMoreThanPlanned(planned, replanned.plan().rollout().instances())
        .ifPresent(session::say);
    return replanned;
  }
}
