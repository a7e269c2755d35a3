package oosh.journal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import oosh.journal.audit.AuditWriter;
import oosh.journal.transaction.JournalTransactions;
import oosh.rollout.Problem;
import oosh.rollout.audit.AuditAction;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.cloud.StartRequest;
import oosh.rollout.record.GroupSnapshot;
import oosh.rollout.record.GroupStatistics;
import oosh.rollout.record.HealStepRecord;
import oosh.rollout.record.History;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.ReleaseTag;
import oosh.rollout.record.StoredOutputs;
import oosh.rollout.update.Context;
import oosh.rollout.update.Script;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Lists of the table {@code execution}, and the tables of outcomes, outputs and tags. */
final class SqlHistory implements History {
  private static final SqlText SQL = SqlText.in("history.sql");

  /** OOS's words for a status (source: ListExecutions, 2025). */
  private static final List<String> OOS_WORDS =
      List.of(
          "Running", "Started", "Success", "Failed", "Waiting", "Cancelled", "Pending", "Skipped");

  /**
   * An id's prefix of at least so many characters is looked up among the ids: {@code exec-} and two
   * digits have one id in 256. Ids with a shorter prefix are soon found among the newest entries.
   */
  private static final int SELECTIVE_PREFIX = 7;

  private final JournalTransactions journal;
  private final ReadCache lastRead;
  private final AuditWriter audit;

  SqlHistory(JournalTransactions journal, ReadCache lastRead, AuditWriter audit) {
    this.journal = journal;
    this.lastRead = lastRead;
    this.audit = audit;
  }

  @Override
  public List<JournalEntry> list(Query query) {
    return journal.read(sql -> matching(sql, query).read(sql, query.limit()));
  }

  @Override
  public List<String> regions(String profile) {
    return journal.read(sql -> all(sql, Integer.MAX_VALUE, "next-region", profile));
  }

  @Override
  public List<Place> places(String profile, Collection<String> regions) {
    return journal.read(
        sql -> {
          List<Place> all = new ArrayList<>();
          for (String region : regions) {
            all(sql, MOST_PLACES - all.size(), "next-group", profile, region)
                .forEach(group -> all.add(new Place(region, group)));
          }
          return all;
        });
  }

  /** From one to the next by the index, so that no more rows are read than there are answers. */
  private static List<String> all(JdbcTemplate sql, int most, String query, Object... of) {
    List<String> all = new ArrayList<>();
    Object[] after = Arrays.copyOf(of, of.length + 1);
    after[of.length] = "";
    while (all.size() < most) {
      Optional<String> next = Rows.first(sql, SQL.get(query), row -> row.getString(1), after);
      if (next.isEmpty()) {
        break;
      }
      all.add(next.get());
      after[of.length] = next.get();
    }
    return all;
  }

  static EntryQuery matching(JdbcTemplate sql, Query query) {
    EntryQuery entries = EntryQuery.newest(query.profile(), query.region(), query.group());
    if (query.script() != null) {
      script(sql, entries, query, query.script());
    }
    entries.filter("author_user", query.user());
    if (query.status() != null) {
      Optional<String> word =
          OOS_WORDS.stream().filter(query.status()::equalsIgnoreCase).findFirst();
      if (word.isPresent()) {
        entries.filter("status", word.get());
      } else {
        // A start without an execution has no status, only a state.
        entries.and("state = ?", query.status().toUpperCase(Locale.ROOT)).and("status is null");
      }
    }
    if (query.since() != null) {
      entries.and("meant_at >= ?", query.since());
    }
    return entries;
  }

  /** A script is looked up by its name first: a file may be called cafe. */
  private static void script(JdbcTemplate sql, EntryQuery entries, Query query, String script) {
    String hash = script.toLowerCase(Locale.ROOT);
    boolean isName =
        !hash.matches("[0-9a-f]{4,64}")
            || Rows.exist(sql, SQL.get("has-script-name"), query.profile(), query.region(), script);
    if (isName) {
      entries.filter("script_name", script);
    } else if (Rows.exist(sql, SQL.get("has-script-hash"), hash, hash + EntryQuery.LAST)) {
      entries.startsWith("script_sha", hash);
    } else {
      // To find that no execution has the hash would be to read them all.
      entries.and("1 = 0");
    }
  }

