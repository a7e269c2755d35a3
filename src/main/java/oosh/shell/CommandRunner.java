package oosh.shell;

import java.util.Optional;
import java.util.function.IntSupplier;
import org.springframework.shell.core.command.CommandRegistry;

/** Runs lines: what verbs that run other lines know of the shell. */
public interface CommandRunner {
  /** The verbs of this shell. */
  CommandRegistry commands();

  /**
   * Runs a line as it was typed, and gives its exit status. An empty line is a no-op and returns 0.
   */
  int run(String line);

  /** Runs a line, answered as JSON whatever the line says. */
  int runInJson(String line);

  /**
   * Does what a line says around its verb.
   *
   * @param line as a recording has it, with all its lines
   */
  int recorded(String line, IntSupplier act);

  /** Whether a line would change something. */
  boolean changes(String line);

  /** What a line would write on this machine; empty if nothing. */
  Optional<String> writes(String line);
}
