package oosh.rollout;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the config file says of a profile: its mark and its colour.
 *
 * @param production whether the profile is marked {@code production}: every start on it is severe
 * @param colour of its name on the screen; null for none
 */
public record ProfileMark(boolean production, @Nullable Colour colour) {
  /** Of a profile that the config file does not name. */
  public static final ProfileMark NONE = new ProfileMark(false, null);

  /** The word of the mark. */
  public static final String PRODUCTION = "production";

  /** The colours that every terminal has. */
  public enum Colour {
    RED(31),
    GREEN(32),
    YELLOW(33),
    BLUE(34),
    MAGENTA(35),
    CYAN(36);

    private final int code;

    Colour(int code) {
      this.code = code;
    }

    /** The parameter of SGR for it (source: ECMA-48, 8.3.117). */
    public int code() {
      return code;
    }

    public static Optional<Colour> of(String word) {
      return Arrays.stream(values()).filter(c -> c.word().equals(word)).findFirst();
    }

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** {@code production}, or "" for a profile without a mark. */
  public String word() {
    return production ? PRODUCTION : "";
  }
}
