package oosh.shell.verbs.rollout;

import java.util.Optional;
import oosh.rollout.Problem;
import oosh.rollout.Warning;
import oosh.rollout.plan.Plan;
import oosh.rollout.plan.Retry;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.Progress;
import oosh.rollout.update.Context;
import oosh.rollout.update.Script;
import oosh.rollout.update.TargetFilter;
import oosh.rollout.update.UpdateMethod;
import oosh.rollout.update.UpdateSpec;
import oosh.shell.CommandInput;
import oosh.shell.Quoting;
import oosh.shell.Session;
import oosh.shell.verbs.planning.PlannedStart;
import oosh.shell.verbs.planning.StartPlanner;

/** {@code launch --newcomers}: what follows a launch that has succeeded. */
final class NewcomerRounds {
  /** Begins the reason of a round where the user gave none. */
  private static final String OF = "newcomers of ";

  private NewcomerRounds() {}

  /** Whether a start is a round behind a launch of that: its process may have died in it. */
  static boolean isRound(JournalEntry e, UpdateSpec staging, Context context, String reason) {
    TargetFilter only = e.spec().strategy().only();
    String because = reason.isEmpty() && e.reason().startsWith(OF) ? e.reason() : reason;
    return only.isList()
        && !staging.strategy().only().excludesNewcomers()
        && e.isLaunchOf(
            Retry.spec(staging, only), context.withMethod(UpdateMethod.RUN_SCRIPT_OOSH), because);
  }

  /**
   * Launches on the instances that have joined since the plan, until none is left. The launch
   * itself has ended by then: if a round fails, its line is the one to type, as the line of the
   * launch would begin with all instances again.
   */
  static int launch(Session session, String reason, CommandInput in) throws InterruptedException {
    Optional<JournalEntry> launched =
        Optional.ofNullable(session.lastProgress())
            .map(Progress::execution)
            .filter(e -> e.status().isFinal())
            .flatMap(e -> session.starts().find(e.id()));
    if (launched.isEmpty()) {
      return 0;
    }
    JournalEntry source = launched.get();
    String because = reason.isEmpty() ? OF + source.executionId() : reason;
    String retry = "retry " + source.executionId() + " --newcomers -m " + Quoting.quoted(because);
    try {
      return rounds(session, source, because, retry, in);
    } catch (Problem p) {
      session.note("note: " + source.executionId() + " has ended well; " + retry + " continues");
      throw p.kind() == Problem.Kind.UNCERTAIN
          ? p.instead(
              p.what(), retry + ", which asks OOS first and cannot start a second execution")
          : p;
    }
  }

  private static int rounds(
      Session session, JournalEntry source, String because, String retry, CommandInput in)
      throws InterruptedException {
    StartPlanner planner = new StartPlanner(session);
    for (int round = 1; round <= StartWorkflow.ROUNDS; round++) {
      Optional<PlannedStart> next = planner.newcomers(source, because);
      if (next.isEmpty()) {
        session.note("note: no instance has joined without " + scriptOf(source));
        return 0;
      }
      session.say("newcomers, round " + round + " of " + StartWorkflow.ROUNDS);
      int exit =
          StartWorkflow.start(
              session,
              Reconciliation.settle(session),
              e -> false,
              () -> planner.newcomers(source, because).orElseGet(next::get),
              answered(in, next.get().plan(), MarkedProfile.isChosen(session)));
      if (exit != 0) {
        return exit;
      }
    }
    planner
        .newcomers(source, because)
        .ifPresent(
            left ->
                session.note(
                    "note: "
                        + StartWorkflow.ROUNDS
                        + " rounds are over, and "
                        + String.join(", ", left.plan().told())
                        + " joined meanwhile; "
                        + retry));
    return 0;
  }

  /** The question of the launch was the question of these; not of one that is severe. */
  private static CommandInput answered(CommandInput in, Plan plan, boolean marked) {
    CommandInput round = in.without(StartWorkflow.NEWCOMERS);
    if (Warning.anySevere(plan.warnings())) {
      return round.without("yes");
    }
    String group = plan.rollout().group();
    // Where the profile is marked, the group's id was the answer to the launch's question.
    return marked ? round.with("confirm", group) : round.with("yes", "true");
  }

  private static String scriptOf(JournalEntry source) {
    Script script = source.spec().script();
    return script == null ? "the script" : script.name();
  }
}
