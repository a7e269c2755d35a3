package oosh.journal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;

/** A second process that works with the journal, as the lines that it reads say. */
final class SecondShellProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader answers;

  SecondShellProcess(Path directory) throws IOException {
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                SecondShellProcess.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    answers = process.inputReader(StandardCharsets.UTF_8);
    if (!"open".equals(answers.readLine())) {
      throw new IllegalStateException("the other shell did not open the journal");
    }
  }

  /** Has it take the journal's lock, alone or as a read does, until {@link #letGo}. */
  void hold(boolean alone) throws IOException {
    process.outputWriter(StandardCharsets.UTF_8).append(alone ? "hold\n" : "share\n").flush();
    if (!"holds".equals(answers.readLine())) {
      throw new IllegalStateException("the other shell did not get the lock");
    }
  }

  void letGo() throws IOException {
    process.outputWriter(StandardCharsets.UTF_8).append("let go\n").flush();
    if (!"let go".equals(answers.readLine())) {
      throw new IllegalStateException("the other shell did not let go of the lock");
    }
  }

  long pid() {
    return process.pid();
  }

  /** Has it write down that many intents, without waiting for them. */
  void intend(int count) throws IOException {
    process.outputWriter(StandardCharsets.UTF_8).append(count + "\n").flush();
  }

  /** The token of the next intent that it says is safe. */
  String token() throws IOException {
    return String.valueOf(answers.readLine());
  }

  /** Kills it with SIGKILL; what it had said until then is still to be read. */
  void kill() {
    // Through the handle: Process.destroyForcibly would close the answers too.
    process.toHandle().destroyForcibly();
    process.onExit().join();
  }

  /** Stops it as Ctrl-Z does, but for good: it holds what it holds, and answers nothing. */
  void stop() throws IOException, InterruptedException {
    signal("STOP");
  }

  /** Lets it go on. */
  void resume() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    int status = new ProcessBuilder("kill", "-" + name, "" + process.pid()).start().waitFor();
    if (status != 0) {
      throw new IllegalStateException("kill -" + name + " said " + status);
    }
  }

  BufferedReader answers() {
    return answers;
  }

  @Override
  public void close() {
    kill();
  }

  /** Runs in the other process. */
  public static void main(String[] directory) throws IOException {
    H2Journal journal = H2Journal.open(Path.of(directory[0]));
    System.out.println("open");
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    int n = 0;
    while (true) {
      String line = in.readLine();
      if (line == null) {
        return;
      }
      if (line.equals("hold") || line.equals("share")) {
        hold(Path.of(directory[0]), line.equals("hold"), in);
        continue;
      }
      for (int last = n + Integer.parseInt(line); n < last; n++) {
        String token = "other-" + n;
        // A group each: one start at a time is let through on a group.
        journal
            .starts()
            .intend(
                JournalFixtures.launch(
                    token,
                    JournalFixtures.context("prod", "asg-" + n),
                    JournalFixtures.NOON.plusSeconds(n)));
        System.out.println(token);
        if (System.out.checkError()) {
          throw new UncheckedIOException(new IOException("nobody listens"));
        }
      }
    }
  }

  private static void hold(Path directory, boolean alone, BufferedReader in) throws IOException {
    try {
      JournalFile.in(directory)
          .lock()
          .hold(
              alone,
              JournalConnection.PATIENCE,
              () -> false,
              () -> {
                System.out.println("holds");
                System.out.println(in.readLine());
              });
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
