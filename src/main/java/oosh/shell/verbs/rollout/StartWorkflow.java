package oosh.shell.verbs.rollout;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import oosh.rollout.Interrupted;
import oosh.rollout.Problem;
import oosh.rollout.Warning;
import oosh.rollout.cloud.Execution;
import oosh.rollout.plan.Plan;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.ReconciledStart;
import oosh.rollout.update.Rollout;
import oosh.shell.Answer;
import oosh.shell.CommandInput;
import oosh.shell.JsonAnswer;
import oosh.shell.Session;
import oosh.shell.Verb;
import oosh.shell.screen.Screen;
import oosh.shell.verbs.hold.LockWait;
import oosh.shell.verbs.planning.Alone;
import oosh.shell.verbs.planning.ConflictCheck;
import oosh.shell.verbs.planning.HoldCheck;
import oosh.shell.verbs.planning.PlannedStart;
import oosh.view.PlanView;
import oosh.view.RollbackView;
import oosh.view.json.ExecutionJson;
import oosh.view.json.JsonOutput;
import oosh.view.json.PlanJson;
import oosh.view.text.DescriptionList;
import oosh.view.text.Style;

/**
 * What every verb that starts something does: continue what the same line began before, or else
 * show the plan, ask, start, and watch.
 */
final class StartWorkflow {
  /** The option of launch for an automatic rollback. */
  static final String AUTOMATIC_ROLLBACK = "rollback-on-failure";

  /** The option of launch for further launches on instances that have joined meanwhile. */
  static final String NEWCOMERS = "newcomers";

  /** How often that: a group that never stops growing has no end. */
  static final int ROUNDS = 3;

  /** The end of the sandbox's reason if a program is missing on this machine. */
  private static final String NOT_INSTALLED = " is not installed";

  private StartWorkflow() {}

  /** The options of every such verb. */
  static Verb options(Verb verb) {
    return Alone.option(verb.changes())
        .showsProgress()
        .answers(JsonAnswer.EXECUTION, JsonAnswer.PLAN, JsonAnswer.WAVE, JsonAnswer.WAVE_PLAN)
        .flag("message", 'm', "REASON", "why, for the record")
        .flag("yes", 'y', null, "do not ask")
        .flag(
            "confirm",
            "GROUP…",
            "confirm for this group, where more than half goes out of service at once, or the"
                + " profile is marked production")
        .flag("strict", null, "refuse to start while the plan has a warning")
        .flag("dry-run", 'n', null, "show the plan and stop, as plan does")
        .flag("detach", 'd', null, "start it and do not watch")
        .flag("timeout", "TIME", "stop watching after 90s, 30m or 2h; the execution continues")
        .flag(
            "again",
            "REASON",
            "start it although another start is in flight or unanswered; recorded");
  }

  /**
   * Shows the plan, asks, and starts what it says. After an answer the services are read again: if
   * the plan has changed by then, it is shown and asked again.
   *
   * @param settled the open intents on the group, reconciled
   * @param same whether a start is what this line starts: then that is continued
   * @param plans plans the start from what the services say at the time of the call
   */
  static int start(
      Session session,
      List<ReconciledStart> settled,
      Predicate<JournalEntry> same,
      Supplier<PlannedStart> plans,
      CommandInput in)
      throws InterruptedException {
    Optional<RepeatedStart> repeated = RepeatedStart.find(session, in, settled, same);
    if (repeated.isPresent()) {
      Execution sent = repeated.get().sent();
      return sent == null
          ? watchExisting(session, repeated.get().executionId(), in)
          : started(session, sent, in);
    }
    LockWait wait = LockWait.of(session, in);
    Supplier<PlannedStart> planner =
        () ->
            HoldCheck.add(
                session, plans.get().typed(in).marked(session.backends().config().profiles()));
    PlannedStart planned = planner.get();
    if (in.has("dry-run")) {
      requireGroupName(planned, in);
      PlannedStart would = planned.with(ConflictCheck.add(session, planned, settled));
      session.print(in.json() ? json(would, in) : text(session, would, in));
      requireNoWarning(would.plan(), in);
      return 0;
    }
    // Read before anything starts: a wrong --timeout must not leave an execution unwatched.
    WatchSession.timeout(in);
    String again = again(in);
    List<ReconciledStart> reconciled = settled;
    while (true) {
      Execution started;
      try {
        PlannedStart last = confirmed(session, reconciled, planner, planned, again, in);
        if (last.precedingAbort() != null) {
          return AutomaticRollback.afterAbort(
              session, last.precedingAbort(), again, in, e -> started(session, e, in));
        }
        started = last.start(session, again);
      } catch (Problem p) {
        PlannedStart refused = planned;
        wait.after(
            p,
            planned,
            () -> again.isEmpty() ? ConflictCheck.otherStart(session, refused) : Optional.empty());
        reconciled = Reconciliation.settle(session, ConflictCheck.place(session, planned));
        planned = planner.get();
        continue;
      }
      return started(session, started, in);
    }
  }

