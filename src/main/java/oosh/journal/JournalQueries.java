package oosh.journal;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import oosh.rollout.Problem;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.cloud.StartRequest;
import oosh.rollout.record.GroupStatistics;
import oosh.rollout.record.Initiator;
import oosh.rollout.record.Intent;
import oosh.rollout.record.Journal;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.OpenExecution;
import oosh.rollout.record.OpenIntent;
import oosh.rollout.update.BatchPause;
import oosh.rollout.update.BatchSizing;
import oosh.rollout.update.CommandType;
import oosh.rollout.update.Context;
import oosh.rollout.update.RolloutStrategy;
import oosh.rollout.update.Script;
import oosh.rollout.update.UpdateMethod;
import oosh.rollout.update.UpdateSpec;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The lists that are read from the journal, newest first by when they were meant. Each asks in the
 * order of an index, and script texts are fetched for the rows shown only: with 100,000 executions
 * a list still takes milliseconds.
 */
public final class JournalQueries {
  /** More than any list is read of. */
  private static final int MANY = 2000;

  /**
   * An id's beginning of so many characters is looked up among the ids: {@code exec-} and two of
   * its digits have one in 256. Executions whose id begins with fewer are soon met on the way back
   * in time.
   */
  private static final int TELLING = 7;

  private static final String PLACE = "profile, region, ";

  private static final String NEWEST = "meant_at desc, seq desc";

  /** Its words for a status (source: ListExecutions, 2025). */
  private static final List<String> OOS_WORDS =
      List.of(
          "Running", "Started", "Success", "Failed", "Waiting", "Cancelled", "Pending", "Skipped");

  /** What an entry is made of. A text beside it that nobody asks for is copied for every row. */
  static final String COLUMNS =
      "token, state, is_rollback, profile, region, grp, method, execution_id, status, script_name,"
          + " script_sha, rollback_name, rollback_sha, command_type, batch_unit, batch_value,"
          + " pause, ram_role, suspended_nothing, other, reason, author_user, author_host,"
          + " author_pid, author_since, meant_at, ended_at, succeeded, total, why,"
          + " source_execution_id, again, tuning";

  /** The same, and what OOS was sent. */
  public static final String WITH_START = COLUMNS + ", template, parameters, asked_at, claim";

  /** Above every character that an id can contain. */
  private static final String LAST = "\uffff";

  private JournalQueries() {}

  static List<JournalEntry> history(JdbcTemplate sql, Journal.HistoryQuery query) {
    return listing(sql, query).read(sql, query.limit());
  }

  static ListQuery listing(JdbcTemplate sql, Journal.HistoryQuery query) {
    ListQuery listing = ListQuery.in(query.profile(), query.region(), query.group());
    if (query.script() != null) {
      script(sql, listing, query);
    }
    if (query.user() != null) {
      listing.having("author_user", query.user());
    }
    if (query.status() != null) {
      status(listing, query.status());
    }
    if (query.since() != null) {
      listing.and("meant_at >= ?", query.since());
    }
    return listing;
  }

  private static void status(ListQuery listing, String status) {
    Optional<String> word = OOS_WORDS.stream().filter(status::equalsIgnoreCase).findFirst();
    if (word.isPresent()) {
      listing.having("status", word.get());
    } else {
      // What was never started has no status; the story's own word stands in for it.
      listing.and("state = ?", status.toUpperCase(Locale.ROOT)).and("status is null");
    }
  }

  /** A name goes before a hash: a file may well be called cafe. */
  private static void script(JdbcTemplate sql, ListQuery listing, Journal.HistoryQuery query) {
    String script = String.valueOf(query.script());
    boolean isName =
        !script.matches("[0-9a-fA-F]{4,64}")
            || !ListQuery.in(query.profile(), query.region(), null)
                .having("script_name", script)
                .read(sql, "seq", 1, rs -> rs.getLong("seq"))
                .isEmpty();
    if (isName) {
      listing.having("script_name", script);
      return;
    }
    String prefix = script.toLowerCase(Locale.ROOT);
    boolean isKnown =
        !sql.queryForList(
                "select sha256 from script where sha256 >= ? and sha256 < ? limit 1",
                prefix,
                prefix + LAST)
            .isEmpty();
    if (isKnown) {
      listing.and("script_sha >= ?", prefix).and("script_sha < ?", prefix + LAST);
    } else {
      // To find that no execution has it would be to read them all.
      listing.and("1 = 0");
    }
  }

