package oosh.shell;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import oosh.rollout.Problem;
import oosh.view.format.AnswerFormat;
import oosh.view.format.OutputForm;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.CommandArgument;
import org.springframework.shell.core.command.CommandOption;
import org.springframework.shell.core.command.ParsedInput;

/** A parsed line, checked against its verb: what the verb reads its words from. */
public record CommandInput(VerbSyntax verb, List<String> arguments, Map<String, String> options) {
  /** Stands between the values of an option that was given more than once. */
  public static final String AND = "\0";

  private static final Set<String> USUALLY_SHORT = Set.of("message", "yes");
  private static final Set<String> NOT_AGAIN = Set.of("output", "query", "columns");

  private static final Pattern TIME = Pattern.compile("(\\d{1,6})(s|m|h|d)");

  static CommandInput of(VerbSyntax verb, ParsedInput parsed) {
    Map<String, String> options = new LinkedHashMap<>();
    for (CommandOption o : parsed.options()) {
      options.put(o.longName(), o.value() == null ? "" : o.value());
    }
    return new CommandInput(
        verb, parsed.arguments().stream().map(CommandArgument::value).toList(), options);
  }

  public boolean has(String flag) {
    return options.containsKey(flag);
  }

  public @Nullable String option(String flag) {
    return options.get(flag);
  }

  /** The values of an option, one for each time that it was given. */
  public List<String> values(String flag) {
    String all = options.get(flag);
    return all == null ? List.of() : List.of(all.split(AND, -1));
  }

  /** The value of an option; {@code otherwise} where it was not given. */
  public String option(String flag, String otherwise) {
    return options.getOrDefault(flag, otherwise);
  }

  /** What is said of a value that a word or an option does not take. */
  public static Problem notTaken(String of, String value, String takes, String next) {
    return Problem.usage(of + " does not take \"" + value + "\"", "it takes " + takes, next);
  }

  /** What a value means, as {@link #notTaken} refuses it if it means nothing. */
  public static <T> T taken(Optional<T> meant, String of, String value, String takes, String next) {
    return meant.orElseThrow(() -> notTaken(of, value, takes, next));
  }

  /** The line, to be typed again. */
  public String line() {
    StringBuilder line = new StringBuilder(verb.name());
    arguments.forEach(a -> line.append(' ').append(Quoting.quoted(a)));
    return line + otherOptions("");
  }

  /** The line with that option instead of what was typed for it. */
  public String line(String flag, String value) {
    return with(flag, value).line();
  }

  public CommandInput with(String flag, String value) {
    Map<String, String> changed = new LinkedHashMap<>(options);
    changed.put(flag, value);
    return new CommandInput(verb, arguments, changed);
  }

  public CommandInput without(String flag) {
    Map<String, String> changed = new LinkedHashMap<>(options);
    changed.remove(flag);
    return new CommandInput(verb, arguments, changed);
  }

  /**
   * What follows a command that is to be typed again: a space before each option that was typed. An
   * option that says how to answer is left out.
   *
   * @param command what holds some of them already
   */
  public String otherOptions(String command) {
    StringBuilder line = new StringBuilder();
    options.forEach(
        (name, value) -> {
          CommandOption flag = verb.flag(name).orElse(null);
          if (flag == null || NOT_AGAIN.contains(name) || names(command, name)) {
            return;
          }
          String option = USUALLY_SHORT.contains(name) ? "-" + flag.shortName() : "--" + name;
          for (String each : value.split(AND, -1)) {
            line.append(' ')
                .append(
                    flag.value() == null
                        ? option
                        : each.isEmpty() ? "--" + name + "=" : option + " " + Quoting.quoted(each));
          }
        });
    return line.toString();
  }

  private static boolean names(String command, String flag) {
    return (command + " ").contains(" --" + flag + " ");
  }

  /** Whether the verb is to answer with JSON, whatever form that is put into. */
  public boolean json() {
    return AnswerFormat.isMade(form(), has("query"), has("columns"));
  }

  /** A query picks from JSON, and so JSON it answers with where the line does not say. */
  public OutputForm form() {
    return OutputForm.of(option("output", ""))
        .orElse(has("query") && !has("columns") ? OutputForm.JSON : OutputForm.TEXT);
  }

  public Optional<String> argument(int index) {
    return index < arguments.size() ? Optional.of(arguments.get(index)) : Optional.empty();
  }

  /** An argument that the verb requires; the parser has seen to it that it is there. */
  public String need(int index) {
    return arguments.get(index);
  }

  /**
   * A whole number given with an option.
   *
   * @throws Problem if it is none
   */
  public Optional<Integer> number(String flag) {
    return Optional.ofNullable(option(flag)).map(text -> wholeNumber("--" + flag, text));
  }

  public int wholeNumber(String of, String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw notTaken(of, text, "a whole number", verb.usage());
    }
  }

  /** {@code 90s}, {@code 30m}, {@code 2h} or {@code 2d}; empty if it is none of these. */
  public static Optional<Duration> time(String text) {
    Matcher m = TIME.matcher(text);
    if (!m.matches()) {
      return Optional.empty();
    }
    long n = Long.parseLong(m.group(1));
    return Optional.of(
        switch (m.group(2)) {
          case "s" -> Duration.ofSeconds(n);
          case "m" -> Duration.ofMinutes(n);
          case "h" -> Duration.ofHours(n);
          default -> Duration.ofDays(n);
        });
  }
}