  /** Shows the plan and asks, until the plan is the one that was confirmed. */
  private static PlannedStart confirmed(
      Session session,
      List<ReconciledStart> settled,
      Supplier<PlannedStart> planner,
      PlannedStart first,
      String again,
      CommandInput in) {
    PlannedStart planned = first;
    ConflictCheck.require(session, planned, settled, again);
    while (true) {
      if (!in.json() || !in.has("yes")) {
        session.say(text(session, planned, in));
      }
      try {
        requireNoWarning(planned.plan(), in);
        if (isConfirmed(planned, in)) {
          break;
        }
      } catch (Problem p) {
        // The codes of the warnings say why.
        if (in.json()) {
          session.print(json(planned, in));
        }
        throw p;
      }
      ask(session, planned, in);
      PlannedStart now = replan(planner, planned);
      ConflictCheck.require(session, now, settled, again);
      // What a launch does until it is aborted is in the question already: "up to N".
      boolean unchanged =
          planned.precedingAbort() != null
              || text(session, now, in).equals(text(session, planned, in));
      planned = now;
      if (unchanged) {
        break;
      }
      session.say("the plan has changed since the question; it is now:");
      session.screen().dropTypedAhead();
    }
    return asHooked(session, settled, planner, planned, again, in);
  }

  /**
   * Asks the operator's hook, unless this is a rollback. It takes its time, so the services are
   * read again behind it.
   */
  private static PlannedStart asHooked(
      Session session,
      List<ReconciledStart> settled,
      Supplier<PlannedStart> planner,
      PlannedStart planned,
      String again,
      CommandInput in) {
    if (in.line().startsWith("rollback")) {
      return planned;
    }
    LaunchHooks.requireUsable(session);
    if (!LaunchHooks.asks(session)) {
      return planned;
    }
    LaunchHooks.before(session, json(planned, in));
    PlannedStart now = replan(planner, planned);
    ConflictCheck.require(session, now, settled, again);
    if (!in.has("yes") && !text(session, now, in).equals(text(session, planned, in))) {
      throw Problem.refused(
          nothing(planned), "the plan has changed while the hook before-launch ran", in.line());
    }
    return now;
  }

  private static PlannedStart replan(Supplier<PlannedStart> planner, PlannedStart asked) {
    try {
      return planner.get();
    } catch (Interrupted stopped) {
      throw stopped.instead(nothing(asked), stopped.problem().next());
    }
  }

  private static String nothing(PlannedStart planned) {
    return planned.precedingAbort() == null
        ? "nothing was started"
        : "nothing was aborted or started";
  }

  private static void requireNoWarning(Plan plan, CommandInput in) {
    // A lock and a freeze that do not refuse it were answered, or it goes back.
    long warnings = plan.warnings().stream().filter(w -> !w.code().isOfPersons()).count();
    if (in.has("strict") && warnings > 0) {
      throw Problem.refused(
          "nothing was started",
          "--strict, and the plan has " + DescriptionList.count(warnings, "warning"),
          "fix what the plan warns of, or omit --strict");
    }
  }

  /**
   * Whether options have answered the question: {@code -y}, and for a severe plan {@code --confirm}
   * with the name of the group. {@code rollback --now} is in a hurry, and asks for no name.
   */
  private static boolean isConfirmed(PlannedStart planned, CommandInput in) {
    requireGroupName(planned, in);
    String group = planned.plan().rollout().group();
    String confirmed = in.option("confirm");
    if (!isSevere(planned, in)) {
      return in.has("yes");
    }
    if (confirmed == null && in.has("yes")) {
      throw Problem.refused(
          "nothing was started",
          Warning.anySevere(planned.plan().warnings())
              ? "the plan is severe, and -y alone does not confirm it"
              : "the profile is marked production, and -y alone does not confirm a start on it",
          planned.command() + " --confirm " + group);
    }
    return confirmed != null;
  }

  private static void requireGroupName(PlannedStart planned, CommandInput in) {
    String group = planned.plan().rollout().group();
    String confirmed = String.join(", ", in.values("confirm"));
    if (in.has("confirm") && !confirmed.equals(group)) {
      throw Problem.usage(
          "--confirm names another group",
          confirmed + " was given, but the group is " + group,
          planned.command());
    }
  }

  private static boolean isSevere(PlannedStart planned, CommandInput in) {
    return !in.has("now") && planned.plan().isSevere();
  }

