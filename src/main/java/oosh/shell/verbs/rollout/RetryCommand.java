package oosh.shell.verbs.rollout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import oosh.rollout.Problem;
import oosh.rollout.cloud.NotifyType;
import oosh.rollout.plan.ScriptState;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.Progress;
import oosh.rollout.update.Context;
import oosh.rollout.update.UpdateMethod;
import oosh.rollout.watch.ExecutionControl;
import oosh.shell.CommandInput;
import oosh.shell.ExecutionIds;
import oosh.shell.JsonAnswer;
import oosh.shell.Session;
import oosh.shell.Verb;
import oosh.shell.WordCompleter;
import oosh.shell.complete.ExecutionCompleter;
import oosh.shell.verbs.hold.LockWait;
import oosh.shell.verbs.planning.Alone;
import oosh.shell.verbs.planning.RollbackPlanner;
import oosh.shell.verbs.planning.StartPlanner;
import oosh.shell.verbs.planning.ThroughFreeze;
import oosh.view.ExecutionControlView;
import oosh.view.ProgressView;
import org.springframework.shell.core.command.completion.CompletionProposal;

/**
 * {@code retry [EXEC] [INSTANCE…]} and {@code skip [EXEC] [INSTANCE…]}: at a failure pause, run the
 * script on failed instances again, or count them as done; and watch.
 */
public final class RetryCommand {
  /** The instances that an option of {@code retry} means. */
  private static final Map<String, ScriptState> KINDS =
      Map.of(
          "failed", ScriptState.FAILED,
          "missing", ScriptState.NOT_REACHED,
          "newcomers", ScriptState.NEWCOMER);

  private RetryCommand() {}

  public static Verb retry() {
    return LockWait.options(
            StartWorkflow.options(
                Verb.of(
                        "retry",
                        Verb.HelpSection.ROLLOUT,
                        "run it again where it failed, and watch")
                    .example(
                        "retry",
                        "retry i-bp1c",
                        "retry exec-6f1c0b3a9d2e4f58 i-bp1c i-bp1d",
                        "retry --failed --missing")
                    .execution(RetryCommand::first)
                    .several("INSTANCE…", RetryCommand::failed)))
        .flag("failed", null, "after its end: a launch where it failed")
        .flag("missing", null, "after its end: a launch where it did not run")
        .flag("newcomers", null, "after its end: a launch on instances that joined since")
        .does(
            (session, in) -> {
              Set<ScriptState> states = states(in);
              return states.isEmpty()
                  ? atThePause(session, in)
                  : Alone.during(session, in, () -> launch(session, in, states));
            });
  }

  public static Verb skip() {
    return options(
            Verb.of("skip", Verb.HelpSection.ROLLOUT, "count what failed as done, and watch")
                .example("skip", "skip i-bp1c -y", "skip exec-6f1c0b3a9d2e4f58 i-bp1c"))
        .flag("yes", 'y', null, "do not ask")
        .does((session, in) -> steer(session, NotifyType.SKIP, in));
  }

  private static Verb options(Verb verb) {
    return verb.execution(RetryCommand::first)
        .several("INSTANCE…", RetryCommand::failed)
        .flag("detach", 'd', null, "do not watch")
        .flag("timeout", 't', "TIME", "stop watching after 90s, 30m or 2h; the execution continues")
        .changes()
        .showsProgress()
        .answers(JsonAnswer.EXECUTION);
  }

