package oosh.shell;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import oosh.rollout.Abort;
import oosh.rollout.Context;
import oosh.rollout.Execution;
import oosh.rollout.Pace;
import oosh.rollout.Problem;
import oosh.rollout.Progress;
import oosh.rollout.Settled;
import oosh.view.Json;
import oosh.view.ProblemView;
import oosh.view.RollbackView;

/**
 * A rollback of which nobody is asked any more, because the answer was given before: its source has
 * ended since. Whatever keeps it from being started is said, with what was done until then.
 */
final class GoingBack {
  /** For how long it is tried again where OOS or ESS cannot be reached. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(2);

  private GoingBack() {}

  /**
   * Aborts the source, then plans the rollback anew, starts and watches it.
   *
   * @throws Problem if the source was not aborted, or nobody can say so: then nothing is started
   */
  static int afterAbort(Session session, Starting.Ahead ahead, String again, Input in)
      throws InterruptedException {
    String id = ahead.source().execution().id();
    Execution source = new Abort(session.cloud().executions(), session.setting().pace()).of(id);
    if (!in.json()) {
      session.screen().out().println(RollbackView.ended(source));
      session.screen().out().flush();
    }
    Execution started;
    try {
      seen(session, source);
      started = start(session, ahead.anew(), again);
    } catch (Problem p) {
      return notStarted(session, id, RollbackView.ended(source), p, p.next(), in.json());
    }
    return Starting.started(session, started, in);
  }

  /**
   * Writes down how the source ended. The journal's trouble is no reason to stop half-way: the
   * intent that follows must be kept, or nothing is started.
   */
  static void seen(Session session, Execution source) {
    try {
      Progress after = session.look(source.id());
      session.journal().seen(session.context(), source, after.succeeded(), after.planned());
    } catch (Problem p) {
      if (p.kind() == Problem.Kind.INTERRUPTED) {
        throw p;
      }
    }
  }

  /**
   * Plans and starts, as any rollback: past the journal's hold on the group, with an intent. Where
   * nothing was reached it is tried again, as a watch goes on.
   */
  private static Execution start(Session session, Supplier<Starting.Planned> anew, String again) {
    Pace pace = session.setting().pace();
    Instant last = pace.instant().plus(PATIENCE);
    boolean told = false;
    while (true) {
      try {
        Starting.Planned planned = anew.get();
        if (again.isEmpty()) {
          Context there = session.context().withGroup(planned.plan().rollout().group());
          List<Settled> settled = Settling.settle(session, there);
          session.rollouts().mustBeClear(planned.inTheWay(), settled, planned.inFlight());
        }
        return session.starting(
            () -> session.rollouts().start(planned.plan().rollout(), planned.before(), again));
      } catch (Problem p) {
        if (p.kind() != Problem.Kind.UNREACHABLE || !pace.instant().isBefore(last)) {
          throw p;
        }
        if (!told) {
          session
              .screen()
              .notes()
              .println(p.what() + ": " + p.why() + "; still trying, Ctrl-C leaves");
          session.screen().notes().flush();
          told = true;
        }
        pause(pace);
      }
    }
  }

  private static void pause(Pace pace) {
    try {
      pace.pause(BETWEEN_TRIES);
    } catch (InterruptedException e) {
      throw Problem.of(Problem.Kind.INTERRUPTED, "stopped", "Ctrl-C", "try again");
    }
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
                        ? Json.document(ProblemView.json(said))
                        : ProblemView.text(said, session.screen().style())));
    session.screen().notes().flush();
    return switch (p.kind()) {
      case UNCERTAIN, INTERRUPTED -> p.kind().exitStatus();
      default -> Watching.ENDED_BADLY;
    };
  }
}
