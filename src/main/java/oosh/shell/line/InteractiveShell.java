package oosh.shell.line;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import oosh.config.ShellOption;
import oosh.rollout.Interrupted;
import oosh.rollout.Problem;
import oosh.shell.CtrlC;
import oosh.shell.Prompt;
import oosh.shell.Session;
import oosh.shell.Shell;
import oosh.shell.StagedParts;
import oosh.shell.complete.ShellCompleter;
import oosh.shell.edit.ExternalEditor;
import oosh.shell.option.ShellOptions;
import oosh.shell.place.ContextDraft;
import oosh.shell.syntax.PromptParser;
import oosh.shell.syntax.StatementRunner;
import oosh.shell.toolbar.Toolbar;
import oosh.shell.typing.Continuation;
import oosh.shell.typing.LineColours;
import oosh.shell.typing.LineContinuation;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultHighlighter;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.Terminal.SignalHandler;
import org.jline.utils.AttributedString;
import org.jspecify.annotations.Nullable;

/**
 * The prompt. It is drawn before the shell behind it is ready: what is typed meanwhile waits for
 * the shell, not the other way round.
 *
 * <p>Ctrl-C at the prompt clears the line; while a command works it ends the command. Ctrl-D
 * leaves.
 */
public final class InteractiveShell {
  /** JLine's mask that shows nothing, not even how much was typed. */
  private static final Character HIDDEN = '\0';

  /** In characters; a line is coloured anew at each key. */
  private static final int LONGEST_COLOURED = 1_000;

  private final Terminal terminal;
  private final LineEditor reader;
  private final CommandHistory history;
  private final Supplier<Shell> shell;

  /** The shell, once it is there. */
  private volatile @Nullable Shell made;

  /** The line that runs now. */
  private String running = "";

  /** Whether a line for it is read, and not the answer to a question. */
  private volatile boolean reading;

  private @Nullable Toolbar toolbar;

  /**
   * @param file the file of the lines that were typed
   * @param editor what changes a line by hand
   * @param carriesSecret which of them carry a secret and are not kept; asked before the shell is
   *     ready
   */
  public InteractiveShell(
      Terminal terminal,
      Path file,
      Supplier<Predicate<String>> carriesSecret,
      ExternalEditor editor,
      Supplier<Shell> shell) {
    this.terminal = terminal;
    this.shell = shell;
    this.history = new CommandHistory(carriesSecret);
    Map<String, Object> variables = new HashMap<>();
    variables.put(LineReader.HISTORY_FILE, file);
    variables.put(LineReader.HISTORY_SIZE, 5_000);
    this.reader = new LineEditor(terminal, variables, history, editor);
    reader.setParser(new PromptParser(() -> reading));
    reader.setCompleter(new ShellCompleter(shell));
    reader.setHighlighter(new ReadAheadHighlighter());
    reader.continueWith(this::goesOn);
    reader.option(LineReader.Option.HISTORY_IGNORE_SPACE, true);
    reader.option(LineReader.Option.COMPLETE_IN_WORD, true);
    reader.option(LineReader.Option.AUTO_FRESH_LINE, true);
    reader.option(LineReader.Option.CASE_INSENSITIVE, true);
  }

  /**
   * Tells it that the shell is ready, also for the line that is being typed already, and reads the
   * lines that were typed before. To be called in the background.
   */
  public void ready(Shell ready) {
    made = ready;
    reader.begins(literal(Prompt.of(ready.session())));
    history.read();
  }

  /**
   * Edits with those keys until the shell is ready, which knows better.
   *
   * @param keys {@code emacs} or {@code vi}
   */
  public void editBy(String keys) {
    reader.editBy(keys);
  }

  /** Shows nothing in colour. */
  public void withoutColour() {
    reader.withoutColour();
  }

  /** Prints a line above the one that is being typed. */
  public void above(String line) {
    reader.printAbove(line);
  }

  /**
   * Asks a question on the line editor of the prompt.
   *
   * @return the line that was typed; null at the end of the input
   * @throws Interrupted on Ctrl-C
   */
  public @Nullable String ask(String question) {
    return asked(question, null);
  }

  /** The same, and nothing of what is typed is shown. */
  public @Nullable String askSecret(String question) {
    return asked(question, HIDDEN);
  }

