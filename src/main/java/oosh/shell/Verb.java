package oosh.shell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.Command;
import org.springframework.shell.core.command.CommandContext;
import org.springframework.shell.core.command.CommandOption;
import org.springframework.shell.core.command.ExitStatus;
import org.springframework.shell.core.command.completion.CompletionProposal;
import org.springframework.shell.core.command.completion.CompletionProvider;

/**
 * A verb: what is typed, what it takes, what it says of itself, and what it does. Parser,
 * completion, usage errors and help all read this one record.
 */
public final class Verb implements Command, VerbSyntax {
  /** The headings of {@code help}, in its order. */
  enum HelpSection {
    CONTEXT("Context"),
    STAGE("Staging"),
    ROLLOUT("Rolling updates"),
    PAST("History"),
    SHELL("Shell");

    final String title;

    HelpSection(String title) {
      this.title = title;
    }
  }

  /** What a verb does; the number is the exit status. */
  interface Action {
    int run(CommandInput input) throws InterruptedException;
  }

  /** A word after the verb. */
  record Argument(String name, boolean required, WordCompleter suggest) {}

  private final String name;
  private final HelpSection heading;
  private final String sentence;
  private final List<String> examples = new ArrayList<>();
  private final List<Argument> arguments = new ArrayList<>();
  private final Map<String, VerbOption> flags = new LinkedHashMap<>();
  private final Map<String, WordCompleter> flagValues = new LinkedHashMap<>();
  private boolean changing;
  private boolean repeating;
  private Function<CommandInput, Optional<String>> writing = input -> Optional.empty();
  private Runnable prefetch = () -> {};
  private @Nullable Action action;

  private Verb(String name, HelpSection heading, String sentence) {
    this.name = name;
    this.heading = heading;
    this.sentence = sentence;
    flag("output", 'o', "text|json", "how to answer: text, or one JSON document");
    values("output", WordCompleter.words("text", "json"));
    flag("help", 'h', null, "say what this verb does");
  }

  static Verb of(String name, HelpSection heading, String sentence) {
    return new Verb(name, heading, sentence);
  }

  Verb example(String... lines) {
    examples.addAll(Arrays.asList(lines));
    return this;
  }

  Verb argument(String argument, WordCompleter suggest) {
    arguments.add(new Argument(argument, true, suggest));
    return this;
  }

  Verb optional(String argument, WordCompleter suggest) {
    arguments.add(new Argument(argument, false, suggest));
    return this;
  }

  /** The last argument, any number of times. */
  Verb several(String argument, WordCompleter suggest) {
    repeating = true;
    return optional(argument, suggest);
  }

  /** Whether there may be more words than it names. */
  boolean repeats() {
    return repeating;
  }

  Verb flag(String flag, char letter, @Nullable String value, String says) {
    flags.put(flag, new VerbOption(flag, letter, value, says));
    return this;
  }

  /** Whether it would change something at the service, typed like that. */
  boolean changes(CommandInput input) {
    return changing && !input.has("dry-run") && !input.has("help");
  }

  /** What completes the value of a flag. */
  Verb values(String flag, WordCompleter suggest) {
    flagValues.put(flag, suggest);
    return this;
  }

  /** It changes something at the service: {@code run} looks at it before it plays it. */
  Verb changes() {
    changing = true;
    return this;
  }

  /**
   * It writes outside the service: a session file needs the user's yes for that, on any profile.
   *
   * @param what goes on after "let FILE"; empty if the line writes nothing
   */
  Verb writes(Function<CommandInput, Optional<String>> what) {
    writing = what;
    return this;
  }

  /** What it would write, typed like that. */
  Optional<String> writes(CommandInput input) {
    return input.has("help") ? Optional.empty() : writing.apply(input);
  }

  /** What it reads at a prompt while its line is still typed. */
  Verb whenTyped(Runnable prefetching) {
    prefetch = prefetching;
    return this;
  }

