package oosh.view;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.List;
import oosh.rollout.record.GroupStatistics;
import oosh.view.json.JsonOutput;
import oosh.view.text.Style;
import oosh.view.text.TextSanitizer;
import oosh.view.text.TextTable;
import oosh.view.text.TimeText;

/*
 * asg-bp1web  12 launches  92% Success  median 3m 05s  2 rollbacks
 * asg-bp1api  1 launch     not ended    no median      none rolled back
 */
/** What the launches on each group come to. */
public final class StatisticsView {

  private StatisticsView() {}

  public static String table(List<GroupStatistics> figures, Style style) {
    TextTable columns = new TextTable(style);
    for (GroupStatistics f : figures) {
      Duration median = f.median();
      String rate = f.ended() == 0 ? "none ended" : percent(f) + "% Success";
      columns.row(
          TextSanitizer.line(f.group()),
          count(f.launches(), "launch", "launches"),
          f.ended() > 0 && f.succeeded() == f.ended() ? style.ok(rate) : rate,
          median == null ? "" : "median " + TimeText.span(median),
          count(f.rollbacks(), "rollback", "rollbacks"));
    }
    return columns.text();
  }

  /** Rounded down: 100% is said of no group on which anything failed. */
  private static long percent(GroupStatistics f) {
    return f.succeeded() * 100 / f.ended();
  }

  private static String count(long n, String one, String many) {
    return n + " " + (n == 1 ? one : many);
  }

  /**
   * An array of {@code {group, launches, ended, succeeded, successRate, medianSeconds, rollbacks}};
   * the rate is 0 to 1, of those that have ended; it and the median are left out where none has.
   */
  public static JsonArray json(List<GroupStatistics> figures) {
    return JsonOutput.array(figures, StatisticsView::json);
  }

  private static JsonObject json(GroupStatistics f) {
    Duration median = f.median();
    JsonObject json = new JsonObject();
    json.addProperty("group", f.group());
    json.addProperty("launches", f.launches());
    json.addProperty("ended", f.ended());
    json.addProperty("succeeded", f.succeeded());
    JsonOutput.put(json, "successRate", f.ended() > 0 ? 1.0 * f.succeeded() / f.ended() : null);
    JsonOutput.put(json, "medianSeconds", median == null ? null : median.toMillis() / 1000.0);
    json.addProperty("rollbacks", f.rollbacks());
    return json;
  }
}
