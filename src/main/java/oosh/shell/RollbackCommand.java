package oosh.shell;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import oosh.rollout.Context;
import oosh.rollout.Entry;
import oosh.rollout.Execution;
import oosh.rollout.GoodVersion;
import oosh.rollout.GroupInstance;
import oosh.rollout.InTheWay;
import oosh.rollout.Plan;
import oosh.rollout.Problem;
import oosh.rollout.Rollback;
import oosh.rollout.ScalingGroup;
import oosh.rollout.Script;
import oosh.rollout.Settled;
import oosh.rollout.Snapshot;
import oosh.rollout.Staging;
import oosh.rollout.Start;
import oosh.view.GoodVersionsView;
import oosh.view.HistoryView;

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
                    "rollback --to web-2.4.0")
                .optional("EXEC", (before, prefix) -> sources(session, prefix)))
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
    String id = in.argument(0).isPresent() ? session.execution(in.argument(0)) : last(session);
    String message = in.option("message");
    String reason = message == null ? "" : message;
    OptionalInt goesOn = Settling.goOn(session, in, settled, e -> e.rollsBack(id, reason));
    return goesOn.isPresent()
        ? goesOn.getAsInt()
        : Starting.start(session, plan(session, id, reason), settled, in);
  }

  /** A new launch of what was good: with its script, its batches and its parameters. */
  private static int backTo(Session session, Input in) throws InterruptedException {
    String name = String.valueOf(in.option("to"));
    if (in.argument(0).isPresent()) {
      throw Problem.usage(
          "rollback takes EXEC or --to NAME",
          in.need(0) + " would be gone back from, and " + name + " be launched again",
          "rollback --to " + name);
    }
    GoodVersion version = Versions.named(session, name);
    Context context = session.context().withGroup(version.group());
    String message = in.option("message");
    String reason = message == null ? "back to " + name : message;
    Instant read = session.setting().pace().instant();
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
        Settling.goOn(session, in, settled, e -> e.launches(version.group(), staging, reason));
    if (goesOn.isPresent()) {
      return goesOn.getAsInt();
    }
    ScalingGroup group = session.readGroup(version.group());
    Optional<Execution> inFlight = session.watch().inFlight(group.id());
    List<GroupInstance> instances = session.cloud().groups().instances(group.id());
    Plan plan = Plan.launch(context, staging, group, instances, inFlight, reason);
    session
        .screen()
        .notes()
        .println(
            GoodVersionsView.again(
                new GoodVersionsView.Named(version, Optional.of(launch)),
                read,
                session.screen().style()));
    return Starting.start(
        session,
        new Starting.Planned(
            plan,
            Snapshot.of(read, group, instances),
            inFlight,
            InTheWay.ofLaunchAgain(name, group.id())),
        settled,
        in);
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
                    HistoryView.candidate(e, session.setting().pace().instant())))
        .toList();
  }

  /** The newest launch of this context: a rollback in between is not one. */
  private static String last(Session session) {
    return session.journal().rollbackSources(session.context(), "", 1).stream()
        .map(e -> String.valueOf(e.executionId()))
        .findFirst()
        .orElseThrow(
            () ->
                Problem.refused(
                    "nothing to roll back",
                    "nothing was launched from here",
                    "rollback EXEC, with an id from the console"));
  }

  private static Starting.Planned plan(Session session, String id, String reason) {
    Instant read = session.setting().pace().instant();
    Execution source = session.watch().find(id);
    Optional<Entry> remembered = session.journal().find(id);
    int touched =
        (int)
            session.cloud().executions().children(id).stream()
                .map(c -> c.parameter("instanceId"))
                .filter(Predicate.not(String::isEmpty))
                .distinct()
                .count();
    Rollback rollback =
        Rollback.of(session.context(), source, touched, remembered, session.staging(), reason);
    if (session.context().chosenGroup().filter(g -> !g.equals(rollback.group())).isPresent()) {
      throw Problem.refused(
          id + " is not of this group",
          "it ran on " + rollback.group() + ", and " + session.context().needGroup() + " is chosen",
          "use group " + rollback.group() + ", then rollback " + id);
    }
    Script staged = session.staging().rollbackScript();
    if (staged != null && !staged.sha256().equals(rollback.rollbackScript().sha256())) {
      session
          .screen()
          .notes()
          .println("note: it runs what the launch remembered, not the staged " + staged.name());
    }
    ScalingGroup group = session.readGroup(rollback.group());
    Optional<Execution> inFlight = session.watch().inFlight(group.id());
    return new Starting.Planned(
        Plan.rollback(rollback, source, group, inFlight),
        Snapshot.of(read, group, session.cloud().groups().instances(group.id())),
        inFlight,
        InTheWay.ofRollback(id, group.id()));
  }
}
