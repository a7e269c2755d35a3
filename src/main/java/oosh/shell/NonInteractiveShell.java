package oosh.shell;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import oosh.shell.syntax.StatementReader;
import oosh.shell.syntax.StatementRunner;

/** Lines without a prompt: a {@code -c} line, or standard input. Stops where a command fails. */
public final class NonInteractiveShell {
  private final Shell shell;
  private final StatementRunner runner;

  public NonInteractiveShell(Shell shell) {
    this.shell = shell;
    this.runner = StatementRunner.of(shell, shell.session());
  }

  /** The statements of a {@code -c} line. */
  public int line(String line) {
    return runner.run(StatementReader.statements(line));
  }

  /**
   * Lines as a session file has them; comments and blank lines are passed over. All is read before
   * the first one runs.
   */
  public int lines(InputStream in) throws InterruptedException {
    return run(SessionFile.read(in));
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
        status = runner.run(step.statements());
      }
    }
    return status;
  }

  /** Runs lines that have been read. */
  public int lines(List<String> lines) {
    return run(SessionFile.steps(lines));
  }

  private int run(List<SessionFile.Step> steps) {
    return runner.run(steps.stream().flatMap(s -> s.statements().stream()).toList());
  }
}
