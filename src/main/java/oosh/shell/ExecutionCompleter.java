package oosh.shell;

import java.util.function.Predicate;
import oosh.rollout.JournalEntry;
import oosh.view.HistoryView;

/** The executions that the journal knows in this context, newest first. */
final class ExecutionCompleter {
  private static final int OFFERED = 20;

  private ExecutionCompleter() {}

  static final WordCompleter ALL = those(e -> true);

  /** Those that waited for a person when they were last seen. */
  static final WordCompleter WAITING = those(e -> e.status() != null && e.status().isWaiting());

  /** Those that had not ended when they were last seen. */
  static final WordCompleter UNFINISHED = those(e -> e.status() == null || !e.status().isFinal());

  private static WordCompleter those(Predicate<JournalEntry> fit) {
    return (session, before, prefix) ->
        session.journal().startingWith(session.context(), prefix, OFFERED).stream()
            .filter(fit)
            .map(
                e ->
                    WordCompleter.item(
                        String.valueOf(e.executionId()),
                        HistoryView.candidate(
                            e,
                            session.setting().pace().instant(),
                            session.screen().style().width())))
            .toList();
  }
}
