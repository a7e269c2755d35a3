package oosh.shell.verbs.rollout;

import java.time.Instant;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import oosh.rollout.Interrupted;
import oosh.rollout.Problem;
import oosh.rollout.record.History;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.ReconciledStart;
import oosh.rollout.update.Context;
import oosh.shell.Session;
import oosh.view.ReconciliationView;
import oosh.view.RollbackView;

/** Reconciles open intents before a start, and prints what became of them. */
public final class Reconciliation {
  private static final Logger LOG = Logger.getLogger("oosh");

  /** How many of the newest executions are checked in the background. */
  private static final int NEWEST = 100;

  private Reconciliation() {}

  /** Asks OOS, and prints what became of open intents. */
  static List<ReconciledStart> settle(Session session) {
    return settle(session, session.context());
  }

  /** Reconciles on another group than the chosen one. */
  static List<ReconciledStart> settle(Session session, Context context) {
    List<ReconciledStart> settled = session.rollouts().reconcile(context);
    for (ReconciledStart s : settled) {
      if (!s.open()) {
        session.say(line(session, s));
      }
    }
    return settled;
  }

  /** Reconciles without a start: reports what became of open intents, and what stays open. */
  public static void reportOpenIntents(Session session) {
    try {
      for (ReconciledStart s : session.rollouts().reconcile(session.context())) {
        session.say(line(session, s));
      }
      wanted(session, session.context()).forEach(w -> session.note(w));
    } catch (Problem | Interrupted e) {
      // The next start reports it.
      LOG.log(Level.INFO, "not settled: {0}", e.getMessage());
    }
  }

  /** Reconciles while the user may be typing already. */
  public static void reconcileInBackground(Session session) {
    Context context = session.context();
    try {
      session
          .rollouts()
          .reconcile(context.withGroup(null))
          .forEach(s -> session.screen().printAbovePrompt(line(session, s)));
      wanted(session, context.withGroup(null))
          .forEach(w -> session.screen().printAbovePrompt(session.style().advice(w)));
      History.Query newest =
          new History.Query(context.profile(), context.region(), null, null, null, NEWEST);
      session.rollouts().refresh(context, session.history().list(newest));
    } catch (Problem | Interrupted e) {
      LOG.log(Level.INFO, "not settled: {0}", e.getMessage());
    }
  }

  /**
   * Asks OOS in one call about executions that the journal has not seen to end, so that an
   * execution that has ended is not shown as running. If OOS cannot be asked, a note says so.
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
        why =
            "more executions were started since than one list shows; show EXEC reads a single"
                + " one";
      }
    } catch (Problem p) {
      why = p.why();
    }
    if (!why.isEmpty()) {
      session.say(
          "note: " + unended + " had not ended when seen last, and OOS was not asked now: " + why);
    }
  }

  /** Rollbacks that were confirmed before an abort, and never started because the process died. */
  public static List<String> wanted(Session session, Context context) {
    Instant now = session.now();
    return session.starts().wanted(context).stream()
        .filter(w -> !w.underWay(now))
        .map(w -> RollbackView.wanted(w, now))
        .toList();
  }

  static String line(Session session, ReconciledStart s) {
    return ReconciliationView.line(s, session.now(), session.style());
  }
}
