package oosh.shell.verbs.rollout;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import oosh.rollout.cloud.Execution;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.ReconciledStart;
import oosh.shell.CommandInput;
import oosh.shell.Session;
import org.jspecify.annotations.Nullable;

/**
 * The execution that a line has begun already, if the line is typed again after a lost answer:
 * nothing is started a second time.
 *
 * @param sent the execution that OOS has answered with just now; null if it was found
 */
record RepeatedStart(String executionId, @Nullable Execution sent) {
  /**
   * Looks for the start of the same line, and sends an open intent of it again.
   *
   * @param same whether a start is what the line starts
   * @throws Problem DECLINED if the user does not want it to be sent again
   */
  static Optional<RepeatedStart> find(
      Session session,
      CommandInput in,
      List<ReconciledStart> reconciled,
      Predicate<JournalEntry> same) {
    if (in.has("again") || in.has("dry-run")) {
      return Optional.empty();
    }
    for (ReconciledStart s : reconciled) {
      Execution execution = s.execution();
      if (!same.test(s.openIntent().entry())) {
        continue;
      }
      if (execution != null) {
        return Optional.of(new RepeatedStart(execution.id(), null));
      }
      if (s.outcome() == ReconciledStart.ReconciliationOutcome.TOO_EARLY
          && s.openIntent().holdsGroup()
          && s.openIntent().start() != null) {
        Execution sent = sendAgain(session, s, in);
        return Optional.of(new RepeatedStart(sent.id(), sent));
      }
    }
    // This shell lost the answer, and another process has found the execution since.
    return session
        .unanswered()
        .flatMap(token -> session.starts().withToken(token))
        .filter(same)
        .map(JournalEntry::executionId)
        .map(id -> new RepeatedStart(id, null));
  }

  private static Execution sendAgain(Session session, ReconciledStart s, CommandInput in) {
    session.say(Reconciliation.line(session, s));
    String question = "send the same request again? OOS will not start a second execution. [y/N] ";
    if (!in.has("yes")) {
      session.requireYes(question, "-y", "nothing was sent", "history");
    }
    return session.starting(() -> session.rollouts().sendAgain(s.openIntent()));
  }
}
