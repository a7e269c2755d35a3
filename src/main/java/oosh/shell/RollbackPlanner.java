package oosh.shell;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import oosh.rollout.Context;
import oosh.rollout.Execution;
import oosh.rollout.ExecutionStatus;
import oosh.rollout.GroupInstance;
import oosh.rollout.GroupSnapshot;
import oosh.rollout.GroupState;
import oosh.rollout.JournalEntry;
import oosh.rollout.MethodWarnings;
import oosh.rollout.Plan;
import oosh.rollout.Precedents;
import oosh.rollout.Problem;
import oosh.rollout.Progress;
import oosh.rollout.Rollback;
import oosh.rollout.ScalingGroup;
import oosh.rollout.Script;
import oosh.rollout.StartConflict;
import oosh.rollout.UpdateSpec;
import oosh.rollout.Warning;
import oosh.view.RollbackView;
import org.jspecify.annotations.Nullable;

/**
 * Plans a rollback: reads the source from OOS and the journal, the group from ESS, and checks it.
 */
final class RollbackPlanner {
  private RollbackPlanner() {}

  /**
   * What is to be rolled back.
   *
   * @param named whether the user has named it
   * @param now without pauses, and aborting first what has not ended
   * @param only the instances that are meant; null for all that are left to do
   * @param command what was typed, without the id
   */
  record Wanted(String id, boolean named, boolean now, @Nullable Set<String> only, String command) {
    /** What is to be typed for the same once more. */
    String line() {
      return named && command.equals("rollback") ? command + " " + id : command;
    }
  }

  /** The plan, for a person: with what is staged and not used. */
  static PlannedStart planFor(Session session, Wanted wanted, String reason) {
    PlannedStart planned = plan(session, wanted, reason);
    Script undo = planned.plan().rollout().spec().rollbackScript();
    Script staged = session.staging().rollbackScript();
    if (staged == null || undo == null || staged.sha256().equals(undo.sha256())) {
      return planned;
    }
    Warning unused =
        new Warning(
            Warning.Code.STAGED_UNUSED,
            "it runs what the launch remembered, not the staged " + staged.name(),
            "stage script " + staged.name() + ", then launch, to run that one instead");
    return planned.with(planned.plan().with(List.of(unused)));
  }

  /** The way back from a launch that has just ended, in a hurry. */
  static PlannedStart plan(Session session, String id, String reason) {
    return plan(session, new Wanted(id, true, true, null, "rollback"), reason);
  }

