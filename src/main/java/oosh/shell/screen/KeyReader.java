package oosh.shell.screen;

/** Single keys while a view is shown. What is not read stays for the next prompt. */
public interface KeyReader extends AutoCloseable {
  /** No key was pressed. */
  int NONE = -2;

  /** There will be none any more. */
  int END = -1;

  /**
   * The key that was pressed, {@link #NONE} or {@link #END}; within a tenth of a second. Arrows and
   * other keys that are no character are passed over.
   *
   * @throws InterruptedException on Ctrl-C
   */
  int read() throws InterruptedException;

  /** Gives the terminal back as it was. */
  @Override
  void close();
}
