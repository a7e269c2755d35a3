package oosh.view.place;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import oosh.view.text.Style;
import oosh.view.text.TextTable;
import oosh.view.text.TextWidth;

/*
 * cn-hangzhou  asg-bp1web "web"  6 instances  aebc9f deploy.sh 3, none 2, unknown 1
 *
 * or, where one row has no room for all of its text:
 *
 * cn-hangzhou  asg-bp1web "web"
 *     6 instances
 *     aebc9f deploy.sh 3, none 2,
 *     unknown 1
 */
/** Cells under each other, and a text that is never cut. */
final class GroupRows {
  private static final int INDENT = 4;

  private final Style style;
  private final TextTable wide;
  private final TextTable heads;
  private final List<String> texts = new ArrayList<>();
  private final List<UnaryOperator<String>> colours = new ArrayList<>();

  GroupRows(Style style) {
    this.style = style;
    this.wide = new TextTable(style);
    this.heads = new TextTable(style);
  }

  /** A row; all of it is safe already. */
  void row(String text, UnaryOperator<String> colour, String... cells) {
    List<String> whole = new ArrayList<>(List.of(cells));
    whole.add(colour.apply(text));
    wide.row(whole.toArray(String[]::new));
    heads.row(cells);
    texts.add(text);
    colours.add(colour);
  }

  List<String> lines() {
    if (texts.isEmpty() || wide.widest() <= style.width()) {
      return wide.lines();
    }
    List<String> lines = new ArrayList<>();
    List<List<String>> blocks = heads.blocks();
    for (int i = 0; i < texts.size(); i++) {
      lines.addAll(blocks.get(i));
      UnaryOperator<String> colour = colours.get(i);
      TextWidth.wrap(texts.get(i), style.width() - INDENT)
          .forEach(l -> lines.add(" ".repeat(INDENT) + colour.apply(l)));
    }
    return lines;
  }
}
