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
 * A rollback of which nobody is asked any more, because the answer was given before: its source has
 * ended since. Whatever keeps it from being started is said, with what was done until then.
 */
final class AutomaticRollback {
  /** For how long it is tried again where OOS or ESS cannot be reached. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(2);

  /** It failed, and the rollback of it ended in Success. */
  static final int ROLLED_BACK = 6;

  private AutomaticRollback() {}

  /** What follows a start: it is said, and watched unless the line says otherwise. */
  @FunctionalInterface
  interface Follower {
    int follow(Execution started) throws InterruptedException;
  }

  /**
   * Aborts the source, then plans the rollback anew and starts it.
   *
   * @throws Problem if the source was not aborted, or nobody can say so: then nothing is started
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
   * Watches a launch, and if that fails, starts and watches its rollback: both by this process, and
   * only as long as it watches. Nothing of it is kept for a later one.
   *
   * <p>What was cancelled was cancelled by a person, who can roll back; what is left, is left.
   *
   * @return {@link #ROLLED_BACK} if it failed and the rollback ended in Success; {@link
   *     Watching#ENDED_BADLY} if that failed as well or could not be started; else as a watch
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
      // Left by a key, the launch has failed all the same.
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
   * Writes down that the rollback is confirmed, for the case that this process dies before the
   * start. The journal's trouble is no reason not to abort: the user is in a hurry.
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
      // Without that note it goes on: the rollback itself is written down.
      return;
    }
  }

  /**
   * Plans and starts, as any rollback: past the journal's hold on the group, with an intent. Where
   * nothing was reached it is tried again, as a watch goes on; where a newer oosh has brought the
   * journal up to date, without the journal.
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
              .requireNoConflict(planned.inTheWay(), there, settled, planned.inFlight(), "");
        }
        return session.starting(
            () ->
                session
                    .rollouts()
                    .start(
                        planned.plan().rollout(),
                        planned.groupSnapshot(),
                        again,
                        planned.inTheWay()));
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
   * Says that the way back was not begun, or that nobody knows.
   *
   * @param happened what became of the source
   * @param sure what to type where nobody knows
   * @return the exit status: the source has ended without success, whatever the rollback met
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
