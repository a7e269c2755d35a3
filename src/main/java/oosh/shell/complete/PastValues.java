package oosh.shell.complete;

import java.util.List;
import java.util.function.Function;
import oosh.rollout.record.History;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.update.Context;
import oosh.rollout.update.Script;
import oosh.shell.Session;
import oosh.shell.WordCompleter;

/** What the newest executions of the journal have: users, groups, scripts. */
public final class PastValues {
  /** Tab must not read a long journal. */
  private static final int LOOKED_AT = 200;

  private PastValues() {}

  public static final WordCompleter USERS = those(e -> e.author().user());

  public static final WordCompleter GROUPS = those(JournalEntry::group);

  public static final WordCompleter SCRIPTS =
      those(
          e -> {
            Script script = e.spec().script();
            return script == null ? "" : script.name();
          });

  private static WordCompleter those(Function<JournalEntry, String> value) {
    return (session, before, prefix) ->
        newest(session).stream()
            .map(value)
            .filter(v -> !v.isBlank())
            .distinct()
            .map(v -> WordCompleter.item(v, ""))
            .toList();
  }

  private static List<JournalEntry> newest(Session session) {
    Context at = session.context();
    return session
        .history()
        .list(new History.Query(at.profile(), at.region(), null, null, null, LOOKED_AT));
  }
}
