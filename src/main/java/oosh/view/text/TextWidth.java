package oosh.view.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** How much room text takes on a screen, and how it is made to fit. Colour takes no room. */
public final class TextWidth {
  /**
   * A figure, or its beginning, at the end of a text: 10/100 after a space, not the 12 of web12.
   */
  private static final Pattern FIGURE =
      Pattern.compile(
          "(?:^|(?<=[\\s(\\[])|(?<=\\x1b\\[\\d{1,2}m))\\d[\\d/.,]*(?:\\x1b\\[\\d{1,2}m)?$");

  private static final Pattern LIST = Pattern.compile("[\\w.-]+(?:,[\\w.-]+)+[,;:]?");

  /** In characters. */
  private static final int LONGEST_COLOUR = 12;

  private TextWidth() {}

  public static int of(String text) {
    int width = 0;
    for (int i = 0; i < text.length(); ) {
      int colour = colourAt(text, i);
      if (colour > 0) {
        i += colour;
        continue;
      }
      int c = text.codePointAt(i);
      width += of(c);
      i += Character.charCount(c);
    }
    return width;
  }

  /** 2 for wide East Asian characters and emoji, 0 for combining ones, 1 for the rest. */
  private static int of(int c) {
    int type = Character.getType(c);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT) {
      return 0;
    }
    boolean wide =
        (c >= 0x1100 && c <= 0x115f)
            || (c >= 0x2e80 && c <= 0xa4cf && c != 0x303f)
            || (c >= 0xac00 && c <= 0xd7a3)
            || (c >= 0xf900 && c <= 0xfaff)
            || (c >= 0xfe30 && c <= 0xfe6f)
            || (c >= 0xff00 && c <= 0xff60)
            || (c >= 0xffe0 && c <= 0xffe6)
            || (c >= 0x1f300 && c <= 0x1f64f)
            || (c >= 0x1f900 && c <= 0x1f9ff)
            || (c >= 0x20000 && c <= 0x3fffd);
    return wide ? 2 : 1;
  }

  public static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - of(text)));
  }

  /**
   * At most that wide, with … for what is missing. A figure is left out unless it fits whole,
   * because the beginning of 10/100 reads as 10/10; none is followed by …. What follows two spaces
   * is no unit of the figure before them.
   */
  public static String cut(String text, int width) {
    if (of(text) <= width) {
      return text;
    }
    String most = upTo(text, width).stripTrailing();
    String cut;
    if (text.startsWith("  ", most.length()) && FIGURE.matcher(most).find()) {
      cut = most;
    } else {
      String kept = upTo(text, width - 1);
      Matcher figure = FIGURE.matcher(kept.stripTrailing());
      cut =
          (figure.find() ? kept.substring(0, figure.start()).stripTrailing() : kept)
              + (width < 1 ? "" : "…");
    }
    return cut + (cut.indexOf('\033') < 0 ? "" : "\033[0m");
  }

  /** The beginning of the text that is at most that wide. */
  private static String upTo(String text, int width) {
    int room = Math.max(0, width);
    int i = 0;
    while (i < text.length()) {
      int colour = colourAt(text, i);
      int c = text.codePointAt(i);
      room -= colour > 0 ? 0 : of(c);
      if (room < 0) {
        break;
      }
      i += colour > 0 ? colour : Character.charCount(c);
    }
    return text.substring(0, i);
  }

  /**
   * Broken at spaces; a word that is too long stays whole, so that it can be copied, unless it is a
   * list with commas.
   */
  public static List<String> wrap(String text, int width) {
    return fill(
        Stream.of(text.split(" ", -1))
            .flatMap(
                word ->
                    of(word) > width && LIST.matcher(word).matches()
                        ? fill(List.of(word.split("(?<=,)", -1)), "", width).stream()
                        : Stream.of(word))
            .toList(),
        " ",
        width);
  }

  /**
   * Broken between commands alone: after a comma, semicolon or colon, and before an option in
   * brackets, but not within quotes. A command that is too long stays whole, so that it can be
   * pasted.
   */
  static List<String> wrapClauses(String text, int width) {
    return fill(
        parts(
            text,
            i ->
                ",;:".indexOf(text.charAt(Math.max(0, i - 1))) >= 0 || text.startsWith("[", i + 1)),
        " ",
        width);
  }

  /** A command, broken at spaces outside quotes, with a backslash where it goes on. */
  static List<String> wrapCommand(String command, int width) {
    String more = " \\";
    String indent = "    ";
    if (of(command) <= width) {
      return List.of(command);
    }
    List<String> lines =
        fill(parts(command, i -> true), " ", width - more.length() - indent.length());
    return IntStream.range(0, lines.size())
        .mapToObj(n -> (n == 0 ? "" : indent) + lines.get(n) + (n == lines.size() - 1 ? "" : more))
        .toList();
  }

  /** The text cut at those of its spaces that stand outside quotes. */
  private static List<String> parts(String text, IntPredicate cut) {
    List<String> parts = new ArrayList<>();
    char quote = 0;
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      char before = i == 0 ? ' ' : text.charAt(i - 1);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '"' || (c == '\'' && before == ' ')) {
        quote = c;
      } else if (c == ' ' && cut.test(i)) {
        parts.add(text.substring(from, i));
        from = i + 1;
      }
    }
    parts.add(text.substring(from));
    return parts;
  }

  /**
   * The same, where there is no more room to be had: a part that is too long is broken between
   * words; one with an option or a quote is a command, and can still be pasted.
   */
  static List<String> wrapAdvice(String text, int width) {
    return wrapClauses(text, width).stream()
        .flatMap(
            l ->
                of(l) <= width || l.contains("[")
                    ? Stream.of(l)
                    : l.contains(" -") || l.matches(".*['\"].*")
                        ? wrapCommand(l, width).stream()
                        : wrap(l, width).stream())
        .toList();
  }

  /** A line with its own spacing kept; what is too long for it goes on with an indent. */
  public static List<String> wrapHanging(String line, int width, int indent) {
    if (of(line) <= width) {
      return List.of(line);
    }
    int space = line.lastIndexOf(' ', upTo(line, width).length());
    int first = line.indexOf(' ', line.length() - line.stripLeading().length());
    int split = space > line.indexOf(line.strip()) ? space : first < 0 ? line.length() : first;
    List<String> lines = new ArrayList<>();
    lines.add(line.substring(0, split).stripTrailing());
    if (split < line.length()) {
      wrap(line.substring(split).strip(), width - indent)
          .forEach(l -> lines.add(" ".repeat(indent) + l));
    }
    return lines;
  }

  /** As many parts on a line as fit, with the gap between them; a part is never broken. */
  public static List<String> fill(List<String> parts, String gap, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String part : parts) {
      if (line.length() > 0 && of(line.toString()) + gap.length() + of(part) > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() == 0 ? "" : gap).append(part);
    }
    lines.add(line.toString());
    return lines;
  }

  /** The length of the colour sequence that begins there; 0 if none does. */
  private static int colourAt(String text, int i) {
    if (!text.startsWith("\033[", i)) {
      return 0;
    }
    // Not looked for to the end of a text that may have a million of these beginnings.
    int last = Math.min(text.length(), i + LONGEST_COLOUR);
    int end = text.substring(i, last).indexOf('m');
    return end < 0 ? 0 : end + 1;
  }
}
