package oosh.shell.syntax;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.ToIntFunction;
import oosh.rollout.Interrupted;
import oosh.rollout.Problem;
import oosh.shell.CommandRunner;
import oosh.shell.Session;
import oosh.shell.SessionPlayback;
import oosh.shell.StrictCommandParser;
import oosh.shell.VerbCommand;
import oosh.shell.place.ReadOnly;
import oosh.shell.screen.Screen;
import oosh.view.format.OutputForm;
import oosh.view.text.TextSanitizer;

/**
 * Runs statements: the verb through the shell, and what stands around it here. Programs and files
 * are for the person at the prompt; a session file has them only where that person said {@code run
 * --allow-shell}.
 */
public final class StatementRunner {
  /** In characters: what is quoted of a statement. */
  private static final int QUOTED = 60;

  private final CommandRunner shell;
  private final Session session;
  private final boolean prompt;

  private StatementRunner(CommandRunner shell, Session session, boolean prompt) {
    this.shell = shell;
    this.session = session;
    this.prompt = prompt;
    if (prompt) {
      Aliases.of(session).allow();
    }
  }

  /** For what a person types at the prompt. */
  public static StatementRunner atPrompt(CommandRunner shell, Session session) {
    return new StatementRunner(shell, session, true);
  }

  /** For a session file, {@code -c} or standard input. */
  public static StatementRunner of(CommandRunner shell, Session session) {
    return new StatementRunner(shell, session, false);
  }

  /**
   * Runs what was typed at the prompt, line by line, and stops at the first statement that fails.
   *
   * <pre>
   * not run, because "use group web" failed: 2 lines
   * </pre>
   *
   * @return the exit status of the statement that was run last
   */
  public int typed(String text) {
    int status = 0;
    List<StatementReader.Line> lines = new ArrayList<>(StatementReader.lines(text));
    while (!lines.isEmpty()) {
      List<Statement> statements = lines.remove(0).statements();
      for (int i = 0; i < statements.size(); i++) {
        status = run(statements.get(i));
        if (session.exitRequested()) {
          return status;
        }
        if (status != 0) {
          sayNotRun(statements.get(i), i + 1 < statements.size(), lines.size());
          return status;
        }
      }
    }
    return status;
  }

  private void sayNotRun(Statement failed, boolean restOfLine, int lines) {
    int all = lines + (restOfLine ? 1 : 0);
    if (all > 0) {
      session.note(
          "not run, because \""
              + TextSanitizer.line(session.masked(failed.line()), QUOTED)
              + "\" failed: "
              + (lines == 0 ? "the rest of the line" : all == 1 ? "1 line" : all + " lines"));
    }
  }

  /** Runs statements up to the first that fails. */
  public int run(List<Statement> statements) {
    for (Statement statement : statements) {
      int status = run(statement);
      if (status != 0) {
        return status;
      }
      if (session.exitRequested()) {
        break;
      }
    }
    return 0;
  }

  public int run(Statement statement) {
    if (!prompt || statement.wrong() != null) {
      return run(statement, shell::run);
    }
    List<Statement> meant;
    try {
      meant = Aliases.of(session).meant(statement, shell.commands());
    } catch (Problem p) {
      session.say(p, OutputForm.TEXT);
      return p.kind().exitStatus();
    }
    int status = 0;
    for (int i = 0; i < meant.size() && status == 0 && !session.exitRequested(); i++) {
      status = run(meant.get(i), shell::run);
    }
    return status;
  }

  /**
   * Runs a statement.
   *
   * @param verb runs the line of its verb
   */
  public int run(Statement statement, ToIntFunction<String> verb) {
    if (statement.here() == null && !statement.leavesOosh() && statement.wrong() == null) {
      return verb.applyAsInt(statement.command());
    }
    return shell.recorded(statement.text(), () -> guarded(statement, verb));
  }

