package oosh.view;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.ReleaseTag;
import oosh.view.json.JsonOutput;
import oosh.view.text.DescriptionList;
import oosh.view.text.Style;
import oosh.view.text.TextSanitizer;
import oosh.view.text.TextTable;
import oosh.view.text.TimeText;

/*
 * 2.4.1  asg-bp1web  exec-6f1c  2 min ago  deploy.sh 3f9a1c  "web 2.4.1"
 */
/** The names of good launches, the last one given first. */
public final class ReleaseTagsView {
  private ReleaseTagsView() {}

  /** A name and what the journal has of its launch. */
  public record TaggedLaunch(ReleaseTag version, Optional<JournalEntry> launch) {}

  public static String table(List<TaggedLaunch> versions, Instant now, Style style) {
    if (versions.isEmpty()) {
      return "no launch has a release tag yet; tag EXEC NAME gives it one";
    }
    TextTable columns = new TextTable(style);
    for (TaggedLaunch v : versions) {
      columns.row(
          style.bold(TextSanitizer.line(v.version().name())),
          TextSanitizer.line(v.version().group()),
          TextSanitizer.line(v.version().executionId()),
          v.launch().map(e -> TimeText.when(e.at(), now, style)).orElse(""),
          v.launch().map(HistoryView::ran).orElse(""),
          v.launch().map(HistoryView::reason).orElse(""));
    }
    return columns.text();
  }

  /** Above the plan of launching it again. */
  public static String again(TaggedLaunch v, Instant now, Style style) {
    return new DescriptionList(style, 4)
        .head(
            "%s is %s: %s; it is launched again",
            v.version().name(),
            v.version().executionId(),
            v.launch()
                .map(e -> TimeText.when(e.at(), now, style) + ", " + ran(e))
                .orElse("not in the journal"))
        .text();
  }

  private static String ran(JournalEntry e) {
    return HistoryView.ran(e) + (e.reason().isEmpty() ? "" : " " + HistoryView.reason(e));
  }

  /** Beside a name on Tab; as beside an execution's id. */
  public static String candidate(TaggedLaunch v, Instant now, int width) {
    return v.launch()
        .map(e -> HistoryView.candidate(e, now, width))
        .orElse(TextSanitizer.line(v.version().executionId()));
  }

  /** An array of {@code {name, executionId, group, user, at, launch}}. */
  public static JsonArray json(List<TaggedLaunch> versions) {
    return JsonOutput.array(versions, ReleaseTagsView::json);
  }

  private static JsonObject json(TaggedLaunch v) {
    JsonObject json = new JsonObject();
    json.addProperty("name", v.version().name());
    json.addProperty("executionId", v.version().executionId());
    json.addProperty("group", v.version().group());
    json.addProperty("user", v.version().user());
    json.addProperty("at", v.version().at().toString());
    v.launch().ifPresent(e -> json.add("launch", HistoryView.json(e)));
    return json;
  }
}
