package oosh.view.page;

import java.util.regex.Pattern;
import oosh.view.text.TextSanitizer;

/**
 * Foreign text with all that it has to be seen: a control character, one that turns the writing
 * direction or takes no room, and half a character by its number (there are pictures of control
 * characters, but few fonts have them). What only colours the text behind it goes. What is left is
 * text of XML 1.0, too.
 */
final class VisibleText {
  /** What only sets colours and weights: most scripts print some. */
  private static final Pattern COLOUR = Pattern.compile("(?:\\x1b\\[|\\x9b)[0-9;:]*m");

  /** What shows nothing, or stands in no page: also what Unicode calls no character. */
  private static final Pattern UNSEEN =
      Pattern.compile(
          "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\u2028\\u2029\\ufff0-\\ufff8\\ufffe\\uffff"
              + TextSanitizer.HIDDEN
              + TextSanitizer.HALVES
              + "]");

  private VisibleText() {}

  static String of(String text) {
    if (isPlain(text)) {
      return text;
    }
    String lines = text.replace("\r\n", "\n").replace('\r', '\n');
    return UNSEEN
        .matcher(COLOUR.matcher(lines).replaceAll(""))
        .replaceAll(m -> String.format("[U+%04X]", m.group().codePointAt(0)));
  }

  private static boolean isPlain(String text) {
    return text.chars().allMatch(c -> (c >= ' ' && c <= '~') || c == '\n');
  }
}
