package oosh.journal;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import oosh.rollout.Problem;
import oosh.rollout.cloud.CatalogueList;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.cloud.ScalingProcess;
import oosh.rollout.cloud.StartRequest;
import oosh.rollout.cloud.Template;
import oosh.rollout.record.GroupSnapshot;
import oosh.rollout.record.GroupStatistics;
import oosh.rollout.record.HealStepRecord;
import oosh.rollout.record.Initiator;
import oosh.rollout.record.Intent;
import oosh.rollout.record.Journal;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.OpenExecution;
import oosh.rollout.record.OpenIntent;
import oosh.rollout.record.Progress;
import oosh.rollout.record.ReleaseTag;
import oosh.rollout.record.StoredOutputs;
import oosh.rollout.record.WantedRollback;
import oosh.rollout.update.Context;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The journal in an H2 file, which is opened for each method and closed after it. Any thread may
 * call it, and several processes may use the same directory. Each method is one transaction,
 * durable on return.
 */
public final class H2Journal implements Journal {
  private final JournalConnection store;
  private final LastRead lastRead;
  private final InstantSource clock;

  private H2Journal(JournalConnection store, InstantSource clock) {
    this.store = store;
    this.lastRead = new LastRead(store);
    this.clock = clock;
  }

  /**
   * Opens the journal of that directory; makes both if they are missing, for this user only.
   *
   * @throws Problem REFUSED if the directory cannot be used, or the file is damaged or newer than
   *     this oosh; either is left as it is
   */
  public static H2Journal open(Path directory) {
    return open(directory, InstantSource.system());
  }

  /**
   * The same.
   *
   * @param older is called where an older oosh's tables are about to be brought up to date: half a
   *     minute an index for a million records
   * @param unreadable is told of each record that cannot be read; all else goes on without it
   * @throws Problem likewise
   */
  public static H2Journal open(Path directory, Runnable older, Consumer<String> unreadable) {
    H2Journal journal = unopened(directory, older, unreadable);
    journal.store.read(sql -> true);
    return journal;
  }

  /**
   * The same, without a look at the file: the first method that is called meets its problems.
   *
   * @throws Problem REFUSED if the directory cannot be made
   */
  public static H2Journal unopened(Path directory, Runnable older, Consumer<String> unreadable) {
    return new H2Journal(
        JournalConnection.unopened(JournalFile.in(directory), JournalConnection.PATIENCE, older)
            .telling(unreadable),
        InstantSource.system());
  }

  /** Begins to open the file, beside what else the caller does. */
  public void openAhead() {
    store.openAhead();
  }

  /**
   * The same by the clock that whoever plans a start reads.
   *
   * @throws Problem likewise
   */
  public static H2Journal open(Path directory, InstantSource clock) {
    return new H2Journal(JournalConnection.open(JournalFile.in(directory)), clock);
  }

  /** The same over connections that a test has put something around. */
  static H2Journal open(Path directory, UnaryOperator<Connection> around) {
    return new H2Journal(
        JournalConnection.open(JournalFile.in(directory).around(around)), InstantSource.system());
  }

  @Override
  public Optional<JournalEntry> intend(Intent intent) {
    return store.run(sql -> intend(sql, intent));
  }

  private static Optional<JournalEntry> intend(JdbcTemplate sql, Intent intent) {
    String region = intent.rollout().context().region();
    String group = intent.rollout().group();
    String claim = ExecutionRow.claim(region, group);
    if (!intent.overrideReason().isEmpty()) {
      sql.update("update execution set claim = null where claim = ?", claim);
      ExecutionRow.of(intent).insert(sql);
      return Optional.empty();
    }
    // Nobody can begin or be answered between this look and the insert: a write has it alone.
    Optional<JournalEntry> inTheWay =
        JournalQueries.holderOf(sql, claim).stream()
            .findFirst()
            .or(
                () ->
                    JournalQueries.startedSince(
                            sql,
                            intent.rollout().context().profile(),
                            region,
                            group,
                            intent.planned())
                        .stream()
                        .findFirst());
    if (inTheWay.isEmpty()) {
      ExecutionRow.of(intent).insert(sql);
    }
    return inTheWay;
  }

