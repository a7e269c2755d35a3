package oosh.view.page;

import java.util.List;
import java.util.function.DoubleFunction;

/**
 * A small chart of columns as SVG. Its figures stand in a table, too.
 *
 * @param title what is shown
 * @param columns from left to right
 * @param steps from line to line of the axis, from which it takes the smallest that will do
 * @param label writes a value on the axis
 * @param most the value at the top; 0 for the highest
 */
record BarChart(
    String title,
    List<Column> columns,
    List<Double> steps,
    DoubleFunction<String> label,
    double most) {
  /**
   * A column.
   *
   * @param parts from bottom to top; none where nothing is known
   * @param tip what it says, for who points at it
   */
  record Column(String name, List<Part> parts, String tip) {
    double value() {
      return parts.stream().mapToDouble(Part::value).sum();
    }
  }

  /**
   * A part of a column.
   *
   * @param style its colour, by the name of its class
   * @param mark what tells it from the others without its colour; "" for nothing
   */
  record Part(double value, String style, String mark) {}

  private static final int WIDTH = 440;
  private static final int HEIGHT = 190;
  private static final int LEFT = 56;
  private static final int BOTTOM = HEIGHT - 24;
  private static final int TOP = 12;
  private static final int MOST_NAMES = 6;
  private static final int MOST_LINES = 5;

  /** A character of a mark takes so much. */
  private static final double LETTER = 6.6;

  void draw(HtmlWriter html) {
    double step = most > 0 ? most / (MOST_LINES - 1) : step();
    double top = top(step);
    html.element(
        "figure",
        () -> {
          html.element("figcaption", List.of("class", "chart-title"), title).newLine();
          html.element(
              "svg",
              List.of(
                  "viewBox",
                  "0 0 " + WIDTH + " " + HEIGHT,
                  "role",
                  "img",
                  "aria-label",
                  title + ". The table of weeks has the figures.",
                  "class",
                  "chart"),
              () -> {
                axis(html, step, top);
                columns(html, top);
              });
        });
    html.newLine();
  }

  /** From line to line of the axis: round, so that each can be read. */
  private double step() {
    double highest = columns.stream().mapToDouble(Column::value).max().orElse(0);
    return steps.stream()
        .filter(step -> step * MOST_LINES >= highest)
        .findFirst()
        .orElse(highest / MOST_LINES);
  }

  /** The value at the top: that of the last line. */
  private double top(double step) {
    double highest = columns.stream().mapToDouble(Column::value).max().orElse(0);
    return Math.max(step, most > 0 ? most : step * Math.ceil(highest / step));
  }

  private void axis(HtmlWriter html, double step, double top) {
    for (double value = 0; value <= top; value += step) {
      double y = BOTTOM - value / top * (BOTTOM - TOP);
      html.empty(
          "line",
          "class",
          "tick",
          "x1",
          "" + LEFT,
          "x2",
          "" + WIDTH,
          "y1",
          HtmlWriter.number(y),
          "y2",
          HtmlWriter.number(y));
      html.element(
          "text",
          List.of(
              "class",
              "time",
              "x",
              "" + (LEFT - 6),
              "y",
              HtmlWriter.number(y + 4),
              "text-anchor",
              "end"),
          label.apply(value));
    }
  }

  private void columns(HtmlWriter html, double top) {
    double room = 1.0 * (WIDTH - LEFT) / Math.max(1, columns.size());
    double width = Math.max(1, Math.min(40, room * 0.7));
    int every = Math.max(1, (columns.size() + MOST_NAMES - 1) / MOST_NAMES);
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      double x = LEFT + room * i + (room - width) / 2;
      if (i % every == 0 && x + 40 < WIDTH) {
        html.element(
            "text",
            List.of("class", "time", "x", HtmlWriter.number(x), "y", "" + (HEIGHT - 8)),
            column.name());
      }
      html.element(
          "g",
          () -> {
            html.element("title", List.of(), column.tip());
            double y = BOTTOM;
            for (Part part : column.parts()) {
              double height = part.value() / top * (BOTTOM - TOP);
              y -= height;
              part(html, part, x, y, width, height);
            }
          });
    }
  }

  private static void part(
      HtmlWriter html, Part part, double x, double y, double width, double height) {
    if (part.value() <= 0) {
      return;
    }
    html.empty(
        "rect",
        "class",
        "bar " + part.style(),
        "x",
        HtmlWriter.number(x),
        "y",
        HtmlWriter.number(y),
        "width",
        HtmlWriter.number(width),
        "height",
        HtmlWriter.number(height));
    if (height >= 14 && width >= LETTER * part.mark().length() && !part.mark().isEmpty()) {
      html.element(
          "text",
          List.of(
              "class",
              "label",
              "x",
              HtmlWriter.number(x + width / 2),
              "y",
              HtmlWriter.number(y + height / 2 + 4),
              "text-anchor",
              "middle"),
          part.mark());
    }
  }
}
