package oosh.shell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import oosh.rollout.Interrupted;
import oosh.rollout.Problem;
import oosh.shell.oneline.StagedChange;
import oosh.view.format.OutputForm;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.CommandOption;

/**
 * A verb: what is typed, what it takes, what it says of itself, what it needs and changes, and what
 * it does. Command line, parser, completion, usage errors, help and session files all read this one
 * record, which no session is needed for; {@link VerbCommand} is a verb in a session.
 */
public final class Verb implements VerbSyntax {
  private static final Logger LOG = Logger.getLogger("oosh");

  /** The headings of {@code help}, in its order. */
  public enum HelpSection {
    CONTEXT("Context"),
    STAGE("Staging"),
    ROLLOUT("Rolling updates"),
    PAST("History"),
    SHELL("Shell");

    public final String title;

    HelpSection(String title) {
      this.title = title;
    }
  }

  /** What a verb does; the number is the exit status. */
  public interface Action {
    public int run(Session session, CommandInput input) throws InterruptedException;
  }

  /** A word after the verb. */
  public record Argument(String name, boolean required, WordCompleter completer) {}

  /** The options of every verb that say how to answer. */
  public static final Set<String> ANSWERING = Set.of("output", "query", "columns");

  /** The options of every verb. */
  public static final List<String> OF_EVERY = List.of("help", "output", "query", "columns");

  /** The short form of an option that has none. */
  static final char NO_LETTER = ' ';

  private final String name;
  private final HelpSection heading;
  private final String sentence;
  private final List<String> examples = new ArrayList<>();
  private final Map<String, String> kinds = new LinkedHashMap<>();
  private final List<Argument> arguments = new ArrayList<>();
  private final Map<String, CommandOption> flags = new LinkedHashMap<>();
  private final Map<String, WordCompleter> flagValues = new LinkedHashMap<>();
  private final Map<String, Verb> parts = new LinkedHashMap<>();
  private StagedChange.@Nullable Reader stages;
  private boolean adding;
  private boolean changing;
  private boolean repeating;
  private boolean watching;
  private boolean readingJournal = true;
  private Function<CommandInput, Optional<String>> writing = input -> Optional.empty();
  private Consumer<Session> prefetch = session -> {};
  private List<JsonAnswer> answers = List.of(JsonAnswer.SESSION);
  private List<OutputForm> forms = OutputForm.USUAL;
  private @Nullable Action action;

  private Verb(String name, HelpSection heading, String sentence) {
    this.name = name;
    this.heading = heading;
    this.sentence = sentence;
    flag("output", 'o', "FORM", "how to answer: text, json, yaml, tsv or csv");
    values(
        "output",
        WordCompleter.Fixed.of(() -> forms.stream().map(OutputForm::word).toList(), false));
    flag("query", "JMESPATH", "what to pick from the JSON answer");
    flag("columns", "FIELD,…", "which fields of the JSON answer to show as rows");
    values("columns", WordCompleter.Fixed.of(this::columns, true));
    flag("help", 'h', null, "show the help of this verb");
  }

  public static Verb of(String name, HelpSection heading, String sentence) {
    return new Verb(name, heading, sentence);
  }

  public Verb example(String... lines) {
    examples.addAll(Arrays.asList(lines));
    return this;
  }

  /** What its help says of one of the kinds of thing that it takes. */
  public Verb kind(String words, String says) {
    kinds.put(words, says);
    return this;
  }

  public Verb argument(String argument, WordCompleter completer) {
    arguments.add(new Argument(argument, true, completer));
    return this;
  }

  public Verb optional(String argument, WordCompleter completer) {
    arguments.add(new Argument(argument, false, completer));
    return this;
  }

  /** An execution, which may be missing. What Tab offers for it is read while the line is typed. */
  public Verb execution(WordCompleter completer) {
    return optional("EXEC", completer)
        .whenTyped(
            session ->
                Background.run(
                    "oosh-read-ahead",
                    () -> {
                      try {
                        completer.propose(session, List.of(), "");
                      } catch (Problem | Interrupted e) {
                        // Tab meets the same problem.
                        LOG.log(Level.INFO, "not read ahead: {0}", e.getMessage());
                      }
                    }));
  }

  /** The last argument, any number of times. */
  public Verb several(String argument, WordCompleter completer) {
    repeating = true;
    return optional(argument, completer);
  }

  /** Whether there may be more words than it names. */
  public boolean repeats() {
    return repeating;
  }

  public Verb flag(String flag, @Nullable String value, String says) {
    return flag(flag, NO_LETTER, value, says);
  }

  /**
   * Declares an option.
   *
   * @param value the name of its value; null for a flag. Spring's option keeps it as its value, for
   *     want of a field of its own.
   */
  public Verb flag(String flag, char letter, @Nullable String value, String says) {
    flags.put(
        flag,
        new CommandOption(
            letter, flag, says, false, null, value, value == null ? boolean.class : String.class));
    return this;
  }

  /** What completes the value of a flag. */
  public Verb values(String flag, WordCompleter completer) {
    flagValues.put(flag, completer);
    return this;
  }

  /** It changes something at the service: {@code run} looks at it before it plays it. */
  public Verb changes() {
    changing = true;
    return this;
  }

  /** Whether it would change something at the service, typed like that. */
  public boolean changes(CommandInput input) {
    return changing && !input.has("dry-run") && !input.has("help");
  }

  /**
   * It writes outside the service: a session file needs the user's yes for that, on any profile.
   *
   * @param what goes on after "let FILE"; empty if the line writes nothing
   */
  public Verb writes(Function<CommandInput, Optional<String>> what) {
    writing = what;
    return this;
  }

