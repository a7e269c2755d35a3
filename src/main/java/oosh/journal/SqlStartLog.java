package oosh.journal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import oosh.journal.approval.SqlPlanApprovals;
import oosh.journal.audit.AuditWriter;
import oosh.journal.hold.SqlRestrictions;
import oosh.journal.outbox.OutboxWriter;
import oosh.journal.transaction.JournalTransactions;
import oosh.journal.wave.SqlWaves;
import oosh.rollout.Problem;
import oosh.rollout.audit.AuditAction;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.record.Initiator;
import oosh.rollout.record.Intent;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.OpenExecution;
import oosh.rollout.record.OpenIntent;
import oosh.rollout.record.Progress;
import oosh.rollout.record.StartLog;
import oosh.rollout.record.WantedRollback;
import oosh.rollout.update.Context;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Starts in the tables {@code execution} and {@code wanted_rollback}. */
final class SqlStartLog implements StartLog {
  private static final SqlText SQL = SqlText.in("start-log.sql");

  private final JournalTransactions journal;
  private final ReadCache lastRead;
  private final OutboxWriter outbox;
  private final AuditWriter audit;
  private final InstantSource clock;

  SqlStartLog(
      JournalTransactions journal,
      ReadCache lastRead,
      OutboxWriter outbox,
      AuditWriter audit,
      InstantSource clock) {
    this.journal = journal;
    this.lastRead = lastRead;
    this.outbox = outbox;
    this.audit = audit;
    this.clock = clock;
  }

  @Override
  public Optional<InTheWay> intend(Intent intent) {
    return journal.run(
        sql -> {
          // No other process can write between these reads and the insert.
          Optional<InTheWay> inTheWay =
              SqlRestrictions.lockAgainst(sql, intent)
                  .<InTheWay>map(InTheWay.Locked::new)
                  .or(() -> SqlWaves.inTheWay(sql, intent.wave()))
                  .or(() -> ExecutionRow.against(sql, intent).map(InTheWay.Start::new));
          if (inTheWay.isEmpty()) {
            SqlPlanApprovals.use(sql, intent, audit);
            SqlWaves.claim(sql, intent);
            ExecutionRow.insert(sql, intent);
            audit.intended(sql, intent);
          }
          return inTheWay;
        });
  }

  @Override
  public boolean markSending(String token, Instant at) {
    return update("mark-sending", at, token) == 1;
  }

  @Override
  public boolean takeOver(OpenIntent unanswered, Initiator author, Instant at) {
    String token = unanswered.entry().token();
    return update(
            AuditAction.TAKEN_OVER,
            token,
            "from " + unanswered.entry().author().text(),
            "take-over",
            at,
            author.user(),
            author.host(),
            author.pid(),
            author.since(),
            token,
            unanswered.sentAt())
        == 1;
  }

  private int update(String statement, @Nullable Object... values) {
    return journal.run(sql -> sql.update(SQL.get(statement), values));
  }

  /** Updates the row of a start, with a line in the audit trail if there was anything to update. */
  private int update(
      AuditAction action,
      String token,
      String detail,
      String statement,
      @Nullable Object... values) {
    return journal.run(
        sql -> {
          int rows = sql.update(SQL.get(statement), values);
          if (rows > 0) {
            audit.ofStart(sql, action, token, detail);
          }
          return rows;
        });
  }

  @Override
  public void markStarted(String token, Execution execution, Instant at) {
    observed(
        token,
        execution,
        null,
        sql -> markStarted(sql, token, intent(sql, token, execution), execution, at));
  }

  private static KnownExecution intent(JdbcTemplate sql, String token, Execution execution) {
    return known(sql, "known-by-token", token)
        .orElseThrow(
            () ->
                Problem.refused(
                    "the start of " + execution.id() + " cannot be written down",
                    "the journal has no intent of it; was its file moved?",
                    "watch " + execution.id()));
  }

  /** Writes it, with the notices of what it has shown first. */
  private void observed(
      String token,
      Execution execution,
      @Nullable Progress progress,
      Function<JdbcTemplate, Boolean> work) {
    journal.run(sql -> outbox.around(sql, token, execution, progress, () -> work.apply(sql)));
    outbox.announce();
  }

