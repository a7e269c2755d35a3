package oosh.view.text;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Foreign text in Markdown. On a line it stands in a code span, where nothing is a link, a mention
 * or a mark-up; on lines of its own in a fence that is longer than any in it. As on a screen, no
 * control character comes through.
 */
public final class Markdown {
  private static final Pattern TICKS = Pattern.compile("`+");

  private Markdown() {}

  /** On one line: {@code `web 2.4.1`}. */
  public static String code(String text) {
    String line = TextSanitizer.line(text);
    if (line.isEmpty()) {
      return "";
    }
    String ticks = "`".repeat(longest(line) + 1);
    // A space at both ends is taken away again, and keeps a tick of the text from the span's.
    boolean pad = line.startsWith("`") || line.endsWith("`");
    return ticks + (pad ? " " + line + " " : line) + ticks;
  }

  /** The same in a cell of a table, where a bar would end the cell even within a span. */
  public static String cell(String text) {
    return code(text).replace("|", "\\|");
  }

  /**
   * On lines of its own.
   *
   * @param language what highlighting should take it for; "" for none
   */
  public static String fenced(String language, String text) {
    String clean = TextSanitizer.text(text).stripTrailing();
    String fence = "`".repeat(Math.max(3, longest(clean) + 1));
    return fence + language + "\n" + (clean.isEmpty() ? "" : clean + "\n") + fence + "\n";
  }

  /** A row of a table; its cells are safe already. */
  public static String row(Object... cells) {
    return Arrays.stream(cells)
        .map(String::valueOf)
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  private static int longest(String text) {
    int longest = 0;
    Matcher ticks = TICKS.matcher(text);
    while (ticks.find()) {
      longest = Math.max(longest, ticks.end() - ticks.start());
    }
    return longest;
  }
}
