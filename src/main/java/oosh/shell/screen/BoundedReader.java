package oosh.shell.screen;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Reads what a person names, up to a limit, and stops for Ctrl-C. A name may stand for a pipe that
 * nobody writes into or a device that never ends, and no interrupt reaches a thread that opens or
 * reads one. So another thread reads; where it gets stuck, it is left behind.
 */
public final class BoundedReader {
  /** For a named file; a pipe may be filled by something slow. */
  public static final Duration LONGEST = Duration.ofSeconds(60);

  private BoundedReader() {}

  private interface Reading {
    byte[] read() throws IOException;
  }

  /**
   * The file's bytes; one more than the limit if it has more.
   *
   * @param limit in bytes
   * @throws TimeoutException if it has not ended within {@code longest}
   */
  public static byte[] of(Path file, int limit, Duration longest)
      throws IOException, InterruptedException, TimeoutException {
    CompletableFuture<byte[]> bytes =
        begun(
            () -> {
              try (InputStream in = Files.newInputStream(file)) {
                return in.readNBytes(limit + 1);
              }
            });
    try {
      return bytes.get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw failure(e);
    }
  }

  /** The stream's bytes, likewise; it ends when whoever writes into it ends it, or by Ctrl-C. */
  public static byte[] of(InputStream in, int limit) throws IOException, InterruptedException {
    try {
      return begun(() -> in.readNBytes(limit + 1)).get();
    } catch (ExecutionException e) {
      throw failure(e);
    }
  }

  /**
   * Up to the end of a line, which is the last byte; likewise. Nothing at the end of the stream.
   */
  public static byte[] line(InputStream in, int limit) throws IOException, InterruptedException {
    try {
      return begun(
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
              })
          .get();
    } catch (ExecutionException e) {
      throw failure(e);
    }
  }

  private static CompletableFuture<byte[]> begun(Reading reading) {
    CompletableFuture<byte[]> bytes = new CompletableFuture<>();
    Thread reader =
        new Thread(
            () -> {
              try {
                bytes.complete(reading.read());
              } catch (IOException | RuntimeException | OutOfMemoryError e) {
                bytes.completeExceptionally(e);
              }
            },
            "intake");
    reader.setDaemon(true);
    reader.start();
    return bytes;
  }

  private static IOException failure(ExecutionException e) {
    if (e.getCause() instanceof IOException io) {
      return io;
    }
    throw new IllegalStateException(e.getCause());
  }
}
