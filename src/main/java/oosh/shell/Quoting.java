package oosh.shell;

import java.util.regex.Pattern;

/** Words as they are typed. */
public final class Quoting {
  private static final Pattern PLAIN = Pattern.compile("[\\w%+,./:=@-]+");

  private Quoting() {}

  /** A word as it is typed: what {@link StrictCommandParser#split} makes that word of. */
  public static String quoted(String word) {
    if (PLAIN.matcher(word).matches()) {
      return word;
    }
    return "\"" + word.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
