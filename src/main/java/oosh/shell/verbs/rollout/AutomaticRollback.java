package oosh.shell.verbs.rollout;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import oosh.rollout.Interrupted;
import oosh.rollout.Problem;
import oosh.rollout.cloud.Execution;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.NoJournal;
import oosh.rollout.record.ReconciledStart;
import oosh.rollout.record.WantedRollback;
import oosh.rollout.update.Context;
import oosh.rollout.update.Rollout;
import oosh.rollout.watch.ExecutionAborter;
import oosh.shell.Answer;
import oosh.shell.CommandInput;
import oosh.shell.Session;
import oosh.shell.verbs.planning.PlannedStart;
import oosh.shell.verbs.planning.RollbackPlanner;
import oosh.view.PlanView;
import oosh.view.RollbackView;
import org.jspecify.annotations.Nullable;

/**
 * Starts a rollback without a question, because the user has confirmed it before its source ended.
 * If it cannot be started, the reason is printed, with what was done until then.
 */
final class AutomaticRollback {
  /** How long it is tried again if OOS or ESS cannot be reached. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(2);

  /** The exit status if a launch failed and its rollback succeeded. */
  static final int ROLLED_BACK = 6;

  private final Session session;
  private final String sourceId;
  private final CommandInput in;

  /** What the journal has of the source, for a journal that cannot be read any more. */
  private final NoJournal known;

  private AutomaticRollback(Session session, String sourceId, CommandInput in) {
    this.session = session;
    this.sourceId = sourceId;
    this.in = in;
    this.known = NoJournal.knowing(session.journal(), sourceId);
  }

  /** Called after the start: prints and watches it. */
  @FunctionalInterface
  interface Follower {
    int follow(Execution started) throws InterruptedException;
  }

  /**
   * Aborts the source, then plans the rollback again and starts it.
   *
   * @throws Problem if the source was not aborted, or that is unknown: then nothing is started
   */
  static int afterAbort(
      Session session,
      PlannedStart.PrecedingAbort ahead,
      String again,
      CommandInput in,
      Follower then)
      throws InterruptedException {
    Execution running = ahead.source().execution();
    return new AutomaticRollback(session, running.id(), in)
        .afterAbort(running, ahead.replan(), again, then);
  }

  private int afterAbort(
      Execution running, Supplier<PlannedStart> replan, String again, Follower then)
      throws InterruptedException {
    want(running);
    Execution source =
        new ExecutionAborter(session.cloud().executions(), session.backends().pace()).of(sourceId);
    print(RollbackView.ended(source));
    Execution started;
    try {
      session.noteEnd(source);
      started = start(replan, again);
    } catch (Problem | Interrupted thrown) {
      Problem p = Interrupted.problemOf(thrown);
      return notStarted(RollbackView.ended(source), p, p.next());
    } finally {
      session.journalAgain();
    }
    return then.follow(started);
  }

  /**
   * Watches a launch and, if it fails, starts and watches its rollback: only in this process, and
   * only while it watches.
   *
   * <p>A cancelled launch is not rolled back: a user has cancelled it, and can roll it back.
   *
   * @return {@link #ROLLED_BACK} if it failed and the rollback ended in Success; {@link
   *     WatchSession#ENDED_BADLY} if that failed as well or could not be started; else as a watch
   */
  static int watch(Session session, String id, CommandInput in) throws InterruptedException {
    return new AutomaticRollback(session, id, in).watch();
  }

  private int watch() throws InterruptedException {
    Duration timeout = WatchSession.timeout(in);
    Instant end = timeout == null ? null : session.now().plus(timeout);
    WatchSession watching =
        new WatchSession(session, sourceId, in.json(), timeout)
            .withAutomaticRollback()
            .answersLater();
    int status;
    try {
      status = watching.watch();
    } catch (Problem | Interrupted thrown) {
      reportNotWatched();
      watching.answer(null);
      throw thrown;
    }
    Execution source = watching.ended();
    if (source == null) {
      reportNotWatched();
    } else if (watching.failed()) {
      return startRollback(watching, source, end);
    }
    watching.answer(null);
    return status;
  }

  private void reportNotWatched() {
    session.note(sourceId + " is no longer watched: if it fails, there is no automatic rollback");
  }

