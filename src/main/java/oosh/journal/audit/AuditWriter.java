package oosh.journal.audit;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import oosh.journal.Rows;
import oosh.journal.SqlText;
import oosh.rollout.audit.AuditAction;
import oosh.rollout.record.HealStep;
import oosh.rollout.record.HealStepRecord;
import oosh.rollout.record.Initiator;
import oosh.rollout.record.Intent;
import oosh.rollout.update.Launch;
import oosh.rollout.update.Rollout;
import oosh.rollout.update.Script;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Appends to the table {@code audit}, in the transaction of what a line tells of. In PostgreSQL a
 * trigger puts its own clock and {@code session_user} in the place of the time and the user.
 */
public final class AuditWriter {
  private static final SqlText SQL = SqlText.in("audit.sql");

  /** Longer details are cut: a service's refusal can be of any length. */
  private static final int MOST_CHARACTERS = 2000;

  private final Supplier<Initiator> author;
  private final InstantSource clock;

  /**
   * @param author this process; asked for with the first line
   */
  public AuditWriter(Supplier<Initiator> author, InstantSource clock) {
    this.author = author;
    this.clock = clock;
  }

  /**
   * Appends a line.
   *
   * @param region "" for none
   * @param group "" for none
   * @param subject what it was done to: an execution's id, a start's token, a tag's name
   * @param detail a reason, or what else there is to say
   */
  public void append(
      JdbcTemplate sql,
      AuditAction action,
      String region,
      String group,
      String subject,
      String detail) {
    Initiator me = author.get();
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("recorded_at", clock.instant());
    row.put("who", me.user());
    row.put("os_user", me.user());
    row.put("host", me.host());
    row.put("action", action.word());
    row.put("region", region);
    row.put("grp", group);
    row.put("subject", subject);
    row.put("detail", cut(detail));
    Rows.insert(sql, "audit", row);
  }

  /** Appends what a start is to do, and why it goes on although another is in its way. */
  public void intended(JdbcTemplate sql, Intent intent) {
    Rollout rollout = intent.rollout();
    String region = rollout.context().region();
    append(sql, AuditAction.INTENDED, region, rollout.group(), intent.token(), words(rollout));
    if (!intent.passedBy().isEmpty()) {
      append(
          sql, AuditAction.OVERRIDDEN, region, rollout.group(), intent.token(), intent.passedBy());
    }
  }

  /** {@code launch by run-script, deploy.sh (sha aebc9f), on 6 instances: web 2.4.1}. */
  private static String words(Rollout rollout) {
    boolean forward = rollout instanceof Launch;
    Script script = forward ? rollout.spec().script() : rollout.spec().rollbackScript();
    String what =
        forward
            ? "launch by " + rollout.context().method().word()
            : "rollback of " + rollout.sourceExecutionId();
    return what
        + (script == null ? "" : ", " + script.name() + " (sha " + script.shortSha() + ")")
        + ", on "
        + rollout.instances()
        + (rollout.instances() == 1 ? " instance" : " instances")
        + (rollout.reason().isEmpty() ? "" : ": " + rollout.reason());
  }

  /** {@code RETURN i-bp1a i-bp1b: done}. */
  public static String words(HealStepRecord record) {
    HealStep step = record.step();
    return (step.kind() + " " + String.join(" ", step.subjects())).toLowerCase(Locale.ROOT)
        + ": "
        + record.outcome().name().toLowerCase(Locale.ROOT)
        + (record.why().isEmpty() ? "" : ", " + record.why());
  }

  /** Appends a line about a start, in the place that its row names. */
  public void ofStart(JdbcTemplate sql, AuditAction action, String token, String detail) {
    ofRow(sql, "place-of-token", action, token, detail);
  }

  /** Appends a line about an execution, in the place that its row names. */
  public void ofExecution(JdbcTemplate sql, AuditAction action, String id, String detail) {
    ofRow(sql, "place-of-execution", action, id, detail);
  }

  private void ofRow(
      JdbcTemplate sql, String place, AuditAction action, String subject, String detail) {
    Rows.all(sql, SQL.get(place), r -> List.of(r.getString("region"), r.getString("grp")), subject)
        .forEach(at -> append(sql, action, at.get(0), at.get(1), subject, detail));
  }

  private static String cut(String text) {
    return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS - 1) + "…";
  }
}
