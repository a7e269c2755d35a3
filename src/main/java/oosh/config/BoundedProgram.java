package oosh.config;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import oosh.rollout.Problem;

/**
 * A program of the user's, named in a file of the user's: an argument list that no shell reads,
 * with a bound on its time and on what is read of it. What it has started and leaves in its process
 * group is ended with it.
 */
public final class BoundedProgram {
  /** What a program needs to find its way; no key is among it. */
  private static final List<String> USUAL =
      List.of("PATH", "HOME", "USER", "LOGNAME", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR");

  /** Makes the program the first of a group of its own, which can be ended as a whole. */
  private static final Optional<Path> SETSID =
      Stream.of("/usr/bin/setsid", "/bin/setsid")
          .map(Path::of)
          .filter(Files::isExecutable)
          .findFirst();

  /** The streams of a program that has ended are at their end, once all of it was read. */
  private static final Duration STREAMS_CLOSE = Duration.ofSeconds(1);

  private final List<String> command;

  /** How it ended. */
  public static final class Ended {
    private final Optional<Integer> exitStatus;
    private final byte[] output;
    private final byte[] errors;

    private Ended(Optional<Integer> exitStatus, byte[] output, byte[] errors) {
      this.exitStatus = exitStatus;
      this.output = output;
      this.errors = errors;
    }

    public boolean isSuccess() {
      return exitStatus.equals(Optional.of(0));
    }

    /** 0 to 255; empty if it was ended at the bound. */
    public Optional<Integer> exitStatus() {
      return exitStatus;
    }

    /** What it has printed, up to the bound and one byte where there was more. */
    public byte[] output() {
      return output.clone();
    }

    /** The same of standard error. */
    public byte[] errors() {
      return errors.clone();
    }
  }

  private BoundedProgram(List<String> command) {
    this.command = command;
  }

  /**
   * @param name how the user calls it, as {@code the hook before-launch}
   * @param command its first is an absolute file name
   * @throws Problem REFUSED if others can change the program, or it cannot be run
   */
  public static BoundedProgram of(String name, List<String> command) {
    Path program = Path.of(command.get(0));
    String what = "cannot run " + name + ": " + program;
    if (!Files.isRegularFile(program)) {
      throw Problem.refused(what, "there is no such file", "ls -l " + program);
    }
    TrustedFile.doubt(program)
        .ifPresent(
            d -> {
              throw Problem.refused(what, d.why(), d.mend());
            });
    if (!Files.isExecutable(program)) {
      throw Problem.refused(what, "it may not be executed", "chmod u+x " + program);
    }
    return new BoundedProgram(command);
  }

  /**
   * Runs it in the root folder.
   *
   * @param own variables beside the usual ones, which hold no key
   * @param input what it can read; it need not
   * @param mostBytes how much is kept of each of its two streams
   * @throws IOException if it could not be started
   * @throws InterruptedException after Ctrl-C; the program is ended
   */
  public Ended run(Map<String, String> own, String input, Duration within, int mostBytes)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(command);
    SETSID.ifPresent(setsid -> words.add(0, setsid.toString()));
    ProcessBuilder builder = new ProcessBuilder(words).directory(Path.of("/").toFile());
    Map<String, String> all = Map.copyOf(builder.environment());
    builder.environment().clear();
    USUAL.stream().filter(all::containsKey).forEach(n -> builder.environment().put(n, all.get(n)));
    builder.environment().putAll(own);
    Process process = builder.start();
    AtExit ended = new AtExit("program-end", () -> end(process));
    Kept output = new Kept(process.getInputStream(), mostBytes);
    Kept errors = new Kept(process.getErrorStream(), mostBytes);
    start("program-input", () -> write(process, input));
    start("program-output", output);
    start("program-errors", errors);
    boolean inTime = false;
    try {
      inTime = process.waitFor(within.toNanos(), TimeUnit.NANOSECONDS);
    } finally {
      end(process);
      ended.close();
    }
    long soon = System.nanoTime() + STREAMS_CLOSE.toNanos();
    boolean complete = output.await(soon) && errors.await(soon);
    return new Ended(
        inTime && complete ? Optional.of(process.exitValue()) : Optional.empty(),
        output.bytes(),
        errors.bytes());
  }

  private static void start(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private static void write(Process process, String input) {
    try (OutputStream to = process.getOutputStream()) {
      to.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // It does not read it, or has ended.
      return;
    }
  }

  /** With its group, and with what has left that but not the program. */
  private static void end(Process process) {
    List<ProcessHandle> started = process.descendants().toList();
    if (SETSID.isPresent()) {
      try {
        new ProcessBuilder("/bin/sh", "-c", "kill -s KILL -- -" + process.pid())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor(1, TimeUnit.SECONDS);
      } catch (IOException e) {
        // Each of them is ended below.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    started.forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  /** What is read of a stream; the rest is read and forgotten, so that the writer goes on. */
  private static final class Kept implements Runnable {
    private final InputStream in;
    private final int most;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private boolean ended;

    Kept(InputStream in, int most) {
      this.in = in;
      this.most = most;
    }

    @Override
    public void run() {
      byte[] piece = new byte[8192];
      try {
        for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
          synchronized (this) {
            kept.write(piece, 0, Math.max(0, Math.min(n, most + 1 - kept.size())));
          }
        }
      } catch (IOException e) {
        // The process was ended.
      } finally {
        synchronized (this) {
          ended = true;
          notifyAll();
        }
      }
    }

    synchronized boolean await(long deadline) throws InterruptedException {
      while (!ended) {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          return false;
        }
        wait(left);
      }
      return true;
    }

    /** One more than the bound where there was more. */
    synchronized byte[] bytes() {
      return kept.toByteArray();
    }
  }
}