  @Override
  public boolean markSending(String token, Instant at) {
    return store.run(sql -> markSending(sql, token, at));
  }

  private static boolean markSending(JdbcTemplate sql, String token, Instant at) {
    return sql.update(
            """
            update execution set asked_at = ?
            where token = ? and state = ? and claim is not null and execution_id is null
            """,
            at,
            token,
            JournalEntry.StartState.INTENDED.name())
        == 1;
  }

  @Override
  public boolean takeOver(OpenIntent unanswered, Initiator author, Instant at) {
    return store.run(
        sql ->
            sql.update(
                    """
                    update execution set state = ?, asked_at = ?, author_user = ?, author_host = ?,
                      author_pid = ?, author_since = ?
                    where token = ? and claim is not null and execution_id is null
                      and asked_at = ?
                    """,
                    JournalEntry.StartState.INTENDED.name(),
                    at,
                    author.user(),
                    author.host(),
                    author.pid(),
                    author.since(),
                    unanswered.entry().token(),
                    unanswered.sentAt())
                == 1);
  }

  @Override
  public void markStarted(String token, Execution execution, Instant at) {
    write(
        sql ->
            start(
                sql,
                token,
                byToken(sql, token)
                    .orElseThrow(
                        () ->
                            Problem.refused(
                                "the start of " + execution.id() + " cannot be written down",
                                "the journal has no intent of it; was its file moved?",
                                "watch " + execution.id())),
                execution,
                at));
  }

  @Override
  public void markRefused(String token, String why) {
    conclude(token, JournalEntry.StartState.REFUSED, why);
  }

  @Override
  public void markNeverStarted(String token, String why) {
    conclude(token, JournalEntry.StartState.NEVER_STARTED, why);
  }

  /** Once OOS has named an execution, no later word can undo that it was started. */
  private void conclude(String token, JournalEntry.StartState state, String why) {
    write(
        sql ->
            sql.update(
                """
                update execution set state = ?, why = ?, asked_at = null, claim = null
                where token = ? and execution_id is null and asked_at is not null
                """,
                state.name(),
                why,
                token));
  }

  @Override
  public void markUnknown(String token, String why, Instant at) {
    write(
        sql ->
            sql.update(
                """
                update execution set state = ?, why = ?, asked_at = ?
                where token = ? and execution_id is null and asked_at is not null
                """,
                JournalEntry.StartState.UNCERTAIN.name(),
                why,
                at,
                token));
  }

  @Override
  public List<OpenIntent> openIntents(Context context) {
    return store.run(sql -> JournalQueries.unanswered(sql, context));
  }

  @Override
  public List<OpenExecution> open(Context context) {
    return store.read(sql -> JournalQueries.open(sql, context));
  }

  @Override
  public Optional<OpenExecution> open(String executionId) {
    return store.read(sql -> JournalQueries.open(sql, executionId)).stream().findFirst();
  }

  @Override
  public void forgotten(String executionId, String why) {
    write(
        sql ->
            sql.update(
                """
                update execution set why = ?, asked_at = null, claim = null
                where execution_id = ? and ended_at is null
                """,
                why,
                executionId));
  }

  @Override
  public void want(WantedRollback wanted) {
    write(sql -> WantedRollbacks.add(sql, wanted));
  }

  @Override
  public void decline(Context context, String executionId) {
    write(sql -> WantedRollbacks.remove(sql, context, executionId));
  }

  @Override
  public List<WantedRollback> wanted(Context context) {
    return store.read(sql -> WantedRollbacks.of(sql, context));
  }

  @Override
  public Optional<JournalEntry> withToken(String token) {
    return store.run(sql -> JournalQueries.withToken(sql, token)).stream().findFirst();
  }

  @Override
  public void recordObservation(Context context, Execution execution, int succeeded, int total) {
    write(sql -> recordObservation(sql, context, execution, succeeded, total));
  }

