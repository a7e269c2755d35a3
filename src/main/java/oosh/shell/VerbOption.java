package oosh.shell;

import org.jspecify.annotations.Nullable;

/**
 * An option.
 *
 * @param letter the short form, or {@link #NO_LETTER}
 * @param value the name of its value, or null for a flag
 */
record VerbOption(String name, char letter, @Nullable String value, String sentence) {
  /** Of an option without a short form. */
  static final char NO_LETTER = 0;
}
