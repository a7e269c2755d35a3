package oosh;

import java.io.Console;
import java.io.PrintWriter;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import oosh.rollout.Interrupted;
import oosh.shell.CtrlC;
import org.jline.terminal.impl.jni.JniTerminalProvider;
import org.jline.terminal.spi.SystemStream;
import org.jspecify.annotations.Nullable;

/** The person at a terminal, in one-shot use: whether there is one, and what they answer. */
final class ConsolePrompt {
  private ConsolePrompt() {}

  /** Whether standard input and output are a terminal. */
  static boolean present() {
    return types() && isTerminal(SystemStream.Output);
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
  @SuppressWarnings("SystemConsoleNull")
  static @Nullable String ask(String question, PrintWriter notes) {
    notes.print(question);
    notes.flush();
    Console console = System.console();
    if (console == null) {
      return null;
    }
    CompletableFuture<@Nullable String> answer = CompletableFuture.supplyAsync(console::readLine);
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
