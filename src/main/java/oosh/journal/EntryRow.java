package oosh.journal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.cloud.StartRequest;
import oosh.rollout.record.Intent;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.update.BatchPause;
import oosh.rollout.update.BatchSizing;
import oosh.rollout.update.CommandType;
import oosh.rollout.update.Gates;
import oosh.rollout.update.RolloutStrategy;
import oosh.rollout.update.Script;
import oosh.rollout.update.UpdateMethod;
import oosh.rollout.update.UpdateSpec;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads rows of the table {@code execution}. */
public final class EntryRow {
  private static final SqlText SQL = SqlText.in("history.sql");

  /** The columns of {@link #entry}. A text that is not asked for would be copied for every row. */
  public static final String COLUMNS = SQL.get("entry");

  /** The columns of {@link #entry} and of {@link #request}. */
  public static final String WITH_REQUEST = COLUMNS + ", " + SQL.get("request");

  private EntryRow() {}

  /**
   * The entry in the current row.
   *
   * @throws RuntimeException if it holds a value that oosh does not write
   */
  public static JournalEntry entry(JdbcTemplate sql, ResultSet row) throws SQLException {
    String token = row.getString("token");
    String status = row.getString("status");
    String other = row.getString("other");
    JournalEntry entry =
        new JournalEntry(
            token == null ? "" : token,
            JournalEntry.StartState.valueOf(row.getString("state")),
            row.getBoolean("is_rollback"),
            row.getString("profile"),
            row.getString("region"),
            row.getString("grp"),
            row.getString("execution_id"),
            status == null ? null : new ExecutionStatus(status),
            new UpdateSpec(
                script(sql, row, "script"),
                script(sql, row, "rollback"),
                CommandType.valueOf(row.getString("command_type")),
                new BatchSizing(
                    BatchSizing.Unit.valueOf(row.getString("batch_unit")),
                    row.getInt("batch_value")),
                BatchPause.valueOf(row.getString("pause")),
                null,
                row.getString("ram_role"),
                null,
                SentParametersCodec.line(other, 0),
                SentParametersCodec.line(other, 1),
                RolloutStrategy.of(row.getString("tuning")),
                Gates.of(row.getString("gates"))),
            row.getBoolean("suspended_nothing"),
            row.getString("reason"),
            Rows.initiator(row),
            Rows.instant(row, "meant_at"),
            Rows.instantOrNull(row, "ended_at"),
            row.getInt("succeeded"),
            row.getInt("total"),
            row.getString("why"),
            row.getString("source_execution_id"),
            row.getString("again"),
            UpdateMethod.of(row.getString("method")).orElse(UpdateMethod.RUN_SCRIPT),
            SentParametersCodec.line(other, 2));
    return JournalSql.isShared(sql) ? EntryCheck.checked(entry, Instant.now()) : entry;
  }

  /** The request that started the execution of the current row; null if none was kept. */
  public static @Nullable StartRequest request(ResultSet row, JournalEntry entry)
      throws SQLException {
    String template = row.getString("template");
    String parameters = row.getString("parameters");
    if (template == null || parameters == null) {
      return null;
    }
    Map<String, Object> kept =
        SentParametersCodec.read(parameters, entry.spec().script(), entry.spec().rollbackScript());
    String content = String.valueOf(kept.getOrDefault(StartRequest.CONTENT, ""));
    return StartRequest.ofKept(
        template,
        kept,
        entry.token(),
        Intent.tags(entry.token(), entry.method(), content),
        entry.reason());
  }

  private static @Nullable Script script(JdbcTemplate sql, ResultSet row, String column)
      throws SQLException {
    String sha = row.getString(column + "_sha");
    return sha == null ? null : ScriptStore.named(sql, row.getString(column + "_name"), sha);
  }
}