  private int guarded(Statement statement, ToIntFunction<String> verb) {
    try {
      Problem wrong = statement.wrong();
      if (wrong != null) {
        throw wrong;
      }
      if (statement.leavesOosh()) {
        requireAllowed(statement);
      }
      if (statement.program()) {
        return session.isChecked() ? 0 : program(statement.command());
      }
      HereText here = statement.here();
      if (here != null) {
        requireText(statement);
      }
      HereText.set(session, here);
      try {
        return withOutput(statement, () -> verb.applyAsInt(statement.command()));
      } finally {
        HereText.set(session, null);
      }
    } catch (Problem | Interrupted thrown) {
      Problem p = Interrupted.problemOf(thrown);
      session.say(p, OutputForm.TEXT);
      return p.kind().exitStatus();
    }
  }

  /**
   * @throws Problem where this text may not run programs or write files
   */
  private void requireAllowed(Statement statement) {
    String sign = statement.program() ? "!" : need(statement).kind().sign();
    ReadOnly.requireInside(session, sign);
    SessionPlayback playing = session.playing();
    if (playing == null ? prompt : playing.allowsShell() || session.isChecked()) {
      return;
    }
    String what = "\"" + sign + "\" is not allowed here";
    if (playing != null) {
      throw Problem.refused(
          what,
          "a session file runs no programs and writes no files unless you say so",
          "run --allow-shell " + playing.file());
    }
    throw Problem.usage(
        what,
        "it is for the prompt; around oosh the shell that started it has it",
        statement.program()
            ? "the command in that shell"
            : "oosh -c '" + statement.command() + "' " + need(statement).text());
  }

  private static OutputTarget need(Statement statement) {
    OutputTarget output = statement.output();
    if (output == null) {
      throw new IllegalStateException("no output of " + statement);
    }
    return output;
  }

  /**
   * @throws Problem if the verb reads no file to stage
   */
  private void requireText(Statement statement) {
    VerbCommand command =
        VerbCommand.of(shell.commands(), StrictCommandParser.split(statement.command()))
            .orElse(null);
    if (command != null && !command.verb().isPart() && command.verb().parts().isEmpty()) {
      throw Problem.usage(
          command.verb().name() + " takes no text",
          "<< gives a text to a verb that stages a file",
          "stage script <<END");
    }
  }

  private int withOutput(Statement statement, IntSupplier verb) {
    OutputTarget output = statement.output();
    if (output == null) {
      return verb.getAsInt();
    }
    Screen screen = session.screen();
    if (session.isChecked()) {
      // A check writes and runs nothing: it compares what would have gone there.
      return during(new PipedScreen(screen, screen.out(), false), verb);
    }
    return output.kind() == OutputTarget.Kind.PIPE
        ? piped(screen, output.word(), verb)
        : written(screen, output, verb);
  }

  private int during(Screen screen, IntSupplier verb) {
    Screen before = session.screen();
    session.show(screen);
    try {
      return verb.getAsInt();
    } finally {
      session.show(before);
    }
  }

  private int piped(Screen screen, String command, IntSupplier verb) {
    UserProgram program = UserProgram.start(screen, command, prompt, true);
    int status;
    int ended;
    try (PrintWriter input = program.input()) {
      status = during(new PipedScreen(screen, input, true), verb);
    } finally {
      ended = program.await();
    }
    return status != 0 ? status : ended(command, ended);
  }

  private int written(Screen screen, OutputTarget output, IntSupplier verb) {
    try (OutputFile file = OutputFile.open(session, output)) {
      int status;
      try (PrintWriter to = file.writer()) {
        status = during(new PipedScreen(screen, to, false), verb);
      }
      if (!file.finish(status == 0)) {
        throw Problem.refused(
            "the answer is not whole in " + file.file(),
            "the file could not be written",
            "df " + file.file());
      }
      return status;
    }
  }

  private int program(String command) {
    return ended(command, UserProgram.start(session.screen(), command, prompt, false).await());
  }

  /** The exit status of oosh for that of a program. */
  private int ended(String command, int status) {
    if (status == 0 || status == Problem.Kind.INTERRUPTED.exitStatus()) {
      return status;
    }
    session.note(
        "exit status " + status + ": " + TextSanitizer.line(session.masked(command), QUOTED));
    return Problem.Kind.REFUSED.exitStatus();
  }
}