  private @Nullable String asked(String question, @Nullable Character mask) {
    try {
      // A question is none of the prompts that wait for the shell to be ready.
      reader.hasBegun();
      reader.getVariables().put(LineReader.DISABLE_HISTORY, true);
      return reader.readLine(literal(question), mask);
    } catch (UserInterruptException e) {
      throw CtrlC.insteadOfAnAnswer();
    } catch (EndOfFileException e) {
      return null;
    } finally {
      reader.getVariables().remove(LineReader.DISABLE_HISTORY);
    }
  }

  /**
   * Reads and runs lines until the person leaves.
   *
   * @param firstPrompt what stands there before the shell is ready; Ctrl-C ends that wait too
   * @return the exit status of the last command
   */
  public int run(String firstPrompt) {
    // The editor puts its own in front while it reads.
    SignalHandler old = CtrlC.atAPrompt().at(terminal);
    try {
      return lines(firstPrompt);
    } finally {
      terminal.handle(Signal.INT, old);
    }
  }

  private int lines(String firstPrompt) {
    int status = 0;
    String prompt = firstPrompt;
    @Nullable Shell ready = null;
    while (true) {
      String line;
      Shell begun = made;
      if (ready == null && begun != null) {
        prompt = Prompt.of(begun.session());
      }
      try {
        CtrlC.forget();
        reading = true;
        // The verb of the last line may come again.
        typed("");
        // What was typed into a view stands in the line, and only Enter runs it.
        String kept = ready == null ? "" : ready.session().screen().takeTyped();
        line = reader.readLine(literal(prompt), null, (Character) null, kept);
      } catch (UserInterruptException e) {
        continue;
      } catch (EndOfFileException e) {
        break;
      } finally {
        reading = false;
        reader.hasBegun();
      }
      try {
        ready = shell.get();
        made = ready;
      } catch (Interrupted stopped) {
        status = Problem.Kind.INTERRUPTED.exitStatus();
        continue;
      }
      ready.session().screen().clearAlert();
      if (!line.isBlank()) {
        running = line;
        ContextDraft draft = ContextDraft.of(ready.session());
        status = StatementRunner.atPrompt(ready, ready.session()).typed(line);
        draft.keep();
        running = "";
      }
      if (ready.session().exitRequested()) {
        break;
      }
      reader.editBy(ShellOptions.of(ready.session()).value(ShellOption.KEYS));
      if (toolbar == null) {
        toolbar = new Toolbar(ready.session(), () -> reading, reader::showBelow);
      }
      toolbar.refresh();
      prompt = Prompt.of(ready.session());
    }
    if (ready != null) {
      sayDropped(ready.session());
    }
    try {
      reader.getHistory().save();
    } catch (IOException e) {
      // The history of lines is a comfort; leaving must not fail for it.
      return status;
    }
    return status;
  }

  /** What was staged and never launched is forgotten. */
  private static void sayDropped(Session session) {
    if (session.isUnlaunched()) {
      session.note(
          "dropped, because it was staged and not launched: "
              + StagedParts.names(session.staging()));
      session.note("next: oosh --resume offers it again");
    }
  }

  private void typed(String line) {
    Shell asked = made;
    if (reading && asked != null) {
      asked.typed(line);
    }
  }

  /** Tells the shell what is typed; the editor asks it about every state of the line. */
  private final class ReadAheadHighlighter extends DefaultHighlighter {
    @Override
    public AttributedString highlight(LineReader editor, String buffer) {
      if (buffer.length() > LONGEST_COLOURED) {
        return super.highlight(editor, buffer);
      }
      typed(buffer);
      AttributedString shown = super.highlight(editor, buffer);
      Shell asked = made;
      return reading && asked != null ? LineColours.of(asked, buffer, shown) : shown;
    }
  }

  /**
   * Whether an answer may be shown in a pager: not what a session file answers, and not beside an
   * execution that goes on.
   */
  public boolean pages() {
    Shell ready = made;
    return ready != null
        && !running.isEmpty()
        && ready.session().playing() == null
        && ShellOptions.of(ready.session()).isOn(ShellOption.PAGER)
        && Stream.of(running.split(";", -1))
            .flatMap(line -> ready.parser().command(List.of(line.strip().split("\\s+"))).stream())
            .noneMatch(c -> c.verb().watches());
  }

  private Continuation goesOn(String line) {
    Shell asked = made;
    return reading && asked != null && line.length() <= LONGEST_COLOURED
        ? LineContinuation.of(asked, line, history.newestFirst())
        : Continuation.NONE;
  }

  /** JLine takes what follows a % in a prompt for an order, up to padding it by a million. */
  private static String literal(String prompt) {
    return prompt.replace("%", "%%");
  }
}
