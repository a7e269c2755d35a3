package oosh.shell.line;

import java.util.List;
import oosh.view.text.TextSanitizer;
import oosh.view.text.TextWidth;
import org.jline.reader.Candidate;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import org.jspecify.annotations.Nullable;

/*
 * asg-bp1web  web  6 in service   asg-bp1db   db  2 in service, 1 protected
 * asg-bp1api  api  4 in service   asg-bp1eci  eci  3 in service
 */
/**
 * What Tab offers, with the descriptions in a column of their own. JLine puts each at the right
 * edge, in parentheses, where descriptions of different lengths have nothing below each other.
 */
final class CandidateTable {
  private static final int BEFORE_DESCRIPTION = 2;
  private static final int BETWEEN_COLUMNS = 3;

  /** In columns: a single long name does not take the room of every description. */
  private static final int LEAST_DESCRIPTION = 16;

  /** In columns; of less nothing can be read. */
  private static final int SHORTEST = 4;

  /** The styles of the parts of a row. */
  record Styles(AttributedStyle begun, AttributedStyle description, AttributedStyle selected) {}

  private final List<Candidate> candidates;
  private final int names;
  private final int cell;
  private final int rows;
  private final int columns;

  /**
   * @param width of the screen
   */
  CandidateTable(List<Candidate> candidates, int width) {
    this.candidates = candidates;
    int longest = candidates.stream().mapToInt(c -> TextWidth.of(c.displ())).max().orElse(0);
    int described = candidates.stream().mapToInt(c -> TextWidth.of(description(c))).max().orElse(0);
    names =
        Math.min(
            longest,
            Math.max(1, width - BEFORE_DESCRIPTION - Math.min(described, LEAST_DESCRIPTION)));
    cell = Math.max(1, Math.min(width, Math.max(longest, names + BEFORE_DESCRIPTION + described)));
    int fit = Math.max(1, (width + BETWEEN_COLUMNS) / (cell + BETWEEN_COLUMNS));
    rows = (candidates.size() + fit - 1) / fit;
    columns = rows == 0 ? 1 : (candidates.size() + rows - 1) / rows;
  }

  int rows() {
    return rows;
  }

  int columns() {
    return columns;
  }

  /** The row in which a candidate stands; 0 where it does not. */
  int rowOf(@Nullable Candidate candidate) {
    int at = candidate == null ? -1 : candidates.indexOf(candidate);
    return at < 0 ? 0 : at % rows;
  }

  /**
   * @param begun what is typed of the word
   */
  AttributedString text(@Nullable Candidate selected, String begun, Styles styles) {
    AttributedStringBuilder text = new AttributedStringBuilder();
    for (int row = 0; row < rows; row++) {
      if (row > 0) {
        text.append("\n");
      }
      for (int column = 0; column < columns; column++) {
        int at = column * rows + row;
        if (at < candidates.size()) {
          boolean last = at + rows >= candidates.size();
          cell(text, candidates.get(at), selected, begun, styles, last);
        }
      }
    }
    return text.toAttributedString();
  }

  private void cell(
      AttributedStringBuilder text,
      Candidate candidate,
      @Nullable Candidate selected,
      String begun,
      Styles styles,
      boolean last) {
    String name = candidate.displ();
    int gap = Math.max(0, names - TextWidth.of(name)) + BEFORE_DESCRIPTION;
    int room = cell - TextWidth.of(name) - gap;
    String description =
        room < Math.min(SHORTEST, TextWidth.of(description(candidate)))
            ? ""
            : TextSanitizer.line(description(candidate), room);
    int rest = last ? 0 : BETWEEN_COLUMNS;
    int filled = TextWidth.of(name);
    boolean chosen = candidate.equals(selected);
    if (chosen) {
      text.append(name, styles.selected());
    } else if (name.regionMatches(true, 0, begun, 0, begun.length())) {
      text.append(name.substring(0, begun.length()), styles.begun());
      text.append(name.substring(begun.length()), AttributedStyle.DEFAULT);
    } else {
      text.append(name, AttributedStyle.DEFAULT);
    }
    if (!description.isEmpty()) {
      text.append(" ".repeat(gap), chosen ? styles.selected() : AttributedStyle.DEFAULT);
      text.append(description, chosen ? styles.selected() : styles.description());
      filled += gap + TextWidth.of(description);
    }
    if (!last) {
      text.append(" ".repeat(Math.max(0, cell - filled) + rest), AttributedStyle.DEFAULT);
    }
  }

  private static String description(Candidate candidate) {
    return candidate.descr() == null ? "" : candidate.descr();
  }
}
