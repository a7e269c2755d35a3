package oosh.shell.verbs.rollout;

import java.time.Instant;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import oosh.rollout.Interrupted;
import oosh.rollout.Problem;
import oosh.rollout.record.Journal;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.ReconciledStart;
import oosh.rollout.update.Context;
import oosh.shell.Session;
import oosh.view.ReconciliationView;
import oosh.view.WantedRollbackView;

/**
 * Before a start: what became of those that were never answered. The same line typed again after a
 * lost answer goes on with what it began, and repeats nothing.
 */
public final class Reconciliation {
  private static final Logger LOG = Logger.getLogger("oosh");

  /** Of so many of the newest, those that were not seen to end are asked for behind the prompt. */
  private static final int NEWEST = 100;

  private Reconciliation() {}

  /** Asks OOS, and says what is known now that was not known before. */
  static List<ReconciledStart> settle(Session session) {
    return settle(session, session.context());
  }

  /** The same of another group than the chosen one. */
  static List<ReconciledStart> settle(Session session, Context context) {
    List<ReconciledStart> settled = session.rollouts().reconcile(context);
    for (ReconciledStart s : settled) {
      if (!s.open()) {
        session.say(line(session, s));
      }
    }
    return settled;
  }

  /** The same where nothing is about to be started: what stays open is said, and stops nobody. */
  public static void reportOpenIntents(Session session) {
    try {
      for (ReconciledStart s : session.rollouts().reconcile(session.context())) {
        session.say(line(session, s));
      }
      wanted(session, session.context()).forEach(w -> session.note(w));
    } catch (Problem | Interrupted e) {
      // The start that it could be in the way of will say it.
      LOG.log(Level.INFO, "not settled: {0}", e.getMessage());
    }
  }

  /** The same behind a prompt at which somebody may be typing already. */
  public static void reconcileInBackground(Session session) {
    Context context = session.context();
    try {
      session
          .rollouts()
          .reconcile(context.withGroup(null))
          .forEach(s -> session.screen().printAbovePrompt(line(session, s)));
      wanted(session, context.withGroup(null))
          .forEach(w -> session.screen().printAbovePrompt(session.style().advice(w)));
      session
          .rollouts()
          .refresh(
              context,
              session
                  .journal()
                  .history(
                      new Journal.HistoryQuery(
                          context.profile(), context.region(), null, null, null, NEWEST)));
    } catch (Problem | Interrupted e) {
      LOG.log(Level.INFO, "not settled: {0}", e.getMessage());
    }
  }

  /**
   * Asks OOS in one call what became of those that the journal has not seen to end, so that nothing
   * is shown as under way that has ended. Where OOS cannot be asked, a note says so.
   */
  public static void refresh(Session session, List<JournalEntry> entries) {
    long unended = entries.stream().filter(JournalEntry::unended).count();
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
      why = p.why();
    }
    if (!why.isEmpty()) {
      session.say(
          "note: " + unended + " had not ended when seen last, and OOS was not asked now: " + why);
    }
  }

  /** What was confirmed before an abort, and never started as its process died. */
  public static List<String> wanted(Session session, Context context) {
    Instant now = session.now();
    return session.journal().wanted(context).stream()
        .filter(w -> !w.underWay(now))
        .map(w -> WantedRollbackView.text(w, now))
        .toList();
  }

  static String line(Session session, ReconciledStart s) {
    return ReconciliationView.line(s, session.now(), session.style());
  }
}