  /** Bounded in what is read, so that it takes as long in a large journal as in a small one. */
  static List<GroupStatistics> figures(JdbcTemplate sql, Journal.HistoryQuery query) {
    ListQuery listing = listing(sql, query).and("status is not null");
    return sql.query(
        """
        select grp,
          count(*) filter (where not is_rollback) as launches,
          count(*) filter (where not is_rollback and ended_at is not null) as ended,
          count(*) filter (
            where not is_rollback and status = 'Success' and (succeeded > 0 or total = 0))
            as succeeded,
          count(*) filter (where is_rollback) as rollbacks,
          median(datediff('MILLISECOND', meant_at, ended_at))
            filter (where not is_rollback and ended_at is not null) as middle
        from (%s)
        group by grp order by launches desc, grp
        """
            .formatted(
                listing.rows("grp, is_rollback, status, meant_at, ended_at, succeeded, total")),
        (rs, n) -> read(rs, JournalQueries::figures),
        listing.arguments(Journal.MOST_COUNTED));
  }

  private static GroupStatistics figures(ResultSet rs) throws SQLException {
    BigDecimal middle = rs.getBigDecimal("middle");
    return new GroupStatistics(
        rs.getString("grp"),
        rs.getLong("launches"),
        rs.getLong("ended"),
        rs.getLong("succeeded"),
        middle == null ? null : Duration.ofMillis(middle.longValue()),
        rs.getLong("rollbacks"));
  }

  /** Those of the source's group since it was launched: as few as have come after it. */
  static List<JournalEntry> rollbacksOf(JdbcTemplate sql, JournalEntry source) {
    return ListQuery.in(source.profile(), source.region(), source.group())
        .and("meant_at >= ?", source.at())
        .and("source_execution_id = ?", String.valueOf(source.executionId()))
        .read(sql, MANY);
  }

  static List<JournalEntry> startingWith(
      JdbcTemplate sql, Context context, String prefix, int limit) {
    return startingWith(context, null, prefix).read(sql, limit);
  }

  static List<JournalEntry> rollbackSources(
      JdbcTemplate sql, Context context, String prefix, int limit) {
    return startingWith(context, context.group(), prefix)
        .and("not is_rollback")
        .and("execution_id is not null")
        .read(sql, limit);
  }

  static ListQuery startingWith(Context context, @Nullable String group, String prefix) {
    ListQuery listing =
        prefix.length() < TELLING
            ? ListQuery.in(context.profile(), context.region(), null)
            : new ListQuery(NEWEST)
                .having("profile", context.profile())
                .having("region", context.region());
    if (group != null) {
      listing.having("grp", group);
    }
    return prefix.isEmpty()
        ? listing
        : listing.and("execution_id >= ?", prefix).and("execution_id < ?", prefix + LAST);
  }

  /** Of the same id under two profiles, the one that was meant here. */
  static List<JournalEntry> withId(JdbcTemplate sql, String executionId) {
    return byId(executionId).read(sql, 1);
  }

