package oosh.rollout.output;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes out of an output what differs from instance to instance without meaning anything: the
 * instance's own id and host name, times, and addresses of a private network. For comparing only; a
 * person is shown what was printed.
 *
 * <p>It rather leaves a difference than hides one: another instance's id stays, and so does a
 * public IPv4 address, which looks like a version of four numbers.
 */
public final class OutputNormalizer {
  private static final String DAY = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)";
  private static final String MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)";
  private static final String CLOCK = "\\d{1,2}:\\d{2}:\\d{2}(?:[.,]\\d{1,9})?";
  private static final String HEX = "[0-9A-Fa-f]{1,4}";
  private static final String BYTE = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|\\d{1,2})";

  private record Rule(Pattern pattern, String instead) {
    Rule(String pattern, String instead) {
      this(Pattern.compile(pattern), instead);
    }
  }

  private static final List<Rule> RULES =
      List.of(
          // The folder of a script that is sent with gates.
          new Rule("/[\\w/.-]{1,200}/oosh\\.\\w{10}/", "‹folder›"),
          new Rule(
              "(?<![\\w.])\\d{4}[-/]\\d{2}[-/]\\d{2}(?:[T_ ]\\d{2}:\\d{2}(?::\\d{2}(?:[.,]\\d{1,9})?)?"
                  + "(?: ?(?:Z|UTC|GMT|CST|[+-]\\d{2}:?\\d{2})\\b)?)?(?![\\d])",
              "‹time›"),
          new Rule(
              "(?:\\b"
                  + DAY
                  + " )?\\b"
                  + MONTH
                  + " {1,2}\\d{1,2} "
                  + CLOCK
                  + "(?: [AP]M)?(?: [A-Z]{3,4}\\b)?(?: \\d{4}\\b)?",
              "‹time›"),
          new Rule(
              "(?:\\b"
                  + DAY
                  + ",? )?\\b\\d{1,2}[ /-]"
                  + MONTH
                  + "[ /-]\\d{2,4}[ :T]"
                  + CLOCK
                  + "(?: (?:[A-Z]{3,4}\\b|[+-]\\d{4}\\b))?",
              "‹time›"),
          new Rule("(?<![\\w:.])" + CLOCK + "(?![\\w:])", "‹time›"),
          // Seconds, or parts of them, since 1970: from 2017 to 2033.
          new Rule(
              "(?<![\\w.-])1[5-9]\\d{8}(?:\\d{3}|\\d{6}|\\d{9}|\\.\\d{1,9})?(?![\\w.])", "‹time›"),
          new Rule(
              "(?<![\\w.])(?:10(?:\\."
                  + BYTE
                  + "){3}|(?:192\\.168|169\\.254|172\\.(?:1[6-9]|2\\d|3[01])|100\\.(?:6[4-9]|[7-9]\\d|1[01]\\d|12[0-7]))(?:\\."
                  + BYTE
                  + "){2})(?!\\w|\\.\\d)",
              "‹address›"),
          new Rule("(?<![\\w:.])(?:" + HEX + ":){7}" + HEX + "(?![\\w:])", "‹address›"),
          new Rule(
              "(?<![\\w:.])(?:"
                  + HEX
                  + "(?::"
                  + HEX
                  + "){0,5})?::(?:"
                  + HEX
                  + "(?::"
                  + HEX
                  + "){0,5})?(?![\\w:])",
              "‹address›"),
          new Rule("(?<![\\w:])(?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}(?![\\w:])", "‹address›"));

  private OutputNormalizer() {}

  /**
   * The text with a placeholder for each of them. It has as many lines as before.
   *
   * @param instance whose output it is
   */
  public static String of(String text, String instance) {
    String masked = own(text, instance);
    if (!mayDiffer(masked)) {
      return masked;
    }
    for (Rule rule : RULES) {
      masked = rule.pattern().matcher(masked).replaceAll(rule.instead());
    }
    return masked;
  }

  /** Whether a rule can find anything: each finds digits, colons of an address, or a folder. */
  private static boolean mayDiffer(String text) {
    return text.chars().anyMatch(c -> c == ':' || c == '/' || ('0' <= c && c <= '9'));
  }

  /** Assumed: the default name of a host is iZ, the end of the instance's id, Z. */
  private static String own(String text, String instance) {
    if (instance.isEmpty()) {
      return text;
    }
    String end = instance.startsWith("i-") ? instance.substring(2) : instance;
    String lower = text.toLowerCase(Locale.ROOT);
    if (!lower.contains(end.toLowerCase(Locale.ROOT))) {
      return text;
    }
    return Pattern.compile(
            "(?<![A-Za-z0-9])(?:"
                + Pattern.quote(instance)
                + "|iZ"
                + Pattern.quote(end)
                + "Z)(?![A-Za-z0-9])",
            Pattern.CASE_INSENSITIVE)
        .matcher(text)
        .replaceAll(Matcher.quoteReplacement("‹instance›"));
  }
}
