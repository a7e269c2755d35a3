package oosh.shell.verbs.read;

import java.time.Instant;
import java.util.List;
import oosh.rollout.Problem;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.start.ListedExecutions;
import oosh.shell.Session;
import oosh.view.HistoryView;
import oosh.view.ProblemView;
import org.jspecify.annotations.Nullable;

/** What {@code history} says of executions that OOS lists and the journal did not start. */
final class ListedHistory {
  private ListedHistory() {}

  /**
   * Reads what OOS lists into the journal. If OOS cannot be asked, the problem is a note: the list
   * that follows is the journal's, with what was read before.
   *
   * @return whether OOS was asked
   */
  static boolean read(Session session, @Nullable Instant since) {
    try {
      ListedExecutions listed =
          new ListedExecutions(
              session.cloud().executions(), session.journal(), session.backends().pace());
      session
          .journal()
          .recordListed(
              () ->
                  listed
                      .read(session.context(), since)
                      .ifPresent(
                          oldest ->
                              session.note(HistoryView.readBackTo(oldest, ListedExecutions.MOST))));
      return true;
    } catch (Problem p) {
      session.say(
          ProblemView.text(
              p.instead("what OOS lists now is not in this list", p.next()), session.style()));
      return false;
    }
  }

  /** How old what is shown of others is; nothing if nothing of others is shown. */
  static void noteAge(Session session, List<JournalEntry> shown) {
    if (shown.stream().anyMatch(JournalEntry::isFromElsewhere)) {
      ListedExecutions.lastRead(session.choices(), session.context())
          .ifPresent(read -> session.note(HistoryView.lastRead(read, session.now())));
    }
  }
}
