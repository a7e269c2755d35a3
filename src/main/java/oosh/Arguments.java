package oosh;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import oosh.config.Config;
import oosh.rollout.Problem;
import oosh.shell.Verb;
import oosh.shell.place.ReadOnly;
import oosh.shell.syntax.Statement;
import oosh.shell.syntax.StatementReader;
import oosh.shell.verbs.Verbs;
import org.jspecify.annotations.Nullable;

/**
 * The command line: {@code [--profile P] [--region R] [--group G] [--output FORM] [--query
 * JMESPATH] [--columns FIELD,…] [--read-only] [--resume] [-c LINE | VERB ARGS…]}, flag before
 * variable ({@code OOSH_PROFILE}, {@code OOSH_REGION}, {@code OOSH_GROUP}, {@code OOSH_READONLY}),
 * variable before config file.
 *
 * @param line of {@code -c}, or null
 * @param words the verb and what follows it; empty if none was given
 * @param answering the options before the verb that say how to answer, by name
 * @param resume whether to offer what the last prompt left
 * @param origins where profile, region and group came from, in words
 * @param readOnly whether every verb that changes something is refused
 */
record Arguments(
    @Nullable String profile,
    @Nullable String region,
    @Nullable String group,
    @Nullable String line,
    List<String> words,
    Map<String, String> answering,
    boolean version,
    boolean readOnly,
    boolean resume,
    Map<String, String> origins) {

  private static final List<String> PLACE = List.of("profile", "region", "group");

  static Arguments of(String[] args, Map<String, String> env) {
    String profile = given(env.get("OOSH_PROFILE"));
    String region = given(env.get("OOSH_REGION"));
    String group = given(env.get("OOSH_GROUP"));
    String line = null;
    boolean version = false;
    boolean readOnly = ReadOnly.isAsked(env);
    boolean resume = false;
    Map<String, String> origins = new HashMap<>();
    for (String part : PLACE) {
      String variable = "OOSH_" + part.toUpperCase(Locale.ROOT);
      if (given(env.get(variable)) != null) {
        origins.put(part, "variable " + variable);
      }
    }
    Map<String, String> answering = new LinkedHashMap<>();
    List<String> words = new ArrayList<>();
    boolean verb = false;
    boolean asked = false;
    for (int i = 0; i < args.length; i++) {
      String arg = args[i];
      if (arg.equals("--")) {
        verb = true;
      }
      // After the verb the three are still ours, unless it is the verb's own filter.
      if ((arg.equals("--profile") || arg.equals("--region") || arg.equals("--group"))
          && (!verb || !isVerbsOwn(arg, words))) {
        if (++i >= args.length) {
          throw Problem.usage(
              arg + " needs a value", "it is the last" + " argument", "oosh " + arg + " NAME");
        }
        origins.put(arg.substring(2), "option " + arg);
        switch (arg) {
          case "--profile" -> profile = args[i];
          case "--region" -> region = args[i];
          default -> group = args[i];
        }
      } else if (!verb && (arg.equals("-c") || arg.equals("--command"))) {
        if (++i >= args.length) {
          throw Problem.usage("-c needs a line", "it is the last argument", "oosh -c 'history'");
        }
        line = args[i];
      } else if (!verb && answerOption(arg) != null) {
        int equals = arg.startsWith("--") ? arg.indexOf('=') : -1;
        if (equals < 0 && ++i >= args.length) {
          throw Problem.usage(
              arg + " needs a value", "it is the last argument", "oosh --output json history");
        }
        answering.put(
            String.valueOf(answerOption(arg)), equals < 0 ? args[i] : arg.substring(equals + 1));
      } else if (arg.equals("--read-only") && !words.contains("--")) {
        // Also behind the verb: none has an option of that name.
        readOnly = true;
      } else if (!verb && arg.equals("--resume")) {
        resume = true;
      } else if (!verb && arg.equals("--version")) {
        version = true;
      } else if (!verb && (arg.equals("--help") || arg.equals("-h"))) {
        words.add("help");
        asked = true;
        verb = true;
      } else if (!verb && arg.startsWith("-")) {
        throw Problem.usage(
            "oosh has no option " + arg,
            "before a verb it takes --profile, --region, --group, --output, --query, --columns,"
                + " --read-only, --resume, -c, --version and --help",
            "oosh help");
      } else {
        words.add(arg);
        verb = true;
      }
    }
    if (asked && words.size() == 1) {
      // The verbs are a list of screens; a reader who is new here needs one.
      words.add("start");
    }
    if (line != null && !words.isEmpty()) {
      throw Problem.usage(
          "-c and a verb do not go together", "both say what to run", "oosh -c '" + line + "'");
    }
    if (resume && (line != null || !words.isEmpty())) {
      throw onlyAtThePrompt();
    }
    return new Arguments(
        profile, region, group, line, words, answering, version, readOnly, resume, origins);
  }

  static Problem onlyAtThePrompt() {
    return Problem.usage(
        "--resume goes with the prompt alone",
        "it asks whether to go on where the last prompt ended, and here is none",
        "oosh --resume, without a verb, at a terminal");
  }

  /** With what the config file says where neither an option nor a variable says it. */
  Arguments or(Config config) {
    Map<String, String> all = new HashMap<>(origins);
    config.place().keySet().forEach(part -> all.putIfAbsent(part, "config file"));
    return new Arguments(
        profile != null ? profile : config.profile(),
        region != null ? region : config.region(),
        group != null ? group : config.group(),
        line,
        words,
        answering,
        version,
        readOnly,
        resume,
        all);
  }

  /** Whether an option or a variable says where, and not the config file alone. */
  boolean placed() {
    return origins.values().stream().anyMatch(from -> from.matches("(option|variable) .*"));
  }

  /** Those of the options that were typed with the one command; none for a prompt or a line. */
  Map<String, String> typedPlace() {
    Map<String, String> typed = words.isEmpty() ? new LinkedHashMap<>() : place();
    typed.keySet().removeIf(part -> !origins.getOrDefault(part, "").startsWith("option "));
    return typed;
  }

  /** The options that say where, by name. */
  Map<String, String> place() {
    Map<String, String> place = new LinkedHashMap<>();
    for (String[] given :
        new @Nullable String[][] {{"profile", profile}, {"region", region}, {"group", group}}) {
      if (given[1] != null) {
        place.put(given[0], given[1]);
      }
    }
    return place;
  }

  /** Whether it asks for words that are the same whatever is set up. */
  boolean onlyHelp() {
    return !words.isEmpty() && words.get(0).equals("help");
  }

  /** Whether nothing says what to do but what is typed, or comes by standard input. */
  boolean interactive() {
    return line == null && words.isEmpty();
  }

  /** The option's name, if it says how to answer. */
  private static @Nullable String answerOption(String arg) {
    String name = arg.equals("-o") ? "output" : arg.replaceFirst("^--", "").split("=", 2)[0];
    return arg.startsWith("-") && Verb.ANSWERING.contains(name) ? name : null;
  }

  private static boolean isVerbsOwn(String option, List<String> words) {
    return words.isEmpty()
        || Verbs.beginningWith(words.get(0)).stream()
            .anyMatch(v -> v.flag(option.substring(2)).isPresent());
  }

  /** Whether something of it is such a verb, as far as first words tell. */
  boolean any(Predicate<Verb> such) {
    Stream<String> commands =
        line == null
            ? words.stream().limit(1)
            : StatementReader.statements(line).stream().map(Statement::command);
    return commands
        .flatMap(c -> Verbs.beginningWith(c.strip().split("\\s", 2)[0]).stream())
        .anyMatch(such);
  }

  private static @Nullable String given(@Nullable String value) {
    return value == null || value.isEmpty() ? null : value;
  }
}
