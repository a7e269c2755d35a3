package oosh.view.page;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import oosh.rollout.record.GroupStatistics;
import oosh.rollout.record.History;
import oosh.rollout.record.JournalEntry;
import oosh.view.HistoryView;
import oosh.view.document.Phrase;
import oosh.view.document.ReportDocument;
import oosh.view.document.ReportDocument.Fact;
import oosh.view.document.ReportDocument.Grid;
import oosh.view.document.Tone;
import oosh.view.page.BarChart.Column;
import oosh.view.page.BarChart.Part;
import oosh.view.page.LaunchFigures.Week;
import oosh.view.text.DescriptionList;
import oosh.view.text.TimeText;

/*
 * History of asg-bp1web
 * 35 launches, 92% Success, median 3m 05s; 3 rollbacks
 * Summary   where, since when, which
 * Weeks     four charts and their table
 * Groups
 * Launches  the newest
 */
/** The launches of a period as a page. */
public final class HistoryPage {
  /** Three years. */
  private static final int MOST_WEEKS = 157;

  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("MMM d", Locale.ENGLISH);

  /** Between the lines of an axis that counts. */
  private static final List<Double> COUNTS =
      List.of(1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0);

  /** Between the lines of an axis of times, in seconds. */
  private static final List<Double> TIMES =
      Arrays.stream(TimeScale.STEPS).mapToObj(s -> 1.0 * s).toList();

  private HistoryPage() {}

  /**
   * The page.
   *
   * @param query what was asked for; its limit is that of the table
   * @param entries all that match, newest first
   * @param mask takes secrets out of a text
   */
  public static String html(
      History.Query query,
      List<JournalEntry> entries,
      List<GroupStatistics> groups,
      Instant now,
      UnaryOperator<String> mask) {
    LaunchFigures all = LaunchFigures.of(entries);
    List<Week> weeks = LaunchFigures.weeks(entries, query.since(), now, MOST_WEEKS);
    String group = query.group();
    Phrase title =
        group == null
            ? Phrase.own("History of profile ").andForeign(query.profile())
            : Phrase.own("History of ").andForeign(group);
    return HtmlPage.of(
        title,
        Phrase.own(sentence(all)),
        now,
        mask,
        page -> {
          page.section(
              Phrase.own("Summary"), List.of(new ReportDocument.Facts(summary(query, entries))));
          page.section(Phrase.own("Week by week"), () -> weeks(page, weeks));
          page.section(Phrase.own("Groups"), List.of(groups(groups)));
          page.section(
              Phrase.own("Newest launches and rollbacks"),
              List.of(
                  launches(entries.stream().limit(query.limit()).toList()),
                  left(entries.size() - query.limit())));
        });
  }

  private static String sentence(LaunchFigures f) {
    return count(f.launches(), "launch", "launches")
        + (f.ended() == 0 ? "" : ", " + f.rate() + " of " + f.ended() + " that ended succeeded")
        + (f.median() == null ? "" : ", median " + f.took())
        + "; "
        + count(f.rollbacks(), "rollback", "rollbacks");
  }

  private static String count(int n, String one, String many) {
    return String.format(Locale.ROOT, "%,d %s", n, n == 1 ? one : many);
  }

  private static List<Fact> summary(History.Query query, List<JournalEntry> entries) {
    List<Fact> facts = new ArrayList<>();
    facts.add(
        new Fact(
            "where",
            Phrase.own("profile ")
                .andForeign(query.profile())
                .and(", region ")
                .andForeign(query.region())));
    Instant oldest = entries.isEmpty() ? null : entries.get(entries.size() - 1).at();
    Instant since = query.since() == null ? oldest : query.since();
    facts.add(
        new Fact("since", Phrase.own(since == null ? "nothing launched yet" : second(since))));
    facts.add(new Fact("group", Phrase.foreign(DescriptionList.or(query.group(), ""))));
    facts.add(new Fact("status", Phrase.foreign(DescriptionList.or(query.status(), ""))));
    facts.add(new Fact("script", Phrase.foreign(DescriptionList.or(query.script(), ""))));
    facts.add(new Fact("user", Phrase.foreign(DescriptionList.or(query.user(), ""))));
    facts.add(
        new Fact(
            "counted",
            Phrase.own(
                entries.size() >= History.MOST_COUNTED
                    ? String.format(Locale.ROOT, "the newest %,d executions", History.MOST_COUNTED)
                    : DescriptionList.count(entries.size(), "execution"))));
    return facts;
  }