  /** Names the execution of an intent, and keeps what was observed of it before. */
  private boolean markStarted(
      JdbcTemplate sql, String token, KnownExecution intent, Execution execution, Instant at) {
    Optional<KnownExecution> observed =
        known(sql, "observed-before-the-answer", token, execution.id());
    observed.ifPresent(o -> sql.update(SQL.get("delete-execution"), o.seq()));
    sql.update(SQL.get("mark-started"), execution.id(), at, at, token);
    audit.ofStart(sql, AuditAction.STARTED, token, execution.id());
    sql.update(SQL.get("delete-wanted-that-started"), execution.id());
    KnownExecution known = observed.map(o -> o.of(intent)).orElse(intent);
    return observe(sql, known, execution, known.succeeded(), known.total());
  }

  @Override
  public void markRefused(String token, String why) {
    String state = JournalEntry.StartState.REFUSED.name();
    update(AuditAction.REFUSED, token, why, "conclude", state, why, token);
  }

  @Override
  public void markNeverStarted(String token, String why) {
    String state = JournalEntry.StartState.NEVER_STARTED.name();
    update(AuditAction.NEVER_STARTED, token, why, "conclude", state, why, token);
  }

  @Override
  public void markUnknown(String token, String why, Instant at) {
    update(AuditAction.UNCERTAIN, token, why, "mark-unknown", why, at, token);
  }

  @Override
  public void markForgotten(String executionId, String why) {
    journal.run(
        sql -> {
          audit.ofExecution(sql, AuditAction.FORGOTTEN, executionId, why);
          return sql.update(SQL.get("mark-forgotten"), why, executionId);
        });
  }

  @Override
  public List<OpenIntent> openIntents(Context context) {
    EntryQuery query =
        EntryQuery.by("asked_at")
            .and("asked_at is not null")
            .and("execution_id is null")
            .and("region = ?", context.region());
    String group = context.group();
    if (group == null) {
      query.and("profile = ?", context.profile());
    } else {
      query.and("grp = ?", group);
    }
    return lastRead.read(
        List.of("openIntents", context),
        sql ->
            query
                .read(sql, EntryRow.WITH_REQUEST, EntryQuery.MANY, row -> openIntent(sql, row))
                .stream()
                .sorted(Comparator.comparing(OpenIntent::sentAt))
                .toList());
  }

  private static OpenIntent openIntent(JdbcTemplate sql, ResultSet row) throws SQLException {
    JournalEntry entry = EntryRow.entry(sql, row);
    return new OpenIntent(
        entry,
        EntryRow.request(row, entry),
        Rows.instant(row, "asked_at"),
        row.getString("claim") != null);
  }

  @Override
  public List<OpenExecution> open(Context context) {
    EntryQuery query = EntryQuery.by("claim").and("execution_id is not null");
    String group = context.group();
    if (group == null) {
      query
          .startsWith("claim", ExecutionRow.claim(context.region(), ""))
          .and("profile = ?", context.profile());
    } else {
      query.and("claim = ?", ExecutionRow.claim(context.region(), group));
    }
    return lastRead.read(List.of("open", context), sql -> open(sql, query));
  }

  @Override
  public Optional<OpenExecution> open(String executionId) {
    EntryQuery query =
        EntryQuery.byId(executionId).and("(claim is not null or asked_at is not null)");
    return journal.read(sql -> open(sql, query)).stream().findFirst();
  }

  private static List<OpenExecution> open(JdbcTemplate sql, EntryQuery query) {
    return query.read(
        sql,
        EntryRow.WITH_REQUEST,
        EntryQuery.MANY,
        row -> new OpenExecution(EntryRow.entry(sql, row), Rows.instantOrNull(row, "asked_at")));
  }

