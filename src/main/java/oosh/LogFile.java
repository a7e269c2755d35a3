package oosh;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.logging.ErrorManager;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.logging.StreamHandler;
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
    root.addHandler(new LazyFileHandler(home, new MaskingFormatter(mask)));
    // Without it a thread that dies prints its exception, message and all, over the screen.
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, defect) -> defect("a defect ended " + thread.getName(), defect));
  }

  /** Logs it, or nothing if the file is not open yet: its message may quote anything. */
  static void defect(String what, Throwable defect) {
    Logger root = Logger.getLogger("");
    if (List.of(root.getHandlers()).stream().anyMatch(LazyFileHandler.class::isInstance)) {
      root.log(Level.SEVERE, what, defect);
    }
  }

  private static final class MaskingFormatter extends SimpleFormatter {
    private final UnaryOperator<String> mask;

    MaskingFormatter(UnaryOperator<String> mask) {
      this.mask = mask;
    }

    @Override
    public String format(LogRecord line) {
      return mask.apply(super.format(line));
    }
  }

  /** Opens the file at the first line: most runs log nothing. */
  private static final class LazyFileHandler extends Handler {
    /** After so many its length is looked at again. */
    private static final int LINES_A_FILE = 100;

    /** The JDK's own prints an exception over the screen when the disk is full. */
    private static final ErrorManager SILENT =
        new ErrorManager() {
          @Override
          public void error(String message, Exception trouble, int code) {
            // The verb whose file cannot be written says so.
          }
        };

    private final StateDirectory home;
    private final Formatter format;
    private int lines;
    private @org.jspecify.annotations.Nullable StreamHandler file;

    LazyFileHandler(StateDirectory home, Formatter format) {
      this.home = home;
      this.format = format;
    }

    @Override
    public synchronized void publish(LogRecord line) {
      if (!isLoggable(line)) {
        return;
      }
      StreamHandler to = file;
      if (to == null || ++lines == LINES_A_FILE) {
        close();
        lines = 0;
        try {
          Path path = home.createIfMissing().log("oosh.log");
          to = new StreamHandler(new FileOutputStream(path.toFile(), true), format);
          to.setErrorManager(SILENT);
          file = to;
        } catch (IOException | Problem e) {
          // A log that cannot be written must not stop a rollout.
          file = null;
          return;
        }
      }
      to.publish(line);
      to.flush();
    }

    @Override
    public synchronized void flush() {
      if (file != null) {
        file.flush();
      }
    }

    @Override
    public synchronized void close() {
      if (file != null) {
        file.close();
      }
    }
  }
}