  private static Set<ScriptState> states(CommandInput in) {
    return KINDS.keySet().stream()
        .filter(in::has)
        .map(KINDS::get)
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(ScriptState.class)));
  }

  private static int atThePause(Session session, CommandInput in) throws InterruptedException {
    for (String flag :
        List.of(
            "message", "strict", "dry-run", "again", "wait-lock", ThroughFreeze.OPTION, "alone")) {
      if (in.has(flag)) {
        throw Problem.usage(
            "retry does not take --" + flag + " while the execution waits",
            "--" + flag + " is an option of a new launch",
            "retry, or retry --failed --" + flag + " for a new launch");
      }
    }
    return steer(session, NotifyType.RETRY, in);
  }

  /** Another launch of the script, on instances with these states. */
  private static int launch(Session session, CommandInput in, Set<ScriptState> states)
      throws InterruptedException {
    if (in.arguments().size() > 1 || in.argument(0).filter(a -> a.startsWith("i-")).isPresent()) {
      throw Problem.usage(
          "retry cannot take instances together with --failed, --missing or --newcomers",
          "both were given",
          "retry --failed, or "
              + (session.context().method().runsOnlyScript()
                  ? ""
                  : "use method " + UpdateMethod.RUN_SCRIPT.word() + ", then ")
              + "stage only INSTANCE, then launch");
    }
    Optional<JournalEntry> rollback =
        in.argument(0).isPresent()
            ? session
                .journal()
                .starts()
                .find(ExecutionIds.execution(session, in.argument(0)))
                .filter(JournalEntry::rollback)
            : Optional.empty();
    if (rollback.isPresent()) {
      return rollBackAgain(session, in, rollback.get(), states);
    }
    JournalEntry source = launched(session, ExecutionIds.launch(session, in.argument(0)));
    String id = String.valueOf(source.executionId());
    String reason = in.option("message", "retry of " + id);
    Context context = session.context().withGroup(source.group());
    StartPlanner planner = new StartPlanner(session);
    return StartWorkflow.start(
        session,
        Reconciliation.settle(session, context),
        // On its own instances: since it was sent, they may have the script, or be in Standby.
        e ->
            e.isLaunchOf(
                planner.specOfRetry(source, e.spec().strategy().only()),
                context.withMethod(UpdateMethod.RUN_SCRIPT_OOSH),
                reason),
        () -> planner.retry(source, states, reason),
        in);
  }

  /** The rollback again, on instances with these states. */
  private static int rollBackAgain(
      Session session, CommandInput in, JournalEntry rollback, Set<ScriptState> states)
      throws InterruptedException {
    String id = String.valueOf(rollback.executionId());
    String reason = in.option("message", "retry of " + id);
    String source = String.valueOf(rollback.sourceExecutionId());
    RollbackPlanner planner = new RollbackPlanner(session);
    return StartWorkflow.start(
        session,
        Reconciliation.settle(session),
        e -> e.isSameRollback(source, reason),
        () -> planner.retryRollback(rollback, states, reason),
        in);
  }

  private static JournalEntry launched(Session session, String id) {
    JournalEntry entry = session.journal().starts().find(id).orElse(null);
    if (entry != null && !entry.rollback() && !entry.method().runsOnlyScript()) {
      throw Problem.refused(
          "cannot retry " + id + " on single instances",
          "it was launched by "
              + entry.method().word()
              + ", whose template updates whole groups; only oosh's own template takes single"
              + " instances, and it runs only scripts",
          "rollback " + id + ", or launch it again on the whole group");
    }
    if (entry == null) {
      session.look(id);
    }
    if (entry == null || entry.spec().script() == null) {
      throw Problem.refused(
          "cannot retry " + id,
          "it is a rollback, or the journal does not have its script",
          "retry EXEC --failed with a launch (history lists them)");
    }
    return entry;
  }

  /** An instance can come first, because its id differs from an execution's. */
  private static List<CompletionProposal> first(
      Session session, List<String> before, String prefix) {
    List<CompletionProposal> both = new ArrayList<>(failed(session, before, prefix));
    both.addAll(ExecutionCompleter.WAITING.propose(session, before, prefix));
    return both;
  }

  /** The failed instances of the execution that was seen last: Tab does not ask OOS. */
  private static List<CompletionProposal> failed(
      Session session, List<String> before, String prefix) {
    Progress seen = session.lastProgress();
    return seen == null || !seen.pausedByFailure()
        ? List.of()
        : seen.failed().stream()
            .filter(i -> !before.contains(i.id()))
            .map(i -> WordCompleter.item(i.id(), ProgressView.why(i)))
            .toList();
  }

  private static int steer(Session session, NotifyType type, CommandInput in)
      throws InterruptedException {
    Duration timeout = WatchSession.timeout(in);
    boolean named = !in.arguments().isEmpty() && !in.need(0).startsWith("i-");
    String id = ExecutionIds.launch(session, named ? in.argument(0) : Optional.empty());
    List<String> instances =
        named ? in.arguments().subList(1, in.arguments().size()) : in.arguments();
    Progress before = session.look(id);
    ExecutionControl.NotifyRequest choice = ExecutionControl.choose(before, type, instances);
    if (type == NotifyType.SKIP) {
      session.say(ExecutionControlView.skip(before, choice, session.style()));
    }
    if (type == NotifyType.SKIP && !in.has("yes")) {
      session.requireYes(
          ExecutionControlView.skipQuestion(before, choice),
          "-y",
          id + " still waits",
          "retry " + id);
      Progress now = session.look(id);
      if (!now.waitsAtSamePauseAs(before)
          || !ExecutionControl.choose(now, type, instances).equals(choice)) {
        session.say("it has changed since the question; it is now:");
        session.screen().dropTypedAhead();
        return steer(session, type, in);
      }
    }
    if (type == NotifyType.RETRY) {
      MarkedProfile.require(
          session,
          String.valueOf(before.execution().group()),
          "retry " + choice.names(before) + " of " + id,
          "retry " + id,
          in);
      session
          .journal()
          .starts()
          .find(id)
          .map(new StartPlanner(session)::unused)
          .orElse(List.of())
          .forEach(w -> session.note("note: " + w.text() + "; abort, then launch"));
    }
    List<String> told = choice.taskExecutionIds();
    ExecutionControl.tell(
        () -> session.cloud().executions().notify(id, type, told),
        () -> session.look(id),
        now -> ExecutionControl.choose(now, type, instances));
    session.say(
        (type == NotifyType.SKIP ? "skipped " : "retries ") + choice.names(before) + " of " + id);
    if (in.has("detach")) {
      return StartWorkflow.detached(session, id, in);
    }
    return new WatchSession(session, id, in.json(), timeout).answered(before, false).watch();
  }
}
