package oosh.view.page;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import oosh.view.document.Tone;
import oosh.view.page.Timeline.Bar;
import oosh.view.page.Timeline.Kind;
import oosh.view.page.Timeline.Level;
import oosh.view.page.Timeline.Row;
import oosh.view.text.TimeText;

/** A timeline as SVG. Its numbers are units of the picture, which grows with the page. */
public final class TimelineDrawing {
  private static final int WIDTH = 1000;

  /** The column of names, on the left. */
  private static final int NAMES = 196;

  /** Behind the last bar its sign has room. */
  private static final int PLOT = WIDTH - NAMES - 30;

  private static final int TOP = 34;
  private static final int ROW = 24;
  private static final int BAR = ROW - 6;

  /** A character of a label takes so much. */
  private static final double LETTER = 6.4;

  /** The room of a sign. */
  private static final int SIGN = 18;

  private static final int LONGEST_NAME = 26;

  private final List<Row> rows;
  private final String says;
  private final HtmlPage page;
  private final HtmlWriter html;
  private final TimeScale scale;
  private final int height;

  private TimelineDrawing(Timeline timeline, HtmlPage page) {
    this.rows = timeline.rows();
    this.says = timeline.says();
    this.page = page;
    this.html = page.html();
    this.scale =
        TimeScale.of(
            rows.stream().flatMap(r -> r.bars().stream()).flatMap(TimelineDrawing::busy).toList(),
            NAMES,
            PLOT);
    this.height = TOP + rows.size() * ROW + 8;
  }

  /** In a pause nothing happens but its two ends. */
  private static Stream<TimeScale.Span> busy(Bar bar) {
    return bar.kind() == Kind.PAUSE
        ? Stream.of(bar.from(), bar.to()).map(end -> new TimeScale.Span(end, end))
        : Stream.of(new TimeScale.Span(bar.from(), bar.to()));
  }

  /** Draws it on a page, with its legend. */
  public static void draw(Timeline timeline, HtmlPage page) {
    new TimelineDrawing(timeline, page).draw();
  }

  private void draw() {
    List<String> picture =
        List.of(
            "viewBox",
            "0 0 " + WIDTH + " " + height,
            "role",
            "img",
            "aria-labelledby",
            "picture says",
            "class",
            "timeline");
    html.element(
        "figure",
        () -> {
          page.blocks().scrolling("Timeline", () -> html.element("svg", picture, () -> svg()));
          html.newLine().element("figcaption", () -> legend());
        });
  }

  private void svg() {
    html.element("title", List.of("id", "picture"), "Timeline");
    html.element("desc", List.of("id", "says"), says).newLine();
    int y = TOP;
    for (Row row : rows) {
      if (row.back()) {
        rect("band", 0, y + 1, WIDTH, ROW);
      }
      y += ROW;
    }
    axis();
    y = TOP;
    for (Row row : rows) {
      row(row, y);
      y += ROW;
    }
  }

  private void row(Row row, int y) {
    if (row.level() == Level.TOP) {
      line("rule", 0, y + 1, WIDTH, y + 1);
    }
    String name = HtmlBlocks.cut(html.safe(row.name()));
    // Nothing is drawn beside a heading.
    int longest = row.bars().isEmpty() ? 3 * LONGEST_NAME : LONGEST_NAME;
    String shown = name.length() <= longest ? name : HtmlBlocks.whole(name, longest - 1) + "…";
    String style =
        switch (row.level()) {
          case TOP -> "heading";
          case BATCH -> "batch";
          case ROW -> "name";
        };
    text(style, 0, y + 16, shown, name);
    // A short one lies above its neighbours: times have whole seconds, and it may have none.
    row.bars().stream()
        .sorted(Comparator.comparingDouble(this::width).reversed())
        .forEach(bar -> bar(bar, y + 3));
    List<Bar> ending = row.bars().stream().filter(b -> b.tone() != null).toList();
    for (int i = 0; i < ending.size(); i++) {
      double next = i + 1 < ending.size() ? scale.x(ending.get(i + 1).from()) : WIDTH;
      end(ending.get(i), y + 3, next);
    }
    html.newLine();
  }