  @Override
  public void recordObservation(Context context, Progress progress) {
    Execution execution = progress.execution();
    write(
        sql -> {
          recordObservation(sql, context, execution, progress.succeeded(), progress.total());
          if (execution.status().isFinal()) {
            for (Progress.InstanceProgress i : progress.instances()) {
              sql.update(
                  "merge into outcome (execution_id, instance, status) values (?, ?, ?)",
                  execution.id(),
                  i.id(),
                  i.status().word());
            }
          }
        });
  }

  private void recordObservation(
      JdbcTemplate sql, Context context, Execution execution, int succeeded, int total) {
    Optional<KnownExecution> known = byId(sql, context.profile(), context.region(), execution.id());
    String token = execution.tags().get(Intent.TAG);
    if (known.isEmpty() && token != null) {
      // Sent by a shell that never heard the answer: now the execution has a name.
      known = byToken(sql, token).filter(k -> k.executionId() == null);
      // By our own clock, not by when OOS says that it began: whoever planned before this
      // moment may have read a list in which it was not yet.
      known.ifPresent(k -> start(sql, token, k, execution, clock.instant()));
    }
    if (known.isPresent()) {
      look(sql, known.get(), execution, succeeded, total);
      sql.update("update execution set asked_at = null, why = '' where seq = ?", known.get().seq());
    } else {
      ExecutionRow.of(context, execution, succeeded, total).insert(sql);
      WantedRollbacks.startedBy(sql, execution.id());
    }
  }

  @Override
  public Map<String, ExecutionStatus> outcomes(String executionId) {
    Map<String, ExecutionStatus> outcomes = new LinkedHashMap<>();
    store.read(
        sql ->
            sql.query(
                "select instance, status from outcome where execution_id = ?",
                (rs, n) ->
                    outcomes.put(
                        rs.getString("instance"), new ExecutionStatus(rs.getString("status"))),
                executionId));
    return outcomes;
  }

  @Override
  public List<JournalEntry> history(HistoryQuery query) {
    return store.read(sql -> JournalQueries.history(sql, query));
  }

  @Override
  public Optional<JournalEntry> find(String executionId) {
    return store.read(sql -> JournalQueries.withId(sql, executionId)).stream().findFirst();
  }

  @Override
  public List<JournalEntry> startingWith(Context context, String prefix, int limit) {
    return lastRead.read(
        List.of("startingWith", context, prefix, limit),
        sql -> JournalQueries.startingWith(sql, context, prefix, limit));
  }

  @Override
  public Optional<GroupSnapshot> snapshotBefore(String executionId) {
    return texts("snapshot", executionId, GroupStateCodec::snapshot).stream().findFirst();
  }

