package oosh.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The operator's own programs around a launch, from the config file alone.
 *
 * @param commands an argument list for each event that has one; its first is an absolute file name
 * @param within how long one of them may run
 */
public record Hooks(Map<Event, List<String>> commands, Duration within) {
  public static final Duration WITHIN = Duration.ofSeconds(30);

  public static final Hooks NONE = new Hooks(Map.of(), WITHIN);

  public Hooks {
    commands = Map.copyOf(commands);
  }

  /** When a hook is run. */
  public enum Event {
    /** Behind the user's yes; it can refuse the launch. */
    BEFORE_LAUNCH("before-launch"),
    /** Behind the end of a launch that this oosh has watched, whatever it was. */
    AFTER_END("after-end"),
    /** Beside {@code after-end}, where the launch ended without success. */
    ON_FAILURE("on-failure");

    private final String key;

    Event(String key) {
      this.key = key;
    }

    /** How the config file calls it. */
    public String key() {
      return key;
    }

    static Optional<Event> of(String key) {
      return Arrays.stream(values()).filter(e -> e.key.equals(key)).findFirst();
    }
  }

  public Optional<List<String>> on(Event event) {
    return Optional.ofNullable(commands.get(event));
  }
}
