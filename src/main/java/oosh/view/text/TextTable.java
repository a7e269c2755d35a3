package oosh.view.text;

import java.util.ArrayList;
import java.util.List;

/*
 * exec-6f1c  2 min ago  asg-bp1web  Success 6/6  deploy.sh 3f9a1c  "web 2.4.1, with the new…
 *
 * or, where the last column would be left with less than ten columns:
 *
 * exec-6f1c  2 min ago  asg-bp1web
 *     Success 6/6  deploy.sh 3f9a1c
 *     "web 2.4.1"
 */
/**
 * Rows whose columns stand under each other. Where they do not fit, the columns at the left stay
 * aligned and the others follow on indented lines, so nothing but the tail of a line is ever lost.
 */
public final class TextTable {
  private static final String GAP = "  ";
  private static final String INDENT = "    ";

  /** With less room than this for it, the last column goes to a line of its own. */
  private static final int LEAST_LAST = 10;

  private final int width;
  private final List<List<String>> rows = new ArrayList<>();
  private final List<Integer> widths = new ArrayList<>();

  public TextTable(Style style) {
    this.width = style.width();
  }

  /** A row; its cells are safe already and may be coloured. */
  public TextTable row(String... cells) {
    rows.add(List.of(cells));
    for (int i = 0; i < cells.length; i++) {
      if (i == widths.size()) {
        widths.add(0);
      }
      widths.set(i, Math.max(widths.get(i), TextWidth.of(cells[i])));
    }
    return this;
  }

  public List<String> lines() {
    return blocks().stream().flatMap(List::stream).toList();
  }

  /** The lines of each row. */
  public List<List<String>> blocks() {
    int aligned = aligned();
    List<List<String>> blocks = new ArrayList<>();
    for (List<String> row : rows) {
      List<String> lines = new ArrayList<>();
      add(lines, row, aligned);
      blocks.add(lines);
    }
    return blocks;
  }

  /** How wide the widest row is on one line. */
  public int widest() {
    return widths.stream().mapToInt(w -> w + GAP.length()).sum() - GAP.length();
  }

  /** The lines, without a line end after the last. */
  public String text() {
    return String.join("\n", lines());
  }

  /** How many columns stay on the first line. */
  private int aligned() {
    int used = 0;
    for (int i = 0; i < widths.size(); i++) {
      boolean last = i == widths.size() - 1;
      int needed = last ? Math.min(LEAST_LAST, widths.get(i)) : widths.get(i);
      if (i > 0 && used + needed > width) {
        return i;
      }
      used += widths.get(i) + GAP.length();
    }
    return widths.size();
  }

  private void add(List<String> lines, List<String> row, int aligned) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size() && i < aligned; i++) {
      line.append(TextWidth.pad(row.get(i), widths.get(i))).append(GAP);
    }
    lines.add(TextWidth.cut(line.toString().stripTrailing(), width));
    List<String> more = row.stream().skip(aligned).filter(cell -> !cell.isEmpty()).toList();
    if (!more.isEmpty()) {
      TextWidth.fill(more, GAP, width - INDENT.length())
          .forEach(l -> lines.add(TextWidth.cut(INDENT + l, width)));
    }
  }
}
