package oosh.shell.verbs.rollout;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import oosh.rollout.Problem;
import oosh.rollout.cloud.Execution;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.ReconciledStart;
import oosh.shell.CommandInput;
import oosh.shell.Session;

/**
 * The same line typed again after a lost answer: it continues with what the line began, and starts
 * nothing twice.
 */
final class RepeatedStart {
  private RepeatedStart() {}

  /**
   * Goes on with what the same command began before, if it was not answered then.
   *
   * @param same whether a start was that command's
   * @return the exit status; empty if there is nothing to go on with
   */
  static OptionalInt goOn(
      Session session, CommandInput in, List<ReconciledStart> settled, Predicate<JournalEntry> same)
      throws InterruptedException {
    if (in.has("again") || in.has("dry-run")) {
      return OptionalInt.empty();
    }
    for (ReconciledStart s : settled) {
      Execution execution = s.execution();
      if (!same.test(s.unanswered().entry())) {
        continue;
      }
      if (execution != null) {
        return OptionalInt.of(StartWorkflow.watchExisting(session, execution.id(), in));
      }
      if (s.fate() == ReconciledStart.ReconciliationOutcome.TOO_EARLY
          && s.unanswered().holdsGroup()
          && s.unanswered().start() != null) {
        return OptionalInt.of(sendAgain(session, s, in));
      }
    }
    return seenMeanwhile(session, in, same);
  }

  private static int sendAgain(Session session, ReconciledStart s, CommandInput in)
      throws InterruptedException {
    session.screen().notes().println(Reconciliation.line(session, s));
    String question = "send it again, with its own token? [y/N] ";
    if (!in.has("yes") && !session.screen().ask(question, "-y")) {
      throw Problem.of(Problem.Kind.DECLINED, "nothing was sent", "the answer was no", "history");
    }
    Execution execution = session.starting(() -> session.rollouts().sendAgain(s.unanswered()));
    return StartWorkflow.started(session, execution, in);
  }

  /** This shell lost the answer, and something else has found the execution since. */
  private static OptionalInt seenMeanwhile(
      Session session, CommandInput in, Predicate<JournalEntry> same) throws InterruptedException {
    Optional<JournalEntry> lost = session.unanswered().flatMap(t -> session.journal().withToken(t));
    if (lost.isEmpty() || !same.test(lost.get())) {
      return OptionalInt.empty();
    }
    String id = lost.get().executionId();
    if (id == null) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(StartWorkflow.watchExisting(session, id, in));
  }
}
