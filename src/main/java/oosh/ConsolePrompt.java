package oosh;

import java.io.ByteArrayOutputStream;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import oosh.rollout.Interrupted;
import oosh.shell.CtrlC;
import org.jline.nativ.CLibrary;
import org.jline.terminal.impl.jni.JniTerminalProvider;
import org.jline.terminal.spi.SystemStream;
import org.jspecify.annotations.Nullable;

/** The person at a terminal, in one-shot use: whether there is one, and what they answer. */
final class ConsolePrompt {
  /** In bytes. */
  private static final int LONGEST_LINE = 4096;

  private ConsolePrompt() {}

  /** Whether standard input and output are a terminal. */
  static boolean present() {
    return types() && isTerminal(SystemStream.Output);
  }

  /**
   * Whether a pipeline runs oosh, which may give it a terminal that nobody looks at: nothing is
   * asked and nothing repainted then. Pipelines set {@code CI} (source: the documentation of GitHub
   * Actions and of GitLab CI/CD).
   */
  static boolean isCi(Map<String, String> env) {
    String ci = env.getOrDefault("CI", "");
    return !ci.isEmpty() && !ci.equalsIgnoreCase("false") && !ci.equals("0");
  }

  /** Whether standard input is a terminal, wherever the output goes. */
  static boolean types() {
    return isTerminal(SystemStream.Input);
  }

  /** The columns of the terminal that standard output is, 0 if it has no size; empty of a pipe. */
  static OptionalInt columns() {
    if (!isTerminal(SystemStream.Output)) {
      return OptionalInt.empty();
    }
    try {
      return OptionalInt.of(new JniTerminalProvider().systemStreamWidth(SystemStream.Output));
    } catch (RuntimeException | LinkageError noNativeLibrary) {
      return OptionalInt.of(0);
    }
  }

  @SuppressWarnings("SystemConsoleNull")
  private static boolean isTerminal(SystemStream stream) {
    try {
      return new JniTerminalProvider().isSystemStream(stream);
    } catch (RuntimeException | LinkageError noNativeLibrary) {
      return System.console() != null;
    }
  }

  /**
   * The line typed in answer; null at the end of the input.
   *
   * <p>It is read on a thread of its own: a read from a terminal cannot be interrupted. After
   * Ctrl-C that one reads on, and ends with the process.
   *
   * @throws Interrupted on Ctrl-C
   */
  static @Nullable String ask(String question, PrintWriter notes) {
    return asked(question, notes, ConsolePrompt::line);
  }

  /** The same without echo; null also where the terminal can be reached for input alone. */
  @SuppressWarnings("SystemConsoleNull")
  static @Nullable String askSecret(String question, PrintWriter notes) {
    return asked(
        question,
        notes,
        () -> {
          Console console = System.console();
          char[] typed = console == null ? null : console.readPassword();
          return typed == null ? null : new String(typed);
        });
  }

  /**
   * Drops what was typed before a question: what has been read of it, and what the kernel keeps, a
   * line that is not ended yet included (source: POSIX, tcsetattr, TCSAFLUSH).
   */
  private static void dropTypedAhead() {
    try {
      // A terminal cannot be skipped.
      int read = System.in.available();
      while (read > 0 && System.in.readNBytes(read).length > 0) {
        read = System.in.available();
      }
      CLibrary.Termios as = new CLibrary.Termios();
      if (types() && CLibrary.tcgetattr(0, as) == 0) {
        CLibrary.tcsetattr(0, CLibrary.TCSAFLUSH, as);
      }
    } catch (IOException | LinkageError e) {
      // Without the native library what was typed ahead without its Enter stays.
      return;
    }
  }

  /** The next line of standard input; null at its end. */
  static @Nullable String line() {
    try {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      int next = System.in.read();
      while (next >= 0 && next != '\n' && line.size() < LONGEST_LINE) {
        line.write(next);
        next = System.in.read();
      }
      return next < 0 && line.size() == 0 ? null : line.toString(StandardCharsets.UTF_8);
    } catch (IOException e) {
      return null;
    }
  }

  private static @Nullable String asked(
      String question, PrintWriter notes, Supplier<@Nullable String> read) {
    dropTypedAhead();
    notes.print(question);
    notes.flush();
    CompletableFuture<@Nullable String> answer = CompletableFuture.supplyAsync(read);
    try {
      return answer.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      notes.println();
      throw CtrlC.insteadOfAnAnswer();
    } catch (ExecutionException e) {
      // A read fails so when the terminal has gone: no answer can come.
      return null;
    }
  }
}
