package oosh.shell;

import java.util.function.Predicate;
import oosh.rollout.JournalEntry;
import oosh.view.HistoryView;

/** The executions that the journal knows in this context, newest first. */
final class ExecutionCompleter {
  private static final int OFFERED = 20;

  private ExecutionCompleter() {}

  static WordCompleter of(Session session) {
    return those(session, e -> true);
  }

  /** Those that waited for a person when they were last seen. */
  static WordCompleter waiting(Session session) {
    return those(session, e -> e.status() != null && e.status().isWaiting());
  }

  /** Those that had not ended when they were last seen. */
  static WordCompleter unfinished(Session session) {
    return those(session, e -> e.status() == null || !e.status().isFinal());
  }

  private static WordCompleter those(Session session, Predicate<JournalEntry> fit) {
    return (before, prefix) ->
        session.journal().startingWith(session.context(), prefix, OFFERED).stream()
            .filter(fit)
            .map(
                e ->
                    new WordCompleter.CompletionItem(
                        String.valueOf(e.executionId()),
                        HistoryView.candidate(
                            e,
                            session.setting().pace().instant(),
                            session.screen().style().width())))
            .toList();
  }
}
