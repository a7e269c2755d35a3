package oosh.shell;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import oosh.rollout.Interrupted;
import oosh.rollout.Problem;
import oosh.shell.screen.RecordingScreen;
import oosh.shell.screen.Screen;
import oosh.shell.verbs.Verbs;
import oosh.shell.verbs.planning.PlanPrefetch;
import oosh.shell.verbs.rollout.Reconciliation;
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

  private final Session session;
  private final CommandRegistry registry;
  private final StrictCommandParser parser;

  /** The verb of the line at the prompt. */
  private @Nullable Verb beingTyped;

  /** How many lines are being run: a session file's within that which plays it. */
  private int depth;

  public Shell(Session session) {
    this.session = session;
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
    return line.isBlank() ? 0 : guarded(line, () -> StrictCommandParser.split(line), false);
  }

  /** Runs a line, answered as JSON whatever the line says. */
  @Override
  public int runInJson(String line) {
    return line.isBlank() ? 0 : guarded(line, () -> StrictCommandParser.split(line), true);
  }

  /** The line at the prompt, after each key: its verb may read ahead, once for each line. */
  public void typed(String line) {
    Verb verb =
        parser.command(List.of(line.strip().split("\\s+"))).map(VerbCommand::verb).orElse(null);
    if (verb != beingTyped) {
      beingTyped = verb;
      if (verb != null) {
        verb.prefetch(session);
      }
    }
  }

  /** Runs words that a shell has split already. */
  public int run(List<String> line) {
    String typed =
        line.stream()
            .map(w -> w.matches("\\S+") ? w : "'" + w + "'")
            .collect(Collectors.joining(" "));
    return line.isEmpty() ? 0 : guarded(typed, () -> line, false);
  }

  /** Whether words that are not read yet ask for an answer in JSON. */
  public static boolean asksForJson(List<String> line) {
    return StrictCommandParser.asksForJson(line);
  }

  @Override
  public boolean changes(String line) {
    return parsed(line, Verb::changes).orElse(false);
  }

  @Override
  public Optional<String> writes(String line) {
    return parsed(line, Verb::writes).flatMap(what -> what);
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

  /** Runs a line and has a recording write it down. */
  private int guarded(String line, Supplier<List<String>> split, boolean inJson) {
    Screen before = session.screen();
    depth++;
    try {
      int status = answered(line, split, inJson);
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
      session.say(p, inJson);
      return p.kind().exitStatus();
    } finally {
      depth--;
      PlanPrefetch.of(session).forget();
    }
  }

  /**
   * @param line for what is said of its characters
   */
  private int answered(String line, Supplier<List<String>> split, boolean inJson) {
    boolean json = inJson;
    try {
      List<String> typed = split.get();
      json |= StrictCommandParser.asksForJson(typed);
      ParsedInput parsed = parser.parse(typed, inJson);
      VerbCommand command = VerbCommand.named(registry, parsed.commandName()).orElseThrow();
      json = CommandInput.of(command.verb(), parsed).json();
      int status =
          command
              .execute(new CommandContext(parsed, registry, session.screen().out(), NO_INPUT))
              .code();
      return status == 0 && session.screen().out().checkError() ? Answer.UNWRITTEN : status;
    } catch (Problem | Interrupted thrown) {
      Problem p = Interrupted.problemOf(thrown);
      return Answer.problem(session, SimilarCharacters.named(p, line), json);
    } catch (InterruptedException e) {
      session.say("stopped");
      return Problem.Kind.INTERRUPTED.exitStatus();
    } catch (RuntimeException defect) {
      LOG.log(Level.SEVERE, "a defect", defect);
      session.say(
          Problem.internal(defect, session.backends().home().resolve("oosh.log").toString()), json);
      return 1;
    } finally {
      session.screen().out().flush();
      session.screen().notes().flush();
    }
  }
}
