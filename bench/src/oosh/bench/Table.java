package oosh.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The rows of the answer, printed as Markdown. */
final class Table {
  /** A line of it; what has no target stands beside the others as a measure. */
  private record Line(
      int row,
      String what,
      String jdk,
      String measured,
      String against,
      String target,
      String met) {
    List<String> cells() {
      return List.of(row == 0 ? "" : "" + row, what, jdk, measured, against, target, met);
    }
  }

  private final List<Line> lines = new ArrayList<>();

  /** What others are held against. */
  void floor(String what, Jdk jdk, String measured) {
    lines.add(new Line(0, what, jdk.name(), measured, "", "", ""));
  }

  /** A figure that is told and has no target of its own. */
  void told(int row, String what, Jdk jdk, String measured) {
    lines.add(new Line(row, what, jdk.name(), measured, "", "", ""));
  }

  /** A ratio with a limit. */
  void ratio(int row, String what, Jdk jdk, Spread it, Spread beside, String name, double limit) {
    double ratio = it.median() / beside.median();
    lines.add(
        new Line(
            row,
            what,
            jdk.name(),
            it.text("ms"),
            String.format(Locale.ROOT, "%.2f × %s", ratio, name),
            "≤ " + plain(limit) + " × " + name,
            ratio <= limit ? "met" : "missed"));
  }

  /** A figure with a limit. */
  void limit(int row, String what, Jdk jdk, String measured, double it, double limit, String unit) {
    lines.add(
        new Line(
            row,
            what,
            jdk.name(),
            measured,
            "",
            "≤ " + plain(limit) + " " + unit,
            it <= limit ? "met" : "missed"));
  }

  /** What could not be measured is missed. */
  void failed(int row, String what, Jdk jdk, String why) {
    lines.add(new Line(row, what, jdk.name(), "not measured: " + why, "", "", "missed"));
  }

  private static String plain(double limit) {
    return limit == Math.rint(limit) ? String.valueOf((long) limit) : String.valueOf(limit);
  }

  String text() {
    List<List<String>> all = new ArrayList<>();
    all.add(List.of("row", "what", "JDK", "measured", "ratio", "target", ""));
    lines.stream().sorted(Comparator.comparing(Line::row)).map(Line::cells).forEach(all::add);
    int[] widths = new int[all.get(0).size()];
    all.forEach(
        cells -> {
          for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.max(widths[i], cells.get(i).length());
          }
        });
    StringBuilder text = new StringBuilder();
    for (int n = 0; n < all.size(); n++) {
      line(text, all.get(n), widths);
      if (n == 0) {
        for (int width : widths) {
          text.append("|").append("-".repeat(width + 2));
        }
        text.append("|\n");
      }
    }
    return text.toString();
  }

  private static void line(StringBuilder text, List<String> cells, int[] widths) {
    for (int i = 0; i < widths.length; i++) {
      String cell = cells.get(i);
      text.append("| ").append(cell).append(" ".repeat(widths[i] - cell.length() + 1));
    }
    text.append("|\n");
  }
}
