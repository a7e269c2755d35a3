package oosh.view.audit;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.List;
import oosh.rollout.audit.AuditEntry;
import oosh.view.json.JsonOutput;
import oosh.view.text.Style;
import oosh.view.text.TextSanitizer;
import oosh.view.text.TextTable;
import oosh.view.text.TimeText;

/*
 * 2 min ago  li on ops-1                started   asg-bp1web  oosh-1  exec-6f1c
 * 2 min ago  li on ops-1                intended  asg-bp1web  oosh-1  launch by run-script, deploy.sh (sha aebc9f), …
 * 3 min ago  oosh_wang (wang) on ops-2  locked    asg-bp1api          the fair
 */
/** The audit trail, newest first. */
public final class AuditView {
  private AuditView() {}

  public static String table(List<AuditEntry> entries, Instant now, Style style) {
    TextTable columns = new TextTable(style);
    for (AuditEntry e : entries) {
      columns.row(
          TimeText.when(e.at(), now, style),
          TextSanitizer.line(who(e)),
          TextSanitizer.line(e.action()),
          TextSanitizer.line(e.group()),
          TextSanitizer.line(subject(e)),
          TextSanitizer.line(e.detail()));
    }
    return columns.text();
  }

  /** The database's user, and the login name where it is another. */
  private static String who(AuditEntry e) {
    String login = e.who().equals(e.osUser()) ? "" : " (" + e.osUser() + ")";
    return e.who() + login + (e.host().isEmpty() ? "" : " on " + e.host());
  }

  /** Of a saved plan's hash as much as is looked up by eye. */
  private static String subject(AuditEntry e) {
    return e.subject().matches("[0-9a-f]{64}")
        ? "plan " + e.subject().substring(0, 12)
        : e.subject();
  }

  /** An array of {@code {at, who, osUser, host, action, region, group, subject, detail}}. */
  public static JsonArray json(List<AuditEntry> entries) {
    return JsonOutput.array(entries, AuditView::json);
  }

  private static JsonObject json(AuditEntry e) {
    JsonObject json = new JsonObject();
    json.addProperty("at", e.at().toString());
    json.addProperty("who", e.who());
    json.addProperty("osUser", e.osUser());
    json.addProperty("host", e.host());
    json.addProperty("action", e.action());
    JsonOutput.put(json, "region", e.region());
    JsonOutput.put(json, "group", e.group());
    JsonOutput.put(json, "subject", e.subject());
    JsonOutput.put(json, "detail", e.detail());
    return json;
  }
}
