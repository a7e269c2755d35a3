package oosh.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Rows 8 and 10: a group of 1,000 instances, whose scripts are not run. */
final class Watches {
  private static final int INSTANCES = 1000;
  private static final String GROUP = "asg-big";

  /** The longest time between two looks at all 1,000 instances, in seconds: 21 calls, 10 s each. */
  private static final int PERIOD = 210;

  /** In milliseconds: more than the longest time between two paintings of a clock that goes. */
  private static final int STILL = 15_000;

  private final Stage stage;
  private final SandboxProcess sandbox;
  private final Recorder recorder;
  private final Path home;
  private final Table table;

  Watches(Stage stage, SandboxProcess sandbox, Recorder recorder, Path home, Table table) {
    this.stage = stage;
    this.sandbox = sandbox;
    this.recorder = recorder;
    this.home = home;
    this.table = table;
  }

  /** What was started, and when StartExecution came. */
  private record Started(String execution, long at) {}

  /** Launches on the whole group, in so many batches. */
  private Started launch(int batches, String more) {
    Path script = home.resolve("deploy.bat");
    try {
      Files.writeString(script, "@echo off\r\necho deployed\r\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    long before = System.nanoTime();
    String execution;
    try (Pty oosh =
        stage.oosh(
            home,
            recorder.address(),
            "",
            "--group",
            GROUP,
            "-c",
            "stage script "
                + script
                + " --type bat; stage batch "
                + batches
                + more
                + "; launch -y --detach --confirm "
                + GROUP
                + " -m \"measured "
                + before
                + "\"")) {
      oosh.ended();
      if (oosh.status() != 0) {
        throw new IllegalStateException("not launched: " + oosh.since(0));
      }
      oosh.until("started exec-");
      Stage.pause(100);
      execution = oosh.since(0).replaceFirst("(?s)^.*started (exec-[0-9a-f]+).*$", "$1");
    }
    return new Started(execution, recorder.await("StartExecution", before).came);
  }

  /** Row 10. */
  void rollouts(int rounds) {
    for (int batches : List.of(1, 2)) {
      double[] figures = new double[rounds];
      for (int n = 0; n < rounds; n++) {
        sandbox.reset();
        sandbox.windows(GROUP, INSTANCES);
        long start = launch(batches, "").at();
        while (sandbox.running() > 0) {
          if (System.nanoTime() - start > Duration.ofMinutes(4).toNanos()) {
            throw new IllegalStateException("a rollout in the sandbox takes more than 4 minutes");
          }
          Stage.pause(10);
        }
        figures[n] = Starts.milliseconds(System.nanoTime() - start) / 1000;
        seeItsEnd();
      }
      Spread spread = Spread.of(figures);
      String what =
          "sandbox: 1,000 instances in "
              + (batches == 1 ? "one batch" : batches + " batches")
              + ", no script run";
      if (batches == 1) {
        table.limit(10, what, stage.jdk(), spread.text("s"), spread.median(), 3, "s");
      } else {
        table.told(10, what, stage.jdk(), spread.text("s"));
      }
    }
  }

  /** The journal holds the group for an execution that it has not seen to end. */
  private void seeItsEnd() {
    try (Pty oosh = stage.oosh(home, recorder.address(), "", "-c", "history")) {
      oosh.ended();
    }
  }

  /** Row 8, while the last script hangs, and while the execution waits for a person. */
  void watches(boolean both) {
    sandbox.reset();
    sandbox.windows(GROUP, INSTANCES);
    sandbox.hang(SandboxProcess.instance(INSTANCES - 1));
    String hangs = launch(1, "").execution();
    watch(hangs, "Running, one script hangs");
    if (!both) {
      return;
    }
    sandbox.windows(GROUP, INSTANCES);
    String waits = launch(2, "; stage pause first").execution();
    watch(waits, "Waiting at a pause");
    sandbox.reset();
  }

  private void watch(String execution, String state) {
    Jdk jdk = stage.jdk();
    int seconds = PERIOD;
    try (Pty oosh = stage.oosh(home, recorder.address(), "", "--group", GROUP)) {
      oosh.until(Stage.PROMPT);
      oosh.type("watch " + execution + "\r");
      oosh.until("Running", 0, Duration.ofMinutes(1));
      // Its clock stands still a minute after the last change; a minute later it looks least often.
      still(oosh);
      Stage.pause(60_000);
      if (sandbox.running() != 1) {
        throw new IllegalStateException("it has ended; it showed " + oosh.since(0));
      }
      ProcessHandle process = ProcessHandle.of(oosh.pid()).orElseThrow();
      long began = System.nanoTime();
      int bytes = oosh.size();
      long worked = process.info().totalCpuDuration().orElseThrow().toNanos();
      Stage.pause(seconds * 1000L);
      double lasted = System.nanoTime() - began;
      double share =
          100 * (process.info().totalCpuDuration().orElseThrow().toNanos() - worked) / lasted;
      List<Recorder.Call> calls = recorder.since(began);
      String painted = oosh.since(bytes);
      int more = oosh.size() - bytes;
      Map<String, Long> kinds =
          calls.stream()
              .collect(Collectors.groupingBy(c -> c.action, TreeMap::new, Collectors.counting()));
      double minute = calls.size() * 60e9 / lasted;
      Stage.interrupt(oosh);
      Stage.leave(oosh);
      table.limit(
          8,
          "watching 1,000 instances: " + state,
          jdk,
          String.format(Locale.ROOT, "%.1f%% of a core over %d s", share, seconds),
          share,
          5,
          "% of a core");
      table.limit(
          8,
          "calls a minute: " + state,
          jdk,
          String.format(Locale.ROOT, "%.0f %s", minute, kinds),
          minute,
          12,
          "calls");
      table.limit(
          8,
          "bytes painted without a change: " + state,
          jdk,
          more + " in " + seconds + " s" + example(painted),
          more,
          0,
          "bytes");
    }
  }

  /** Waits until nothing has been painted for a while. */
  private static void still(Pty oosh) {
    long deadline = System.nanoTime() + Duration.ofMinutes(5).toNanos();
    for (int shown = -1; shown != oosh.size(); Stage.pause(STILL)) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("it does not come to rest; it showed " + oosh.since(0));
      }
      shown = oosh.size();
    }
  }

  /** The last line that was painted, to see what it was for. */
  private static String example(String painted) {
    return painted
        .replaceAll("\033\\[[0-9;?]*[a-zA-Z]", "")
        .lines()
        .map(String::strip)
        .filter(l -> !l.isEmpty())
        .reduce((a, b) -> b)
        .map(l -> ", as: " + l.replace('|', '¦'))
        .orElse("");
  }
}
