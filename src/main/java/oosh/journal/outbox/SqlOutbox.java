package oosh.journal.outbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import oosh.journal.Json;
import oosh.journal.Rows;
import oosh.journal.SqlText;
import oosh.journal.transaction.JournalTransactions;
import oosh.rollout.notice.Notice;
import oosh.rollout.notice.Outbox;

/** The outbox in the table {@code outbox}. */
public final class SqlOutbox implements Outbox {
  private static final SqlText SQL = SqlText.in("outbox.sql");
  private static final String DELIVERED = "DELIVERED";
  private static final String GIVEN_UP = "GIVEN_UP";

  /** Stands where the process has died, or was ended, before the answer came. */
  private static final String NO_ANSWER = "oosh ended before the answer came";

  private final JournalTransactions journal;

  public SqlOutbox(JournalTransactions journal) {
    this.journal = journal;
  }

  /** The read first: who has nothing to send does not write to the journal. */
  @Override
  public Optional<Claimed> claim(List<String> targets, Instant now) {
    if (nextDue(targets).filter(due -> !due.isAfter(now)).isEmpty()) {
      return Optional.empty();
    }
    return journal.run(
        sql -> {
          sql.update(SQL.get("give-up"), NO_ANSWER, WAITS.size(), now);
          Optional<Claimed> claimed =
              Rows.all(
                      sql,
                      SQL.get("due").formatted(marks(targets)),
                      row ->
                          new Claimed(
                              Json.GSON.fromJson(row.getString("notice"), Notice.class),
                              row.getString("target"),
                              row.getInt("attempts") + 1),
                      values(targets, OutboxWriter.PENDING, now))
                  .stream()
                  .findFirst();
          claimed.ifPresent(
              c ->
                  sql.update(
                      SQL.get("claim"),
                      c.attempt(),
                      now.plus(WAITS.get(c.attempt() - 1)),
                      NO_ANSWER,
                      c.notice().id(),
                      c.target()));
          return claimed;
        });
  }

  @Override
  public void delivered(Claimed claimed, Instant now) {
    conclude(claimed, DELIVERED, "", now);
  }

  @Override
  public void failed(Claimed claimed, String why, Instant now) {
    boolean last = claimed.attempt() >= WAITS.size();
    conclude(claimed, last ? GIVEN_UP : OutboxWriter.PENDING, why, now);
  }

  private void conclude(Claimed claimed, String state, String why, Instant now) {
    journal.run(
        sql ->
            sql.update(
                SQL.get("conclude"),
                state,
                why,
                now,
                claimed.notice().id(),
                claimed.target(),
                claimed.attempt()));
  }

  @Override
  public Optional<Instant> nextDue(List<String> targets) {
    if (targets.isEmpty()) {
      return Optional.empty();
    }
    return journal.read(
        sql ->
            Rows.all(
                    sql,
                    SQL.get("next-due").formatted(marks(targets)),
                    row -> Rows.instant(row, "due_at"),
                    values(targets, OutboxWriter.PENDING))
                .stream()
                .findFirst());
  }

  @Override
  public void forget(String target) {
    journal.run(sql -> sql.update(SQL.get("forget"), target));
  }

  @Override
  public List<Deliveries> deliveries() {
    return journal.read(
        sql ->
            Rows.all(
                sql,
                SQL.get("deliveries"),
                row ->
                    new Deliveries(
                        row.getString("target"),
                        row.getInt("pending"),
                        row.getInt("given_up"),
                        Rows.instantOrNull(row, "last_at"),
                        Optional.ofNullable(row.getString("last_error")).orElse(""))));
  }

  private static String marks(List<String> targets) {
    return String.join(", ", Collections.nCopies(targets.size(), "?"));
  }

  private static Object[] values(List<String> targets, Object... before) {
    List<Object> values = new ArrayList<>(List.of(before));
    values.addAll(targets);
    return values.toArray();
  }
}
