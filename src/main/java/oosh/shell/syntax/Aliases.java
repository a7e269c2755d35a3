package oosh.shell.syntax;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import oosh.rollout.Problem;
import oosh.shell.Quoting;
import oosh.shell.Session;
import oosh.shell.StrictCommandParser;
import oosh.shell.VerbCommand;
import oosh.shell.WordCompleter;
import oosh.view.text.TextSanitizer;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.CommandRegistry;
import org.springframework.shell.core.command.completion.CompletionProposal;

/**
 * The user's own names for lines of this shell. An alias hides no verb and calls no alias, so that
 * a line that was read once means the same for as long as the shell lasts.
 */
public final class Aliases {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z][\\w-]*");
  private static final String EXAMPLE = "alias web = use group $1; stage batch 3";

  private final Map<String, Alias> all = new ConcurrentSkipListMap<>();
  private boolean allowed;

  /**
   * An alias.
   *
   * @param line what it stands for, as it was typed
   * @param parameters how many words it takes
   */
  public record Alias(String name, String line, List<Statement> statements, int parameters) {
    /** {@code web = use group $1; stage batch 3}. */
    public String text() {
      return name + " = " + line;
    }

    private String usage() {
      return name
          + IntStream.rangeClosed(1, parameters)
              .mapToObj(n -> " WORD")
              .collect(Collectors.joining());
    }
  }

  private Aliases() {}

  public static Aliases of(Session session) {
    return session.part(Aliases.class, s -> new Aliases());
  }

  /** From now on this shell has a prompt. */
  void allow() {
    allowed = true;
  }

  /**
   * @throws Problem REFUSED where no person types
   */
  public static Aliases atPrompt(Session session) {
    Aliases aliases = of(session);
    if (!aliases.allowed || session.playing() != null) {
      throw Problem.refused(
          "there are no aliases here",
          "they are for the prompt; a file or another shell's line is to mean the same everywhere",
          "oosh, and there " + EXAMPLE);
    }
    return aliases;
  }

  public boolean has(String name) {
    return all.containsKey(name);
  }

  public List<Alias> all() {
    return List.copyOf(all.values());
  }

  /**
   * Makes an alias, or changes one.
   *
   * @throws Problem USAGE if the name or the line cannot be an alias's
   */
  public Alias define(String name, String line, CommandRegistry verbs) {
    if (!NAME.matcher(name).matches()) {
      throw Problem.usage(
          "\"" + name + "\" is no name for an alias",
          "a name is of letters, digits, \"-\" and \"_\", and begins with a letter",
          EXAMPLE);
    }
    if (verbs.getCommands().stream().anyMatch(c -> (c.getName() + " ").startsWith(name + " "))) {
      throw Problem.usage(
          "an alias cannot be called " + name, "it is a verb, and an alias hides none", EXAMPLE);
    }
    List<StatementReader.Line> lines = StatementReader.lines(line);
    List<Statement> statements = StatementReader.statements(line);
    if (statements.isEmpty() || lines.stream().anyMatch(l -> l.missing() != null || l.hasText())) {
      throw Problem.usage(
          "that is no line for the alias " + name,
          statements.isEmpty()
              ? "it is empty"
              : "a quote or a text of it is open, and an alias is one line",
          EXAMPLE);
    }
    Set<String> used = new TreeSet<>();
    for (Statement statement : statements) {
      check(name, statement, verbs);
      used.addAll(Parameters.NUMBERED.names(statement));
    }
    for (int n = 1; n <= used.size(); n++) {
      if (!used.contains(String.valueOf(n))) {
        throw Problem.usage(
            "the alias " + name + " uses no $" + n,
            "its parameters are numbered from $1 on, without a gap",
            EXAMPLE);
      }
    }
    Alias alias = new Alias(name, line, statements, used.size());
    all.put(name, alias);
    return alias;
  }

  private void check(String name, Statement statement, CommandRegistry verbs) {
    Problem wrong = statement.wrong();
    if (wrong != null) {
      throw wrong;
    }
    if (statement.program() && statement.command().matches("(?s).*\\$\\d.*")) {
      throw Problem.usage(
          "the alias "
              + name
              + " gives no words to \""
              + TextSanitizer.line(statement.line())
              + "\"",
          "what stands behind ! is the shell's, and so is its $1",
          EXAMPLE);
    }
    if (statement.program()) {
      return;
    }
    List<String> words = StrictCommandParser.split(statement.command());
    String verb = VerbCommand.of(verbs, words).map(VerbCommand::getName).orElse("");
    if (verb.isEmpty() || verb.endsWith("alias")) {
      throw Problem.usage(
          "the alias " + name + " cannot stand for \"" + statement.line() + "\"",
          !verb.isEmpty()
              ? "an alias makes no alias"
              : all.containsKey(words.get(0))
                  ? "an alias calls no alias"
                  : "it begins with no whole verb",
          EXAMPLE);
    }
  }

  /**
   * @throws Problem USAGE if there is no such alias
   */
  public Alias remove(String name) {
    Alias removed = all.remove(name);
    if (removed == null) {
      throw unknown(name);
    }
    return removed;
  }

  /**
   * @throws Problem USAGE if there is no such alias
   */
  public Alias need(String name) {
    return Optional.ofNullable(all.get(name)).orElseThrow(() -> unknown(name));
  }

  private Problem unknown(String name) {
    return Problem.usage(
        "there is no alias \"" + name + "\"",
        all.isEmpty()
            ? "this shell has none yet"
            : "this shell has "
                + StrictCommandParser.didYouMean(
                    name, List.copyOf(all.keySet()), String.join(", ", all.keySet())),
        all.isEmpty() ? EXAMPLE : "alias");
  }

  /** What Tab offers as the first word. */
  public List<CompletionProposal> proposals() {
    return all().stream().map(a -> WordCompleter.item(a.name(), a.line())).toList();
  }

  /**
   * What a statement means: itself, or the statements of its alias.
   *
   * @throws Problem USAGE if the words behind the alias are too few or too many
   */
  List<Statement> meant(Statement statement, CommandRegistry verbs) {
    if (all.isEmpty() || statement.program()) {
      return List.of(statement);
    }
    List<String> words;
    try {
      words = StrictCommandParser.split(statement.command());
    } catch (Problem open) {
      return List.of(statement);
    }
    Alias alias = words.isEmpty() ? null : all.get(words.get(0));
    return alias == null ? List.of(statement) : filled(alias, words, statement, verbs);
  }

  private static List<Statement> filled(
      Alias alias, List<String> words, Statement typed, CommandRegistry verbs) {
    int given = words.size() - 1;
    if (given != alias.parameters()) {
      throw Problem.usage(
          given < alias.parameters()
              ? alias.name() + " needs $" + (given + 1)
              : alias.name() + " does not take \"" + words.get(alias.parameters() + 1) + "\"",
          "the alias is " + alias.text(),
          alias.usage());
    }
    Map<String, String> values = new HashMap<>();
    for (int n = 1; n <= given; n++) {
      values.put(String.valueOf(n), words.get(n));
    }
    List<Statement> filled =
        alias.statements().stream().map(s -> Parameters.NUMBERED.fill(s, values, verbs)).toList();
    if (typed.output() == null && typed.here() == null) {
      return filled;
    }
    if (filled.size() > 1 || filled.get(0).leavesOosh() || typed.here() != null) {
      throw Problem.usage(
          alias.name() + " takes no " + sign(typed.output()),
          "the alias is more than one command: " + alias.text(),
          words.stream().map(Quoting::quoted).collect(Collectors.joining(" ")));
    }
    return List.of(filled.get(0).with(filled.get(0).command(), typed.output()));
  }

  private static String sign(@Nullable OutputTarget output) {
    return output == null ? "<<" : output.kind().sign();
  }
}
