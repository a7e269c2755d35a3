package oosh.shell;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import oosh.rollout.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.CommandArgument;
import org.springframework.shell.core.command.CommandOption;
import org.springframework.shell.core.command.ParsedInput;

/** A parsed line, checked against its verb: what the verb reads its words from. */
record Input(Verb verb, List<String> arguments, Map<String, String> options) {
  private static final Pattern TIME = Pattern.compile("(\\d{1,6})(s|m|h)");

  static Input of(Verb verb, ParsedInput parsed) {
    Map<String, String> options = new LinkedHashMap<>();
    for (CommandOption o : parsed.options()) {
      options.put(o.longName(), o.value() == null ? "" : o.value());
    }
    return new Input(
        verb, parsed.arguments().stream().map(CommandArgument::value).toList(), options);
  }

  boolean has(String flag) {
    return options.containsKey(flag);
  }

  @Nullable String option(String flag) {
    return options.get(flag);
  }

  /** The same line, with its answer as JSON. */
  Input inJson() {
    Map<String, String> changed = new LinkedHashMap<>(options);
    changed.put("output", "json");
    return new Input(verb, arguments, changed);
  }

  /** Whether the answer is to be JSON. */
  boolean json() {
    return "json".equals(options.get("output"));
  }

  Optional<String> argument(int index) {
    return index < arguments.size() ? Optional.of(arguments.get(index)) : Optional.empty();
  }

  /** An argument that the verb requires; the parser has seen to it that it is there. */
  String need(int index) {
    return arguments.get(index);
  }

  /**
   * A whole number given with an option.
   *
   * @throws Problem if it is none
   */
  Optional<Integer> number(String flag) {
    String text = options.get(flag);
    if (text == null) {
      return Optional.empty();
    }
    return Optional.of(wholeNumber("--" + flag, text));
  }

  int wholeNumber(String of, String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw Problem.usage(
          of + " does not take \"" + text + "\"", "it takes a whole number", verb.usage());
    }
  }

  /** {@code 90s}, {@code 30m} or {@code 2h}; empty if it is none of these. */
  static Optional<Duration> time(String text) {
    Matcher m = TIME.matcher(text);
    if (!m.matches()) {
      return Optional.empty();
    }
    long n = Long.parseLong(m.group(1));
    return Optional.of(
        switch (m.group(2)) {
          case "s" -> Duration.ofSeconds(n);
          case "m" -> Duration.ofMinutes(n);
          default -> Duration.ofHours(n);
        });
  }
}
