package oosh.shell.screen;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import oosh.rollout.Problem;
import oosh.shell.Background;

/**
 * Reads what the user names, up to a limit, and stops for Ctrl-C. A name may stand for a pipe that
 * is never written to or a device that never ends, and no interrupt reaches a thread that opens or
 * reads one. So another thread reads; where it gets stuck, it is left behind.
 */
public final class BoundedReader {
  /** For a named file; a pipe may be filled by something slow. */
  public static final Duration LONGEST = Duration.ofSeconds(60);

  private BoundedReader() {}

  /**
   * The file's bytes; one more than the limit if it has more.
   *
   * @param limit in bytes
   * @throws TimeoutException if it has not ended within {@code longest}
   */
  public static byte[] of(Path file, int limit, Duration longest)
      throws IOException, InterruptedException, TimeoutException {
    return read(
        () -> {
          try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(limit + 1);
          }
        },
        longest);
  }

  /**
   * The bytes of a file that the user names; one more than the limit if it has more.
   *
   * @param name as the user typed it
   * @param action what is to be done with it, as {@code stage}
   * @param next what to type if there is no such file
   * @throws Problem REFUSED if it is not a file, cannot be read or does not end
   */
  public static byte[] named(
      Path file, String name, String action, String next, int limit, Duration longest)
      throws InterruptedException {
    String what = "cannot " + action + " " + name;
    try {
      if (Files.isDirectory(file)) {
        throw Problem.refused(what, "it is a folder", "ls " + name);
      }
      return of(file, limit, longest);
    } catch (TimeoutException e) {
      throw Problem.refused(
          what, "it has not ended in " + longest.toSeconds() + " s", "ls -l " + name);
    } catch (NoSuchFileException e) {
      String why =
          file.toString().equals(name) ? "there is no such file here" : "there is no file " + file;
      throw Problem.refused(what, why, next);
    } catch (AccessDeniedException e) {
      throw Problem.refused(what, "it cannot be read", "chmod u+r " + name);
    } catch (IOException e) {
      String reason = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
      throw Problem.refused(
          what,
          "it cannot be read: " + (reason == null ? "it ended early" : reason),
          "ls -l " + name);
    }
  }

  /** The stream's bytes, one more than the limit if it has more; Ctrl-C ends the read. */
  public static byte[] of(InputStream in, int limit) throws IOException, InterruptedException {
    return read(() -> in.readNBytes(limit + 1));
  }

  /** Up to the end of a line, which is the last byte; nothing at the end of the stream. */
  public static byte[] line(InputStream in, int limit) throws IOException, InterruptedException {
    return read(
        () -> {
          ByteArrayOutputStream line = new ByteArrayOutputStream();
          int next;
          do {
            next = in.read();
            if (next >= 0) {
              line.write(next);
            }
          } while (next >= 0 && next != '\n' && line.size() <= limit);
          return line.toByteArray();
        });
  }

  private static byte[] read(Callable<byte[]> reading) throws IOException, InterruptedException {
    try {
      return read(reading, Duration.ofDays(1_000));
    } catch (TimeoutException e) {
      throw new IOException(e);
    }
  }

  private static byte[] read(Callable<byte[]> reading, Duration longest)
      throws IOException, InterruptedException, TimeoutException {
    FutureTask<byte[]> task = new FutureTask<>(reading);
    Background.run("reader", task);
    try {
      return task.get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
