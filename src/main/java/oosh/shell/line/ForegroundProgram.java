package oosh.shell.line;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import oosh.rollout.Problem;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.Terminal.SignalHandler;
import org.jspecify.annotations.Nullable;

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
    return run(command, null, Map.of());
  }

  /**
   * The same with that on its standard input; it may end before it has read all.
   *
   * @param usual variables, where they are not set
   */
  int run(List<String> command, byte @Nullable [] input, Map<String, String> usual)
      throws InterruptedException {
    Attributes before = terminal.getAttributes();
    SignalHandler interrupt = terminal.handle(Signal.INT, signal -> {});
    try {
      terminal.writer().write(LineReaderImpl.BRACKETED_PASTE_OFF);
      terminal.flush();
      terminal.setAttributes(found);
      ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
      usual.forEach(builder.environment()::putIfAbsent);
      if (input == null) {
        return builder.start().waitFor();
      }
      Process process = builder.redirectInput(ProcessBuilder.Redirect.PIPE).start();
      feed(process, input);
      return process.waitFor();
    } catch (IOException e) {
      throw Problem.refused(
          "cannot run " + command.get(0), "it cannot be started", "ls -l " + command.get(0));
    } finally {
      terminal.setAttributes(before);
      terminal.handle(Signal.INT, interrupt);
    }
  }

  private static void feed(Process process, byte[] input) {
    try (OutputStream to = process.getOutputStream()) {
      to.write(input);
    } catch (IOException ended) {
      // Who has read enough leaves.
      return;
    }
  }
}
