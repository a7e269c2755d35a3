package oosh.shell.line;

import java.io.IOException;
import java.util.List;
import oosh.rollout.Problem;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.Terminal.SignalHandler;

/**
 * Another program at oosh's terminal: it has the keyboard and the whole screen until it ends. The
 * terminal is as oosh has found it meanwhile, and Ctrl-C is the program's.
 */
final class ForegroundProgram {
  private final Terminal terminal;
  private final Attributes found;

  /** To be made before the terminal's attributes are changed. */
  ForegroundProgram(Terminal terminal) {
    this.terminal = terminal;
    this.found = terminal.getAttributes();
  }

  /**
   * Runs it and waits for its end.
   *
   * @return its exit status
   * @throws Problem REFUSED if it cannot be started
   */
  int run(List<String> command) throws InterruptedException {
    Attributes before = terminal.getAttributes();
    SignalHandler interrupt = terminal.handle(Signal.INT, signal -> {});
    try {
      terminal.writer().write(LineReaderImpl.BRACKETED_PASTE_OFF);
      terminal.flush();
      terminal.setAttributes(found);
      return new ProcessBuilder(command).inheritIO().start().waitFor();
    } catch (IOException e) {
      throw Problem.refused(
          "cannot run " + command.get(0), "it cannot be started", "ls -l " + command.get(0));
    } finally {
      terminal.setAttributes(before);
      terminal.handle(Signal.INT, interrupt);
    }
  }
}
