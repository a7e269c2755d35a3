package oosh.shell.verbs.read;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import oosh.rollout.Interrupted;
import oosh.rollout.Problem;
import oosh.rollout.cloud.Execution;
import oosh.rollout.record.History;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.update.Context;
import oosh.shell.Session;

/**
 * {@code history --follow}: a line for each start and each end, of this shell, of others on this
 * machine, and of those that OOS lists and the journal did not know. It ends by Ctrl-C alone.
 */
final class HistoryFollower {
  /** Between two looks while something runs, and while nothing does: one call each. */
  private static final Duration BUSY = Duration.ofSeconds(2);

  private static final Duration IDLE = Duration.ofSeconds(5);

  /** So many of the newest are looked at. */
  private static final int NEWEST = 100;

  private final Session session;
  private final Context context;
  private final History.Query query;
  private final Consumer<JournalEntry> line;

  /** What was said of an execution: its state and status. */
  private final Map<String, String> said = new HashMap<>();

  private boolean unreachable;

  /**
   * @param query of the first list, whose filters hold for what follows
   */
  HistoryFollower(Session session, History.Query query, Consumer<JournalEntry> line) {
    this.session = session;
    this.context = session.context().withGroup(null);
    this.query = query;
    this.line = line;
  }

  /** Until Ctrl-C, or until nobody reads the output any more. */
  int follow() throws InterruptedException {
    session.history().list(unlimited()).forEach(e -> said.put(key(e), state(e)));
    List<JournalEntry> first = new ArrayList<>(session.history().list(query));
    // The newest comes last, as what follows does.
    Collections.reverse(first);
    first.forEach(line);
    if (first.isEmpty()) {
      session.note("nothing yet: a line comes at each start and each end, and Ctrl-C leaves");
    }
    while (!session.screen().out().checkError()) {
      boolean busy;
      try {
        busy = look();
      } catch (Interrupted stopped) {
        // Ctrl-C ends it the same way, whether it reads or waits.
        throw new InterruptedException();
      }
      for (JournalEntry e : changed()) {
        line.accept(e);
      }
      session.backends().pace().pause(busy ? BUSY : IDLE);
    }
    return 0;
  }

  private History.Query unlimited() {
    return new History.Query(
        query.profile(),
        query.region(),
        query.group(),
        query.status(),
        query.since(),
        query.script(),
        query.user(),
        NEWEST);
  }

  /** Those that have started or ended since the last look, oldest first. */
  private List<JournalEntry> changed() {
    List<JournalEntry> changed = new ArrayList<>();
    for (JournalEntry e : session.history().list(unlimited())) {
      String before = said.put(key(e), state(e));
      if (!state(e).equals(before)) {
        changed.add(e);
      }
    }
    Collections.reverse(changed);
    return changed;
  }

  /** An intent that has no execution yet is known by its time. */
  private static String key(JournalEntry e) {
    return Objects.requireNonNullElse(e.executionId(), e.at() + " " + e.group());
  }

  private static String state(JournalEntry e) {
    return e.unended() ? "runs" : e.state() + " " + e.status();
  }

  /**
   * Has the journal know what OOS lists.
   *
   * @return whether anything runs
   */
  private boolean look() {
    try {
      List<Execution> live = session.cloud().executions().unfinished();
      Set<String> ids = live.stream().map(Execution::id).collect(Collectors.toSet());
      for (Execution e : live) {
        if (session.starts().find(e.id()).isEmpty()) {
          record(e.id(), e.group());
        }
      }
      for (JournalEntry e : session.history().list(query.unfiltered(NEWEST))) {
        String id = e.executionId();
        if (e.unended() && id != null && !ids.contains(id)) {
          record(id, e.group());
        }
      }
      if (unreachable) {
        unreachable = false;
        session.note("the service answers again");
      }
      return !live.isEmpty();
    } catch (Problem p) {
      if (p.kind() != Problem.Kind.UNREACHABLE && p.kind() != Problem.Kind.REFUSED) {
        throw p;
      }
      if (!unreachable) {
        unreachable = true;
        session.note("OOS was not asked: " + p.why() + "; still trying, Ctrl-C leaves");
      }
      return false;
    }
  }

  private void record(String id, String group) {
    if (!session.watch().isUnlisted(id)) {
      session.starts().recordObservation(context.withGroup(group), session.look(id));
    }
  }
}