  private static void weeks(HtmlPage page, List<Week> weeks) {
    HtmlWriter html = page.html();
    html.element(
        "div",
        List.of("class", "charts"),
        () -> {
          html.newLine();
          chart("Launches a week", weeks, HistoryPage::launched, COUNTS, n -> number(n), 0)
              .draw(html);
          String success = "Success, of launches that ended";
          chart(success, weeks, HistoryPage::rate, COUNTS, n -> number(n) + "%", 100).draw(html);
          chart("Median duration of launches", weeks, HistoryPage::duration, TIMES, n -> time(n), 0)
              .draw(html);
          chart("Rollbacks a week", weeks, HistoryPage::rollbacks, COUNTS, n -> number(n), 0)
              .draw(html);
        });
    html.element(
        "p",
        List.of("class", "more"),
        "✓ ended in Success, ✗ ended otherwise, • not ended. Weeks begin on Monday.");
    List<List<Phrase>> rows = new ArrayList<>();
    for (int i = weeks.size() - 1; i >= 0; i--) {
      LaunchFigures f = weeks.get(i).figures();
      rows.add(
          List.of(
              Phrase.own(weeks.get(i).monday().toString()),
              Phrase.own("" + f.launches()),
              Phrase.own("" + f.succeeded()),
              Phrase.own("" + f.failed()),
              Phrase.own(f.rate()),
              Phrase.own(f.took()),
              Phrase.own("" + f.rollbacks())));
    }
    page.blocks()
        .all(
            List.of(
                new Grid(
                    List.of(
                        "week of",
                        "launches",
                        "Success",
                        "ended otherwise",
                        "rate",
                        "median",
                        "rollbacks"),
                    rows)),
            "Weeks");
  }

  private static BarChart chart(
      String title,
      List<Week> weeks,
      Function<LaunchFigures, List<Part>> parts,
      List<Double> steps,
      DoubleFunction<String> label,
      double most) {
    return new BarChart(
        title,
        weeks.stream()
            .map(
                w ->
                    new Column(
                        day(w.monday()),
                        parts.apply(w.figures()),
                        "Week of " + day(w.monday()) + ": " + sentence(w.figures())))
            .toList(),
        steps,
        label,
        most);
  }

  private static List<Part> launched(LaunchFigures f) {
    return List.of(
        new Part(f.succeeded(), "in", "✓" + f.succeeded()),
        new Part(f.failed(), "failed", "✗" + f.failed()),
        new Part(f.launches() - f.ended(), "whole", "•" + (f.launches() - f.ended())));
  }

  private static List<Part> rate(LaunchFigures f) {
    return f.ended() == 0
        ? List.of()
        : List.of(new Part(100.0 * f.succeeded() / f.ended(), "in", f.rate()));
  }

  private static List<Part> duration(LaunchFigures f) {
    Duration median = f.median();
    return median == null ? List.of() : List.of(new Part(median.toMillis() / 1000.0, "work", ""));
  }

  private static List<Part> rollbacks(LaunchFigures f) {
    return List.of(new Part(f.rollbacks(), "back", "" + f.rollbacks()));
  }

  private static String time(double seconds) {
    return TimeText.span(Duration.ofSeconds((long) seconds));
  }

  private static String number(double n) {
    return String.format(Locale.ROOT, n == Math.rint(n) ? "%,.0f" : "%,.1f", n);
  }

  private static String day(LocalDate monday) {
    return DAY.format(monday);
  }

  private static Grid groups(List<GroupStatistics> groups) {
    return new Grid(
        List.of("group", "launches", "Success", "median", "rollbacks"),
        groups.stream()
            .map(
                g ->
                    List.of(
                        Phrase.foreign(g.group()),
                        Phrase.own("" + g.launches()),
                        Phrase.own(
                            g.ended() == 0
                                ? "none ended"
                                : g.succeeded() * 100 / g.ended() + "% of " + g.ended()),
                        Phrase.own(g.median() == null ? "" : TimeText.span(g.median())),
                        Phrase.own("" + g.rollbacks())))
            .toList());
  }

  private static Grid launches(List<JournalEntry> entries) {
    return new Grid(
        List.of("execution", "when", "group", "outcome", "what", "who", "because"),
        entries.stream()
            .map(
                e ->
                    List.of(
                        Phrase.foreign(DescriptionList.or(e.executionId(), "-")),
                        Phrase.own(second(e.at())),
                        Phrase.foreign(e.group()),
                        Phrase.status(
                            HistoryView.outcome(e), Tone.of(e.status(), e.succeededInPart())),
                        Phrase.foreign(HistoryView.ran(e)),
                        Phrase.foreign(e.author().atHost()),
                        Phrase.foreign(e.reason())))
            .toList());
  }

  private static ReportDocument.Block left(int more) {
    return new ReportDocument.Paragraph(
        Phrase.own(
            more <= 0
                ? "These are all."
                : String.format(
                    Locale.ROOT, "… and %,d older; --limit shows more of them.", more)));
  }

  private static String second(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
