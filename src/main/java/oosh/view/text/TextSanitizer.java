package oosh.view.text;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Foreign text, made fit for a screen. A script's output or a group's name may hold escapes that
 * move the cursor, set the window's title, hide a link or turn the writing direction: none of them
 * comes through.
 */
public final class TextSanitizer {
  /** OSC, DCS and their kin up to their end, then CSI, then any other escape of two characters. */
  private static final Pattern ESCAPES =
      Pattern.compile(
          "(?s)(?:\\x1b[\\]PX^_]|[\\x9d\\x90\\x98\\x9e\\x9f])[^\\x07\\x1b\\x9c\\n]*"
              + "(?:\\x07|\\x1b\\\\|\\x9c)?"
              + "|(?:\\x1b\\[|\\x9b)[0-?]*[ -/]*[@-~]?"
              + "|\\x1b[ -/]*[0-~]?");

  /**
   * Turns of the writing direction, and characters that take no room but hide in a name: U+E0000 to
   * U+E007F spell ASCII without being seen.
   */
  public static final String HIDDEN =
      "\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\u202a-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb"
          + "\\x{e0000}-\\x{e007f}";

  /** Halves of a character, which no encoding can write. */
  public static final String HALVES = "\\ud800-\\udfff";

  private static final Pattern INVISIBLE = Pattern.compile("[" + HIDDEN + "]");

  private static final Pattern CONTROL =
      Pattern.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f" + HALVES + "]");

  private static final Pattern LINE_ENDS =
      Pattern.compile("[\\t\\r\\n\\u000b\\u000c\\u0085\\u2028\\u2029]+");

  private static final Pattern RETURNS = Pattern.compile("\\r\\n?|[\\u2028\\u2029]");

  /** What {@link Style} writes, and nothing else. */
  private static final Pattern COLOUR = Pattern.compile("\\x1b\\[(?:0|1|2|3[1-6])m");

  /** An address whose query is the right to fetch what it names. */
  private static final Pattern SIGNED =
      Pattern.compile(
          "(?i)\\b([a-z][a-z0-9+.-]*://[^\\s?\"'<>]*)\\?[^\\s\"'<>]*"
              + "(?:signature|accesskeyid|security-?token|credential)=[^\\s\"'<>]*");

  /** A name or a message that is longer than this is not read on one line, by anybody. */
  private static final int LONGEST_LINE = 10_000;

  private TextSanitizer() {}

  /**
   * On one line: line ends and tabs become a space, escapes go, other controls become �; what is
   * beyond 10,000 characters is left out, with … in its place.
   */
  public static String line(String text) {
    if (isPlainLine(text)) {
      return text;
    }
    boolean tooLong = text.length() > LONGEST_LINE;
    String kept = tooLong ? text.substring(0, LONGEST_LINE) + "…" : text;
    String oneLine = LINE_ENDS.matcher(strip(kept).strip()).replaceAll(" ");
    return CONTROL.matcher(oneLine).replaceAll("�");
  }

  /**
   * A sentence with foreign words in it, each made fit as {@link #line(String)} does.
   *
   * @param form the sentence, with {@code %s} in the place of a word and {@code %d} of a number
   */
  public static String sentence(String form, Object... words) {
    Object[] safe =
        Arrays.stream(words).map(w -> w instanceof Number ? w : line(w.toString())).toArray();
    return String.format(Locale.ROOT, form, safe);
  }

  /** As {@link #line(String)}, at most that many columns wide. */
  public static String line(String text, int width) {
    return TextWidth.cut(line(text), width);
  }

  /** Whether the text can stand on a line of a screen, or be typed, as it is. */
  public static boolean isLine(String text) {
    return line(text).equals(text);
  }

  /** The text with each signed address up to its query. */
  public static String unsigned(String text) {
    return text.indexOf("://") < 0
        ? text
        : SIGNED.matcher(text).replaceAll(m -> Matcher.quoteReplacement(m.group(1)) + "?…");
  }

  /**
   * Any text for a screen: as {@link #text}, but oosh's own colours stay where the screen is in
   * colour. No signed address is whole.
   */
  public static String screen(String given, boolean colour) {
    String text = unsigned(given);
    if (isPlain(text)) {
      return text;
    }
    if (!colour) {
      return text(text);
    }
    StringBuilder kept = new StringBuilder();
    Matcher own = COLOUR.matcher(text);
    int from = 0;
    while (own.find()) {
      kept.append(text(text.substring(from, own.start()))).append(own.group());
      from = own.end();
    }
    return kept.append(text(text.substring(from))).toString();
  }

  /** Whether {@link #line} would find nothing to do: so it is with nearly all names. */
  private static boolean isPlainLine(String text) {
    return text.length() <= LONGEST_LINE
        && text.indexOf('\n') < 0
        && isPlain(text)
        && (text.isEmpty() || (text.charAt(0) != ' ' && text.charAt(text.length() - 1) != ' '));
  }

  /** Whether there is nothing in it but what every screen shows: most of what is printed. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\n' && (c < ' ' || c > '~')) {
        return false;
      }
    }
    return true;
  }

  /**
   * On its own lines: line feeds stay, returns become line feeds, tabs become the spaces that they
   * stand for, escapes and controls go.
   */
  public static String text(String text) {
    String lines = RETURNS.matcher(strip(text)).replaceAll("\n");
    String clean = CONTROL.matcher(lines).replaceAll("");
    return clean.indexOf('\t') < 0
        ? clean
        : clean.lines().map(TextSanitizer::untabbed).collect(Collectors.joining("\n"))
            + (clean.endsWith("\n") ? "\n" : "");
  }

  /** With spaces up to the next column that eight divides. */
  private static String untabbed(String line) {
    if (line.indexOf('\t') < 0) {
      return line;
    }
    StringBuilder s = new StringBuilder();
    int column = 0;
    for (String part : line.split("(?<=\t)", -1)) {
      boolean tab = part.endsWith("\t");
      String shown = tab ? part.substring(0, part.length() - 1) : part;
      column += TextWidth.of(shown);
      s.append(shown);
      if (tab) {
        int spaces = 8 - column % 8;
        s.append(" ".repeat(spaces));
        column += spaces;
      }
    }
    return s.toString();
  }

  private static String strip(String text) {
    return INVISIBLE.matcher(ESCAPES.matcher(text).replaceAll("")).replaceAll("");
  }
}
