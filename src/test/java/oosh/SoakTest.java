package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import oosh.aliyun.AliyunProfiles;
import oosh.rollout.ParallelReads;
import oosh.rollout.TimeSource;
import oosh.sandboxcontrol.Announcement;
import oosh.shell.Backends;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A shell in this process and a sandbox in another, for many launches and rollbacks. The heap of
 * each, counted after a full collection, grows by what the sandbox keeps of an execution and by
 * what H2 keeps of the journal in memory; once both are at their bounds, it grows no more. {@code
 * -Doosh.rounds=N} sets how many rounds; from 350 on the bounds are passed and the heap is held
 * against them.
 */
@Tag("endurance")
@Timeout(value = 2, unit = TimeUnit.HOURS)
class SoakTest {
  private static final int ROUNDS = Integer.getInteger("oosh.rounds", 6);

  /** In rounds, of two executions each: what the sandbox keeps at most. */
  private static final int KEPT = 250;

  /** Rounds after which the heap may grow no more: what the sandbox keeps, and some to settle. */
  private static final int SETTLED = KEPT + 50;

  /** The heap is counted after so many rounds. */
  private static final int EVERY = Math.max(1, Math.min(25, ROUNDS / 20));

  /** In bytes: what the sandbox or the journal keeps of a round, at most. */
  private static final long A_ROUND = 192 * 1024;

  /** In bytes: what two counts of a heap that does not grow may differ by. */
  private static final long ROOM = 1024 * 1024;

  private static final long WARM = 4 * 1024 * 1024;

  /** Threads that a pool may have made since the first round. */
  private static final int POOLED = 8;

  private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)");

  /** What the collector fills holes with: no object of anybody, in some counts 3 MiB of it. */
  private static final Pattern FILLER =
      Pattern.compile("(?m)^ *\\d+: +\\d+ +(\\d+) +(?:\\[I|jdk\\.internal\\.vm\\.Filler\\w+)\\b");

  /** The heap of both after a round, in bytes. */
  private record Held(int round, long shell, long sandbox) {}

  @TempDir Path folder;

  private OoshProcess sandbox;
  private URI endpoint;
  private long pid;

  @BeforeEach
  void open() throws IOException {
    sandbox = OoshProcess.sandboxInSteps(folder);
    endpoint = OoshProcess.announced(folder);
    pid = Announcement.read(folder.resolve("announced.json")).orElseThrow().pid();
  }

  @AfterEach
  void close() {
    sandbox.close();
  }

  @Test
  void holdsNoMoreThanItKeeps() throws Exception {
    List<Held> held = new ArrayList<>();
    Announcement there = Announcement.read(folder.resolve("announced.json")).orElseThrow();
    Path home = Files.createDirectory(folder.resolve("home"));
    try (Backends backends =
        new HostileServiceBackends(
            home,
            (at, pace) ->
                new AliyunProfiles(Map.of(), null, there::service, pace, ParallelReads.IN_TURN),
            endpoint,
            inSteps())) {
      ShellFixture shell = new ShellFixture(backends);
      run(shell, "use group asg-bp1db; stage script sessions/scripts/deploy.sh");
      run(shell, "stage rollback sessions/scripts/undo.sh; stage batch 2");
      round(shell);
      int threads = Thread.activeCount();
      for (int n = 1; n <= ROUNDS; n++) {
        round(shell);
        if (n % EVERY == 0) {
          held.add(new Held(n, counted(ProcessHandle.current().pid()), counted(pid)));
          System.out.printf(
              "soak: %d rounds, %d executions: shell %,d KiB, sandbox %,d KiB%n",
              n, 2 * n, last(held).shell() >> 10, last(held).sandbox() >> 10);
        }
      }
      assertThat(Thread.activeCount()).as("threads").isLessThanOrEqualTo(threads + POOLED);
    }
    long most = Math.min(ROUNDS, SETTLED) * A_ROUND + WARM;
    assertThat(last(held).shell() - held.get(0).shell()).as("shell").isLessThan(most);
    assertThat(last(held).sandbox() - held.get(0).sandbox()).as("sandbox").isLessThan(most);
    List<Held> settled = held.stream().filter(h -> h.round() >= SETTLED).toList();
    if (settled.size() > 1) {
      assertThat(last(settled).shell() - settled.get(0).shell())
          .as("the shell once its journal is larger than its cache")
          .isLessThan(ROOM);
      assertThat(last(settled).sandbox() - settled.get(0).sandbox())
          .as("the sandbox once it forgets")
          .isLessThan(ROOM);
    }
  }

  private static Held last(List<Held> held) {
    return held.get(held.size() - 1);
  }

  /** The sandbox's time, which passes when the shell waits. */
  private TimeSource inSteps() {
    Instant[] now = {Instant.parse("2026-01-01T00:00:00Z")};
    return new TimeSource() {
      @Override
      public Instant instant() {
        return now[0];
      }

      @Override
      public void pause(Duration duration) throws InterruptedException {
        int seconds = (int) ((duration.toMillis() + 999) / 1000);
        now[0] = now[0].plusSeconds(seconds);
        try {
          OoshProcess.advance(endpoint, seconds);
        } catch (IOException e) {
          throw new IllegalStateException(e);
        }
      }
    };
  }

  private static void round(ShellFixture shell) {
    for (String line :
        List.of("launch -y", "rollback -y", "history", "outputs", "doctor", "show", "plan")) {
      run(shell, line);
    }
  }

  private static void run(ShellFixture shell, String line) {
    assertThat(shell.run(line)).as(line + "\n" + shell.said).isZero();
  }

  /** The bytes of what is reachable in the heap of a process, by its own full collection. */
  private static long counted(long process) throws IOException, InterruptedException {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(process),
                "GC.class_histogram")
            .start();
    String histogram = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    jcmd.waitFor();
    String keep = System.getProperty("oosh.histograms");
    if (keep != null) {
      Files.writeString(
          Path.of(keep, process + "-" + System.currentTimeMillis() + ".txt"), histogram);
    }
    Matcher total = TOTAL.matcher(histogram);
    assertThat(total.find()).as(histogram).isTrue();
    long fillers =
        FILLER.matcher(histogram).results().mapToLong(r -> Long.parseLong(r.group(1))).sum();
    return Long.parseLong(total.group(1)) - fillers;
  }
}