  static Optional<StartRequest> sent(JdbcTemplate sql, String executionId) {
    return byId(executionId)
        .read(sql, WITH_START, 1, rs -> Optional.ofNullable(start(rs, entry(sql, rs))))
        .stream()
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static ListQuery byId(String executionId) {
    return new ListQuery("token nulls last, " + NEWEST).and("execution_id = ?", executionId);
  }

  static List<JournalEntry> withToken(JdbcTemplate sql, String token) {
    return new ListQuery("token").and("token = ?", token).read(sql, 1);
  }

  /**
   * The start that keeps others from the group, if there is one.
   *
   * @throws Problem if there is one and its row cannot be read: it may be under way
   */
  static List<JournalEntry> holderOf(JdbcTemplate sql, String claim) {
    ListQuery listing = new ListQuery("claim").and("claim = ?", claim);
    return sql.query(
        listing.rows(),
        (rs, n) -> {
          try {
            return entry(sql, rs);
          } catch (StatementException | UnreadableRowException e) {
            throw e;
          } catch (RuntimeException e) {
            throw Problem.refused(
                "a start that has no answer holds the group",
                "its record in the journal cannot be read, so its result is unknown",
                "look at the group's executions in OOS, then launch --again REASON");
          }
        },
        listing.arguments(1));
  }

  /** What was answered on the group since then and has not ended. */
  static List<JournalEntry> startedSince(
      JdbcTemplate sql, String profile, String region, String group, Instant since) {
    return ListQuery.in(profile, region, group)
        // For the index: a start is not on its way for a day.
        .and("meant_at >= ?", since.minus(Duration.ofDays(1)))
        .and("answered_at >= ?", since)
        .read(sql, 20)
        .stream()
        .filter(
            e -> {
              ExecutionStatus status = e.status();
              return status == null || !status.isFinal();
            })
        .toList();
  }

  static List<OpenIntent> unanswered(JdbcTemplate sql, Context context) {
    ListQuery listing =
        new ListQuery("asked_at")
            .and("asked_at is not null")
            .and("execution_id is null")
            .and("region = ?", context.region());
    String group = context.group();
    if (group != null) {
      listing.and("grp = ?", group);
    } else {
      listing.and("profile = ?", context.profile());
    }
    List<OpenIntent> all = listing.read(sql, WITH_START, MANY, rs -> unanswered(sql, rs));
    return all.stream().sorted(Comparator.comparing(OpenIntent::sentAt)).toList();
  }

  private static OpenIntent unanswered(JdbcTemplate sql, ResultSet rs) throws SQLException {
    JournalEntry entry = entry(sql, rs);
    return new OpenIntent(
        entry,
        start(rs, entry),
        rs.getObject("asked_at", Instant.class),
        rs.getString("claim") != null);
  }

  static List<OpenExecution> open(JdbcTemplate sql, Context context) {
    ListQuery listing = new ListQuery("claim");
    String group = context.group();
    if (group != null) {
      listing.and("claim = ?", ExecutionRow.claim(context.region(), group));
    } else {
      listing
          .and("claim >= ?", ExecutionRow.claim(context.region(), ""))
          .and("claim < ?", ExecutionRow.claim(context.region(), LAST))
          .and("profile = ?", context.profile());
    }
    return open(sql, listing);
  }

  static List<OpenExecution> open(JdbcTemplate sql, String executionId) {
    return open(sql, byId(executionId).and("(claim is not null or asked_at is not null)"));
  }

  private static List<OpenExecution> open(JdbcTemplate sql, ListQuery listing) {
    return listing
        .and("execution_id is not null")
        .read(
            sql,
            WITH_START,
            MANY,
            rs -> new OpenExecution(entry(sql, rs), rs.getObject("asked_at", Instant.class)));
  }

  public static @Nullable StartRequest start(ResultSet rs, JournalEntry entry) throws SQLException {
    String template = rs.getString("template");
    String parameters = rs.getString("parameters");
    return template == null || parameters == null
        ? null
        : StartRequest.ofKept(
            template,
            SentParametersCodec.of(
                parameters, entry.spec().script(), entry.spec().rollbackScript()),
            entry.token(),
            Intent.tags(entry.token(), entry.method()),
            entry.reason());
  }

  /** One list in the making: its conditions and its order. */
  static final class ListQuery {
    private final List<String> conditions = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();
    private String order;

    ListQuery(String order) {
      this.order = order;
    }

    /** By the whole of an index, for H2 takes none whose first columns are missing in the order. */
    static ListQuery in(String profile, String region, @Nullable String group) {
      ListQuery listing =
          new ListQuery(PLACE + NEWEST).and("profile = ?", profile).and("region = ?", region);
      return group == null ? listing : listing.having("grp", group);
    }

    /**
     * Those with that word in a column that has an index with the place. The first such column is
     * the index's; the others are tried on its entries, in a form for which no database takes
     * another index: it would read all that have that word, and sort them.
     */
    ListQuery having(String column, String word) {
      if (!order.equals(PLACE + NEWEST)) {
        return and("coalesce(" + column + ", '') = ?", word);
      }
      order = PLACE + column + ", " + NEWEST;
      return and(column + " = ?", word);
    }

    ListQuery and(String condition, Object... itsValues) {
      conditions.add(condition);
      values.addAll(List.of(itsValues));
      return this;
    }

    /** The rows of the list itself; the last placeholder is the limit. */
    String rows() {
      return rows(COLUMNS);
    }

    private String rows(String columns) {
      return "select "
          + columns
          + " from execution"
          + (conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions))
          + " order by "
          + order
          + " limit ?";
    }

    List<JournalEntry> read(JdbcTemplate sql, int limit) {
      return read(sql, COLUMNS, limit, row -> entry(sql, row));
    }

    <T> List<T> read(JdbcTemplate sql, String columns, int limit, RowReader<T> reading) {
      return readable(sql, rows(columns), reading, arguments(limit));
    }

    /** What one row says. */
    interface RowReader<T> {
      T of(ResultSet rs) throws SQLException;
    }

    /** What the placeholders of {@link #rows} stand for. */
    Object[] arguments(int limit) {
      List<Object> all = new ArrayList<>(values);
      all.add(Math.max(0, limit));
      return all.toArray();
    }
  }

