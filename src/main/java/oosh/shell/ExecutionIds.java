package oosh.shell;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import oosh.rollout.Problem;
import oosh.rollout.cloud.Execution;
import oosh.rollout.record.History;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.update.Context;

/**
 * Finds the execution that a line means: by its id, by the beginning of the id, or without an id.
 */
public final class ExecutionIds {
  private ExecutionIds() {}

  /**
   * The id of the execution that was typed; if none was, of the execution in flight on the chosen
   * group, or of the last one in the journal.
   */
  public static String execution(Session session, Optional<String> typed) {
    return typed
        .map(id -> complete(session, id))
        .or(() -> inFlight(session).map(Execution::id))
        .or(() -> last(session))
        .orElseThrow(unnamed("execution"));
  }

  /** The id of a launch, found in the same way; a rollback is not a launch. */
  public static String launch(Session session, Optional<String> typed) {
    return typed
        .map(id -> complete(session, id))
        .or(() -> launchInFlight(session))
        .or(() -> lastLaunch(session))
        .orElseThrow(unnamed("launch"));
  }

  /** The launch in flight on the chosen group. */
  public static Optional<String> launchInFlight(Session session) {
    return inFlight(session).filter(e -> !e.isRollback()).map(Execution::id);
  }

  /** The newest launch of this context in the journal. */
  public static Optional<String> lastLaunch(Session session) {
    return session.history().rollbackSources(session.context(), "", 1).stream()
        .map(e -> String.valueOf(e.executionId()))
        .findFirst();
  }

  private static Optional<Execution> inFlight(Session session) {
    return session.context().chosenGroup().flatMap(g -> session.watch().inFlight(g));
  }

  private static Optional<String> last(Session session) {
    Context at = session.context();
    return session
        .history()
        .list(new History.Query(at.profile(), at.region(), at.group(), null, null, 20))
        .stream()
        .flatMap(e -> Optional.ofNullable(e.executionId()).stream())
        .findFirst();
  }

  private static Supplier<Problem> unnamed(String what) {
    return () ->
        Problem.usage(
            "which " + what + " is meant?",
            "the journal has none for this profile, region and group",
            "name its id; history lists what oosh knows");
  }

  private static String complete(Session session, String typed) {
    List<String> ids =
        session.history().startingWith(session.context(), typed, 10).stream()
            .map(JournalEntry::executionId)
            .map(String::valueOf)
            .toList();
    if (ids.size() > 1 && !ids.contains(typed)) {
      throw Problem.usage(
          "several executions begin with " + typed, String.join(", ", ids), "type one more letter");
    }
    // An id that the journal does not have, perhaps from the console: OOS is asked by it.
    return ids.size() == 1 ? ids.get(0) : typed;
  }
}