  @Override
  public void want(WantedRollback wanted) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("profile", wanted.profile());
    row.put("region", wanted.region());
    row.put("grp", wanted.group());
    row.put("execution_id", wanted.executionId());
    Rows.putInitiator(row, wanted.author());
    row.put("wanted_at", wanted.at());
    journal.run(
        sql -> {
          sql.update(
              SQL.get("delete-wanted"), wanted.executionId(), wanted.region(), wanted.profile());
          Rows.insert(sql, "wanted_rollback", row);
          audit.append(
              sql,
              AuditAction.ROLLBACK_WANTED,
              wanted.region(),
              wanted.group(),
              wanted.executionId(),
              "");
          return true;
        });
  }

  @Override
  public void decline(Context context, String executionId) {
    journal.run(
        sql -> {
          audit.ofExecution(sql, AuditAction.ROLLBACK_DECLINED, executionId, "");
          return sql.update(
              SQL.get("delete-wanted"), executionId, context.region(), context.profile());
        });
  }

  /** Without those whose start was sent and not answered: that start tells of them. */
  @Override
  public List<WantedRollback> wanted(Context context) {
    return lastRead.read(
        List.of("wanted", context),
        sql ->
            Rows.readable(
                sql,
                SQL.get("wanted"),
                row ->
                    new WantedRollback(
                        row.getString("profile"),
                        row.getString("region"),
                        row.getString("grp"),
                        row.getString("execution_id"),
                        Rows.initiator(row),
                        Rows.instant(row, "wanted_at")),
                context.profile(),
                context.region(),
                context.group()));
  }

  @Override
  public Optional<JournalEntry> withToken(String token) {
    return journal.run(sql -> EntryQuery.by("token").and("token = ?", token).first(sql));
  }

  @Override
  public Optional<JournalEntry> find(String executionId) {
    return journal.read(sql -> EntryQuery.byId(executionId).first(sql));
  }

  @Override
  public void recordObservation(Context context, Execution execution, int succeeded, int total) {
    observed(
        "", execution, null, sql -> recordObservation(sql, context, execution, succeeded, total));
  }

  @Override
  public void recordObservation(Context context, Progress progress) {
    Execution execution = progress.execution();
    observed(
        "",
        execution,
        progress,
        sql -> {
          if (execution.status().isFinal()) {
            ExecutionRow.insertOutcomes(sql, progress);
          }
          boolean known =
              recordObservation(sql, context, execution, progress.succeeded(), progress.total());
          String why = progress.kept();
          if (!why.isEmpty()) {
            sql.update(
                SQL.get("set-why-ended"), why, execution.id(), context.region(), context.profile());
          }
          return known;
        });
  }

  private boolean recordObservation(
      JdbcTemplate sql, Context context, Execution execution, int succeeded, int total) {
    Optional<KnownExecution> known =
        known(sql, "known-by-id", execution.id(), context.region(), context.profile());
    String token = execution.tags().get(Intent.TAG);
    if (known.isEmpty() && token != null) {
      // Sent by a shell that never heard the answer: now the execution has a name.
      known = known(sql, "known-by-token", token).filter(k -> k.executionId() == null);
      // By our own clock, not by when OOS says that it began: a plan that was made before this
      // moment may be from a list in which it was not yet.
      known.ifPresent(k -> markStarted(sql, token, k, execution, clock.instant()));
    }
    if (known.isPresent()) {
      observe(sql, known.get(), execution, succeeded, total);
      sql.update(SQL.get("listed"), known.get().seq());
    } else {
      ExecutionRow.insert(sql, context, execution, succeeded, total);
      sql.update(SQL.get("delete-wanted-that-started"), execution.id());
    }
    return true;
  }

  /** A final status stays, and what succeeded by then: a late answer may be an old one. */
  private static boolean observe(
      JdbcTemplate sql, KnownExecution known, Execution now, int succeeded, int total) {
    boolean isLate = known.isFinal() && !now.status().isFinal();
    ExecutionStatus status = isLate ? known.status() : now.status();
    sql.update(
        SQL.get("observe"),
        status == null ? null : status.word(),
        isLate || now.ended() == null ? known.ended() : known.ended(now.created(), now.ended()),
        isLate
            ? known.succeeded()
            : known.isFinal() ? Math.max(known.succeeded(), succeeded) : succeeded,
        isLate || total <= 0 ? known.total() : total,
        known.seq());
    if (status != null && status.isFinal()) {
      sql.update(SQL.get("ended"), known.seq());
    }
    return true;
  }

  private static Optional<KnownExecution> known(
      JdbcTemplate sql, String statement, Object... values) {
    return Rows.first(sql, SQL.get(statement), KnownExecution::of, values);
  }
}
