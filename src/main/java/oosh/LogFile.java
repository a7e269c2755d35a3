package oosh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import oosh.rollout.Problem;

/**
 * Sends every library's log to one file for the owner, and none of it to the screen. Whatever is
 * logged, an exception's message and its causes' included, comes through the mask.
 */
final class LogFile {
  private LogFile() {}

  /**
   * @param mask takes keys, secrets, tokens and signed addresses out of a text
   */
  static void open(StateDirectory home, UnaryOperator<String> mask) {
    LogManager.getLogManager().reset();
    Logger root = Logger.getLogger("");
    root.setLevel(Level.WARNING);
    Logger.getLogger("oosh").setLevel(Level.INFO);
    // The SDK's messages quote signed URLs.
    Logger.getLogger("com.aliyuncs").setLevel(Level.OFF);
    root.addHandler(new MaskingHandler(home, mask));
    // Without it a thread that dies prints its exception, message and all, over the screen.
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, defect) -> defect("a defect ended " + thread.getName(), defect));
  }

  /** Logs the defect, or nothing if the log is not open yet: the message may quote anything. */
  static void defect(String what, Throwable defect) {
    Logger root = Logger.getLogger("");
    if (List.of(root.getHandlers()).stream().anyMatch(MaskingHandler.class::isInstance)) {
      root.log(Level.SEVERE, what, defect);
    }
  }

  /**
   * Opens the file for each record: most runs log nothing, and several processes share the file.
   */
  private static final class MaskingHandler extends Handler {
    private final StateDirectory home;
    private final UnaryOperator<String> mask;

    MaskingHandler(StateDirectory home, UnaryOperator<String> mask) {
      this.home = home;
      this.mask = mask;
      setFormatter(new SimpleFormatter());
    }

    @Override
    public synchronized void publish(LogRecord line) {
      try {
        Files.writeString(
            home.createIfMissing().log("oosh.log"),
            mask.apply(getFormatter().format(line)),
            StandardOpenOption.APPEND);
      } catch (IOException | Problem e) {
        // A log that cannot be written must not stop a rollout; the verb whose file cannot be
        // written says so.
        return;
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
