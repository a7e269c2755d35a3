package oosh.view;

import java.util.regex.Pattern;

/**
 * Foreign text, made fit for a screen. A script's output or a group's name may hold escapes that
 * move the cursor, set the window's title, hide a link or turn the writing direction: none of them
 * comes through.
 */
public final class Safe {
  /** OSC, DCS and their kin up to their end, then CSI, then any other escape of two characters. */
  private static final Pattern ESCAPES =
      Pattern.compile(
          "(?s)(?:\\x1b[\\]PX^_]|[\\x9d\\x90\\x98\\x9e\\x9f])[^\\x07\\x1b\\x9c\\n]*"
              + "(?:\\x07|\\x1b\\\\|\\x9c)?"
              + "|(?:\\x1b\\[|\\x9b)[0-?]*[ -/]*[@-~]?"
              + "|\\x1b[ -/]*[0-~]?");

  /** Turns of the writing direction, and characters that take no room but hide in a name. */
  private static final Pattern INVISIBLE =
      Pattern.compile("[\\u061c\\u200b\\u200e\\u200f\\u202a-\\u202e\\u2060-\\u2069\\ufeff]");

  private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f]");

  private Safe() {}

  /** On one line: line ends and tabs become a space, escapes go, other controls become �. */
  public static String line(String text) {
    String oneLine =
        strip(text).strip().replaceAll("[\\t\\r\\n\\u000b\\u000c\\u0085\\u2028\\u2029]+", " ");
    return CONTROL.matcher(oneLine).replaceAll("�");
  }

  /**
   * On its own lines: line feeds and tabs stay, returns become line feeds, escapes and controls go.
   */
  public static String text(String text) {
    String lines = strip(text).replaceAll("\\r\\n?|[\\u2028\\u2029]", "\n");
    return CONTROL.matcher(lines).replaceAll("");
  }

  private static String strip(String text) {
    return INVISIBLE.matcher(ESCAPES.matcher(text).replaceAll("")).replaceAll("");
  }
}