  /** The way back from that execution as it is now. */
  private static PlannedStart plan(Session session, Wanted wanted, String reason) {
    Instant read = session.setting().pace().instant();
    String id = wanted.id();
    boolean now = wanted.now();
    Optional<JournalEntry> remembered = session.journal().find(id);
    Optional<Execution> forgotten = Optional.empty();
    Execution source;
    try {
      source = session.watch().find(id);
    } catch (Problem p) {
      boolean unknown = p.kind() == Problem.Kind.REFUSED || p.kind() == Problem.Kind.DECLINED;
      forgotten = unknown ? remembered(session, remembered) : forgotten;
      source = forgotten.orElseThrow(() -> p);
    }
    boolean first = now && !source.status().isFinal();
    Precedents precedents =
        Precedents.on(session.cloud(), session.journal(), session.context(), source.group());
    Set<String> instances =
        forgotten.isPresent()
            ? new LinkedHashSet<>(precedents.outcomes(id).keySet())
            : session.cloud().executions().children(id).stream()
                .map(c -> c.parameter("instanceId"))
                .filter(Predicate.not(String::isEmpty))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    int touched = instances.size();
    Context context = known(session, source, remembered);
    UpdateSpec staging = session.staging();
    Rollback rollback =
        first
            ? Rollback.ofRunningSource(context, source, touched, remembered, staging, reason)
            : Rollback.of(context, source, touched, remembered, staging, reason);
    if (now) {
      rollback = rollback.withoutPauses();
    }
    String its = rollback.group();
    if (context.chosenGroup().filter(g -> !g.equals(its)).isPresent()) {
      throw Problem.refused(
          id + " is not of this group",
          "it ran on " + rollback.group() + ", and " + context.needGroup() + " is chosen",
          "use group " + rollback.group() + ", then rollback " + id);
    }
    ScalingGroup group = session.readGroup(rollback.group());
    Optional<Execution> inFlight = session.watch().otherInFlight(group.id(), first ? id : "");
    GroupState state = PlanInputs.state(session, group.id());
    List<GroupInstance> members = state.instances();
    Map<String, String> done = precedents.rolledBack(id);
    Set<String> meant = new LinkedHashSet<>(instances);
    Set<String> only = wanted.only();
    if (only != null) {
      meant.removeIf(i -> !only.contains(i) && !done.containsKey(i));
    }
    rollback =
        rollback.onTheRest(
            source,
            meant,
            members,
            group,
            session.journal().snapshotBefore(id),
            done,
            forgotten.isPresent());
    Set<String> there = new LinkedHashSet<>(instances);
    there.removeAll(Rollback.gone(instances, members));
    Rollback.Rest rest = rollback.rest();
    boolean doneBefore = rest != null && !rest.done().isEmpty();
    List<Warning> since =
        new ArrayList<>(precedents.ofRollback(id, there, wanted.named(), doneBefore));
    if (!first) {
      since.addAll(precedents.ofStart(read, meant));
    }
    if (forgotten.isPresent() && precedents.isUnknown(id)) {
      since.add(
          new Warning(
              Warning.Code.REACH_UNKNOWN,
              "nobody has seen which instances it reached: all that it was for go back",
              "the rollback script must bear instances that it never reached"));
    }
    if (!first && forgotten.isEmpty()) {
      ended(session, source, remembered);
    }
    Plan plan =
        RoleCheck.of(
            session,
            Plan.rollback(rollback, source, group, members, instances, inFlight)
                .with(state.warnings())
                .with(since)
                .with(
                    MethodWarnings.of(
                        rollback, source, remembered, session.journal().healSteps(id)))
                .with(MethodWarnings.ofThoseGone(rollback, Rollback.gone(instances, members))));
    GroupSnapshot before = GroupSnapshot.of(read, group, members);
    if (!first) {
      return new PlannedStart(
          plan, before, inFlight, new StartConflict("roll back", wanted.line(), group.id()));
    }
    int planned = plan.rollout().instances();
    Progress progress = session.look(id);
    return new PlannedStart(
        plan.with(rollback.ofAborting(progress)),
        before,
        inFlight,
        StartConflict.ofRollbackNow(id, group.id()),
        new PlannedStart.PrecedingAbort(progress, () -> anew(session, id, reason, planned)));
  }

  /** Its end may have come when nobody here looked: after an abort whose answer was lost. */
  private static void ended(Session session, Execution source, Optional<JournalEntry> remembered) {
    if (remembered.map(JournalEntry::status).filter(ExecutionStatus::isFinal).isEmpty()) {
      session.noteEnd(source);
    }
  }

  /** The launch as the journal has it, for when OOS does not know it any more. */
  private static Optional<Execution> remembered(Session session, Optional<JournalEntry> entry) {
    return entry.flatMap(
        e ->
            session
                .journal()
                .startRequestOf(String.valueOf(e.executionId()))
                .map(sent -> Precedents.remembered(e, sent)));
  }

  /** With what is known of the template that the source ran. */
  private static Context known(
      Session session, Execution source, Optional<JournalEntry> remembered) {
    Context context = session.context();
    return Rollback.method(source, remembered, context)
        .map(m -> context.withMethod(TemplateLookup.forPlan(session, m, session::note)))
        .orElse(context);
  }

  /** The same once the source has ended: what it has touched since is gone back from as well. */
  private static PlannedStart anew(Session session, String id, String reason, int planned) {
    PlannedStart anew = plan(session, id, reason);
    RollbackView.touchedMoreThanPlanned(planned, anew.plan().rollout().instances())
        .ifPresent(session.screen().notes()::println);
    return anew;
  }
}
