package oosh.shell.line;

import java.io.ByteArrayInputStream;
import java.io.IOError;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import oosh.rollout.Problem;
import oosh.shell.CtrlC;
import org.jline.builtins.Less;
import org.jline.builtins.Source;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.Terminal.SignalHandler;
import org.jline.utils.AttributedString;
import org.jspecify.annotations.Nullable;

/**
 * Shows what is longer than the screen: in {@code $PAGER}, read by a shell because it may hold
 * arguments, else in JLine's less. {@code PAGER=cat} and an empty one are none, as for man and git.
 */
public final class Pager {
  /** What a shell says of a command that it cannot start. */
  private static final int NOT_EXECUTABLE = 126;

  private static final int NOT_FOUND = 127;

  /**
   * Ends at once where the text fits, keeps colours, leaves the text on the screen: as git sets it.
   */
  private static final Map<String, String> USUAL = Map.of("LESS", "FRX");

  private final Terminal terminal;
  private final ForegroundProgram foreground;
  private final @Nullable String program;
  private final BooleanSupplier wanted;

  /**
   * To be made before the terminal's attributes are changed.
   *
   * @param program the value of {@code $PAGER}; null if it is not set
   * @param wanted whether the answer that comes now may be paged
   */
  public Pager(Terminal terminal, @Nullable String program, BooleanSupplier wanted) {
    this.terminal = terminal;
    this.foreground = new ForegroundProgram(terminal);
    this.program = program;
    this.wanted = wanted;
  }

  /**
   * Shows a text, if it is longer than the screen and a pager can show it.
   *
   * @param text as it would be on the screen
   * @return whether it was shown
   */
  boolean show(String text, int columns, int rows) {
    boolean none = program != null && (program.isBlank() || program.strip().equals("cat"));
    if (none || !wanted.getAsBoolean() || !isLonger(text, columns, rows)) {
      return false;
    }
    return program == null ? inLess(text) : inProgram(program, text);
  }

  /** Whether it and the prompt behind it need more rows than there are. */
  static boolean isLonger(String text, int columns, int rows) {
    int needed = 1;
    for (String line : (Iterable<String>) text.lines()::iterator) {
      int width = AttributedString.fromAnsi(line).columnLength();
      needed += Math.max(1, (width + columns - 1) / columns);
      if (needed > rows) {
        return true;
      }
    }
    return false;
  }

  private boolean inProgram(String command, String text) {
    try {
      int status =
          foreground.run(
              List.of("/bin/sh", "-c", command), (text + "\n").getBytes(encoding()), USUAL);
      return status != NOT_EXECUTABLE && status != NOT_FOUND;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    } catch (Problem noShell) {
      return false;
    }
  }

  private Charset encoding() {
    return terminal.encoding() == null ? StandardCharsets.UTF_8 : terminal.encoding();
  }

  private boolean inLess(String text) {
    Attributes before = terminal.getAttributes();
    Thread reader = Thread.currentThread();
    SignalHandler interrupt = terminal.handle(Signal.INT, signal -> reader.interrupt());
    try {
      new Less(terminal, Path.of(""))
          .run(
              new Source.InputStreamSource(
                  new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), true, "oosh"));
      return true;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException | IOError ctrlC) {
      return true;
    } finally {
      terminal.handle(Signal.INT, interrupt);
      terminal.setAttributes(before);
      // Ctrl-C has left the pager, and ends nothing else.
      CtrlC.forget();
    }
  }
}
