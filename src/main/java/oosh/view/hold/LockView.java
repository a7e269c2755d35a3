package oosh.view.hold;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.List;
import oosh.rollout.hold.GroupLock;
import oosh.rollout.record.JournalEntry;
import oosh.view.json.JsonOutput;
import oosh.view.text.DescriptionList;
import oosh.view.text.Style;
import oosh.view.text.TextSanitizer;
import oosh.view.text.TextTable;
import oosh.view.text.TimeText;

/*
 * asg-bp1web  lock       li on ops-1    12 min ago  "database migration"
 * asg-bp1api  exec-6f1c  wang on ops-2  2 min ago   "api 1.9.0"
 */
/** What keeps other starts from a group: locks of persons, and executions that have not ended. */
public final class LockView {
  private LockView() {}

  /**
   * The table.
   *
   * @param open starts that hold their group, with and without an execution
   * @param place the group or the region, for a table without rows
   */
  public static String table(
      List<GroupLock> locks, List<JournalEntry> open, String place, Instant now, Style style) {
    if (locks.isEmpty() && open.isEmpty()) {
      return TextSanitizer.sentence("nothing is locked: %s", place);
    }
    TextTable table = new TextTable(style);
    for (GroupLock lock : locks) {
      table.row(
          style.bold(TextSanitizer.line(lock.group())),
          "lock",
          TextSanitizer.line(lock.owner().text()),
          TimeText.when(lock.at(), now, style),
          DescriptionList.quoted(lock.reason()));
    }
    for (JournalEntry e : open) {
      String id = e.executionId();
      table.row(
          style.bold(TextSanitizer.line(e.group())),
          id == null ? "a start without an answer" : TextSanitizer.line(id),
          TextSanitizer.line(e.author().person().text()),
          TimeText.when(e.at(), now, style),
          e.reason().isEmpty() ? "" : DescriptionList.quoted(e.reason()));
    }
    return table.text();
  }

  /** An array of {@code {group, region, kind, user, host, reason, at, executionId}}. */
  public static JsonArray json(List<GroupLock> locks, List<JournalEntry> open) {
    JsonArray all = JsonOutput.array(locks, LockView::json);
    all.addAll(JsonOutput.array(open, LockView::json));
    return all;
  }

  private static JsonObject json(GroupLock lock) {
    JsonObject json = new JsonObject();
    json.addProperty("group", lock.group());
    json.addProperty("region", lock.region());
    json.addProperty("kind", "lock");
    json.addProperty("user", lock.owner().user());
    json.addProperty("host", lock.owner().host());
    json.addProperty("reason", lock.reason());
    json.addProperty("at", lock.at().toString());
    return json;
  }

  private static JsonObject json(JournalEntry e) {
    JsonObject json = new JsonObject();
    json.addProperty("group", e.group());
    json.addProperty("region", e.region());
    json.addProperty("kind", "execution");
    json.addProperty("user", e.author().user());
    json.addProperty("host", e.author().host());
    JsonOutput.put(json, "reason", e.reason());
    json.addProperty("at", e.at().toString());
    JsonOutput.put(json, "executionId", e.executionId());
    return json;
  }
}
