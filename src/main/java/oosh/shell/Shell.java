package oosh.shell;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import oosh.rollout.Interrupted;
import oosh.rollout.Problem;
import oosh.rollout.Unasked;
import oosh.shell.oneline.StagedOptions;
import oosh.shell.oneline.TypedPlace;
import oosh.shell.place.ReadOnly;
import oosh.shell.place.UndoLog;
import oosh.shell.screen.AnswerOptions;
import oosh.shell.screen.RecordingScreen;
import oosh.shell.screen.Screen;
import oosh.shell.verbs.Verbs;
import oosh.shell.verbs.planning.PlanPrefetch;
import oosh.shell.verbs.rollout.Reconciliation;
import oosh.view.format.OutputForm;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.InputReader;
import org.springframework.shell.core.command.CommandContext;
import org.springframework.shell.core.command.CommandRegistry;
import org.springframework.shell.core.command.ParsedInput;

/** Runs one line: parses it, does it, says what went wrong, and gives the exit status. */
public final class Shell implements CommandRunner {
  private static final Logger LOG = Logger.getLogger("oosh");

  /** A verb asks on its screen, which knows whether the user can be asked. */
  private static final InputReader NO_INPUT = new InputReader() {};

  private static final Map<String, String> IN_JSON = Map.of("output", OutputForm.JSON.word());

  private final Session session;
  private final Map<String, String> usual;
  private final CommandRegistry registry;
  private final StrictCommandParser parser;

  /** The verb of the line at the prompt. */
  private @Nullable Verb beingTyped;

  /** How many lines are being run: a session file's within that which plays it. */
  private int depth;

  public Shell(Session session) {
    this(session, Map.of());
  }

  /**
   * @param usual options that say how to answer where a line does not
   */
  public Shell(Session session, Map<String, String> usual) {
    this.session = session;
    this.usual = usual;
    this.registry =
        new CommandRegistry(
            Verbs.ALL.stream()
                .map(v -> new VerbCommand(v, session))
                .collect(Collectors.toCollection(LinkedHashSet::new)));
    this.parser = new StrictCommandParser(registry);
    session.useShell(this, Shell::new);
  }

  public Session session() {
    return session;
  }

  public StrictCommandParser parser() {
    return parser;
  }

  @Override
  public CommandRegistry commands() {
    return registry;
  }

  /** The verbs, by name. */
  public List<Verb> verbs() {
    return VerbCommand.verbs(registry);
  }

  /** What the first commands will need, made ready while the person still types. */
  public void warm() {
    GroupCache.of(session).refreshGroups();
    Reconciliation.reconcileInBackground(session);
  }

  /** Runs a line as it was typed. An empty line is a no-op and returns 0. */
  @Override
  public int run(String line) {
    return line.isBlank() ? 0 : guarded(line, () -> StrictCommandParser.split(line), usual);
  }

  /** Runs a line, answered as a document that another answer holds. */
  @Override
  public int runInJson(String line) {
    return line.isBlank() ? 0 : guarded(line, () -> StrictCommandParser.split(line), IN_JSON);
  }

  @Override
  public int recorded(String line, IntSupplier act) {
    return guarded(line, act, OutputForm.TEXT);
  }

  /** The line at the prompt, after each key: its verb may read ahead, once for each line. */
  public void typed(String line) {
    Verb verb =
        parser.command(List.of(line.strip().split("\\s+"))).map(VerbCommand::verb).orElse(null);
    if (verb != beingTyped) {
      beingTyped = verb;
      if (verb != null) {
        Unasked.run(() -> verb.prefetch(session));
      }
    }
  }

  /** Runs words that a shell has split already. */
  public int run(List<String> line) {
    String typed =
        line.stream()
            .map(w -> w.matches("\\S+") ? w : "'" + w + "'")
            .collect(Collectors.joining(" "));
    return line.isEmpty() ? 0 : guarded(typed, () -> line, usual);
  }

  /** The form that words ask for which are not read yet. */
  public static OutputForm formOf(List<String> line) {
    return StrictCommandParser.formOf(line);
  }

