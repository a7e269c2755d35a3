package oosh.view;

import com.google.gson.JsonElement;
import java.time.Duration;
import java.util.List;
import oosh.rollout.record.GroupStatistics;
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
  private record StatisticsJson(
      String group,
      long launches,
      long ended,
      long succeeded,
      @Nullable Double successRate,
      @Nullable Double medianSeconds,
      long rollbacks) {}

  private StatisticsView() {}

  public static String table(List<GroupStatistics> figures, Style style) {
    if (figures.isEmpty()) {
      return "nothing launched yet";
    }
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
  public static JsonElement json(List<GroupStatistics> figures) {
    return JsonOutput.tree(figures.stream().map(StatisticsView::json).toList());
  }

  private static StatisticsJson json(GroupStatistics f) {
    Duration median = f.median();
    return new StatisticsJson(
        f.group(),
        f.launches(),
        f.ended(),
        f.succeeded(),
        f.ended() > 0 ? (double) f.succeeded() / f.ended() : null,
        median == null ? null : median.toMillis() / 1000.0,
        f.rollbacks());
  }
}
