package oosh.shell;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** Lines without a prompt: a {@code -c} line, or standard input. Stops where a command fails. */
public final class NonInteractiveShell {
  private final Shell shell;

  public NonInteractiveShell(Shell shell) {
    this.shell = shell;
  }

  /** The commands of a {@code -c} line, cut at semicolons. */
  public int line(String line) {
    return run(SessionFile.commands(line));
  }

  /**
   * One command a line; comments and blank lines are passed over. All is read before the first one
   * runs.
   */
  public int lines(InputStream in) throws InterruptedException {
    return run(SessionFile.read(in).stream().map(SessionFile.Step::command).toList());
  }

  /**
   * Commands that a person types where there is no prompt: each line is run before the next is
   * read, and one that fails ends nothing.
   *
   * @return the exit status of the last command
   */
  public int typed(InputStream in) throws InterruptedException {
    int status = 0;
    while (!shell.session().exitRequested()) {
      Optional<List<SessionFile.Step>> line = SessionFile.readLine(in);
      if (line.isEmpty()) {
        break;
      }
      for (SessionFile.Step step : line.get()) {
        status = shell.run(step.command());
      }
    }
    return status;
  }

  /** Runs lines that have been read. */
  public int lines(List<String> lines) {
    return run(SessionFile.steps(lines).stream().map(SessionFile.Step::command).toList());
  }

  private int run(List<String> commands) {
    for (String command : commands) {
      int status = shell.run(command);
      if (status != 0) {
        return status;
      }
      if (shell.session().exitRequested()) {
        break;
      }
    }
    return 0;
  }
}