  private int startRollback(WatchSession launch, Execution source, @Nullable Instant end) {
    Execution started;
    try {
      if (Thread.currentThread().isInterrupted()) {
        throw stopped();
      }
      want(source);
      String reason = Rollout.reasonAfterFailure(sourceId, reason(source));
      started = start(() -> printPlan(new RollbackPlanner(session).rollback(sourceId, reason)), "");
    } catch (Problem | Interrupted thrown) {
      launch.answer(null);
      return notStarted(
          sourceId + " failed",
          Interrupted.problemOf(thrown),
          "rollback " + sourceId + ", which asks OOS first and cannot start a second execution");
    } finally {
      session.journalAgain();
    }
    Answer.line(session, in, "started " + started.id());
    session.screen().out().flush();
    Duration left = end == null ? null : Duration.between(session.now(), end);
    boolean over = left != null && left.isNegative();
    WatchSession watching =
        new WatchSession(session, started.id(), in.json(), over ? Duration.ZERO : left)
            .answersLater();
    int status;
    try {
      status = watching.watch();
    } finally {
      launch.answer(watching);
    }
    Execution rollback = watching.ended();
    if (rollback == null) {
      // The user has left the watch; the launch has failed anyway.
      return status == 0 ? WatchSession.ENDED_BADLY : status;
    }
    print(RollbackView.outcome(sourceId, rollback, session.style()));
    return rollback.status().isSuccess() ? ROLLED_BACK : WatchSession.ENDED_BADLY;
  }

  private void print(String sentence) {
    if (!in.json()) {
      session.print(session.style().wrapped(sentence));
      session.screen().out().flush();
    }
  }

  private String reason(Execution source) {
    return session.entry(sourceId).map(JournalEntry::reason).orElse(source.description());
  }

  private PlannedStart printPlan(PlannedStart planned) {
    if (!in.json()) {
      session.say(PlanView.text(planned.plan(), session.style()));
    }
    return planned;
  }

  /**
   * Records that the rollback is confirmed, for the case that this process dies before the start. A
   * journal error does not prevent the abort: the user is in a hurry.
   */
  private void want(Execution source) {
    try {
      WantedRollback wanted =
          WantedRollback.of(session.context(), source, session.author(), session.now());
      session.starts().want(wanted);
    } catch (Problem p) {
      // The rollback itself is recorded later.
      return;
    }
  }

  /**
   * Plans and starts the rollback with an intent, like any start. If a service cannot be reached,
   * it tries again; if a newer oosh has migrated the journal, it starts without the journal.
   */
  private Execution start(Supplier<PlannedStart> replan, String again) {
    Instant last = session.now().plus(PATIENCE);
    boolean told = false;
    while (true) {
      try {
        PlannedStart planned = replan.get();
        if (again.isEmpty()) {
          Context there = session.context().withGroup(planned.plan().rollout().group());
          List<ReconciledStart> settled = Reconciliation.settle(session, there);
          session
              .rollouts()
              .requireNoConflict(planned.refusals(), there, settled, planned.inFlight(), "");
        }
        return planned.start(session, again);
      } catch (Problem p) {
        if (p.kind() == Problem.Kind.REFUSED && session.goesOnWithout(known)) {
          continue;
        }
        if (p.kind() != Problem.Kind.UNREACHABLE || !session.now().isBefore(last)) {
          throw p;
        }
        if (!told) {
          session.note(p.what() + ": " + p.why() + "; still trying, Ctrl-C leaves");
          told = true;
        }
      }
      try {
        session.backends().pace().pause(BETWEEN_TRIES);
      } catch (InterruptedException e) {
        throw stopped();
      }
    }
  }

  private static Interrupted stopped() {
    return Interrupted.of("stopped", "Ctrl-C", "try again");
  }

  /**
   * Prints that the rollback was not started, or that this is unknown.
   *
   * @param happened the result of the source
   * @param sure what to type if it is unknown
   * @return the exit status: the source has ended without success in any case
   */
  private int notStarted(String happened, Problem p, String sure) {
    String not = happened + "; it was not rolled back";
    session.say(
        switch (p.kind()) {
          case UNCERTAIN ->
              p.instead(happened + "; it is unknown whether its rollback was started", sure);
          case INTERRUPTED -> p.instead(not, "rollback " + sourceId);
          default -> p.instead(not, p.next());
        },
        in.form());
    return switch (p.kind()) {
      case UNCERTAIN, INTERRUPTED -> p.kind().exitStatus();
      default -> WatchSession.ENDED_BADLY;
    };
  }
}
