package oosh.journal.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import oosh.journal.Rows;
import oosh.journal.SqlText;
import oosh.journal.transaction.JournalTransactions;
import oosh.rollout.audit.AuditAction;
import oosh.rollout.audit.AuditEntry;
import oosh.rollout.audit.AuditTrail;
import org.jspecify.annotations.Nullable;

/** Reads the table {@code audit}. */
public final class SqlAuditTrail implements AuditTrail {
  private static final SqlText SQL = SqlText.in("audit.sql");

  private final JournalTransactions journal;
  private final AuditWriter writer;

  public SqlAuditTrail(JournalTransactions journal, AuditWriter writer) {
    this.journal = journal;
    this.writer = writer;
  }

  @Override
  public void add(AuditAction action, String region, String group, String subject, String detail) {
    journal.run(
        sql -> {
          writer.append(sql, action, region, group, subject, detail);
          return true;
        });
  }

  @Override
  public List<AuditEntry> newest(@Nullable Instant since, @Nullable String group, int limit) {
    StringBuilder text = new StringBuilder(SQL.get("lines"));
    List<Object> values = new ArrayList<>();
    if (since != null) {
      text.append(" and recorded_at >= ?");
      values.add(since);
    }
    if (group != null) {
      text.append(" and grp = ?");
      values.add(group);
    }
    text.append(" order by seq desc limit ?");
    values.add(limit);
    return journal.read(
        sql ->
            Rows.all(
                sql,
                text.toString(),
                row ->
                    new AuditEntry(
                        Rows.instant(row, "recorded_at"),
                        row.getString("who"),
                        row.getString("os_user"),
                        row.getString("host"),
                        row.getString("action"),
                        row.getString("region"),
                        row.getString("grp"),
                        row.getString("subject"),
                        row.getString("detail")),
                values.toArray()));
  }
}