  /**
   * What the rows of a query say; a row that cannot be read is named and passed over, so that one
   * record stops no other work. The rows have a group, and a token or an id.
   *
   * @throws UnreadableRowException if a script's text is not the one of its hash: that is the
   *     file's damage
   */
  static <T> List<T> readable(
      JdbcTemplate sql, String query, ListQuery.RowReader<T> reading, Object... values) {
    List<T> all = new ArrayList<>();
    sql.query(
        query,
        rs -> {
          try {
            all.add(reading.of(rs));
          } catch (StatementException | UnreadableRowException e) {
            throw e;
          } catch (RuntimeException e) {
            JournalSql.passOver(sql, name(rs));
          }
        },
        values);
    return all;
  }

  /** {@code exec-6f1c on asg-web}; of a start without an answer its token. */
  private static String name(ResultSet rs) throws SQLException {
    String id = rs.getString("execution_id");
    return (id == null ? rs.getString("token") : id) + " on " + rs.getString("grp");
  }

  /**
   * Reads one row.
   *
   * @throws UnreadableRowException if it is not as a row can be
   */
  static <T> T read(ResultSet rs, ListQuery.RowReader<T> reading) throws SQLException {
    try {
      return reading.of(rs);
    } catch (StatementException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new UnreadableRowException();
    }
  }

  /** What the row of {@link #COLUMNS} says. */
  public static JournalEntry entry(JdbcTemplate sql, ResultSet rs) throws SQLException {
    String token = rs.getString("token");
    String status = rs.getString("status");
    String other = rs.getString("other");
    return new JournalEntry(
        token == null ? "" : token,
        JournalEntry.StartState.valueOf(rs.getString("state")),
        rs.getBoolean("is_rollback"),
        rs.getString("profile"),
        rs.getString("region"),
        rs.getString("grp"),
        rs.getString("execution_id"),
        status == null ? null : new ExecutionStatus(status),
        new UpdateSpec(
            script(sql, rs, "script"),
            script(sql, rs, "rollback"),
            CommandType.valueOf(rs.getString("command_type")),
            new BatchSizing(
                BatchSizing.Unit.valueOf(rs.getString("batch_unit")), rs.getInt("batch_value")),
            BatchPause.valueOf(rs.getString("pause")),
            null,
            rs.getString("ram_role"),
            null,
            SentParametersCodec.ofKept(other, 0),
            SentParametersCodec.ofKept(other, 1),
            RolloutStrategy.of(rs.getString("tuning"))),
        rs.getBoolean("suspended_nothing"),
        rs.getString("reason"),
        new Initiator(
            rs.getString("author_user"),
            rs.getString("author_host"),
            rs.getLong("author_pid"),
            rs.getObject("author_since", Instant.class)),
        rs.getObject("meant_at", Instant.class),
        rs.getObject("ended_at", Instant.class),
        rs.getInt("succeeded"),
        rs.getInt("total"),
        rs.getString("why"),
        rs.getString("source_execution_id"),
        rs.getString("again"),
        UpdateMethod.of(rs.getString("method")).orElse(UpdateMethod.RUN_SCRIPT),
        SentParametersCodec.ofKept(other, 2));
  }

  private static @Nullable Script script(JdbcTemplate sql, ResultSet rs, String which)
      throws SQLException {
    String sha = rs.getString(which + "_sha");
    return sha == null ? null : ScriptStore.named(sql, rs.getString(which + "_name"), sha);
  }
}
