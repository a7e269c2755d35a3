package oosh.view.hold;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.List;
import oosh.rollout.hold.FreezeWindow;
import oosh.view.json.JsonOutput;
import oosh.view.text.DescriptionList;
import oosh.view.text.Style;
import oosh.view.text.TextSanitizer;
import oosh.view.text.TextTable;

/*
 * 1  Fri 18:00 - Mon 08:00  every group  in force until Mon 2026-11-23 08:00 Asia/Shanghai  li on ops-1  "no changes"
 * 2  12:00-13:00            web-*        begins Fri 2026-11-20 12:00 Asia/Shanghai          li on ops-1
 */
/** Freeze windows, the oldest first. */
public final class FreezeView {
  private FreezeView() {}

  public static String table(List<FreezeWindow> windows, Instant now, Style style) {
    if (windows.isEmpty()) {
      return "there is no freeze window; freeze add 'Fri 18:00 - Mon 08:00' adds one";
    }
    TextTable table = new TextTable(style);
    for (FreezeWindow w : windows) {
      table.row(
          style.bold(String.valueOf(w.number())),
          TextSanitizer.line(w.times().text()),
          w.groups().equals(FreezeWindow.ALL) ? "every group" : TextSanitizer.line(w.groups()),
          state(w, now),
          TextSanitizer.line(w.author().text()),
          w.reason().isEmpty() ? "" : DescriptionList.quoted(w.reason()));
    }
    return table.text();
  }

  /** {@code in force until …}, {@code begins …}, or {@code over}. */
  public static String state(FreezeWindow w, Instant now) {
    return w.until(now)
        .map(until -> "in force until " + w.clock(until))
        .or(() -> w.next(now).map(begin -> "begins " + w.clock(begin)))
        .orElse("over");
  }

  /**
   * An array of {@code {number, window, zone, groups, inForce, until, next, user, host, reason,
   * at}}.
   */
  public static JsonArray json(List<FreezeWindow> windows, Instant now) {
    return JsonOutput.array(windows, w -> json(w, now));
  }

  private static JsonObject json(FreezeWindow w, Instant now) {
    JsonObject json = new JsonObject();
    json.addProperty("number", w.number());
    json.addProperty("window", w.times().text());
    json.addProperty("zone", w.zone().getId());
    json.addProperty("groups", w.groups());
    json.addProperty("inForce", w.until(now).isPresent());
    w.until(now).ifPresent(until -> json.addProperty("until", until.toString()));
    w.next(now).ifPresent(begin -> json.addProperty("next", begin.toString()));
    json.addProperty("user", w.author().user());
    json.addProperty("host", w.author().host());
    JsonOutput.put(json, "reason", w.reason());
    json.addProperty("at", w.at().toString());
    return json;
  }
}
