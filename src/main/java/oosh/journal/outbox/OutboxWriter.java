package oosh.journal.outbox;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import oosh.journal.EntryRow;
import oosh.journal.Json;
import oosh.journal.Rows;
import oosh.journal.SqlText;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.notice.Notice;
import oosh.rollout.notice.NoticeAudience;
import oosh.rollout.record.Intent;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.Progress;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Writes notices beside the observations that they tell of, in one transaction. Only of executions
 * that were started from here: others have a journal of their own.
 */
public final class OutboxWriter {
  static final String PENDING = "PENDING";

  private static final SqlText SQL = SqlText.in("outbox.sql");

  /** For so long the outbox knows what it has told already, and how deliveries went. */
  private static final Duration KEPT = Duration.ofDays(30);

  private final NoticeAudience audience;
  private final InstantSource clock;
  private final AtomicBoolean hasWritten = new AtomicBoolean();

  public OutboxWriter(NoticeAudience audience, InstantSource clock) {
    this.audience = audience;
    this.clock = clock;
  }

  /**
   * Records an observation, and writes the notices of what it has shown first.
   *
   * @param token of its start, if that is not in its tags
   * @param progress null where only the execution itself was read
   * @param records the observation
   */
  public <T> T around(
      JdbcTemplate sql,
      String token,
      Execution execution,
      @Nullable Progress progress,
      Supplier<T> records) {
    List<String> names = audience.names();
    boolean tells = !names.isEmpty() && isUnended(sql, token, execution);
    T recorded = records.get();
    Notice.Event event = tells ? event(execution, progress) : null;
    if (event != null) {
      entry(sql, execution)
          .forEach(
              entry ->
                  write(
                      sql,
                      Notice.of(
                          entry, event, execution, progress, clock.instant(), audience::masked),
                      names));
    }
    return recorded;
  }

  private static Notice.@Nullable Event event(Execution execution, @Nullable Progress progress) {
    if (execution.status().isFinal()) {
      return Notice.Event.END;
    }
    if (progress == null) {
      return null;
    }
    return execution.status().isWaiting()
        ? Notice.Event.PAUSE
        : progress.failed().isEmpty() ? null : Notice.Event.FAILURE;
  }

  /** Whether it was started from here, and its end was not seen. */
  private static boolean isUnended(JdbcTemplate sql, String token, Execution execution) {
    List<String> seen =
        Rows.all(
            sql,
            SQL.get("status-of-start"),
            row -> String.valueOf(row.getString("status")),
            execution.id(),
            execution.tags().getOrDefault(Intent.TAG, token));
    return !seen.isEmpty() && seen.stream().noneMatch(s -> new ExecutionStatus(s).isFinal());
  }

  private static List<JournalEntry> entry(JdbcTemplate sql, Execution execution) {
    return Rows.all(
        sql,
        "select " + EntryRow.COLUMNS + " " + SQL.get("start"),
        row -> EntryRow.entry(sql, row),
        execution.id());
  }

  private void write(JdbcTemplate sql, Notice notice, List<String> names) {
    Instant now = clock.instant();
    sql.update(SQL.get("delete-old"), now.minus(KEPT));
    for (String target : names) {
      if (Rows.exist(sql, SQL.get("has"), notice.id(), target)) {
        continue;
      }
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("event_id", notice.id());
      row.put("target", target);
      row.put("notice", Json.GSON.toJson(notice));
      row.put("state", PENDING);
      row.put("attempts", 0);
      row.put("made_at", now);
      row.put("due_at", now);
      row.put("last_error", "");
      Rows.insert(sql, "outbox", row);
      hasWritten.set(true);
    }
  }

  /** Called after the transaction: says that there is something to deliver, if it wrote it. */
  public void announce() {
    if (hasWritten.getAndSet(false)) {
      audience.written();
    }
  }
}
