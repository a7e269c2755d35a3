package oosh.shell.screen;

import java.io.PrintWriter;
import java.util.List;
import java.util.function.Supplier;
import oosh.rollout.Problem;
import oosh.rollout.update.Context;
import oosh.view.text.Style;
import org.jspecify.annotations.Nullable;

/**
 * Where answers go: a terminal, a pipe, or a capture. Results and notes are two streams, because a
 * pipe wants the one without the other.
 */
public interface Screen {
  /** Columns and colour, as they are now. */
  Style style();

  /** Rows, for a repainted view. */
  default int rows() {
    return 24;
  }

  /**
   * The result of a command. Only text without signed addresses, and oosh's own colours, get
   * through.
   */
  PrintWriter out();

  /** A result that a program reads, as it is; what a person sees hides signed addresses. */
  default PrintWriter data() {
    return out();
  }

  /** Whether the answer could not be written, or its reader has left. */
  default boolean isUnwritten() {
    return out().checkError();
  }

  /** What accompanies it: plans before a question, progress, advice, errors. */
  PrintWriter notes();

  /** Prints a line while the user may be typing another: above the prompt, if there is one. */
  default void printAbovePrompt(String line) {
    notes().println(line);
    notes().flush();
  }

  /** Whether a view may be repainted in place. */
  default boolean repaints() {
    return false;
  }

  /**
   * Repaints the view in place; an empty list ends it and leaves the last frame.
   *
   * @throws IllegalStateException where {@link #repaints} is false
   */
  default void paint(List<String> frame) {
    throw new IllegalStateException("this screen cannot be repainted");
  }

  /** Takes the painted view away, for text in its place; the next frame is painted below that. */
  default void unpaint() {}

  /** What takes a terminal out of a painted view; "" where there is none. */
  default String leaving() {
    return "";
  }

  /** The keyboard, key by key and without echo, until it is closed; null without a keyboard. */
  default @Nullable KeyReader keys() {
    return null;
  }

  /**
   * Runs another program at the terminal and waits for its end.
   *
   * @param command its arguments; no shell reads them
   * @return its exit status
   * @throws Problem REFUSED where there is no terminal, or it cannot be started
   */
  default int runInForeground(List<String> command) throws InterruptedException {
    throw Problem.refused(
        "cannot run " + command.get(0),
        "it takes the whole terminal, and here is none to give",
        "oosh at a terminal");
  }

  /**
   * Shows an answer in a pager, where it is longer than the screen and a person is there to read.
   *
   * @return whether it was shown
   */
  default boolean page(String text) {
    return false;
  }

  /** Alerts a user who looks elsewhere: rings the bell and sets the terminal's title. */
  default void alertUser(String title) {}

  /** What the terminal takes beyond text, and where the executions are that it shows. */
  default void use(TerminalFeatures features, Supplier<Context> at) {}

  /** Shows a notice on the desktop, where the terminal can. */
  default void notifyDesktop(String text) {}

  /** Takes the title back. */
  default void clearAlert() {}

  /**
   * Lets a program of the user have the terminal until {@link #takeBack}.
   *
   * @return false where there is no terminal
   */
  default boolean handOver() {
    return false;
  }

  /** Takes the terminal back, as it was. */
  default void takeBack() {}

  /** Empties it, where it is a terminal's. */
  default void clear() {}

  /** Why there was no yes; null is Ctrl-C, or the end of the input. */
  static String declined(@Nullable String answer) {
    return answer == null ? "the question was cancelled" : "the answer was no";
  }

  /**
   * Asks a question.
   *
   * @param flag the option that answers it
   * @return the line that was typed; null at the end of the input
   * @throws Problem if the user cannot be asked, naming that option
   */
  @Nullable String answer(String question, String flag);

  /**
   * Asks for what is not to be seen: without echo, or the next line of standard input where that is
   * not a terminal. It is neither recorded nor kept.
   *
   * @return null at the end of the input
   * @throws Problem if it can be asked neither way
   */
  default @Nullable String secret(String question) {
    throw Problem.refused(
        "cannot ask: " + question.strip(),
        "standard input holds the commands, or there is none",
        "type the command at a terminal, or give the answers on its standard input");
  }

  /** Whether an answer to a yes-no question is yes. */
  static boolean yes(@Nullable String answer) {
    return answer != null
        && (answer.strip().equalsIgnoreCase("y") || answer.strip().equalsIgnoreCase("yes"));
  }

  /** Drops what was typed before a question that a typed-ahead answer must not answer. */
  default void dropTypedAhead() {}

  /** Keeps what was typed before a view. */
  default void keepTypedLines() {}

  /** Keeps text that was typed into a view. */
  default void keepForPrompt(String text) {}

  /** Takes what was kept: the text that stands in the next prompt; "" if there is none. */
  default String takeTyped() {
    return "";
  }

  /** Whether the terminal has another size than the painted view was made for. */
  default boolean isResized() {
    return false;
  }
}
