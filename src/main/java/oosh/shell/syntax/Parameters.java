package oosh.shell.syntax;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import oosh.rollout.Problem;
import oosh.shell.Quoting;
import oosh.shell.StrictCommandParser;
import oosh.shell.Verb;
import oosh.shell.VerbCommand;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.CommandOption;
import org.springframework.shell.core.command.CommandRegistry;

/**
 * Puts values in the place of parameters. A value is one word, or a part of one, and is never read
 * again: quotes, blanks, {@code ;} and {@code |} in it are letters, it makes neither a verb nor an
 * option, and a parameter that it names is not filled in. A program's command and the text of a
 * here-document are the program's: they keep what they say.
 */
public final class Parameters {
  /**
   * Of a session file: a name in braces behind a dollar sign; two dollar signs are a literal one.
   */
  public static final Parameters NAMED =
      new Parameters(
          Pattern.compile("\\$(\\$\\{)|\\$\\{([a-zA-Z][\\w-]*)\\}|\\$\\{"), "${", "}", "name");

  /** {@code $1} to {@code $9} of an alias; {@code $$1} is a literal {@code $1}. */
  public static final Parameters NUMBERED =
      new Parameters(Pattern.compile("\\$(\\$)(?=[1-9])|\\$([1-9])"), "$", "", "1");

  private final Pattern pattern;
  private final String open;
  private final String close;
  private final String example;

  private Parameters(Pattern pattern, String open, String close, String example) {
    this.pattern = pattern;
    this.open = open;
    this.close = close;
    this.example = example;
  }

  /** How a parameter is typed. */
  String typed(String name) {
    return open + name + close;
  }

  /** The parameters that a statement uses, in their order. */
  public Set<String> names(Statement statement) {
    Set<String> names = new LinkedHashSet<>();
    for (String text : texts(statement)) {
      names(text, names::add);
    }
    return names;
  }

  private void names(String text, Consumer<String> each) {
    Matcher m = pattern.matcher(text);
    while (m.find()) {
      if (m.group(1) == null && m.group(2) != null) {
        each.accept(m.group(2));
      }
    }
  }

  private static List<String> texts(Statement statement) {
    if (statement.program()) {
      return List.of();
    }
    OutputTarget output = statement.output();
    return output == null || output.kind() == OutputTarget.Kind.PIPE
        ? List.of(statement.command())
        : List.of(statement.command(), output.word());
  }

  /**
   * The statement with the values instead.
   *
   * @param values of all names that the statement uses
   * @throws Problem USAGE if a value would be read as something else than a word
   */
  public Statement fill(Statement statement, Map<String, String> values, CommandRegistry verbs) {
    if (texts(statement).stream().noneMatch(t -> pattern.matcher(t).find())) {
      return statement;
    }
    List<String> words;
    try {
      words = StrictCommandParser.split(statement.command());
    } catch (Problem open) {
      return statement; // Its run says that a quote is open.
    }
    OutputTarget output = statement.output();
    if (output != null && output.kind() != OutputTarget.Kind.PIPE) {
      List<String> file = StrictCommandParser.split(output.word());
      output =
          new OutputTarget(
              output.kind(),
              file.stream()
                  .map(w -> Quoting.quoted(filled(w, values)))
                  .collect(Collectors.joining(" ")));
    }
    return statement.with(typed(words(words, values, verbs)), output);
  }

  private List<String> words(
      List<String> words, Map<String, String> values, CommandRegistry verbs) {
    List<String> plain = words.stream().map(w -> filled(w, values)).toList();
    Verb verb = VerbCommand.of(verbs, plain).map(VerbCommand::verb).orElse(null);
    int name = verb == null ? 1 : verb.name().split(" ", -1).length;
    for (String word : words.subList(0, Math.min(name, words.size()))) {
      if (pattern.matcher(word).find()) {
        throw wrong(word, "is a part of a verb");
      }
    }
    List<String> all = new ArrayList<>(words.subList(0, Math.min(name, words.size())));
    all.addAll(behind(verb, words.subList(all.size(), words.size()), values));
    return all;
  }

  /** The words behind a verb. */
  private List<String> behind(@Nullable Verb verb, List<String> words, Map<String, String> values) {
    List<String> all = new ArrayList<>();
    Optional<CommandOption> waiting = Optional.empty();
    boolean onlyArguments = false;
    for (String word : words) {
      if (waiting.isPresent()) {
        all.add(value(verb, String.valueOf(waiting.get().longName()), word, values));
        waiting = Optional.empty();
      } else if (onlyArguments || !word.startsWith("-") || word.equals("-")) {
        String filled = filled(word, values);
        if (!onlyArguments && filled.startsWith("-") && filled.length() > 1) {
          throw wrong(word, "would be read as the option " + filled);
        }
        all.add(filled);
      } else {
        int equals = word.startsWith("--") ? word.indexOf('=') : -1;
        String option = equals < 0 ? word : word.substring(0, equals);
        if (pattern.matcher(option).find()) {
          throw wrong(option, "is a part of an option");
        }
        onlyArguments = word.equals("--");
        waiting =
            verb == null || equals >= 0
                ? Optional.empty()
                : (option.startsWith("--")
                        ? verb.flag(option.substring(2))
                        : verb.flag(option.charAt(1)))
                    .filter(f -> f.value() != null);
        all.add(
            equals < 0
                ? word
                : option
                    + "="
                    + value(verb, option.substring(2), word.substring(equals + 1), values));
      }
    }
    return all;
  }

  /** The value of an option; that of one that stages something is a line of words itself. */
  private String value(
      @Nullable Verb verb, String option, String word, Map<String, String> values) {
    Optional<Verb> part = verb == null ? Optional.empty() : verb.part(option);
    if (part.isEmpty() || !pattern.matcher(word).find()) {
      return filled(word, values);
    }
    return typed(behind(part.get(), StrictCommandParser.split(word), values));
  }

  private static String typed(List<String> words) {
    return words.stream().map(Quoting::quoted).collect(Collectors.joining(" "));
  }

  private String filled(String word, Map<String, String> values) {
    Matcher m = pattern.matcher(word);
    StringBuilder filled = new StringBuilder();
    while (m.find()) {
      String value = m.group(1);
      if (value == null) {
        value = m.group(2) == null ? null : values.get(m.group(2));
      }
      if (value == null) {
        throw Problem.usage(
            "\"" + word + "\" names no parameter",
            "a parameter is typed " + typed(example),
            "$" + open + " for the letters " + open);
      }
      m.appendReplacement(filled, Matcher.quoteReplacement(value));
    }
    m.appendTail(filled);
    if (filled.isEmpty()) {
      throw wrong(word, "is empty, and a word is missing then");
    }
    return filled.toString();
  }

  private Problem wrong(String word, String why) {
    return Problem.usage(
        "the value of " + word + " cannot stand here",
        word + " " + why + "; a parameter is a word",
        "another value, or the line without a parameter");
  }
}
