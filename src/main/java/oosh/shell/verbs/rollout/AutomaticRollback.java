package oosh.shell.verbs.rollout;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import oosh.rollout.Interrupted;
import oosh.rollout.Problem;
import oosh.rollout.TimeSource;
import oosh.rollout.cloud.Execution;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.NoJournal;
import oosh.rollout.record.ReconciledStart;
import oosh.rollout.record.WantedRollback;
import oosh.rollout.update.Context;
import oosh.rollout.update.Rollout;
import oosh.rollout.watch.ExecutionAborter;
import oosh.shell.CommandInput;
import oosh.shell.Session;
import oosh.view.PlanView;
import oosh.view.ProblemView;
import oosh.view.RollbackView;
import oosh.view.json.JsonOutput;
import oosh.view.text.Style;
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

  private AutomaticRollback() {}

  /** Called after the start: prints and watches it. */
  @FunctionalInterface
  interface Follower {
    int follow(Execution started) throws InterruptedException;
  }

  /**
   * Aborts the source, then plans the rollback anew and starts it.
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
    String id = ahead.source().execution().id();
    NoJournal known = NoJournal.knowing(session.journal(), id);
    want(session, ahead.source().execution());
    Execution source =
        new ExecutionAborter(session.cloud().executions(), session.setting().pace()).of(id);
    if (!in.json()) {
      Style style = session.screen().style();
      session.screen().out().println(style.wrapped(RollbackView.ended(source)));
      session.screen().out().flush();
    }
    Execution started;
    try {
      session.noteEnd(source);
      started = start(session, known, ahead.anew(), again);
    } catch (Problem | Interrupted thrown) {
      Problem p = Interrupted.problemOf(thrown);
      return notStarted(session, id, RollbackView.ended(source), p, p.next(), in.json());
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
    Duration timeout = WatchSession.timeout(in);
    Instant end = timeout == null ? null : session.setting().pace().instant().plus(timeout);
    NoJournal known = NoJournal.knowing(session.journal(), id);
    WatchSession watching =
        new WatchSession(session, id, in.json(), timeout).withAutomaticRollback().answersLater();
    int status;
    try {
      status = watching.watch();
    } catch (Problem | Interrupted thrown) {
      reportNotWatched(session, id);
      watching.answer(null);
      throw thrown;
    }
    Execution source = watching.ended();
    if (source == null) {
      reportNotWatched(session, id);
    } else if (watching.failed()) {
      return startRollback(session, known, watching, source, end, in);
    }
    watching.answer(null);
    return status;
  }

  private static void reportNotWatched(Session session, String id) {
    session.note("nobody watches " + id + " now: a failure is not rolled back by itself");
  }

  private static int startRollback(
      Session session,
      NoJournal known,
      WatchSession launch,
      Execution source,
      @Nullable Instant end,
      CommandInput in) {
    String id = source.id();
    String failed = id + " failed";
    Execution started;
    try {
      if (Thread.currentThread().isInterrupted()) {
        throw stopped();
      }
      want(session, source);
      String reason = Rollout.reasonAfterFailure(id, reason(session, source));
      started =
          start(
              session,
              known,
              () -> printPlan(session, new StartPlanner(session).rollback(id, reason), in),
              "");
    } catch (Problem | Interrupted thrown) {
      String sure = "rollback " + id + ", which asks OOS first, and starts nothing twice";
      launch.answer(null);
      return notStarted(session, id, failed, Interrupted.problemOf(thrown), sure, in.json());
    } finally {
      session.journalAgain();
    }
    (in.json() ? session.screen().notes() : session.screen().out())
        .println("started " + started.id());
    session.screen().out().flush();
    Duration left = end == null ? null : Duration.between(session.setting().pace().instant(), end);
    WatchSession watching =
        new WatchSession(
                session,
                started.id(),
                in.json(),
                left != null && left.isNegative() ? Duration.ZERO : left)
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
    if (!in.json()) {
      Style style = session.screen().style();
      session.screen().out().println(style.wrapped(RollbackView.outcome(id, rollback, style)));
    }
    return rollback.status().isSuccess() ? ROLLED_BACK : WatchSession.ENDED_BADLY;
  }

  private static String reason(Session session, Execution source) {
    try {
      return session
          .journal()
          .find(source.id())
          .map(JournalEntry::reason)
          .orElse(source.description());
    } catch (Problem p) {
      return source.description();
    }
  }

  private static PlannedStart printPlan(Session session, PlannedStart planned, CommandInput in) {
    if (!in.json()) {
      session.screen().notes().println(PlanView.text(planned.plan(), session.screen().style()));
      session.screen().notes().flush();
    }
    return planned;
  }

  /**
   * Records that the rollback is confirmed, for the case that this process dies before the start. A
   * journal error does not prevent the abort: the user is in a hurry.
   */
  private static void want(Session session, Execution source) {
    try {
      session
          .journal()
          .want(
              WantedRollback.of(
                  session.context(),
                  source,
                  session.setting().author(),
                  session.setting().pace().instant()));
    } catch (Problem p) {
      // The rollback itself is recorded later.
      return;
    }
  }

  /**
   * Plans and starts the rollback with an intent, like any start. If a service cannot be reached,
   * it tries again; if a newer oosh has migrated the journal, it starts without the journal.
   */
  private static Execution start(
      Session session, NoJournal known, Supplier<PlannedStart> anew, String again) {
    TimeSource pace = session.setting().pace();
    Instant last = pace.instant().plus(PATIENCE);
    boolean told = false;
    while (true) {
      try {
        PlannedStart planned = anew.get();
        if (again.isEmpty()) {
          Context there = session.context().withGroup(planned.plan().rollout().group());
          List<ReconciledStart> settled = Reconciliation.settle(session, there);
          session
              .rollouts()
              .requireNoConflict(planned.conflict(), there, settled, planned.inFlight(), "");
        }
        return planned.start(session, again);
      } catch (Problem p) {
        if (p.kind() == Problem.Kind.REFUSED && session.goesOnWithout(known)) {
          continue;
        }
        if (p.kind() != Problem.Kind.UNREACHABLE || !pace.instant().isBefore(last)) {
          throw p;
        }
        if (!told) {
          session.note(p.what() + ": " + p.why() + "; still trying, Ctrl-C leaves");
          told = true;
        }
        pause(pace);
      }
    }
  }

  private static void pause(TimeSource pace) {
    try {
      pace.pause(BETWEEN_TRIES);
    } catch (InterruptedException e) {
      throw stopped();
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
  private static int notStarted(
      Session session, String id, String happened, Problem p, String sure, boolean json) {
    Problem said =
        switch (p.kind()) {
          case UNCERTAIN ->
              p.instead(happened + "; nobody can say whether its rollback was started", sure);
          case INTERRUPTED -> p.instead(happened + "; it was not rolled back", "rollback " + id);
          default -> p.instead(happened + "; it was not rolled back", p.next());
        };
    session
        .screen()
        .notes()
        .println(
            session
                .setting()
                .profiles()
                .masked(
                    json
                        ? JsonOutput.document(ProblemView.json(said))
                        : ProblemView.text(said, session.screen().style())));
    session.screen().notes().flush();
    return switch (p.kind()) {
      case UNCERTAIN, INTERRUPTED -> p.kind().exitStatus();
      default -> WatchSession.ENDED_BADLY;
    };
  }
}
