package oosh.shell.complete;

import java.util.Map;
import java.util.stream.Stream;
import oosh.rollout.cloud.GroupInstance;
import oosh.rollout.record.History;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.update.Context;
import oosh.shell.GroupCache;
import oosh.shell.Session;

/** The instances of the chosen group as the newest launch found them, where nothing asks ESS. */
public final class PastInstances {
  /** A rollback takes no snapshot, and what was refused has none. */
  private static final int LOOKED_AT = 20;

  private PastInstances() {}

  /** Lets Tab offer them. */
  public static void remember(Session session) {
    Context at = session.context();
    String group = at.group();
    if (group == null) {
      return;
    }
    session
        .history()
        .list(new History.Query(at.profile(), at.region(), group, null, null, LOOKED_AT))
        .stream()
        .map(JournalEntry::executionId)
        .flatMap(id -> id == null ? Stream.empty() : session.history().snapshotBefore(id).stream())
        .findFirst()
        .ifPresent(
            snapshot ->
                GroupCache.of(session)
                    .remember(
                        group,
                        snapshot.states().entrySet().stream()
                            .sorted(Map.Entry.comparingByKey())
                            .map(i -> new GroupInstance(i.getKey(), i.getValue(), "", null, null))
                            .toList()));
  }
}
