package oosh;

import java.io.Console;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** The person at a terminal, in one-shot use: whether there is one, and what they answer. */
final class Keyboard {
  private Keyboard() {}

  /** Whether standard input and output are a terminal. Since JDK 22 a pipe has a console too. */
  @SuppressWarnings("SystemConsoleNull")
  static boolean present() {
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

  /** The line typed in answer; null at the end of the input. */
  @SuppressWarnings("SystemConsoleNull")
  static @Nullable String ask(String question, PrintWriter notes) {
    notes.print(question);
    notes.flush();
    Console console = System.console();
    return console == null ? null : console.readLine();
  }
}
