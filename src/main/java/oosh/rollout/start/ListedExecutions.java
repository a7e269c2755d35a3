package oosh.rollout.start;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import oosh.rollout.Problem;
import oosh.rollout.TimeSource;
import oosh.rollout.cloud.CatalogueList;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.Executions;
import oosh.rollout.record.Choices;
import oosh.rollout.record.History;
import oosh.rollout.record.Intent;
import oosh.rollout.record.Journal;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.OosTiming;
import oosh.rollout.record.StartLog;
import oosh.rollout.update.Context;
import org.jspecify.annotations.Nullable;

/**
 * Reads into the journal what OOS lists in a region: the rolling updates of colleagues, of other
 * journals and of the console beside our own. OOS lists executions of the last 90 days (source: OOS
 * help, "Deliver execution records", 2024-08).
 */
public final class ListedExecutions {
  /** The newest so many are read: 20 pages of OOS's at most. */
  public static final int MOST = 1_000;

  /** What a scaling group's id is made of; of another text no row is made. */
  private static final String GROUP = "[A-Za-z0-9._-]{1,128}";

  private final Executions executions;
  private final Journal journal;
  private final TimeSource pace;

  public ListedExecutions(Executions executions, Journal journal, TimeSource pace) {
    this.executions = executions;
    this.journal = journal;
    this.pace = pace;
  }

  /**
   * Adds what the journal does not know, and brings up to date what others have started. What was
   * started from here is left to {@link RolloutStarter#refresh}, which counts its instances.
   *
   * @param since of no execution before then; null for all that OOS lists
   * @return when the oldest began that was read, if OOS may list more than were read
   * @throws Problem if OOS cannot be asked, or the journal cannot be used
   */
  public Optional<Instant> read(Context context, @Nullable Instant since) {
    StartLog starts = journal.starts();
    List<Execution> listed =
        executions.recent(since == null ? null : since.minus(OosTiming.CLOCKS_DIFFER), MOST);
    Map<String, JournalEntry> newest = newest(context, listed.isEmpty());
    for (Execution e : listed) {
      if (!e.group().matches(GROUP)) {
        continue;
      }
      Optional<JournalEntry> known =
          Optional.ofNullable(newest.get(e.id()))
              .or(() -> starts.find(e.id()))
              .filter(k -> k.profile().equals(context.profile()))
              .filter(k -> k.region().equals(context.region()));
      if (known.isEmpty()) {
        add(starts, context, e);
      } else if (known.get().isFromElsewhere() && !e.status().equals(known.get().status())) {
        starts.recordObservation(context, e, known.get().succeeded(), known.get().total());
      }
    }
    journal
        .choices()
        .cacheCatalogue(
            context.profile(),
            context.region(),
            new CatalogueList(CatalogueList.Kind.EXECUTION, "", List.of(), pace.instant()));
    return listed.size() < MOST
        ? Optional.empty()
        : Optional.ofNullable(listed.get(listed.size() - 1).created());
  }

  /** What the journal has of the newest by their ids: to ask for each by itself takes longer. */
  private Map<String, JournalEntry> newest(Context context, boolean isNeedless) {
    Map<String, JournalEntry> newest = new HashMap<>();
    if (!isNeedless) {
      journal
          .history()
          .list(new History.Query(context.profile(), context.region(), null, null, null, MOST))
          .forEach(e -> newest.putIfAbsent(String.valueOf(e.executionId()), e));
    }
    return newest;
  }

  /** A start of ours whose answer was lost is left to the reconciliation of open intents. */
  private static void add(StartLog starts, Context context, Execution e) {
    String token = e.tags().get(Intent.TAG);
    if (token == null || starts.withToken(token).isEmpty()) {
      starts.recordObservation(context, e, 0, 0);
    }
  }

  /** When {@link #read} was done last for that profile and region, by any shell of this journal. */
  public static Optional<Instant> lastRead(Choices choices, Context context) {
    return choices
        .catalogue(context.profile(), context.region(), CatalogueList.Kind.EXECUTION, "")
        .map(CatalogueList::read);
  }
}
