package oosh.journal.approval;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import oosh.journal.Rows;
import oosh.journal.SqlText;
import oosh.journal.audit.AuditWriter;
import oosh.journal.transaction.JournalTransactions;
import oosh.rollout.Problem;
import oosh.rollout.approval.PlanApproval;
import oosh.rollout.approval.PlanApprovals;
import oosh.rollout.approval.PlanVerdict;
import oosh.rollout.audit.AuditAction;
import oosh.rollout.hold.Exemption;
import oosh.rollout.record.Intent;
import oosh.rollout.record.JournalEntry.StartState;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Approvals in PostgreSQL: its triggers put {@code session_user} and its clock in the place of what
 * is sent, and refuse that who saved a plan approves it.
 */
public final class SqlPlanApprovals implements PlanApprovals {
  private static final SqlText SQL = SqlText.in("approval.sql");

  /** Begins the line of a start in the audit trail; the start's token follows. */
  private static final String START = "start ";

  private static final int MOST_WAITING = 20;

  private static final Set<String> NOTHING_STARTED =
      Set.of(StartState.REFUSED.name(), StartState.NEVER_STARTED.name());

  private final JournalTransactions journal;
  private final AuditWriter audit;
  private final InstantSource clock;

  public SqlPlanApprovals(JournalTransactions journal, AuditWriter audit, InstantSource clock) {
    this.journal = journal;
    this.audit = audit;
    this.clock = clock;
  }

  @Override
  public String user() {
    return journal.read(SqlPlanApprovals::user);
  }

  private static boolean isShared(JdbcTemplate sql) {
    return Boolean.TRUE.equals(
        sql.execute(
            (ConnectionCallback<Boolean>)
                c -> c.getMetaData().getDatabaseProductName().equals("PostgreSQL")));
  }

  private static String user(JdbcTemplate sql) {
    if (!isShared(sql)) {
      throw Problem.refused(
          "plans cannot be approved here",
          "this journal is a file of one person's, who could approve everything",
          "use a team's journal: OOSH_JOURNAL=jdbc:postgresql://HOST/DATABASE");
    }
    return String.valueOf(sql.queryForObject(SQL.get("user"), String.class));
  }

  @Override
  public void save(String sha256, int need, String region, String group) {
    journal.run(
        sql -> {
          Map<String, Object> row = new LinkedHashMap<>();
          row.put("sha256", sha256);
          row.put("need", need);
          row.put("region", region);
          row.put("grp", group);
          row.put("who", user(sql));
          row.put("recorded_at", clock.instant());
          Rows.insert(sql, "saved_plan", row);
          audit.append(sql, AuditAction.PLAN_SAVED, region, group, sha256, "needs " + need);
          return true;
        });
  }

  @Override
  public List<Awaiting> waiting(String region, @Nullable String group) {
    return journal.read(sql -> isShared(sql) ? waiting(sql, region, group) : List.of());
  }

  private static List<Awaiting> waiting(JdbcTemplate sql, String region, @Nullable String group) {
    record Saved(String group, String sha256) {}
    return Rows.all(
            sql,
            SQL.get("not-started"),
            row -> new Saved(row.getString("grp"), row.getString("sha256")),
            region)
        .stream()
        .filter(saved -> group == null || saved.group().equals(group))
        .flatMap(saved -> of(sql, saved.sha256()).map(p -> new Awaiting(saved.group(), p)).stream())
        .filter(w -> w.plan().missing() > 0 && w.plan().rejected().isEmpty())
        .limit(MOST_WAITING)
        .toList();
  }

  @Override
  public Optional<PlanApproval> of(String sha256) {
    return journal.read(sql -> of(sql, sha256));
  }

  private static Optional<PlanApproval> of(JdbcTemplate sql, String sha256) {
    List<PlanVerdict> verdicts =
        Rows.all(sql, SQL.get("verdicts"), SqlPlanApprovals::verdict, sha256);
    return Rows.first(
        sql,
        SQL.get("plan"),
        row ->
            new PlanApproval(
                sha256,
                row.getInt("need"),
                row.getString("who"),
                Rows.instant(row, "recorded_at"),
                verdicts,
                used(sql, row.getString("grp"), sha256)),
        sha256);
  }

  /** Of the newest start of the plan that OOS has not refused. */
  private static PlanApproval.@Nullable Use used(JdbcTemplate sql, String group, String sha256) {
    return Rows.all(sql, SQL.get("uses"), row -> use(sql, row), group, sha256).stream()
        .flatMap(Optional::stream)
        .findFirst()
        .orElse(null);
  }

  private static Optional<PlanApproval.Use> use(JdbcTemplate sql, ResultSet line)
      throws SQLException {
    PlanApproval.Use unknown = new PlanApproval.Use(Rows.instant(line, "recorded_at"), "");
    String token = line.getString("detail").replaceFirst(START, "").replaceFirst(",.*", "");
    return Rows.first(sql, SQL.get("start"), row -> use(row, unknown.at()), token)
        .orElse(Optional.of(unknown));
  }

  private static Optional<PlanApproval.Use> use(ResultSet start, Instant at) throws SQLException {
    return NOTHING_STARTED.contains(start.getString("state"))
        ? Optional.empty()
        : Optional.of(
            new PlanApproval.Use(
                at, Objects.requireNonNullElse(start.getString("execution_id"), "")));
  }

  /**
   * Holds an intent to the approvals of its plan, within the transaction that writes the intent,
   * and uses them up.
   *
   * @throws Problem REFUSED if approvals are missing, or the plan was rejected
   */
  public static void use(JdbcTemplate sql, Intent intent, AuditWriter audit) {
    Exemption.ApprovedPlan approved = intent.exemption().plan();
    if (approved == null) {
      return;
    }
    String me = user(sql);
    PlanApproval plan = of(sql, approved.sha256()).orElseThrow();
    plan.require(me, approved.file());
    audit.append(
        sql,
        AuditAction.PLAN_STARTED,
        intent.rollout().context().region(),
        intent.rollout().group(),
        plan.sha256(),
        START
            + intent.token()
            + ", saved by "
            + plan.savedBy()
            + ", approved by "
            + String.join(", ", plan.approvedBy(me)));
  }

  private static PlanVerdict verdict(ResultSet row) throws SQLException {
    return new PlanVerdict(
        row.getString("who"),
        row.getBoolean("approved"),
        Rows.instant(row, "recorded_at"),
        row.getString("reason"));
  }

  @Override
  public void answer(PlanApproval plan, boolean approved, String reason) {
    journal.run(
        sql -> {
          String me = user(sql);
          if (approved && me.equals(plan.savedBy())) {
            throw Problem.refused(
                "nothing was approved",
                me + " has saved that plan, and who saves a plan cannot approve it",
                "ask somebody else to approve it");
          }
          Map<String, Object> row = new LinkedHashMap<>();
          row.put("plan_sha256", plan.sha256());
          row.put("who", me);
          row.put("approved", approved);
          row.put("reason", reason);
          row.put("recorded_at", clock.instant());
          Rows.insert(sql, "plan_verdict", row);
          AuditAction action = approved ? AuditAction.APPROVED : AuditAction.REJECTED;
          sql.query(
              SQL.get("plan"),
              found -> {
                audit.append(
                    sql,
                    action,
                    found.getString("region"),
                    found.getString("grp"),
                    plan.sha256(),
                    reason);
              },
              plan.sha256());
          return true;
        });
  }
}
