package oosh.config;

/** What is done if the process is ended, by SIGTERM or a closed terminal, before it is closed. */
public final class AtExit implements AutoCloseable {
  private final Thread hook;

  /**
   * @param name of its thread
   */
  public AtExit(String name, Runnable action) {
    hook = new Thread(action, name);
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** It is done no more; if the process is ending already, it is done all the same. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      // The hook runs already.
    }
  }
}
