package oosh.shell.complete;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.start.ListedExecutions;
import oosh.shell.Session;
import oosh.shell.WordCompleter;
import oosh.view.HistoryView;
import org.springframework.shell.core.command.completion.CompletionProposal;

/** The executions that the journal knows in this context, newest first. */
public final class ExecutionCompleter {
  private static final int OFFERED = 20;

  private ExecutionCompleter() {}

  public static final WordCompleter ALL = those(e -> true);

  /** Those that waited for a person when they were last seen. */
  public static final WordCompleter WAITING =
      those(e -> e.status() != null && e.status().isWaiting());

  /** Those that had not ended when they were last seen. */
  public static final WordCompleter UNFINISHED =
      those(e -> e.status() == null || !e.status().isFinal());

  private static WordCompleter those(Predicate<JournalEntry> fit) {
    return (session, before, prefix) ->
        session.journal().history().startingWith(session.context(), prefix, OFFERED).stream()
            .filter(e -> e.executionId() != null)
            .filter(fit)
            .map(
                e ->
                    item(
                        session,
                        e,
                        HistoryView.candidate(e, session.now(), session.style().width())))
            .toList();
  }

  /** An execution with its description; of one from elsewhere with the age of what is known. */
  public static CompletionProposal item(Session session, JournalEntry e, String description) {
    Optional<Instant> read =
        e.isFromElsewhere()
            ? ListedExecutions.lastRead(session.choices(), session.context())
            : Optional.empty();
    return WordCompleter.item(
        String.valueOf(e.executionId()),
        HistoryView.elsewhere(description, e, read, session.now()));
  }
}
