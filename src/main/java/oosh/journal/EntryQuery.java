package oosh.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import oosh.rollout.Problem;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.record.Intent;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.update.Context;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** A query of the table {@code execution}: conditions, and an order that an index has. */
final class EntryQuery {
  /** The most rows of a list without a limit of its own. */
  static final int MANY = 2000;

  /** Greater than every character of an id or a group. */
  static final String LAST = "\uffff";

  /** The longest time between an intent and its answer. */
  private static final Duration ANSWERED_WITHIN = Duration.ofDays(1);

  private static final String PLACE = "profile, region, ";
  private static final String NEWEST = "meant_at desc, seq desc";

  private final List<String> conditions = new ArrayList<>();
  private final List<Object> values = new ArrayList<>();
  private String order;

  private EntryQuery(String order) {
    this.order = order;
  }

  /** Entries of a region, or of a group if it is not null, newest first. */
  static EntryQuery newest(String profile, String region, @Nullable String group) {
    // H2 takes an index for the order only if the order begins with the index's first columns.
    return new EntryQuery(PLACE + NEWEST)
        .and("profile = ?", profile)
        .and("region = ?", region)
        .filter("grp", group);
  }

  /** Entries of a region or group, newest first, where another condition selects few. */
  static EntryQuery newestOfFew(String profile, String region, @Nullable String group) {
    return new EntryQuery(NEWEST)
        .filter("profile", profile)
        .filter("region", region)
        .filter("grp", group);
  }

  /**
   * The start that has the claim.
   *
   * @throws Problem if its row cannot be read: its execution may be under way
   */
  static Optional<JournalEntry> holder(JdbcTemplate sql, String claim) {
    EntryQuery query = by("claim").and("claim = ?", claim);
    return sql
        .query(
            query.text(EntryRow.COLUMNS),
            (row, n) -> {
              try {
                return EntryRow.entry(sql, row);
              } catch (StatementException | UnreadableRowException e) {
                throw e;
              } catch (RuntimeException e) {
                throw Problem.refused(
                    "a start that has no answer holds the group",
                    "its record in the journal cannot be read, so its result is unknown",
                    "look at the group's executions in OOS, then launch --again REASON");
              }
            },
            query.arguments(1))
        .stream()
        .findFirst();
  }

  /** An execution on the group that was answered since the plan and has not ended. */
  static Optional<JournalEntry> answeredSince(JdbcTemplate sql, Intent planned) {
    Context context = planned.rollout().context();
    Instant since = planned.planned();
    return newest(context.profile(), context.region(), planned.rollout().group())
        // So that the index bounds what is read.
        .and("meant_at >= ?", since.minus(ANSWERED_WITHIN))
        .and("answered_at >= ?", since)
        .read(sql, 20)
        .stream()
        .filter(
            e -> {
              ExecutionStatus status = e.status();
              return status == null || !status.isFinal();
            })
        .findFirst();
  }

  /** Entries in the order of that column. */
  static EntryQuery by(String column) {
    return new EntryQuery(column);
  }

  /** Entries of that execution id: under two profiles, the entry that has a token comes first. */
  static EntryQuery byId(String executionId) {
    return new EntryQuery("token nulls last, meant_at desc, seq desc")
        .and("execution_id = ?", executionId);
  }

  /**
   * Only entries with that value in a column that has an index with the place; null for all. The
   * first filter's index is read. The others are tried on its entries, in a form for which no
   * database takes another index: it would read all entries with that value, and sort them.
   */
  EntryQuery filter(String column, @Nullable String value) {
    if (value == null) {
      return this;
    }
    if (!order.equals(PLACE + NEWEST)) {
      return and("coalesce(" + column + ", '') = ?", value);
    }
    order = PLACE + column + ", " + NEWEST;
    return and(column + " = ?", value);
  }

  EntryQuery and(String condition, Object... itsValues) {
    conditions.add(condition);
    values.addAll(List.of(itsValues));
    return this;
  }

  /** Only values that begin with the prefix. */
  EntryQuery startsWith(String column, String prefix) {
    return prefix.isEmpty()
        ? this
        : and(column + " >= ?", prefix).and(column + " < ?", prefix + LAST);
  }

  List<JournalEntry> read(JdbcTemplate sql, int limit) {
    return read(sql, EntryRow.COLUMNS, limit, row -> EntryRow.entry(sql, row));
  }

  Optional<JournalEntry> first(JdbcTemplate sql) {
    return read(sql, 1).stream().findFirst();
  }

  <T> List<T> read(JdbcTemplate sql, String columns, int limit, Rows.Reader<T> reader) {
    return Rows.readable(sql, text(columns), reader, arguments(limit));
  }

  /** The statement; the last placeholder is the limit. */
  String text(String columns) {
    return "select "
        + columns
        + " from execution where "
        + String.join(" and ", conditions)
        + " order by "
        + order
        + " limit ?";
  }

  /** The values of the placeholders of {@link #text}. */
  Object[] arguments(int limit) {
    List<Object> all = new ArrayList<>(values);
    all.add(Math.max(0, limit));
    return all.toArray();
  }
}
