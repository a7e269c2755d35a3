package oosh.journal;

import java.time.InstantSource;
import java.util.function.Supplier;
import oosh.journal.approval.SqlPlanApprovals;
import oosh.journal.audit.AuditWriter;
import oosh.journal.audit.SqlAuditTrail;
import oosh.journal.hold.SqlRestrictions;
import oosh.journal.outbox.OutboxWriter;
import oosh.journal.outbox.SqlOutbox;
import oosh.journal.transaction.JournalTransactions;
import oosh.journal.wave.SqlWaves;
import oosh.rollout.approval.PlanApprovals;
import oosh.rollout.audit.AuditTrail;
import oosh.rollout.hold.Restrictions;
import oosh.rollout.notice.NoticeAudience;
import oosh.rollout.notice.Outbox;
import oosh.rollout.record.Choices;
import oosh.rollout.record.History;
import oosh.rollout.record.Initiator;
import oosh.rollout.record.Journal;
import oosh.rollout.record.StartLog;
import oosh.rollout.wave.Waves;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A journal in a database. Any thread may call it. Each method is one transaction, durable on
 * return.
 */
public abstract class SqlJournal implements Journal {
  private final JournalTransactions transactions;
  private final StartLog starts;
  private final History history;
  private final Choices choices;
  private final Restrictions restrictions;
  private final AuditTrail audit;
  private final PlanApprovals planApprovals;
  private final Waves waves;
  private final Outbox outbox;

  /**
   * @param itself the same, but never of a copy: an audit trail and approvals are of the journal
   *     alone
   * @param clock the clock by which starts are planned
   */
  protected SqlJournal(
      JournalTransactions transactions,
      JournalTransactions itself,
      ReadCache cache,
      NoticeAudience audience,
      InstantSource clock) {
    this(transactions, itself, cache, audience, clock, Initiator::here);
  }

  /**
   * @param author who writes to the audit trail
   */
  protected SqlJournal(
      JournalTransactions transactions,
      JournalTransactions itself,
      ReadCache cache,
      NoticeAudience audience,
      InstantSource clock,
      Supplier<Initiator> author) {
    AuditWriter writer = new AuditWriter(author, clock);
    this.transactions = transactions;
    this.outbox = new SqlOutbox(transactions);
    this.starts =
        new SqlStartLog(transactions, cache, new OutboxWriter(audience, clock), writer, clock);
    this.history = new SqlHistory(transactions, cache, writer);
    this.choices = new SqlChoices(transactions, cache);
    this.restrictions = new SqlRestrictions(transactions, cache, writer, clock);
    this.audit = new SqlAuditTrail(itself, writer);
    this.planApprovals = new SqlPlanApprovals(itself, writer, clock);
    this.waves = new SqlWaves(transactions, itself, writer, author, clock);
  }

  /** Begins to open the journal, beside what else the caller does. */
  public void openAhead() {
    transactions.openAhead();
  }

  @Override
  public StartLog starts() {
    return starts;
  }

  @Override
  public History history() {
    return history;
  }

  @Override
  public Choices choices() {
    return choices;
  }

  @Override
  public Restrictions restrictions() {
    return restrictions;
  }

  @Override
  public AuditTrail audit() {
    return audit;
  }

  @Override
  public PlanApprovals planApprovals() {
    return planApprovals;
  }

  @Override
  public Waves waves() {
    return waves;
  }

  /** What is to be told of executions, and how that went. */
  public Outbox outbox() {
    return outbox;
  }

  /** How many executions it holds. */
  protected static long executions(JdbcTemplate sql) {
    Long executions = sql.queryForObject("select count(*) from execution", Long.class);
    return executions == null ? 0 : executions;
  }

  @Override
  public void close() {
    transactions.close();
  }
}
