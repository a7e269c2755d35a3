package oosh.shell.complete;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import oosh.rollout.cloud.Execution;
import oosh.rollout.update.Approval;
import oosh.rollout.update.Context;
import oosh.shell.BackgroundReads;
import oosh.shell.Session;
import oosh.shell.WordCompleter;

/**
 * The executions that wait for an approval, as OOS tells them: those of colleagues stand in no
 * journal of one's own. They are read while the verb is typed.
 */
public final class ApprovalCompleter {
  private static final String WHAT = "executions that wait for an approval";

  private final Map<Context, List<Execution>> known = new ConcurrentHashMap<>();

  private ApprovalCompleter() {}

  public static final WordCompleter WAITING =
      WordCompleter.each(
          session -> of(session).waiting(session),
          Execution::id,
          e -> e.group() + (e.description().isEmpty() ? "" : "  " + e.description()));

  private static ApprovalCompleter of(Session session) {
    return session.part(ApprovalCompleter.class, s -> new ApprovalCompleter());
  }

  /** Begins to read them anew: what was read before may be answered by now. */
  public static void read(Session session) {
    Context at = session.context();
    of(session).known.remove(at);
    BackgroundReads.of(session)
        .read(
            WHAT,
            List.of(at),
            key ->
                of(session)
                    .known
                    .put(
                        key,
                        session.cloud().executions().unfinished().stream()
                            .filter(ApprovalCompleter::waits)
                            .toList()));
  }

  /** Whether OOS lists it as one that waits for an approval. */
  public static boolean waits(Execution e) {
    return e.status().isWaiting()
        && e.currentTasks().stream().anyMatch(task -> Approval.before(task) > 0);
  }

  private List<Execution> waiting(Session session) {
    Context at = session.context();
    if (!known.containsKey(at)) {
      read(session);
    }
    return BackgroundReads.of(session).known(at, WHAT, () -> known.getOrDefault(at, List.of()));
  }
}
