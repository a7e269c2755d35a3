package oosh.bench;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Size;
import org.jline.terminal.impl.jni.JniNativePty;
import org.jline.terminal.impl.jni.JniTerminalProvider;

/**
 * A process on a pseudo-terminal of its own, as a terminal emulator starts one, and when it showed
 * what, by a clock that only goes forward.
 *
 * <p>The pair comes from JLine's native library; {@code setsid --ctty} makes it the process's
 * controlling terminal and then becomes the process.
 */
final class Pty implements AutoCloseable {
  /** What ends with this JVM, however it ends. */
  private static final Set<Process> ALIVE = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> ALIVE.forEach(Process::destroyForcibly), "sweep"));
  }

  private final JniNativePty pty;
  private final FileOutputStream keys;
  private final Process process;
  private final long started;
  private final StringBuilder shown = new StringBuilder();
  private final List<long[]> arrivals = new ArrayList<>();

  /**
   * @param ahead what is typed before it has started
   */
  Pty(List<String> command, Map<String, String> environment, File directory, String ahead) {
    List<String> all = new ArrayList<>(List.of("setsid", "--ctty"));
    all.addAll(command);
    try {
      pty = (JniNativePty) new JniTerminalProvider().open(null, new Size(120, 40));
      keys = new FileOutputStream(pty.getMasterFD());
      File slave = new File(pty.getName());
      ProcessBuilder builder =
          new ProcessBuilder(all)
              .directory(directory)
              .redirectInput(slave)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(slave))
              .redirectError(ProcessBuilder.Redirect.appendTo(slave));
      builder.environment().clear();
      builder.environment().putAll(environment);
      Thread reader = new Thread(this::read, "terminal");
      reader.setDaemon(true);
      reader.start();
      if (!ahead.isEmpty()) {
        type(ahead);
      }
      started = System.nanoTime();
      process = builder.start();
      ALIVE.add(process);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read() {
    byte[] some = new byte[65_536];
    InputStream in = new java.io.FileInputStream(pty.getMasterFD());
    try {
      for (int n = in.read(some); n >= 0; n = in.read(some)) {
        long now = System.nanoTime();
        synchronized (shown) {
          shown.append(new String(some, 0, n, StandardCharsets.ISO_8859_1));
          arrivals.add(new long[] {shown.length(), now});
          shown.notifyAll();
        }
      }
    } catch (IOException closed) {
      // The terminal is gone.
      return;
    }
  }

  long started() {
    return started;
  }

  long pid() {
    return process.pid();
  }

  /** How many bytes it has shown so far. */
  int size() {
    synchronized (shown) {
      return shown.length();
    }
  }

  /** What it has shown since there were so many bytes. */
  String since(int size) {
    synchronized (shown) {
      return new String(
          shown.substring(size).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
  }

  /** Types it; returns when. */
  long type(String text) {
    try {
      long now = System.nanoTime();
      keys.write(text.getBytes(StandardCharsets.UTF_8));
      return now;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** When it showed that text for the first time. */
  long until(String text) {
    return until(text, 0, Duration.ofSeconds(60));
  }

  /**
   * When that text came to be on the screen, looked for after so many bytes.
   *
   * @throws IllegalStateException if it does not come, or the process ends without it
   */
  long until(String text, int after, Duration patience) {
    String wanted = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    long deadline = System.nanoTime() + patience.toNanos();
    synchronized (shown) {
      while (true) {
        int at = shown.indexOf(wanted, after);
        if (at >= 0) {
          int end = at + wanted.length();
          for (long[] arrival : arrivals) {
            if (arrival[0] >= end) {
              return arrival[1];
            }
          }
        }
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          throw new IllegalStateException(
              "\"" + text + "\" was not shown within " + patience + "; it showed " + since(0));
        }
        try {
          shown.wait(Math.max(1, Math.min(100, TimeUnit.NANOSECONDS.toMillis(left))));
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IllegalStateException(e);
        }
      }
    }
  }

  /**
   * When it showed the last of what it showed after so many bytes, and then nothing for a while.
   *
   * @param silence how long nothing must come, in milliseconds
   */
  long settled(int after, int silence) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    synchronized (shown) {
      while (System.nanoTime() < deadline) {
        long last = arrivals.isEmpty() ? 0 : arrivals.get(arrivals.size() - 1)[1];
        if (shown.length() > after && System.nanoTime() - last > silence * 1_000_000L) {
          return last;
        }
        try {
          shown.wait(10);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IllegalStateException(e);
        }
      }
    }
    throw new IllegalStateException("it does not come to rest; it showed " + since(after));
  }

  /** Waits for its end; returns when it came. */
  long ended() {
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        throw new IllegalStateException("it does not end; it showed " + since(0));
      }
      return System.nanoTime();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  int status() {
    return process.exitValue();
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      process.destroyForcibly();
    }
    process.onExit().join();
    ALIVE.remove(process);
    try {
      keys.close();
      pty.close();
    } catch (IOException e) {
      // It is closed, one way or the other.
      return;
    }
  }
}
