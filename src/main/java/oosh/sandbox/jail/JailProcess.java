package oosh.sandbox.jail;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The process of a jail: waited for, measured, and ended once it takes too long or too much. */
final class JailProcess {
  /** For the home to be put away, once the script has ended or was killed. */
  private static final long PUT_AWAY_MILLIS = 30_000;

  private static final int KILLED_EVERY_MILLIS = 10;

  private static final String TOO_MUCH_MEMORY =
      "(killed: more than " + (JailBounds.MEMORY >> 20) + " MiB of memory)\n";

  /** For a process that is about to end. */
  private static final long LAST_MILLIS = 5_000;

  private JailProcess() {}

  /**
   * What became of a script.
   *
   * @param said {@link JailCommand#KEPT}, or why its home is not kept, or why it could not be run
   */
  record Ended(JailResult result, String said) {}

  static Ended run(List<String> command, String script, long timeoutMillis)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(Path.of("/").toFile());
    // A script can read the environment of the jail's first process.
    builder.environment().keySet().removeIf(name -> !name.equals("PATH"));
    Process process = builder.start();
    try {
      FutureTask<Output> output = Output.of(process.getInputStream());
      FutureTask<Output> said = Output.of(process.getErrorStream());
      give(process, script);
      Verdict verdict = watch(process, timeoutMillis);
      end(process);
      int code = verdict == Verdict.LATE ? -1 : process.exitValue();
      String added = verdict == Verdict.LARGE ? TOO_MUCH_MEMORY : "";
      return new Ended(
          ended(output).result(code, added, verdict == Verdict.LATE),
          ended(said).result(code, "", false).output().strip());
    } finally {
      process.destroyForcibly();
    }
  }

  /** A script that could not be taken is said by what is around the jail. */
  private static void give(Process process, String script)
      throws IOException, InterruptedException {
    try (OutputStream in = process.getOutputStream()) {
      in.write(script.getBytes(StandardCharsets.UTF_8));
    } catch (IOException gone) {
      // Its end of the pipe closes a moment before it has ended.
      if (!process.waitFor(LAST_MILLIS, TimeUnit.MILLISECONDS)) {
        throw gone;
      }
    }
  }

  private enum Verdict {
    ENDED,
    LATE,
    LARGE
  }

  private static Verdict watch(Process process, long timeoutMillis) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    while (true) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      long pause = Math.max(0, Math.min(left, JailBounds.MEASURED_EVERY_MILLIS));
      if (process.waitFor(pause, TimeUnit.MILLISECONDS)) {
        return Verdict.ENDED;
      }
      if (left <= 0) {
        return Verdict.LATE;
      }
      if (resident("" + process.pid()) > JailBounds.MEMORY) {
        return Verdict.LARGE;
      }
    }
  }

  /**
   * Kills what is in the jail, which may just begin. Those are children of {@code bwrap}; the
   * process's own children make the home and put it away.
   */
  private static void end(Process process) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PUT_AWAY_MILLIS);
    while (!process.waitFor(KILLED_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
      if (System.nanoTime() > end) {
        process.destroyForcibly().waitFor();
        return;
      }
      process.children().flatMap(ProcessHandle::children).forEach(ProcessHandle::destroyForcibly);
    }
  }

  /** Of a process and all below it; to ask for descendants reads every process of the machine. */
  private static long resident(String pid) {
    Path process = Path.of("/proc", pid);
    long bytes = 0;
    try {
      for (String line : Files.readAllLines(process.resolve("status"))) {
        if (line.startsWith("VmRSS:")) {
          bytes += Long.parseLong(line.replaceAll("\\D", "")) << 10;
        }
      }
      try (DirectoryStream<Path> threads = Files.newDirectoryStream(process.resolve("task"))) {
        for (Path thread : threads) {
          for (String child : Files.readString(thread.resolve("children")).split(" ", -1)) {
            bytes += child.isEmpty() ? 0 : resident(child);
          }
        }
      }
    } catch (IOException | DirectoryIteratorException ended) {
      return bytes;
    }
    return bytes;
  }

  /** The beginning of what a process has written, and how many bytes came after it. */
  private record Output(ByteBuffer kept, int dropped) {
    static FutureTask<Output> of(InputStream in) {
      FutureTask<Output> output =
          new FutureTask<>(
              () -> {
                ByteBuffer kept = ByteBuffer.wrap(in.readNBytes(JailBounds.OUTPUT));
                return new Output(kept, (int) in.transferTo(OutputStream.nullOutputStream()));
              });
      Thread reader = new Thread(output, "oosh-sandbox-output");
      reader.setDaemon(true);
      reader.start();
      return output;
    }

    JailResult result(int exitCode, String added, boolean timedOut) {
      CharBuffer text = CharBuffer.allocate(kept.remaining());
      // A character that was cut in two counts as dropped: as text it would be another one.
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .decode(kept, text, dropped == 0);
      return new JailResult(exitCode, text.flip() + added, dropped + kept.remaining(), timedOut);
    }
  }

  private static Output ended(FutureTask<Output> output) throws IOException, InterruptedException {
    try {
      return output.get(LAST_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException broken) {
      throw new IOException("the output of the script cannot be read", broken);
    }
  }
}