  private static void ask(Session session, PlannedStart planned, CommandInput in) {
    PlannedStart.PrecedingAbort ahead = planned.precedingAbort();
    Plan plan = planned.plan();
    String question =
        ahead != null
            ? RollbackView.question(ahead.source(), plan)
            : PlanView.question(plan, isSevere(planned, in));
    String group = plan.rollout().group();
    boolean byName = isSevere(planned, in);
    if (byName) {
      session.screen().dropTypedAhead();
    }
    String typed = session.screen().answer(question, byName ? "-y --confirm " + group : "-y");
    if (byName ? typed != null && typed.strip().equals(group) : Screen.yes(typed)) {
      return;
    }
    if (!byName && typed != null) {
      decline(session, plan.rollout());
    }
    String again = planned.command();
    throw Problem.of(
        Problem.Kind.DECLINED,
        nothing(planned),
        byName && typed != null ? "what was typed is not " + group : Screen.declined(typed),
        byName ? again + ", then type the group's id to confirm" : again);
  }

  /** After a no, the reminder of a confirmed rollback is removed. */
  private static void decline(Session session, Rollout rollout) {
    String source = rollout.sourceExecutionId();
    if (source != null) {
      session.starts().decline(session.context(), source);
    }
  }

  private static String text(Session session, PlannedStart planned, CommandInput in) {
    Style style = session.style();
    PlannedStart.PrecedingAbort ahead = planned.precedingAbort();
    return ahead == null
        ? PlanView.text(planned.plan(), in.has(AUTOMATIC_ROLLBACK), thenNewcomers(in), style)
        : RollbackView.text(ahead.source(), planned.plan(), style);
  }

  /** What follows a success of a launch; "" for nothing, as after a retry on newcomers. */
  private static String thenNewcomers(CommandInput in) {
    return in.has(NEWCOMERS) && in.line().startsWith("launch ")
        ? "launches on instances that have joined meanwhile, up to "
            + ROUNDS
            + " times, without asking, while this oosh is watching"
        : "";
  }

  private static String json(PlannedStart planned, CommandInput in) {
    PlannedStart.PrecedingAbort ahead = planned.precedingAbort();
    return JsonOutput.document(
        ahead == null
            ? PlanJson.of(planned.plan(), in.has(AUTOMATIC_ROLLBACK))
            : RollbackView.json(ahead.source(), planned.plan()));
  }

  private static String again(CommandInput in) {
    String again = in.option("again");
    if (again != null && again.isBlank()) {
      throw Problem.usage(
          "--again needs a reason",
          "history shows the reason beside this start",
          in.line("again", "the first one hangs"));
    }
    return again == null ? "" : again;
  }

  /**
   * Prints that it was started, and watches it.
   *
   * <pre>
   * started exec-6f1c0b3a9d2e4f58
   * no script is run in this sandbox: bubblewrap (bwrap) is not installed
   * next: install it, then sandbox stop; until then a success means nothing
   * </pre>
   */
  private static int started(Session session, Execution started, CommandInput in)
      throws InterruptedException {
    boolean onlyJson = in.has("detach") && in.json();
    if (onlyJson) {
      session.print(JsonOutput.document(ExecutionJson.brief(started)));
    } else {
      Answer.line(session, in, "started " + started.id());
    }
    String notRun = session.backends().takeNoScriptReason(session.context().profile());
    if (!notRun.isEmpty()) {
      session.say("no script is run in this sandbox: " + notRun);
    }
    if (notRun.endsWith(NOT_INSTALLED)) {
      session.say("next: install it, then sandbox stop; until then a success means nothing");
    }
    return onlyJson ? 0 : watch(session, started.id(), in);
  }

  /** Continues with an execution that the same command started before. */
  private static int watchExisting(Session session, String id, CommandInput in)
      throws InterruptedException {
    session.clearLostStart();
    if (in.has("detach") && in.json()) {
      return detached(session, id, in);
    }
    session.say("nothing is started again: this command started " + id);
    return watch(session, id, in);
  }

  /** The answer for an execution that is not watched: as JSON what OOS lists of it. */
  static int detached(Session session, String id, CommandInput in) {
    if (in.json()) {
      session.print(JsonOutput.document(ExecutionJson.brief(session.watch().find(id))));
    }
    return 0;
  }

  private static int watch(Session session, String id, CommandInput in)
      throws InterruptedException {
    if (in.has("detach")) {
      session.say("next: watch " + id);
      return 0;
    }
    return in.has(AUTOMATIC_ROLLBACK)
        ? AutomaticRollback.watch(session, id, in)
        : new WatchSession(session, id, in.json(), WatchSession.timeout(in)).watch();
  }
}
