package oosh.shell.verbs.wave;

import java.util.regex.Pattern;

/** Words as a rollout file has them. */
final class YamlWord {
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z0-9./][\\w./@%+=,*?-]*( [\\w./@%+=,*?-]+)*");

  private YamlWord() {}

  /**
   * A word that reads as it is, with quotes only where it needs them.
   *
   * @param inBraces where a comma ends it
   */
  static String of(String word, boolean inBraces) {
    return PLAIN.matcher(word).matches() && !(inBraces && word.contains(",")) ? word : quoted(word);
  }

  /** In double quotes where these change nothing, else in single ones; a line end as {@code \n}. */
  static String quoted(String word) {
    if (word.matches("[^\"\\\\\\n\\t]*")) {
      return "\"" + word + "\"";
    }
    return word.matches("[^\\n\\t]*")
        ? "'" + word.replace("'", "''") + "'"
        : "\""
            + word.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("\t", "\\t")
            + "\"";
  }
}