  @Override
  public List<JournalEntry> startingWith(Context context, String prefix, int limit) {
    return lastRead.read(
        List.of("startingWith", context, prefix, limit),
        sql -> startingWith(context, null, prefix).read(sql, limit));
  }

  @Override
  public List<JournalEntry> rollbackSources(Context context, String prefix, int limit) {
    return lastRead.read(
        List.of("rollbackSources", context, prefix, limit),
        sql ->
            startingWith(context, context.group(), prefix)
                .and("not is_rollback")
                .and("execution_id is not null")
                .read(sql, limit));
  }

  static EntryQuery startingWith(Context context, @Nullable String group, String prefix) {
    EntryQuery entries =
        prefix.length() < SELECTIVE_PREFIX
            ? EntryQuery.newest(context.profile(), context.region(), group)
            : EntryQuery.newestOfFew(context.profile(), context.region(), group);
    return entries.startsWith("execution_id", prefix);
  }

  /** The columns of an execution that statistics are made of. */
  private record Counted(
      String group, boolean rollback, boolean succeeded, @Nullable Duration duration) {
    static Counted of(ResultSet row) throws SQLException {
      Instant ended = Rows.instantOrNull(row, "ended_at");
      return new Counted(
          row.getString("grp"),
          row.getBoolean("is_rollback"),
          new ExecutionStatus(row.getString("status")).isSuccess()
              && (row.getInt("succeeded") > 0 || row.getInt("total") == 0),
          ended == null ? null : Duration.between(Rows.instant(row, "meant_at"), ended));
    }
  }

  /** Bounded in what is read, so that it takes as long in a large journal as in a small one. */
  @Override
  public List<GroupStatistics> statistics(Query query) {
    List<Counted> newest =
        journal.read(
            sql -> {
              EntryQuery entries = matching(sql, query).and("status is not null");
              return Rows.all(
                  sql,
                  entries.text(SQL.get("counted")),
                  Counted::of,
                  entries.arguments(MOST_COUNTED));
            });
    return newest.stream().collect(Collectors.groupingBy(Counted::group)).entrySet().stream()
        .map(e -> statistics(e.getKey(), e.getValue()))
        .sorted(
            Comparator.comparingLong(GroupStatistics::launches)
                .reversed()
                .thenComparing(GroupStatistics::group))
        .toList();
  }

  private static GroupStatistics statistics(String group, List<Counted> executions) {
    List<Counted> launches = executions.stream().filter(e -> !e.rollback()).toList();
    List<Duration> ended =
        launches.stream().map(Counted::duration).filter(Objects::nonNull).sorted().toList();
    int middle = ended.size() / 2;
    Duration median =
        ended.isEmpty()
            ? null
            : ended.size() % 2 == 1
                ? ended.get(middle)
                : ended.get(middle - 1).plus(ended.get(middle)).dividedBy(2);
    return new GroupStatistics(
        group,
        launches.size(),
        ended.size(),
        launches.stream().filter(Counted::succeeded).count(),
        median,
        executions.size() - launches.size());
  }

  /** Those of the source's group since it was launched: as few as have come after it. */
  @Override
  public List<JournalEntry> rollbacksOf(JournalEntry source) {
    return journal.read(
        sql ->
            EntryQuery.newest(source.profile(), source.region(), source.group())
                .and("meant_at >= ?", source.at())
                .and("source_execution_id = ?", String.valueOf(source.executionId()))
                .read(sql, EntryQuery.MANY));
  }

  @Override
  public Optional<StartRequest> startRequestOf(String executionId) {
    return journal
        .read(
            sql ->
                EntryQuery.byId(executionId)
                    .read(
                        sql,
                        EntryRow.WITH_REQUEST,
                        1,
                        row ->
                            Optional.ofNullable(EntryRow.request(row, EntryRow.entry(sql, row)))))
        .stream()
        .flatMap(Optional::stream)
        .findFirst();
  }

  @Override
  public Optional<GroupSnapshot> snapshotBefore(String executionId) {
    return texts("snapshot", executionId, GroupStateCodec::snapshot).stream().findFirst();
  }

