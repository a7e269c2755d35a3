package oosh.shell.syntax;

import oosh.rollout.Problem;
import org.jspecify.annotations.Nullable;

/**
 * One statement of a typed text.
 *
 * @param number of the line where its line begins, counted from 1
 * @param command what a verb reads; of {@link #program} what the user's shell reads
 * @param here the text that a word of the command stands for
 * @param output where the answer goes; null for the screen
 * @param program whether the line began with {@code !}
 * @param wrong what is wrong with its form
 */
public record Statement(
    int number,
    String command,
    @Nullable HereText here,
    @Nullable OutputTarget output,
    boolean program,
    @Nullable Problem wrong) {

  /** A statement that is a verb's line and nothing else. */
  public static Statement of(int number, String command) {
    return new Statement(number, command, null, null, false, null);
  }

  /** The same for another command and another target. */
  Statement with(String otherCommand, @Nullable OutputTarget otherOutput) {
    return new Statement(number, otherCommand, here, otherOutput, program, wrong);
  }

  /** The statement as it is typed, with the lines of its here-document. */
  public String text() {
    return line() + (here == null ? "" : "\n" + here.text() + here.mark());
  }

  /** The statement without the lines of its here-document. */
  public String line() {
    return (program ? "!" : "") + command + (output == null ? "" : " " + output.text());
  }

  /** Whether it runs a program or writes a file. */
  public boolean leavesOosh() {
    return program || output != null;
  }
}
