package oosh.view.team;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.Instant;
import oosh.rollout.record.Journal;
import oosh.rollout.record.Journal.Status.Connected;
import oosh.view.json.JsonOutput;
import oosh.view.text.DescriptionList;
import oosh.view.text.Style;
import oosh.view.text.TextSanitizer;
import oosh.view.text.TimeText;

/*
 * oosh at db.example:5432
 *   database    PostgreSQL 16.4, tables of version 18, 41 MiB
 *   holds       12,345 executions
 *   connected   oosh_writer  oosh li@ops-1 4711  since 2 min ago
 *               oosh_writer
 *   clock       3s ahead of this machine's; the journal's clock is used
 *   copy        of this user, 20s old
 *   id          ed871a9c-a72a-4f6f-91ca-03180e983fc3
 */
/** Which journal it is. */
public final class JournalStatusView {
  private JournalStatusView() {}

  public static String text(Journal.Status status, Instant now, Style style) {
    DescriptionList out = new DescriptionList(style, 12);
    out.head(TextSanitizer.line(status.place()));
    out.row(
        "database",
        "%s, tables of version %d, %s",
        TextSanitizer.line(status.database()),
        status.version(),
        size(status.bytes()));
    out.row(
        "holds",
        status.executions() == 1 ? "%,d execution" : "%,d executions",
        status.executions());
    for (Connected c : status.connected()) {
      out.row(
          "connected",
          TextSanitizer.line(c.role())
              + (c.program().isEmpty() ? "" : "  " + TextSanitizer.line(c.program()))
              + (c.since() == null ? "" : "  since " + TimeText.when(c.since(), now, style)));
    }
    if (status.clock() != null) {
      out.row("clock", clock(status.clock()));
    }
    if (status.copied() != null) {
      out.row("copy", "of this user, " + TimeText.span(status.copied()) + " old");
    }
    out.row("id", TextSanitizer.line(status.id()));
    return out.text();
  }

  private static String clock(Duration ahead) {
    return ahead.abs().toSeconds() < 1
        ? "as this machine's"
        : TimeText.span(ahead.abs())
            + (ahead.isNegative() ? " behind" : " ahead of")
            + " this machine's; the journal's clock is used";
  }

  private static String size(long bytes) {
    return bytes < 1 << 20
        ? TextSanitizer.sentence("%,d KiB", (bytes + 1023) / 1024)
        : TextSanitizer.sentence("%,d MiB", bytes >> 20);
  }

  public static JsonObject json(Journal.Status status) {
    JsonObject json = new JsonObject();
    json.addProperty("place", status.place());
    json.addProperty("database", status.database());
    json.addProperty("version", status.version());
    json.addProperty("id", status.id());
    json.addProperty("bytes", status.bytes());
    json.addProperty("executions", status.executions());
    json.add("connected", JsonOutput.array(status.connected(), JournalStatusView::json));
    if (status.clock() != null) {
      json.addProperty("clockAheadMillis", status.clock().toMillis());
    }
    if (status.copied() != null) {
      json.addProperty("copyAgeSeconds", status.copied().toSeconds());
    }
    return json;
  }

  private static JsonObject json(Connected connected) {
    JsonObject json = new JsonObject();
    json.addProperty("role", connected.role());
    JsonOutput.put(json, "program", connected.program());
    JsonOutput.put(json, "since", connected.since());
    return json;
  }
}
