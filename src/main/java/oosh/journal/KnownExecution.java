package oosh.journal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import oosh.rollout.cloud.ExecutionStatus;
import org.jspecify.annotations.Nullable;

/** The present state of an execution in the journal. */
record KnownExecution(
    long seq,
    @Nullable String executionId,
    Instant at,
    @Nullable ExecutionStatus status,
    @Nullable Instant ended,
    int succeeded,
    int total) {
  static KnownExecution of(ResultSet row) throws SQLException {
    String status = row.getString("status");
    return new KnownExecution(
        row.getLong("seq"),
        row.getString("execution_id"),
        Rows.instant(row, "meant_at"),
        status == null ? null : new ExecutionStatus(status),
        Rows.instantOrNull(row, "ended_at"),
        row.getInt("succeeded"),
        row.getInt("total"));
  }

  boolean isFinal() {
    return status != null && status.isFinal();
  }

  /** This state as that of an intent. */
  KnownExecution of(KnownExecution intent) {
    return new KnownExecution(
        intent.seq, executionId, intent.at, status, intent.ended(at, ended), succeeded, total);
  }

  /** When it ended, by the clock of its intent: the duration is the one that OOS tells. */
  @Nullable Instant ended(@Nullable Instant began, @Nullable Instant end) {
    return began == null || end == null ? end : at.plus(Duration.between(began, end));
  }
}
