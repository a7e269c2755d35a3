package oosh.view.page;

import java.util.regex.Pattern;
import oosh.view.text.TextSanitizer;

/**
 * Foreign text with all that it has to be seen: a control character by its picture, a character
 * that turns the writing direction or takes no room by its number, and so half a character. What
 * only colours the text behind it goes. What is left is text of XML 1.0, too.
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

  /** The pictures of the characters up to U+001F begin here, that of U+007F stands behind. */
  private static final int PICTURES = 0x2400;

  private static final int DELETE = 0x7f;

  private VisibleText() {}

  static String of(String text) {
    if (isPlain(text)) {
      return text;
    }
    String lines = text.replace("\r\n", "\n").replace('\r', '\n');
    return UNSEEN
        .matcher(COLOUR.matcher(lines).replaceAll(""))
        .replaceAll(m -> shown(m.group().codePointAt(0)));
  }

  private static String shown(int c) {
    if (c < ' ') {
      return Character.toString(PICTURES + c);
    }
    return c == DELETE ? Character.toString(PICTURES + 0x21) : String.format("[U+%04X]", c);
  }

  private static boolean isPlain(String text) {
    return text.chars().allMatch(c -> (c >= ' ' && c <= '~') || c == '\n');
  }
}
