package oosh.shell;

import java.text.Normalizer;
import java.util.Locale;
import java.util.stream.Collectors;
import oosh.rollout.Problem;

/*
 * there is no verb "ｌaunch"
 *   why   did you mean launch? It has ｌ (U+FF4C) where l is meant
 *   next  launch -m "web 2.4.1"
 */
/**
 * Characters that editors, chats and input methods put in the place of those that a command line is
 * made of: typographic quotes and dashes, full-width letters, hidden blanks.
 */
final class SimilarCharacters {
  private static final String TYPED =
      "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2018\u2019\u201a\u201b"
          + "\u2010\u2011\u2012\u2013\u2015\u2212";
  private static final String MEANT = "\"\"\"\"\"\"''''------";

  /** An editor makes it of two hyphens. */
  private static final char EM_DASH = '\u2014';

  private static final String HIDDEN = "\ufeff\u200b\u200c\u200d\u2060";

  private SimilarCharacters() {}

  /**
   * The same problem; if it quotes such a character of the line, with that character named and with
   * the line to type.
   */
  static Problem named(Problem p, String line) {
    if (p.kind() != Problem.Kind.USAGE && p.kind() != Problem.Kind.REFUSED) {
      return p;
    }
    return p.what()
        .chars()
        .filter(c -> line.indexOf(c) >= 0 && !meant(c).equals(Character.toString(c)))
        .boxed()
        .findFirst()
        .map(c -> Problem.of(p.kind(), p.what(), p.why() + named(p.why(), c), plain(line)))
        .orElse(p);
  }

  private static String named(String why, int c) {
    String plain = meant(c);
    return String.format(
        Locale.ROOT,
        "%s has %s (U+%04X) where %s is meant",
        why.endsWith("?") ? " It" : "; it",
        plain.isBlank() ? "a hidden character" : Character.toString(c),
        c,
        plain.isEmpty() ? "nothing" : plain.isBlank() ? "a blank" : plain);
  }

  private static String plain(String line) {
    return line.chars().mapToObj(SimilarCharacters::meant).collect(Collectors.joining());
  }

  /** What is meant by the character in a command line; most characters mean themselves. */
  private static String meant(int c) {
    String typed = Character.toString(c);
    if (HIDDEN.indexOf(c) >= 0) {
      return "";
    }
    if (c == EM_DASH) {
      return "--";
    }
    int at = TYPED.indexOf(c);
    String plain =
        at >= 0 ? MEANT.substring(at, at + 1) : Normalizer.normalize(typed, Normalizer.Form.NFKC);
    return plain.length() == 1 && plain.charAt(0) < 128 ? plain : typed;
  }
}