  /** What it would write, typed like that. */
  public Optional<String> writes(CommandInput input) {
    return input.has("help") ? Optional.empty() : writing.apply(input);
  }

  /** It shows an execution as it goes on: at a terminal painted, and with keys. */
  public Verb showsProgress() {
    watching = true;
    return this;
  }

  /** Whether it shows an execution as it goes on. */
  public boolean watches() {
    return watching;
  }

  /** It never reads the journal, or must not open it. */
  public Verb withoutJournal() {
    readingJournal = false;
    return this;
  }

  /** Whether the journal is opened for it before it asks for that. */
  public boolean readsJournal() {
    return readingJournal;
  }

  /**
   * What it answers as JSON, if that is not where things stand; by its options and words one of
   * these.
   */
  public Verb answers(JsonAnswer... all) {
    answers = List.of(all);
    return this;
  }

  public List<JsonAnswer> answers() {
    return answers;
  }

  /** It answers in that form, too, and makes it by itself. */
  public Verb form(OutputForm form) {
    forms = Stream.concat(forms.stream(), Stream.of(form)).toList();
    return this;
  }

  List<OutputForm> forms() {
    return forms;
  }

  /** The fields that its answers may have. */
  private List<String> columns() {
    return answers.stream().flatMap(a -> a.fields().stream()).distinct().toList();
  }

  /** What it reads at a prompt while its line is still typed. */
  public Verb whenTyped(Consumer<Session> prefetching) {
    prefetch = prefetching;
    return this;
  }

  void prefetch(Session session) {
    prefetch.accept(session);
  }

  /** It changes what the next launch uses, and may be an option of the verbs that launch. */
  public Verb stages(StagedChange.Reader reader) {
    stages = reader;
    return does((session, in) -> Answer.staged(session, in, reader.read(session, in)));
  }

  /** What a line of it changes. */
  public StagedChange change(Session session, CommandInput input) throws InterruptedException {
    if (stages == null) {
      throw new IllegalStateException("verb " + name + " stages nothing");
    }
    return stages.read(session, input);
  }

  /** Whether it changes what the next launch uses. */
  public boolean isPart() {
    return stages != null;
  }

  /** Each line of it adds to what the line before has staged. */
  public Verb adds() {
    adding = true;
    return this;
  }

  /** Takes what these verbs stage as options, each with the rest of its verb's line as value. */
  public Verb takes(List<Verb> staging) {
    for (Verb part : staging) {
      List<Argument> words = part.arguments;
      long required = words.stream().filter(Argument::required).count();
      String value =
          words.stream()
              .limit(Math.max(1, required))
              .map(Argument::name)
              .collect(
                  Collectors.joining(" ", "", words.size() > Math.max(1, required) ? " …" : ""));
      parts.put(part.option(), part);
      flag(part.option(), value.contains(" ") ? "'" + value + "'" : value, part.sentence);
    }
    return this;
  }

  /** The verb that an option stands for, if it stages something. */
  public Optional<Verb> part(String flag) {
    return Optional.ofNullable(parts.get(flag));
  }

  /** The verbs that are options of this one, in the order in which they are done. */
  public List<Verb> parts() {
    return List.copyOf(parts.values());
  }

  /** The name of the option that does what this verb does: {@code gate} for stage gate. */
  public String option() {
    return name.substring(name.lastIndexOf(' ') + 1);
  }

  /** Whether an option may be given more than once, as {@code --confirm GROUP…}. */
  public boolean adds(String flag) {
    String value = flag(flag).map(CommandOption::value).orElse("");
    return part(flag).filter(p -> p.adding).isPresent()
        || (value != null && value.matches("[A-Z]+…"));
  }

  public Verb does(Action what) {
    action = what;
    return this;
  }

  public int run(Session session, CommandInput input) throws InterruptedException {
    if (action == null) {
      throw new IllegalStateException("verb " + name + " does nothing");
    }
    return action.run(session, input);
  }

  @Override
  public String name() {
    return name;
  }

  public HelpSection heading() {
    return heading;
  }

  /** What it does, in a line. */
  public String sentence() {
    return sentence;
  }

  List<String> examples() {
    return examples;
  }

  Map<String, String> kinds() {
    return kinds;
  }

  public List<Argument> arguments() {
    return arguments;
  }

  public List<CommandOption> flags() {
    return List.copyOf(flags.values());
  }

  @Override
  public Optional<CommandOption> flag(String flag) {
    return Optional.ofNullable(flags.get(flag));
  }

  public Optional<CommandOption> flag(char letter) {
    return flags.values().stream()
        .filter(f -> letter != NO_LETTER && f.shortName() == letter)
        .findFirst();
  }

  @Override
  public String usage() {
    StringBuilder s = new StringBuilder(name);
    for (Argument a : arguments) {
      s.append(a.required() ? " " + a.name() : " [" + a.name() + "]");
    }
    for (CommandOption f : flags.values()) {
      if (!OF_EVERY.contains(f.longName()) && !parts.containsKey(f.longName())) {
        s.append(" [--").append(f.longName()).append(f.value() == null ? "" : " " + f.value());
        s.append(']');
      }
    }
    if (!parts.isEmpty()) {
      s.append(" [--script FILE …]");
    }
    return s.toString();
  }

  /** What completes the value of an option. */
  public WordCompleter completer(String flag) {
    return flagValues.getOrDefault(flag, WordCompleter.NOTHING);
  }
}
