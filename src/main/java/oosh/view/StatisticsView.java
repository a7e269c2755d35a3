package oosh.view;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import oosh.rollout.record.GroupStatistics;
import oosh.rollout.update.Context;
import oosh.view.json.JsonOutput;
import oosh.view.text.Style;
import oosh.view.text.TextSanitizer;
import oosh.view.text.TextTable;
import oosh.view.text.TimeText;
import org.jspecify.annotations.Nullable;

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

  /** A metric, and what it is of a group; null where it is not known. */
  private record Metric(
      String name, String help, Function<GroupStatistics, @Nullable Number> value) {}

  private static final List<Metric> METRICS =
      List.of(
          new Metric("oosh_launches", "Launches that were started.", f -> f.launches()),
          new Metric("oosh_launches_ended", "Launches that have ended.", f -> f.ended()),
          new Metric(
              "oosh_launches_succeeded", "Launches that ended in Success.", f -> f.succeeded()),
          new Metric("oosh_rollbacks", "Rollbacks that were started.", f -> f.rollbacks()),
          new Metric(
              "oosh_launch_duration_median_seconds",
              "From being asked for to the end, pauses included.",
              StatisticsView::seconds));

  private static @Nullable Number seconds(GroupStatistics f) {
    Duration median = f.median();
    return median == null ? null : (Number) (median.toMillis() / 1000.0);
  }

  /**
   * For a textfile collector (source: Prometheus' exposition formats, text 0.0.4). All are gauges:
   * they count what the journal has within the time that is asked for, and may fall.
   */
  public static String prometheus(List<GroupStatistics> figures, Context context) {
    StringBuilder text = new StringBuilder();
    METRICS.forEach(m -> add(text, m, figures, context));
    return text.toString().stripTrailing();
  }

  private static void add(
      StringBuilder text, Metric metric, List<GroupStatistics> figures, Context context) {
    String name = metric.name();
    text.append("# HELP ").append(name).append(' ').append(metric.help()).append('\n');
    text.append("# TYPE ").append(name).append(" gauge\n");
    for (GroupStatistics f : figures) {
      Number number = metric.value().apply(f);
      if (number != null) {
        text.append(
            String.format(
                Locale.ROOT,
                "%s{profile=\"%s\",region=\"%s\",group=\"%s\"} %s\n",
                name,
                label(context.profile()),
                label(context.region()),
                label(f.group()),
                number));
      }
    }
  }

  private static String label(String value) {
    return TextSanitizer.line(value).replace("\\", "\\\\").replace("\"", "\\\"");
  }

  private static JsonObject json(GroupStatistics f) {
    JsonObject json = new JsonObject();
    json.addProperty("group", f.group());
    json.addProperty("launches", f.launches());
    json.addProperty("ended", f.ended());
    json.addProperty("succeeded", f.succeeded());
    JsonOutput.put(json, "successRate", f.ended() > 0 ? 1.0 * f.succeeded() / f.ended() : null);
    JsonOutput.put(json, "medianSeconds", seconds(f));
    json.addProperty("rollbacks", f.rollbacks());
    return json;
  }
}