  void prefetch() {
    prefetch.run();
  }

  Verb does(Action what) {
    action = what;
    return this;
  }

  HelpSection heading() {
    return heading;
  }

  List<String> examples() {
    return examples;
  }

  List<Argument> arguments() {
    return arguments;
  }

  List<VerbOption> flags() {
    return List.copyOf(flags.values());
  }

  @Override
  public Optional<VerbOption> flag(String flag) {
    return Optional.ofNullable(flags.get(flag));
  }

  Optional<VerbOption> flag(char letter) {
    return flags.values().stream().filter(f -> f.letter() == letter).findFirst();
  }

  WordCompleter valuesOf(VerbOption flag) {
    return flagValues.getOrDefault(flag.name(), WordCompleter.NOTHING);
  }

  @Override
  public String usage() {
    StringBuilder s = new StringBuilder(name);
    for (Argument a : arguments) {
      s.append(a.required() ? " " + a.name() : " [" + a.name() + "]");
    }
    for (VerbOption f : flags.values()) {
      if (!f.name().equals("help") && !f.name().equals("output")) {
        s.append(" [--").append(f.name()).append(f.value() == null ? "" : " " + f.value());
        s.append(']');
      }
    }
    return s.toString();
  }

  /**
   * What Tab offers after these words: the next argument's values, an option's, or the options.
   *
   * @param before the words before this one, the verb's own included
   */
  List<WordCompleter.CompletionItem> propose(List<String> before, String prefix) {
    int given = 0;
    VerbOption waiting = null;
    Set<String> used = new HashSet<>();
    for (String word : before.subList(name.split(" ", -1).length, before.size())) {
      if (waiting != null) {
        waiting = null;
      } else if (word.startsWith("-") && word.length() > 1) {
        Optional<VerbOption> flag =
            word.startsWith("--") ? flag(word.substring(2)) : flag(word.charAt(1));
        flag.ifPresent(f -> used.add(f.name()));
        waiting = flag.filter(f -> f.value() != null).orElse(null);
      } else {
        given++;
      }
    }
    if (waiting != null) {
      return valuesOf(waiting).propose(before, prefix);
    }
    if (!prefix.startsWith("-") && (given < arguments.size() || repeating)) {
      int at = Math.min(given, arguments.size() - 1);
      return arguments.get(at).suggest().propose(before, prefix);
    }
    return flags.values().stream()
        .filter(f -> !used.contains(f.name()))
        .map(f -> new WordCompleter.CompletionItem("--" + f.name(), f.sentence()))
        .toList();
  }

  int run(CommandInput input) throws InterruptedException {
    if (action == null) {
      throw new IllegalStateException("verb " + name + " does nothing");
    }
    return action.run(input);
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public String getDescription() {
    return sentence;
  }

  @Override
  public String getGroup() {
    return heading.title;
  }

  @Override
  public List<CommandOption> getOptions() {
    return flags.values().stream()
        .map(
            f ->
                CommandOption.with()
                    .longName(f.name())
                    .shortName(f.letter() == VerbOption.NO_LETTER ? ' ' : f.letter())
                    .description(f.sentence())
                    .required(false)
                    .type(f.value() == null ? boolean.class : String.class)
                    .build())
        .toList();
  }

  @Override
  public CompletionProvider getCompletionProvider() {
    return context ->
        propose(
                context.getWords().subList(0, Math.max(0, context.getWordIndex())),
                Optional.ofNullable(context.currentWordUpToCursor()).orElse(""))
            .stream()
            .map(
                p ->
                    new CompletionProposal(p.value())
                        .description(p.description())
                        .complete(!p.partial()))
            .toList();
  }

  @Override
  public ExitStatus execute(CommandContext context) throws InterruptedException {
    int status = run(CommandInput.of(this, context.parsedInput()));
    return new ExitStatus(status, status == 0 ? "done" : "not done");
  }
}
