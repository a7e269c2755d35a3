package oosh.shell;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import oosh.rollout.Context;
import oosh.rollout.Entry;
import oosh.rollout.Execution;
import oosh.rollout.Journal;
import oosh.rollout.Problem;
import oosh.rollout.Settled;
import oosh.view.SettledView;
import oosh.view.WantedRollbackView;

/**
 * Before a start: what became of those that were never answered. The same line typed again after a
 * lost answer goes on with what it began, and repeats nothing.
 */
final class Settling {
  private static final Logger LOG = Logger.getLogger("oosh");

  /** Of so many of the newest, those that were not seen to end are asked for behind the prompt. */
  private static final int NEWEST = 100;

  private Settling() {}

  /** Asks OOS, and says what is known now that was not known before. */
  static List<Settled> settle(Session session) {
    return settle(session, session.context());
  }

  /** The same of another group than the chosen one. */
  static List<Settled> settle(Session session, Context context) {
    List<Settled> settled = session.rollouts().settle(context);
    for (Settled s : settled) {
      if (!s.open()) {
        session.screen().notes().println(line(session, s));
      }
    }
    session.screen().notes().flush();
    return settled;
  }

  /** The same where nothing is about to be started: what stays open is said, and stops nobody. */
  static void mention(Session session) {
    try {
      for (Settled s : session.rollouts().settle(session.context())) {
        session.screen().notes().println(line(session, s));
      }
      wanted(session, session.context()).forEach(w -> Answer.note(session, w));
    } catch (Problem p) {
      if (p.kind() == Problem.Kind.INTERRUPTED) {
        throw p;
      }
      // The start that it could be in the way of will say it.
      LOG.log(Level.INFO, "not settled: {0}", p.what());
    }
  }

  /** The same behind a prompt at which somebody may be typing already. */
  static void behindThePrompt(Session session) {
    Context context = session.context();
    try {
      session
          .rollouts()
          .settle(context.withGroup(null))
          .forEach(s -> session.screen().aside(line(session, s)));
      wanted(session, context.withGroup(null))
          .forEach(w -> session.screen().aside(session.screen().style().advice(w)));
      session
          .rollouts()
          .refresh(
              context,
              session
                  .journal()
                  .history(
                      new Journal.Query(
                          context.profile(), context.region(), null, null, null, NEWEST)));
    } catch (Problem p) {
      LOG.log(Level.INFO, "not settled: {0}", p.what());
    }
  }

  /**
   * Asks OOS in one call what became of those that the journal has not seen to end, so that nothing
   * is shown as under way that has ended. Where OOS cannot be asked, a note says so.
   */
  static void refresh(Session session, List<Entry> entries) {
    long unended = entries.stream().filter(Entry::unended).count();
    if (unended == 0) {
      return;
    }
    String why = "";
    try {
      int untold = session.rollouts().refresh(session.context(), entries);
      if (untold > 0) {
        unended = untold;
        why = "more has been started since than one list tells of; show EXEC asks for one";
      }
    } catch (Problem p) {
      if (p.kind() == Problem.Kind.INTERRUPTED) {
        throw p;
      }
      why = p.why();
    }
    if (!why.isEmpty()) {
      session
          .screen()
          .notes()
          .println(
              "note: "
                  + unended
                  + " had not ended when seen last, and OOS was not asked now: "
                  + why);
      session.screen().notes().flush();
    }
  }

  /** What was confirmed before an abort, and never started as its process died. */
  static List<String> wanted(Session session, Context context) {
    Instant now = session.setting().pace().instant();
    return session.journal().wanted(context).stream()
        .filter(w -> !w.underWay(now))
        .map(w -> WantedRollbackView.text(w, now))
        .toList();
  }

  private static String line(Session session, Settled s) {
    return SettledView.line(s, session.setting().pace().instant(), session.screen().style());
  }

  /**
   * Goes on with what the same command began before, if it was not answered then.
   *
   * @param same whether a start was that command's
   * @return the exit status; empty if there is nothing to go on with
   */
  static OptionalInt goOn(Session session, Input in, List<Settled> settled, Predicate<Entry> same)
      throws InterruptedException {
    if (in.has("again") || in.has("dry-run")) {
      return OptionalInt.empty();
    }
    for (Settled s : settled) {
      Execution execution = s.execution();
      if (!same.test(s.unanswered().entry())) {
        continue;
      }
      if (execution != null) {
        return OptionalInt.of(Starting.follow(session, execution.id(), in));
      }
      if (s.fate() == Settled.Fate.TOO_EARLY
          && s.unanswered().holds()
          && s.unanswered().start() != null) {
        return OptionalInt.of(sendAgain(session, s, in));
      }
    }
    return seenMeanwhile(session, in, same);
  }

  private static int sendAgain(Session session, Settled s, Input in) throws InterruptedException {
    session.screen().notes().println(line(session, s));
    String question = "send it again, with its own token? [y/N] ";
    if (!in.has("yes") && !session.screen().ask(question, "-y")) {
      throw Problem.of(Problem.Kind.DECLINED, "nothing was sent", "the answer was no", "history");
    }
    Execution execution = session.starting(() -> session.rollouts().sendAgain(s.unanswered()));
    return Starting.started(session, execution, in);
  }

  /** This shell lost the answer, and something else has found the execution since. */
  private static OptionalInt seenMeanwhile(Session session, Input in, Predicate<Entry> same)
      throws InterruptedException {
    Optional<Entry> lost = session.unanswered().flatMap(t -> session.journal().withToken(t));
    if (lost.isEmpty() || !same.test(lost.get())) {
      return OptionalInt.empty();
    }
    String id = lost.get().executionId();
    if (id == null) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(Starting.follow(session, id, in));
  }
}
