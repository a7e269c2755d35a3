package oosh.shell;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import oosh.rollout.Context;
import oosh.rollout.Entry;
import oosh.rollout.Execution;
import oosh.rollout.ExecutionStatus;
import oosh.rollout.GoodVersion;
import oosh.rollout.GroupInstance;
import oosh.rollout.GroupState;
import oosh.rollout.InTheWay;
import oosh.rollout.MethodWarnings;
import oosh.rollout.Plan;
import oosh.rollout.Precedents;
import oosh.rollout.Problem;
import oosh.rollout.Progress;
import oosh.rollout.Rollback;
import oosh.rollout.ScalingGroup;
import oosh.rollout.Script;
import oosh.rollout.Settled;
import oosh.rollout.Snapshot;
import oosh.rollout.Staging;
import oosh.rollout.Start;
import oosh.rollout.Warning;
import oosh.view.GoodVersionsView;
import oosh.view.HistoryView;
import oosh.view.RollbackView;
import org.jspecify.annotations.Nullable;

/**
 * {@code rollback EXEC}: the way back from an execution, with everything its launch remembered. Tab
 * reads the journal; Enter reads the source again from OOS.
 */
final class RollbackCommand {
  /** How many sources Tab offers: more than a screen is no help. */
  private static final int OFFERED = 20;

  private RollbackCommand() {}

  static Verb verb(Session session) {
    return Starting.options(
            Verb.of("rollback", Verb.Heading.ROLLOUT, "go back from an execution, and watch it")
                .example(
                    "rollback exec-6f1c0b3a9d2e4f58",
                    "rollback exec-6f1c -m \"errors in 2.4.1\"",
                    "rollback --now",
                    "rollback --to web-2.4.0")
                .optional("EXEC", (before, prefix) -> sources(session, prefix)))
        .flag(
            "now",
            Verb.NO_LETTER,
            null,
            "in a hurry: abort it first if it has not ended, and do not pause between batches")
        .flag(
            "to",
            Verb.NO_LETTER,
            "NAME",
            "launch again what was good: the launch that tag gave that name")
        .values("to", (before, prefix) -> Versions.propose(session, prefix))
        .does(in -> in.has("to") ? backTo(session, in) : rollBack(session, in));
  }