  @Override
  public void recordHealStep(Context context, HealStepRecord step) {
    String line = GroupStateCodec.of(step) + "\n";
    String id = step.remedy().executionId();
    int rows =
        store.run(
            sql ->
                sql.update(
                    """
                    update execution set healed = coalesce(healed, '') || ?
                    where execution_id = ? and region = ? and profile = ?
                    """,
                    line,
                    id,
                    context.region(),
                    context.profile()));
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
            text -> text.lines().map(line -> GroupStateCodec.healed(executionId, line)).toList())
        .stream()
        .flatMap(List::stream)
        .toList();
  }

  private <T> List<T> texts(String column, String executionId, Function<String, T> read) {
    return store.read(
        sql ->
            JournalQueries.readable(
                sql,
                "select token, grp, execution_id, "
                    + column
                    + " from execution where execution_id = ? and "
                    + column
                    + " is not null order by token nulls last",
                rs -> read.apply(rs.getString(column)),
                executionId));
  }

  @Override
  public List<JournalEntry> rollbackSources(Context context, String prefix, int limit) {
    return lastRead.read(
        List.of("rollbackSources", context, prefix, limit),
        sql -> JournalQueries.rollbackSources(sql, context, prefix, limit));
  }

  @Override
  public List<GroupStatistics> figures(HistoryQuery query) {
    return store.read(sql -> JournalQueries.figures(sql, query));
  }

  @Override
  public List<JournalEntry> rollbacksOf(JournalEntry source) {
    return store.read(sql -> JournalQueries.rollbacksOf(sql, source));
  }

  @Override
  public Optional<StartRequest> startRequestOf(String executionId) {
    return store.read(sql -> JournalQueries.sent(sql, executionId));
  }

  @Override
  public void storeOutputs(String executionId, StoredOutputs outputs) {
    write(sql -> OutputStore.keep(sql, executionId, outputs));
  }

  @Override
  public Optional<StoredOutputs> storedOutputs(String executionId) {
    return store.read(sql -> OutputStore.kept(sql, executionId));
  }

  @Override
  public void addTag(ReleaseTag version) {
    write(sql -> ReleaseTagTable.name(sql, version));
  }

  @Override
  public void removeTag(ReleaseTag version) {
    write(sql -> ReleaseTagTable.unname(sql, version));
  }

  @Override
  public List<ReleaseTag> goodVersions(Context context) {
    return lastRead.read(List.of("goodVersions", context), sql -> ReleaseTagTable.of(sql, context));
  }

  @Override
  public void cacheGroups(String profile, String region, List<ScalingGroup> groups) {
    write(
        sql -> {
          sql.update("delete from scaling_group where profile = ? and region = ?", profile, region);
          for (int i = 0; i < groups.size(); i++) {
            ScalingGroup g = groups.get(i);
            sql.update(
                """
                insert into scaling_group (
                  profile, region, position, id, name, lifecycle_state, in_service,
                  protected_instances, standby, other, min_size, max_size, suspended, seen_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, current_timestamp)
                """,
                profile,
                region,
                i,
                g.id(),
                g.name(),
                g.lifecycleState(),
                g.inService(),
                g.protectedInstances(),
                g.standby(),
                g.other(),
                g.minSize(),
                g.maxSize(),
                g.suspended().stream().map(ScalingProcess::word).collect(Collectors.joining(",")));
          }
        });
  }

  @Override
  public List<ScalingGroup> groups(String profile, String region) {
    return lastRead.read(
        List.of("groups", profile, region),
        sql ->
            sql.query(
                "select * from scaling_group where profile = ? and region = ?"
                    + " order by profile, region, position",
                (rs, n) -> JournalQueries.read(rs, H2Journal::group),
                profile,
                region));
  }

  @Override
  public void cacheTemplate(String profile, String region, String asked, Template template) {
    write(sql -> TemplateCache.remember(sql, profile, region, asked, template));
  }

  @Override
  public Optional<Template> template(String profile, String region, String name, String asked) {
    return lastRead.read(
        List.of("template", profile, region, name, asked),
        sql -> TemplateCache.find(sql, profile, region, name, asked));
  }

  @Override
  public List<String> templates(String profile, String region) {
    return lastRead.read(
        List.of("templates", profile, region), sql -> TemplateCache.names(sql, profile, region));
  }

  @Override
  public void cacheCatalogue(String profile, String region, CatalogueList offers) {
    write(sql -> CatalogueCache.remember(sql, profile, region, offers));
  }

  @Override
  public Optional<CatalogueList> offers(
      String profile, String region, CatalogueList.Kind kind, String scope) {
    return lastRead.read(
        List.of("offers", profile, region, kind, scope),
        sql -> CatalogueCache.find(sql, profile, region, kind, scope));
  }

  @Override
  public boolean outdated() {
    return store.outdated();
  }

  @Override
  public void close() {
    store.close();
  }

  private void write(Consumer<JdbcTemplate> work) {
    store.run(
        sql -> {
          work.accept(sql);
          return true;
        });
  }

  /** What a row says about an execution now. */
  private record KnownExecution(
      long seq,
      @Nullable String executionId,
      Instant at,
      @Nullable ExecutionStatus status,
      @Nullable Instant ended,
      int succeeded,
      int total) {
    static KnownExecution of(ResultSet rs) throws SQLException {
      String status = rs.getString("status");
      return new KnownExecution(
          rs.getLong("seq"),
          rs.getString("execution_id"),
          rs.getObject("meant_at", Instant.class),
          status == null ? null : new ExecutionStatus(status),
          rs.getObject("ended_at", Instant.class),
          rs.getInt("succeeded"),
          rs.getInt("total"));
    }

    boolean isFinal() {
      return status != null && status.isFinal();
    }

    /** When it ended by the clock by which it began here: how long it took is what OOS says. */
    @Nullable Instant ended(@Nullable Instant began, @Nullable Instant end) {
      return began == null || end == null ? end : at.plus(Duration.between(began, end));
    }
  }

  private static Optional<KnownExecution> byToken(JdbcTemplate sql, String token) {
    return sql
        .query(
            "select * from execution where token = ? for update",
            (rs, n) -> JournalQueries.read(rs, KnownExecution::of),
            token)
        .stream()
        .findFirst();
  }

  private static Optional<KnownExecution> byId(
      JdbcTemplate sql, String profile, String region, String id) {
    return sql
        .query(
            "select * from execution where execution_id = ? and region = ? and profile = ?"
                + " for update",
            (rs, n) -> JournalQueries.read(rs, KnownExecution::of),
            id,
            region,
            profile)
        .stream()
        .findFirst();
  }

  /** Names the execution of an intent, and takes over what another shell has seen of it already. */
  private static void start(
      JdbcTemplate sql, String token, KnownExecution intent, Execution execution, Instant at) {
    List<KnownExecution> elsewhere =
        sql.query(
            """
            select s.* from execution s join execution i
              on s.profile = i.profile and s.region = i.region
            where i.token = ? and s.execution_id = ? and s.token is null
            """,
            (rs, n) -> JournalQueries.read(rs, KnownExecution::of),
            token,
            execution.id());
    elsewhere.forEach(s -> sql.update("delete from execution where seq = ?", s.seq()));
    sql.update(
        """
        update execution set execution_id = ?, state = ?, why = '', asked_at = ?, answered_at = ?
        where token = ?
        """,
        execution.id(),
        JournalEntry.StartState.STARTED.name(),
        at,
        at,
        token);
    WantedRollbacks.startedBy(sql, execution.id());
    KnownExecution known = intent;
    for (KnownExecution s : elsewhere) {
      sql.update(
          "update execution set status = ?, ended_at = ?, succeeded = ?, total = ? where seq = ?",
          s.status() == null ? null : s.status().word(),
          intent.ended(s.at(), s.ended()),
          s.succeeded(),
          s.total(),
          intent.seq());
      known =
          new KnownExecution(
              intent.seq(),
              s.executionId(),
              intent.at(),
              s.status(),
              intent.ended(s.at(), s.ended()),
              s.succeeded(),
              s.total());
    }
    look(sql, known, execution, known.succeeded(), known.total());
  }

  /** A final status stays, and what succeeded by then: a late answer may be an old one. */
  private static void look(
      JdbcTemplate sql, KnownExecution known, Execution now, int succeeded, int total) {
    if (known.isFinal() && !now.status().isFinal()) {
      return;
    }
    sql.update(
        "update execution set status = ?, ended_at = ?, succeeded = ?, total = ? where seq = ?",
        now.status().word(),
        now.ended() == null ? known.ended() : known.ended(now.created(), now.ended()),
        known.isFinal() ? Math.max(known.succeeded(), succeeded) : succeeded,
        total > 0 ? total : known.total(),
        known.seq());
    if (now.status().isFinal()) {
      sql.update("update execution set claim = null where seq = ?", known.seq());
    }
  }

  private static ScalingGroup group(ResultSet rs) throws SQLException {
    return new ScalingGroup(
        rs.getString("id"),
        rs.getString("name"),
        rs.getString("region"),
        rs.getString("lifecycle_state"),
        rs.getInt("in_service"),
        rs.getInt("protected_instances"),
        rs.getInt("standby"),
        rs.getInt("other"),
        rs.getInt("min_size"),
        rs.getInt("max_size"),
        processes(rs.getString("suspended")));
  }

  private static Set<ScalingProcess> processes(String words) {
    return Arrays.stream(words.split(","))
        .map(ScalingProcess::of)
        .flatMap(Optional::stream)
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(ScalingProcess.class)));
  }
}
