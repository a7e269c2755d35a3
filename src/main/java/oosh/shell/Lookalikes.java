package oosh.shell;

import java.util.Locale;
import oosh.rollout.Problem;
import org.jspecify.annotations.Nullable;

/*
 * there is no verb "ｌaunch"
 *   why   did you mean launch? It has ｌ (U+FF4C) where l is meant
 *   next  launch -m "web 2.4.1"
 */
/**
 * Characters that editors, chats and input methods put in the place of those that a command line is
 * made of: typographic quotes and dashes at a word's edge, full-width letters, hidden blanks. What
 * stands in quotes is left alone.
 */
final class Lookalikes {
  private static final String DOUBLE = "\u201c\u201d\u201e\u201f\u00ab\u00bb\uff02";
  private static final String SINGLE = "\u2018\u2019\u201a\u201b\uff07";
  private static final String BLANK = "\u00a0\u2007\u202f\u3000";
  private static final String NOTHING = "\ufeff\u200b\u200c\u200d\u2060";

  /** Hyphens, dashes and the minus; an editor makes a dash of two hyphens. */
  private static final String DASHES = "\u2010\u2011\u2212\u2012\u2013\u2014\u2015";

  private Lookalikes() {}

  /**
   * The same problem; if it quotes such a character of the line, with that and the line to type.
   */
  static Problem named(Problem p, String line) {
    if (p.kind() != Problem.Kind.USAGE && p.kind() != Problem.Kind.REFUSED) {
      return p;
    }
    StringBuilder plain = new StringBuilder();
    String said = null;
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      String meant = quote == 0 ? meant(line, i) : null;
      if (quote == 0 && (c == '\'' || c == '"')) {
        quote = c;
      } else if (c == quote) {
        quote = 0;
      }
      if (meant != null && said == null && p.what().indexOf(c) >= 0) {
        said = said(c, meant);
      }
      plain.append(meant == null ? String.valueOf(c) : meant);
    }
    return said == null
        ? p
        : Problem.of(
            p.kind(),
            p.what(),
            p.why() + (p.why().endsWith("?") ? " It has " : "; it has ") + said,
            plain.toString());
  }

  private static String said(char c, String meant) {
    return String.format(
        Locale.ROOT,
        "%s (U+%04X) where %s is meant",
        (BLANK + NOTHING).indexOf(c) >= 0 ? "a hidden character" : String.valueOf(c),
        (int) c,
        meant.isEmpty() ? "nothing" : meant.isBlank() ? "a blank" : meant);
  }

  /** What stands for the character there in a command line; null if it is none of these. */
  private static @Nullable String meant(String line, int at) {
    char c = line.charAt(at);
    boolean begins = at == 0 || Character.isWhitespace(line.charAt(at - 1));
    boolean ends = at == line.length() - 1 || Character.isWhitespace(line.charAt(at + 1));
    if (DOUBLE.indexOf(c) >= 0) {
      return begins || ends ? "\"" : null;
    }
    if (SINGLE.indexOf(c) >= 0) {
      return begins || ends ? "'" : null;
    }
    if (BLANK.indexOf(c) >= 0) {
      return " ";
    }
    if (NOTHING.indexOf(c) >= 0) {
      return "";
    }
    if (DASHES.indexOf(c) >= 0) {
      boolean letter = at + 2 >= line.length() || Character.isWhitespace(line.charAt(at + 2));
      return begins ? (letter ? "-" : "--") : null;
    }
    return c >= '\uff01' && c <= '\uff5e' ? String.valueOf((char) (c - '\uff01' + '!')) : null;
  }
}