  private static int rollBack(Session session, Input in) throws InterruptedException {
    List<Settled> settled = Settling.settle(session);
    boolean now = in.has("now");
    String id =
        in.argument(0).isPresent()
            ? session.execution(in.argument(0))
            : now ? inFlight(session).orElseGet(() -> last(session)) : last(session);
    String message = in.option("message");
    String reason = message == null ? "" : message;
    OptionalInt goesOn = Settling.goOn(session, in, settled, e -> e.rollsBack(id, reason));
    if (goesOn.isPresent()) {
      return goesOn.getAsInt();
    }
    boolean named = in.argument(0).isPresent();
    return Starting.start(
        session,
        () -> planFor(session, new Wanted(id, named, now, null, "rollback"), reason),
        settled,
        in);
  }

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
  static Starting.Planned planFor(Session session, Wanted wanted, String reason) {
    Starting.Planned planned = plan(session, wanted, reason);
    Script undo = planned.plan().rollout().rollbackScript();
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

  /** A new launch of what was good: with its script, its batches and its parameters. */
  private static int backTo(Session session, Input in) throws InterruptedException {
    String name = String.valueOf(in.option("to"));
    if (in.argument(0).isPresent()) {
      throw Problem.usage(
          "rollback takes EXEC or --to NAME",
          in.need(0) + " would be gone back from, and " + name + " be launched again",
          "rollback" + in.otherOptions(""));
    }
    if (in.has("now")) {
      throw Problem.usage(
          "rollback takes --now or --to NAME",
          "--now is for the way back from an execution, and " + name + " is launched again",
          in.without("now").line());
    }
    GoodVersion version = Versions.named(session, name);
    Context context = session.context().withGroup(version.group());
    String message = in.option("message");
    String reason = message == null ? "back to " + name : message;
    Entry launch =
        session
            .journal()
            .find(version.executionId())
            .orElseThrow(
                () ->
                    Problem.refused(
                        "cannot go back to " + name,
                        "the journal does not have " + version.executionId() + " any more",
                        "untag " + name));
    List<Settled> settled = Settling.settle(session, context);
    Staging staging = version.staging(launch, sent(session, version));
    OptionalInt goesOn =
        Settling.goOn(
            session,
            in,
            settled,
            e ->
                staging.isLaunchedBy(
                    e, context.withGroup(version.group()).withMethod(launch.method()), reason));
    if (goesOn.isPresent()) {
      return goesOn.getAsInt();
    }
    session
        .screen()
        .notes()
        .println(
            GoodVersionsView.again(
                new GoodVersionsView.Named(version, Optional.of(launch)),
                session.setting().pace().instant(),
                session.screen().style()));
    return Starting.start(
        session, () -> again(session, version, launch, staging, reason), settled, in);
  }

  private static Starting.Planned again(
      Session session, GoodVersion version, Entry launch, Staging staging, String reason) {
    Instant read = session.setting().pace().instant();
    ScalingGroup group = session.readGroup(version.group());
    Optional<Execution> inFlight = session.watch().inFlight(group.id());
    GroupState state = PlanReads.state(session, group.id());
    List<GroupInstance> instances = state.instances();
    Context context =
        session
            .context()
            .withGroup(group.id())
            .withMethod(Templates.forPlan(session, launch.method()));
    Precedents precedents =
        Precedents.on(session.cloud(), session.journal(), session.context(), group.id());
    Plan plan =
        RoleCheck.of(
            session,
            Plan.launch(context, staging, group, instances, inFlight, reason)
                .after(precedents, session.journal(), instances, read)
                .with(state.warnings())
                .with(precedents.ofAgain(version, launch)));
    return new Starting.Planned(
        plan,
        Snapshot.of(read, group, instances),
        inFlight,
        InTheWay.ofLaunchAgain(version.name(), group.id()));
  }

  /** As the journal has kept it; of one that was started elsewhere, as OOS tells it. */
  private static Map<String, Object> sent(Session session, GoodVersion version) {
    return session
        .journal()
        .sent(version.executionId())
        .map(Start::parameters)
        .orElseGet(() -> session.watch().find(version.executionId()).parameters());
  }

  static List<Suggest.Proposal> sources(Session session, String prefix) {
    return session.journal().rollbackSources(session.context(), prefix, OFFERED).stream()
        .map(
            e ->
                new Suggest.Proposal(
                    String.valueOf(e.executionId()),
                    HistoryView.candidate(
                        e, session.setting().pace().instant(), session.screen().style().width())))
        .toList();
  }

  private static String last(Session session) {
    return session
        .lastLaunch()
        .orElseThrow(
            () ->
                Problem.refused(
                    "nothing to roll back",
                    "nothing was launched from here",
                    "rollback EXEC, with an id from the console"));
  }

  /** In a hurry the one that is at work is meant, unless it goes back itself. */
  private static Optional<String> inFlight(Session session) {
    return session
        .context()
        .chosenGroup()
        .flatMap(g -> session.watch().inFlight(g))
        .filter(e -> !e.isRollback())
        .map(Execution::id);
  }

  /** The way back from a launch that has just ended, in a hurry. */
  static Starting.Planned plan(Session session, String id, String reason) {
    return plan(session, new Wanted(id, true, true, null, "rollback"), reason);
  }

  /** The way back from that execution as it is now. */
  private static Starting.Planned plan(Session session, Wanted wanted, String reason) {
    Instant read = session.setting().pace().instant();
    String id = wanted.id();
    boolean now = wanted.now();
    Optional<Entry> remembered = session.journal().find(id);
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
    Staging staging = session.staging();
    Rollback rollback =
        first
            ? Rollback.onceAborted(context, source, touched, remembered, staging, reason)
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
    Optional<Execution> inFlight = session.watch().inFlightBeside(group.id(), first ? id : "");
    GroupState state = PlanReads.state(session, group.id());
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
            session.journal().before(id),
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
                .with(MethodWarnings.of(rollback, source, remembered, session.journal().healed(id)))
                .with(MethodWarnings.ofThoseGone(rollback, Rollback.gone(instances, members))));
    Snapshot before = Snapshot.of(read, group, members);
    if (!first) {
      return new Starting.Planned(
          plan, before, inFlight, new InTheWay("roll back", wanted.line(), group.id()));
    }
    int planned = plan.rollout().instances();
    Progress progress = session.look(id);
    return new Starting.Planned(
        plan.with(rollback.ofAborting(progress)),
        before,
        inFlight,
        InTheWay.ofRollbackNow(id, group.id()),
        new Starting.Ahead(progress, () -> anew(session, id, reason, planned)));
  }

  /** Its end may have come when nobody here looked: after an abort whose answer was lost. */
  private static void ended(Session session, Execution source, Optional<Entry> remembered) {
    if (remembered.map(Entry::status).filter(ExecutionStatus::isFinal).isEmpty()) {
      GoingBack.seen(session, source);
    }
  }

  /** The launch as the journal has it, for when OOS does not know it any more. */
  private static Optional<Execution> remembered(Session session, Optional<Entry> entry) {
    return entry.flatMap(
        e ->
            session
                .journal()
                .sent(String.valueOf(e.executionId()))
                .map(sent -> Precedents.remembered(e, sent)));
  }

  /** With what is known of the template that the source ran. */
  private static Context known(Session session, Execution source, Optional<Entry> remembered) {
    Context context = session.context();
    return Rollback.method(source, remembered, context)
        .map(m -> context.withMethod(Templates.forPlan(session, m)))
        .orElse(context);
  }

  /** The same once the source has ended: what it has touched since is gone back from as well. */
  private static Starting.Planned anew(Session session, String id, String reason, int planned) {
    Starting.Planned anew = plan(session, id, reason);
    RollbackView.more(planned, anew.plan().rollout().instances())
        .ifPresent(session.screen().notes()::println);
    return anew;
  }
}
