package oosh.shell;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import oosh.rollout.Problem;
import oosh.view.format.OutputForm;
import oosh.view.text.TextSanitizer;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser.ParseContext;
import org.jline.reader.impl.DefaultParser;
import org.jline.utils.Levenshtein;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.CommandOption;
import org.springframework.shell.core.command.CommandParser;
import org.springframework.shell.core.command.CommandRegistry;
import org.springframework.shell.core.command.ParsedInput;

/**
 * The strict word parser: finds the verb (the longest name that the words begin with) and refuses
 * every option and word that it does not declare. Spring Shell's own parser accepts unknown options
 * silently and knows neither single quotes nor {@code --}.
 */
public final class StrictCommandParser implements CommandParser {
  /** How the options call their value that take several, with commas between them. */
  private static final String LIST = ",…";

  /** What joins and redirects commands in other shells. */
  private static final Set<String> SHELLS = Set.of("&&", "||", "&", "<", "2>", "2>&1", "&>");

  /** How other shells are left. */
  private static final Set<String> LEAVING = Set.of("quit", "q", ":q", "bye", "logout");

  /** The verbs whose words may hold any text. */
  private static final Set<String> TEXTS = Set.of("stage set", "alias", "repeat");

  /** How the options call their value that say why something is done. */
  static final String REASON = "REASON";

  /** The name of an argument that is the rest of the line, options included. */
  public static final String REST = "VERB…";

  private final CommandRegistry registry;

  StrictCommandParser(CommandRegistry registry) {
    this.registry = registry;
  }

  /** The words of a line, quotes and escapes taken away. */
  public static List<String> split(String line) {
    ParsedLine parsed;
    try {
      DefaultParser parser = new LineParser();
      parser.setEofOnUnclosedQuote(true);
      parser.setEofOnEscapedNewLine(true);
      parsed = parser.parse(line, line.length(), ParseContext.ACCEPT_LINE);
    } catch (EOFError e) {
      throw Problem.usage(
          "the line is not complete",
          "a quote is opened and not closed, or it ends in a backslash",
          "close the quote and try again");
    }
    List<String> words = new ArrayList<>(parsed.words());
    words.removeIf(String::isEmpty);
    return words;
  }

  /** The form that the words ask for, as far as that can be told of words that no verb takes. */
  static OutputForm formOf(List<String> words) {
    String before = "";
    OutputForm form = OutputForm.TEXT;
    for (String word : words) {
      boolean option = before.equals("--output") || before.equals("-o");
      String value = option ? word : word.replaceFirst("^--output=", "");
      if (option || !value.equals(word)) {
        form = OutputForm.of(value).orElse(form);
      }
      before = word;
    }
    return form;
  }

  @Override
  public ParsedInput parse(String line) {
    return parse(split(line), Map.of(), false);
  }

  /** The verb that the words begin with, if there is one. */
  public Optional<VerbCommand> command(List<String> words) {
    return VerbCommand.of(registry, words);
  }

  /**
   * @param usual options that say how to answer where the words do not
   * @param always whether they also count where the words say something else
   */
  ParsedInput parse(List<String> words, Map<String, String> usual, boolean always) {
    Verb verb = command(words).orElseThrow(() -> unknown(words)).verb();
    int taken = verb.name().split(" ", -1).length;
    // A wrong word behind "use" is a mistake in the name of one of its verbs.
    if (verb.arguments().isEmpty()
        && words.size() > taken
        && !words.get(taken).startsWith("-")
        && registry.getCommands().stream()
            .anyMatch(c -> c.getName().startsWith(verb.name() + " "))) {
      throw unknown(words);
    }
    return parse(verb, words.subList(taken, words.size()), usual, always);
  }

  /** What a verb reads of the words behind it. */
  public static CommandInput input(Verb verb, List<String> words) {
    return CommandInput.of(verb, parse(verb, words, Map.of(), false));
  }