  private void axis() {
    for (TimeScale.Tick tick : scale.ticks()) {
      line("tick", tick.at(), 20, tick.at(), height - 4);
      // A label that begins too far to the right would be cut.
      double room = WIDTH - LETTER * tick.label().length();
      text("time", Math.min(tick.at(), room), 14, tick.label(), "");
    }
    for (TimeScale.Piece cut : scale.cuts()) {
      // With room for the sign of what ended before.
      rect("cut", cut.left() + 20, 20, TimeScale.CUT - 26, height - 24);
      String span = TimeText.span(Duration.ofMillis(cut.span().millis()));
      text("gone", cut.left() + 20, 32, span, "Nothing happened for " + span);
    }
    html.newLine();
  }

  private double width(Bar bar) {
    return Math.max(4, scale.x(bar.to()) - scale.x(bar.from()));
  }

  private void bar(Bar bar, int y) {
    double from = scale.x(bar.from());
    html.element(
        "g",
        () -> {
          html.element("title", List.of(), HtmlBlocks.cut(html.safe(bar.tip())));
          rect("bar " + bar.kind().word(), from, y, width(bar), BAR);
          String label = html.safe(bar.label());
          String shown = fits(label, bar) ? label : label.isEmpty() ? "" : bar.kind().brief;
          if (!shown.isEmpty() && fits(shown, bar)) {
            text("label", from + 5, y + 13, shown, "");
          }
        });
  }

  private boolean fits(String label, Bar bar) {
    return label.length() * LETTER + 8 <= width(bar);
  }

  /** The sign of an end, and around what went wrong a line: above what is drawn on the bar. */
  private void end(Bar bar, int y, double next) {
    Tone tone = Objects.requireNonNull(bar.tone());
    double from = scale.x(bar.from());
    double to = from + width(bar);
    if (tone == Tone.BAD || tone == Tone.CAREFUL) {
      rect("ring " + HtmlBlocks.word(tone), from, y, to - from, BAR);
    }
    // Within the bar, where another one follows.
    double at = next - to < SIGN ? to - SIGN + 3 : to + 5;
    if (at > from) {
      text("sign " + HtmlBlocks.word(tone), at, y + 14, HtmlBlocks.sign(tone), "");
    }
  }

  private void line(String style, double x1, double y1, double x2, double y2) {
    html.empty(
        "line",
        "class",
        style,
        "x1",
        HtmlWriter.number(x1),
        "y1",
        HtmlWriter.number(y1),
        "x2",
        HtmlWriter.number(x2),
        "y2",
        HtmlWriter.number(y2));
  }

  private void rect(String style, double x, double y, double width, double tall) {
    html.empty(
        "rect",
        "class",
        style,
        "x",
        HtmlWriter.number(x),
        "y",
        HtmlWriter.number(y),
        "width",
        HtmlWriter.number(width),
        "height",
        HtmlWriter.number(tall),
        "rx",
        "2");
  }

  /**
   * @param tip what it says in full; "" for no more than it shows
   */
  private void text(String style, double x, double y, String text, String tip) {
    html.element(
        "text",
        List.of("class", style, "x", HtmlWriter.number(x), "y", HtmlWriter.number(y)),
        () -> {
          if (!tip.isEmpty() && !tip.equals(text)) {
            html.element("title", List.of(), tip);
          }
          html.text(text);
        });
  }

  /** Each colour that is in the picture, and each sign. */
  private void legend() {
    List<Kind> kinds = new ArrayList<>();
    rows.stream()
        .flatMap(r -> r.bars().stream())
        .map(Bar::kind)
        .filter(k -> k != Kind.WHOLE && !kinds.contains(k))
        .forEach(kinds::add);
    kinds.sort(null);
    for (Kind kind : kinds) {
      html.element("span", List.of("class", "key"), () -> key(kind)).text(" ");
    }
    html.element("span", List.of("class", "key"), "✓ success  ✗ failed  ! needs a look  • other");
  }

  private void key(Kind kind) {
    html.element(
        "svg",
        List.of("viewBox", "0 0 18 12", "width", "18", "height", "12", "aria-hidden", "true"),
        () -> rect("bar " + kind.word(), 1, 1, 16, 10));
    html.text(" " + kind.says);
  }
}
