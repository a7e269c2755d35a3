package oosh.config;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** An option of the prompt: what {@code set} takes, and {@code set} in the config file. */
public enum ShellOption {
  KEYS("keys", "whose keys edit the line", "emacs", "vi"),
  SUGGESTIONS("suggestions", "show how a line of the history goes on", "on", "off"),
  HINTS("hints", "show what a verb takes next", "on", "off"),
  TOOLBAR("toolbar", "show below the prompt what is in flight", "off", "on"),
  PAGER("pager", "show in a pager what is longer than the screen", "on", "off"),
  DESKTOP_NOTICE("desktop-notice", "tell the desktop when a long watch ends", "on", "off");

  private final String word;
  private final String says;

  @SuppressWarnings("ImmutableEnumChecker")
  private final List<String> values;

  /**
   * @param values the default comes first
   */
  ShellOption(String word, String says, String... values) {
    this.word = word;
    this.says = says;
    this.values = List.of(values);
  }

  public static Optional<ShellOption> of(String word) {
    return Arrays.stream(values()).filter(o -> o.word.equals(word)).findFirst();
  }

  public String word() {
    return word;
  }

  /** What it is for, in a line. */
  public String says() {
    return says;
  }

  public List<String> choices() {
    return values;
  }

  /** The values, as a sentence names them. */
  public String takes() {
    return String.join(" or ", values);
  }

  public String usual() {
    return values.get(0);
  }
}
