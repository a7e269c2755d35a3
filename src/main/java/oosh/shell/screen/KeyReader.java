package oosh.shell.screen;

/** Single keys while a view is shown. What is not read stays for the next prompt. */
public interface KeyReader extends AutoCloseable {
  /** No key was pressed. */
  int NONE = -2;

  /** There will be none any more. */
  int END = -1;

  /** A text was pasted: {@link #pasted} has it. */
  int PASTE = -3;

  /**
   * The key that was pressed, {@link #PASTE}, {@link #NONE} or {@link #END}; within a tenth of a
   * second. Arrows and other keys that are no character are passed over.
   *
   * @throws InterruptedException on Ctrl-C
   */
  int read() throws InterruptedException;

  /** The text that was pasted last, where the terminal marks a paste. */
  default String pasted() {
    return "";
  }

  /** Gives the terminal back as it was. */
  @Override
  void close();
}