  private static ParsedInput parse(
      Verb verb, List<String> words, Map<String, String> usual, boolean always) {
    ParsedInput.Builder parsed = ParsedInput.builder().commandName(verb.name());
    List<String> arguments = new ArrayList<>();
    Map<String, String> given = new HashMap<>();
    boolean onlyArguments = false;
    boolean help = false;
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (onlyArguments || !word.startsWith("-") || word.equals("-")) {
        arguments.add(word);
        onlyArguments |= isRest(verb, arguments.size());
      } else if (word.equals("--")) {
        onlyArguments = true;
      } else {
        int equals = word.startsWith("--") ? word.indexOf('=') : -1;
        String name = equals < 0 ? word : word.substring(0, equals);
        CommandOption flag = flag(verb, name);
        help |= "help".equals(flag.longName());
        String value = equals < 0 ? null : word.substring(equals + 1);
        if (flag.value() == null && value != null) {
          throw Problem.usage(name + " takes no value", "it is a flag", verb.usage());
        }
        if (flag.value() != null && value == null) {
          if (++i >= words.size()) {
            throw Problem.usage(name + " needs a value", "it takes " + flag.value(), verb.usage());
          }
          value = words.get(i);
        }
        if (REASON.equals(flag.value()) && isOnlyBlank(value)) {
          throw Problem.usage(
              name + " needs a reason",
              "there are only blanks in it",
              verb.name() + " " + name + " \"web 2.4.1\"");
        }
        if ("output".equals(flag.longName())) {
          form(String.valueOf(value), verb);
        }
        String option = String.valueOf(flag.longName());
        value = again(flag, name, given.get(option), value, verb);
        given.put(option, String.valueOf(value));
        parsed.addOption(option(flag, value));
      }
    }
    if (!help) {
      check(verb, arguments);
    }
    for (int i = 0; i < arguments.size(); i++) {
      parsed.addArgument(
          new org.springframework.shell.core.command.CommandArgument(i, arguments.get(i)));
    }
    usual.forEach(
        (name, value) -> {
          if (name.equals("output")) {
            form(value, verb);
          }
          // Of two the last one counts.
          if (always || !given.containsKey(name)) {
            parsed.addOption(option(verb.flag(name).orElseThrow(), value));
          }
        });
    return parsed.build();
  }

  private static boolean isRest(Verb verb, int argument) {
    return argument < verb.arguments().size() && REST.equals(verb.arguments().get(argument).name());
  }

  private static OutputForm form(String word, Verb verb) {
    return CommandInput.taken(
        OutputForm.of(word).filter(verb.forms()::contains),
        "--output",
        word,
        String.join(", ", verb.forms().stream().map(OutputForm::word).toList()),
        verb.name() + " --output json");
  }

  /**
   * The value of an option that may have been given before: lists are put together.
   *
   * @throws Problem USAGE for two values of which one would be ignored
   */
  private static @Nullable String again(
      CommandOption flag, String name, @Nullable String before, @Nullable String value, Verb verb) {
    if (before == null || value == null || before.equals(value)) {
      return value;
    }
    if (verb.adds(String.valueOf(flag.longName()))) {
      return before + CommandInput.AND + value;
    }
    if (String.valueOf(flag.value()).endsWith(LIST)) {
      return before + "," + value;
    }
    throw Problem.usage(
        name + " is given twice", "it is " + before + " and " + value, verb.usage());
  }

  /** Nothing at all is no reason, and may be given: a variable that is empty. */
  private static boolean isOnlyBlank(@Nullable String value) {
    return value != null && !value.isEmpty() && TextSanitizer.line(value).isBlank();
  }

  private static CommandOption option(CommandOption flag, @Nullable String value) {
    return CommandOption.with()
        .longName(String.valueOf(flag.longName()))
        .value(value == null ? "true" : value)
        .build();
  }

  private static CommandOption flag(Verb verb, String typed) {
    Optional<CommandOption> flag =
        typed.startsWith("--")
            ? verb.flag(typed.substring(2))
            : typed.length() == 2 ? verb.flag(typed.charAt(1)) : Optional.empty();
    return flag.orElseThrow(() -> noOption(verb, typed));
  }

  private static Problem noOption(Verb verb, String typed) {
    boolean file = isFile(verb, typed);
    List<String> flags = verb.flags().stream().map(f -> "--" + f.longName()).toList();
    return Problem.usage(
        verb.name() + " has no option " + typed,
        file
            ? "what begins with - is an option; a file of that name is here"
            : didYouMean(typed, flags, "help " + verb.name() + " lists what it takes"),
        file ? verb.name() + " ./" + typed : verb.usage());
  }

  private static boolean isFile(Verb verb, String typed) {
    try {
      return verb.arguments().stream().anyMatch(a -> a.name().contains("FILE"))
          && Files.exists(FileName.of(typed));
    } catch (InvalidPathException none) {
      return false;
    }
  }

  private static void check(Verb verb, List<String> arguments) {
    List<Verb.Argument> declared = verb.arguments();
    Optional<String> foreign = arguments.stream().filter(SHELLS::contains).findFirst();
    if (foreign.isPresent()) {
      throw Problem.usage(
          verb.name() + " does not take " + foreign.get(),
          "that is a sign of other shells; a ; is put between two commands here",
          "help lines");
    }
    if (!TEXTS.contains(verb.name()) && arguments.stream().anyMatch(a -> a.indexOf('\n') >= 0)) {
      throw Problem.usage(
          verb.name() + " does not take a word with a line end",
          "a quote begins on one line and ends on another",
          verb.usage());
    }
    if (arguments.size() > declared.size() && !verb.repeats()) {
      throw Problem.usage(
          verb.name() + " does not take \"" + arguments.get(declared.size()) + "\"",
          declared.isEmpty() ? "it takes no words" : "it takes " + declared.size() + " at most",
          verb.usage());
    }
    if (arguments.size() < declared.size() && declared.get(arguments.size()).required()) {
      throw Problem.usage(
          verb.name() + " needs " + declared.get(arguments.size()).name(),
          "without it there is nothing to act on",
          verb.examples().isEmpty() ? verb.usage() : verb.examples().get(0));
    }
  }

  private Problem unknown(List<String> words) {
    String typed = words.isEmpty() ? "" : words.get(0);
    List<String> below =
        registry.getCommands().stream()
            .map(c -> c.getName())
            .filter(n -> n.startsWith(typed + " "))
            .sorted()
            .toList();
    if (!below.isEmpty()) {
      return Problem.usage(
          words.size() > 1
              ? typed + " does not take \"" + words.get(1) + "\""
              : typed + " needs one more word",
          "it takes "
              + String.join(
                  ", ", below.stream().map(n -> n.substring(typed.length() + 1)).toList()),
          "help " + typed);
    }
    Optional<String> whole = meantWithItsVerb(words);
    if (whole.isPresent()) {
      return Problem.usage(
          "there is no verb \"" + typed + "\"",
          "it goes behind " + whole.get().substring(0, whole.get().indexOf(' ')),
          whole.get());
    }
    if (typed.matches("[^|>]+[|>].*")) {
      return Problem.usage(
          "there is no verb \"" + typed + "\"",
          "| and > take a blank before them, because values may hold both",
          typed.replaceFirst("\\s*(\\||>>?)\\s*", " $1 ")
              + words.stream().skip(1).map(w -> " " + w).collect(Collectors.joining()));
    }
    if (LEAVING.contains(typed)) {
      return Problem.usage(
          "there is no verb \"" + typed + "\"", "the verb that leaves is exit", "exit");
    }
    List<String> first =
        registry.getCommands().stream().map(c -> c.getName().split(" ", -1)[0]).distinct().toList();
    return Problem.usage(
        "there is no verb \"" + typed + "\"",
        didYouMean(typed, first, "oosh does not know it"),
        "help");
  }

  /**
   * The line with the word before it that makes it a verb's: {@code stage batch 3} for {@code batch
   * 3}. Empty where that verb does not take the words behind it, or no such verb stands out.
   */
  private Optional<String> meantWithItsVerb(List<String> words) {
    List<String> lines =
        words.isEmpty()
            ? List.of()
            : registry.getCommands().stream()
                .map(c -> ((VerbCommand) c).verb())
                .filter(v -> v.name().endsWith(" " + words.get(0)))
                .filter(v -> takes(v, words.subList(1, words.size())))
                .map(
                    v ->
                        words.stream()
                            .skip(1)
                            .map(Quoting::quoted)
                            .collect(Collectors.joining(" ", v.name() + " ", ""))
                            .strip())
                .toList();
    return lines.size() == 1 ? Optional.of(lines.get(0)) : Optional.empty();
  }

  private static boolean takes(Verb verb, List<String> words) {
    try {
      input(verb, words);
      return true;
    } catch (Problem p) {
      return false;
    }
  }

  /** The candidate that differs in at most two letters, if there is one. */
  public static Optional<String> nearest(String typed, List<String> candidates) {
    int most = Math.min(2, typed.length() / 2);
    return candidates.stream()
        .filter(c -> Levenshtein.distance(typed, c) <= most)
        .min(Comparator.comparingInt(c -> Levenshtein.distance(typed, c)));
  }

  /** {@code did you mean launch?}, or {@code otherwise} where no candidate is near. */
  public static String didYouMean(String typed, List<String> candidates, String otherwise) {
    return nearest(typed, candidates).map(n -> "did you mean " + n + "?").orElse(otherwise);
  }
}
