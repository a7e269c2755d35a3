package oosh;

import java.io.Console;
import java.io.PrintWriter;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import oosh.rollout.Interrupted;
import oosh.shell.Background;
import oosh.shell.CtrlC;
import org.jline.terminal.impl.jni.JniTerminalProvider;
import org.jline.terminal.spi.SystemStream;
import org.jspecify.annotations.Nullable;

/** The person at a terminal, in one-shot use: whether there is one, and what they answer. */
final class ConsolePrompt {
  private ConsolePrompt() {}

  /** Whether standard input and output are a terminal. */
  static boolean present() {
    try {
      JniTerminalProvider terminals = new JniTerminalProvider();
      return terminals.isSystemStream(SystemStream.Input)
          && terminals.isSystemStream(SystemStream.Output);
    } catch (RuntimeException | LinkageError noNativeLibrary) {
      return console();
    }
  }

  /** Whether standard input is a terminal, wherever the output goes. */
  static boolean types() {
    try {
      return new JniTerminalProvider().isSystemStream(SystemStream.Input);
    } catch (RuntimeException | LinkageError noNativeLibrary) {
      return console();
    }
  }

  /** The columns of the terminal that standard output is, 0 if it has no size; empty of a pipe. */
  static OptionalInt columns() {
    try {
      JniTerminalProvider terminals = new JniTerminalProvider();
      return terminals.isSystemStream(SystemStream.Output)
          ? OptionalInt.of(terminals.systemStreamWidth(SystemStream.Output))
          : OptionalInt.empty();
    } catch (RuntimeException | LinkageError noNativeLibrary) {
      return console() ? OptionalInt.of(0) : OptionalInt.empty();
    }
  }

  /** The same, as the JDK tells it. Since JDK 22 a pipe has a console too. */
  @SuppressWarnings("SystemConsoleNull")
  private static boolean console() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
    } catch (ReflectiveOperationException before22) {
      return true;
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
    FutureTask<@Nullable String> answer = new FutureTask<>(console::readLine);
    Background.run("keyboard", answer);
    try {
      return answer.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      notes.println();
      throw CtrlC.insteadOfAnAnswer();
    } catch (ExecutionException e) {
      // What a terminal that has gone does to a read: nobody is there to answer.
      return null;
    }
  }
}