  @Override
  public void recordHealStep(Context context, HealStepRecord step) {
    String line = GroupStateCodec.text(step) + "\n";
    String id = step.step().executionId();
    int rows =
        journal.run(
            sql -> {
              audit.ofExecution(sql, AuditAction.HEALED, id, AuditWriter.words(step));
              return sql.update(
                  SQL.get("add-heal-step"), line, id, context.region(), context.profile());
            });
    if (rows == 0) {
      throw Problem.refused(
          "what heals " + context.needGroup() + " cannot be written down",
          "the journal does not know " + id,
          "show " + id + ", then heal");
    }
  }

  @Override
  public List<HealStepRecord> healSteps(String executionId) {
    return texts(
            "healed",
            executionId,
            text -> text.lines().map(line -> GroupStateCodec.healStep(executionId, line)).toList())
        .stream()
        .flatMap(List::stream)
        .toList();
  }

  private <T> List<T> texts(String column, String executionId, Function<String, T> read) {
    return lastRead.read(
        List.of("texts", column, executionId),
        sql ->
            Rows.readable(
                sql, SQL.get(column), row -> read.apply(row.getString(column)), executionId));
  }

  @Override
  public Map<String, ExecutionStatus> outcomes(String executionId) {
    return outcomes("outcomes", executionId);
  }

  @Override
  public Map<String, ExecutionStatus> undone(String executionId) {
    return outcomes("undone", executionId);
  }

  private Map<String, ExecutionStatus> outcomes(String query, String executionId) {
    Map<String, ExecutionStatus> outcomes = new LinkedHashMap<>();
    journal.read(
        sql ->
            sql.query(
                SQL.get(query),
                (row, n) ->
                    outcomes.put(
                        row.getString("instance"), new ExecutionStatus(row.getString("status"))),
                executionId));
    return outcomes;
  }

  @Override
  public Optional<Duration> longest(Script script) {
    return journal.read(
        sql ->
            Optional.ofNullable(
                    sql.queryForObject(SQL.get("longest-of-script"), Long.class, script.sha256()))
                .map(Duration::ofSeconds));
  }

  @Override
  public void storeOutputs(String executionId, StoredOutputs outputs) {
    journal.run(sql -> OutputStore.keep(sql, executionId, outputs));
  }

  @Override
  public Optional<StoredOutputs> storedOutputs(String executionId) {
    return journal.read(sql -> OutputStore.kept(sql, executionId));
  }

  @Override
  public void addTag(ReleaseTag tag) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("profile", tag.profile());
    row.put("region", tag.region());
    row.put("grp", tag.group());
    row.put("name", tag.name());
    row.put("execution_id", tag.executionId());
    row.put("author_user", tag.user());
    row.put("given_at", tag.at());
    journal.run(
        sql -> {
          delete(sql, tag);
          Rows.insert(sql, "good_version", row);
          audit.append(
              sql, AuditAction.TAGGED, tag.region(), tag.group(), tag.executionId(), tag.name());
          return true;
        });
  }

  @Override
  public void removeTag(ReleaseTag tag) {
    journal.run(
        sql -> {
          audit.append(
              sql, AuditAction.UNTAGGED, tag.region(), tag.group(), tag.executionId(), tag.name());
          return delete(sql, tag);
        });
  }

  private static int delete(JdbcTemplate sql, ReleaseTag tag) {
    return sql.update(SQL.get("delete-tag"), tag.profile(), tag.region(), tag.group(), tag.name());
  }

  @Override
  public List<ReleaseTag> tags(Context context) {
    return lastRead.read(
        List.of("tags", context),
        sql ->
            Rows.readable(
                sql,
                SQL.get("tags"),
                SqlHistory::tag,
                context.profile(),
                context.region(),
                context.group()));
  }

  private static ReleaseTag tag(ResultSet row) throws SQLException {
    return new ReleaseTag(
        row.getString("name"),
        row.getString("profile"),
        row.getString("region"),
        row.getString("grp"),
        row.getString("execution_id"),
        row.getString("author_user"),
        Rows.instant(row, "given_at"));
  }
}
