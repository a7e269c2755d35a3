package oosh.shell;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import oosh.rollout.Entry;
import oosh.rollout.Execution;
import oosh.rollout.Plan;
import oosh.rollout.Problem;
import oosh.rollout.Rollback;
import oosh.rollout.ScalingGroup;
import oosh.rollout.Script;
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
                    "rollback exec-6f1c0b3a9d2e4f58", "rollback exec-6f1c -m \"errors in 2.4.1\"")
                .optional("EXEC", (before, prefix) -> sources(session, prefix)))
        .does(in -> Starting.start(session, plan(session, in), in));
  }

  private static List<Suggest.Proposal> sources(Session session, String prefix) {
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

  private static Plan plan(Session session, Input in) {
    String id = in.argument(0).isPresent() ? session.execution(in.argument(0)) : last(session);
    Execution source = session.rollouts().find(id);
    Optional<Entry> remembered = session.journal().find(id);
    int touched =
        (int)
            session.cloud().executions().children(id).stream()
                .map(c -> c.parameter("instanceId"))
                .filter(Predicate.not(String::isEmpty))
                .distinct()
                .count();
    String reason = in.option("message");
    Rollback rollback =
        Rollback.of(
            session.context(),
            source,
            touched,
            remembered,
            session.staging(),
            reason == null ? "" : reason);
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
    return Plan.rollback(rollback, source, group, session.rollouts().inFlight(group.id()));
  }
}
