package oosh;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.logging.StreamHandler;

/** Sends every library's log to one file for the owner, and none of it to the screen. */
final class LogFile {
  private LogFile() {}

  static void open(Home home) {
    LogManager.getLogManager().reset();
    Logger root = Logger.getLogger("");
    root.setLevel(Level.WARNING);
    Logger.getLogger("oosh").setLevel(Level.INFO);
    // The SDK's messages quote signed URLs.
    Logger.getLogger("com.aliyuncs").setLevel(Level.OFF);
    root.addHandler(new WhenNeeded(home));
  }

  /** Opens the file at the first line: most runs log nothing. */
  private static final class WhenNeeded extends Handler {
    private final Home home;
    private @org.jspecify.annotations.Nullable StreamHandler file;

    WhenNeeded(Home home) {
      this.home = home;
    }

    @Override
    public synchronized void publish(LogRecord line) {
      if (!isLoggable(line)) {
        return;
      }
      StreamHandler to = file;
      if (to == null) {
        Path path = home.ready().ownFile("oosh.log");
        try {
          to = new StreamHandler(new FileOutputStream(path.toFile(), true), new SimpleFormatter());
          file = to;
        } catch (IOException e) {
          // A log that cannot be written must not stop a rollout.
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