  /** Not where it is refused: the run of the line says so, before anything is asked. */
  @Override
  public boolean changes(String line) {
    return !refuses(line) && parsed(line, Verb::changes).orElse(false);
  }

  @Override
  public Optional<String> writes(String line) {
    return refuses(line) ? Optional.empty() : parsed(line, Verb::writes).flatMap(what -> what);
  }

  private boolean refuses(String line) {
    return ReadOnly.isOn(session) && parsed(line, ReadOnly::refuses).orElse(false);
  }

  private <T> Optional<T> parsed(String line, BiFunction<Verb, CommandInput, T> read) {
    try {
      ParsedInput parsed = parser.parse(line);
      return VerbCommand.named(registry, parsed.commandName())
          .map(c -> read.apply(c.verb(), CommandInput.of(c.verb(), parsed)));
    } catch (Problem said) {
      // The run of the line says it.
      return Optional.empty();
    }
  }

  private static OutputForm form(Map<String, String> answering) {
    return OutputForm.of(answering.getOrDefault("output", "")).orElse(OutputForm.TEXT);
  }

  private int guarded(String line, Supplier<List<String>> split, Map<String, String> answering) {
    return guarded(line, () -> answered(line, split, answering), form(answering));
  }

  /** Runs a line and has a recording write it down. */
  private int guarded(String line, IntSupplier act, OutputForm form) {
    Screen before = session.screen();
    depth++;
    try {
      int status = act.getAsInt();
      if (session.screen() instanceof RecordingScreen recording) {
        if (before == recording) {
          recording.recordCommand(line, depth);
        } else {
          recording.begun(depth);
        }
      }
      return status;
    } catch (Problem | Interrupted thrown) {
      Problem p = Interrupted.problemOf(thrown);
      session.say(p, form);
      return p.kind().exitStatus();
    } finally {
      depth--;
      PlanPrefetch.of(session).forget();
    }
  }

  /**
   * @param line for what is said of its characters
   */
  private int answered(String line, Supplier<List<String>> split, Map<String, String> answering) {
    OutputForm form = form(answering);
    try {
      List<String> typed = split.get();
      OutputForm wanted = StrictCommandParser.formOf(typed);
      form = wanted == OutputForm.TEXT ? form : wanted;
      ParsedInput parsed = parser.parse(typed, answering, answering == IN_JSON);
      VerbCommand command = VerbCommand.named(registry, parsed.commandName()).orElseThrow();
      CommandInput input = CommandInput.of(command.verb(), parsed);
      form = input.form();
      ReadOnly.require(session, command.verb(), input);
      CommandContext context =
          new CommandContext(parsed, registry, session.screen().out(), NO_INPUT);
      int status =
          session
              .answers()
              .answering(
                  AnswerOptions.of(
                      input, command.verb().answers().stream().map(JsonAnswer::fields).toList()),
                  () ->
                      StagedOptions.during(
                          session,
                          command.verb(),
                          input,
                          () ->
                              UndoLog.during(
                                  session,
                                  command.verb(),
                                  line,
                                  () -> command.execute(context).code())));
      boolean done = status == 0 || status == Answer.TO_DO;
      return done && session.screen().isUnwritten() ? Answer.UNWRITTEN : status;
    } catch (Problem | Interrupted thrown) {
      Problem p = Interrupted.problemOf(thrown);
      Problem named = SimilarCharacters.named(p, line);
      return Answer.problem(session, TypedPlace.of(session).in(named, verbs()), form);
    } catch (InterruptedException e) {
      session.say("stopped");
      return Problem.Kind.INTERRUPTED.exitStatus();
    } catch (RuntimeException defect) {
      LOG.log(Level.SEVERE, "a defect", defect);
      session.say(
          Problem.internal(defect, session.backends().home().resolve("oosh.log").toString()), form);
      return 1;
    } finally {
      session.screen().out().flush();
      session.screen().notes().flush();
    }
  }
}
