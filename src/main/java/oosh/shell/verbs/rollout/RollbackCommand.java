package oosh.shell.verbs.rollout;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import oosh.rollout.Problem;
import oosh.rollout.cloud.GroupInstance;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.ReconciledStart;
import oosh.rollout.record.ReleaseTag;
import oosh.rollout.update.Context;
import oosh.rollout.update.UpdateSpec;
import oosh.shell.CommandInput;
import oosh.shell.ExecutionIds;
import oosh.shell.GroupCache;
import oosh.shell.Session;
import oosh.shell.Verb;
import oosh.shell.WordCompleter;
import oosh.shell.complete.ExecutionCompleter;
import oosh.shell.complete.ReleaseTags;
import oosh.shell.verbs.planning.Alone;
import oosh.shell.verbs.planning.RollbackPlanner;
import oosh.shell.verbs.planning.RollbackRequest;
import oosh.shell.verbs.planning.StartPlanner;
import oosh.shell.verbs.wave.RollbackWave;
import oosh.shell.verbs.wave.WaveIds;
import oosh.view.HistoryView;
import oosh.view.ReleaseTagsView;
import org.springframework.shell.core.command.completion.CompletionProposal;

/**
 * {@code rollback EXEC}: rolls an execution back, with what the journal has of its launch. Tab
 * reads the journal; Enter reads the source again from OOS.
 */
public final class RollbackCommand {
  /** How many sources Tab offers: about a screen. */
  private static final int OFFERED = 20;

  /** Among so many of the newest executions Tab finds the rollbacks of what it offers. */
  private static final int LOOKED_AT = 60;

  private RollbackCommand() {}

  public static Verb verb() {
    return StartWorkflow.options(
            Verb.of("rollback", Verb.HelpSection.ROLLOUT, "roll back an execution, and watch that")
                .example(
                    "rollback exec-6f1c0b3a9d2e4f58",
                    "rollback exec-6f1c -m \"errors in 2.4.1\"",
                    "rollback --now",
                    "rollback --to web-2.4.0")
                .execution(WaveIds.and((session, before, prefix) -> sources(session, prefix)))
                .kind(WaveIds.WORD, WaveIds.SAYS))
        .flag(
            "now", null, "abort the execution first if it has not ended; no pauses between batches")
        .flag("only", "INSTANCE,…", "only these of the instances that it has touched; or patterns")
        .values(
            "only",
            WordCompleter.listOf(
                session ->
                    GroupCache.of(session).members().stream().map(GroupInstance::id).toList()))
        .flag("to", "NAME", "launch again the launch with this release tag")
        .values("to", (session, before, prefix) -> ReleaseTags.propose(session, prefix))
        .does(
            (session, in) ->
                WaveIds.isWave(in.argument(0))
                    ? RollbackWave.rollback(session, in)
                    : Alone.during(
                        session,
                        in,
                        () -> in.has("to") ? launchTagged(session, in) : rollBack(session, in)));
  }

  private static int rollBack(Session session, CommandInput in) throws InterruptedException {
    List<ReconciledStart> settled = Reconciliation.settle(session);
    boolean now = in.has("now");
    String id =
        in.argument(0).isPresent()
            ? ExecutionIds.execution(session, in.argument(0))
            : (now ? ExecutionIds.launchInFlight(session) : Optional.<String>empty())
                .orElseGet(() -> last(session));
    List<String> only = only(in, id);
    // A rollback of other instances is another one.
    String reason = in.option("message", only.isEmpty() ? "" : "only " + String.join(", ", only));
    boolean named = in.argument(0).isPresent();
    return StartWorkflow.start(
        session,
        settled,
        e -> e.isSameRollback(id, reason),
        () ->
            new RollbackPlanner(session)
                .rollback(
                    new RollbackRequest(
                        id, named, now, only.isEmpty() ? null : Set.copyOf(only), "rollback"),
                    reason),
        in);
  }

  private static List<String> only(CommandInput in, String id) {
    if (!in.has("only")) {
      return List.of();
    }
    List<String> only =
        Arrays.stream(in.option("only", "").split(",")).filter(i -> !i.isEmpty()).toList();
    if (only.isEmpty() || in.has("now")) {
      throw Problem.usage(
          "rollback cannot take --only " + (only.isEmpty() ? "without instances" : "and --now"),
          only.isEmpty()
              ? "it takes ids or patterns with commas between them"
              : "--now rolls back all that the execution has touched by its end",
          "rollback " + id + (only.isEmpty() ? " --only INSTANCE" : " --now"));
    }
    return only;
  }

  /** A new launch of a release tag: with its script, its batches and its parameters. */
  private static int launchTagged(Session session, CommandInput in) throws InterruptedException {
    String name = in.option("to", "");
    if (in.argument(0).isPresent()) {
      throw Problem.usage(
          "rollback cannot take EXEC and --to NAME together",
          in.need(0) + " is rolled back, " + name + " is launched again",
          "rollback" + in.otherOptions(""));
    }
    if (in.has("only")) {
      throw Problem.usage(
          "rollback cannot take --only and --to NAME together",
          "--only is for the rollback of an execution, but " + name + " is launched again",
          in.without("only").line());
    }
    if (in.has("now")) {
      throw Problem.usage(
          "rollback cannot take --now and --to NAME together",
          "--now is for the rollback of an execution, but " + name + " is launched again",
          in.without("now").line());
    }
    ReleaseTag version = ReleaseTags.named(session, name);
    Context context = session.context().withGroup(version.group());
    String reason = in.option("message", "back to " + name);
    Problem gone =
        Problem.refused(
            "cannot roll back to " + name,
            "the journal no longer has " + version.executionId(),
            "untag " + name);
    JournalEntry launch = session.starts().find(version.executionId()).orElseThrow(() -> gone);
    List<ReconciledStart> settled = Reconciliation.settle(session, context);
    StartPlanner planner = new StartPlanner(session);
    UpdateSpec staging = version.staging(launch, planner.sent(version.executionId()));
    session.say(
        ReleaseTagsView.again(
            new ReleaseTagsView.TaggedLaunch(version, Optional.of(launch)),
            session.now(),
            session.style()));
    return StartWorkflow.start(
        session,
        settled,
        e -> e.isLaunchOf(staging, context.withMethod(launch.method()), reason),
        () -> planner.launchOf(version, launch, staging, reason),
        in);
  }

  public static List<CompletionProposal> sources(Session session, String prefix) {
    List<JournalEntry> newest =
        session.history().startingWith(session.context().withGroup(null), "", LOOKED_AT);
    return session.history().rollbackSources(session.context(), prefix, OFFERED).stream()
        .map(
            e ->
                ExecutionCompleter.item(
                    session,
                    e,
                    HistoryView.source(e, newest, session.now(), session.style().width())))
        .toList();
  }

  /** The newest launch on the chosen group: of another group only what is named is rolled back. */
  private static String last(Session session) {
    Problem none =
        Problem.refused(
            "nothing to roll back",
            "the journal has no launch on "
                + session.context().needGroup()
                + " that can be rolled back",
            "rollback EXEC, with an id from the console");
    return ExecutionIds.lastLaunch(session).orElseThrow(() -> none);
  }
}
