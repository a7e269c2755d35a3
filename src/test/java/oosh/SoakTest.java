package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import oosh.rollout.Profile;
import oosh.shell.Batch;
import oosh.shell.Session;
import oosh.shell.Setting;
import oosh.shell.Shell;
import oosh.shell.StreamScreen;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * One shell and one sandbox in this process, for many launches and rollbacks: what they hold grows
 * by what the sandbox keeps of its executions, and not any more once it forgets the oldest. {@code
 * -Doosh.rounds=N} sets how many; from 300 on the sandbox forgets.
 */
@Timeout(value = 2, unit = TimeUnit.HOURS)
class SoakTest {
  private static final int ROUNDS = Integer.getInteger("oosh.rounds", 6);

  /** In rounds, of two executions each: what the sandbox keeps at most. */
  private static final int KEPT = 250;

  /** In bytes: what the sandbox keeps of a round, and room for what a collection leaves. */
  private static final long A_ROUND = 256 * 1024;

  /** Threads that a pool may have made since the first round. */
  private static final int POOLED = 8;

  private static final long ROOM = 4 * 1024 * 1024;

  @Test
  void holdsNoMoreThanTheSandboxKeeps() {
    List<Long> held = new ArrayList<>();
    int threads;
    try (Setting setting = CheckSetting.open()) {
      StringWriter said = new StringWriter();
      PrintWriter out = new PrintWriter(said, true);
      Shell shell =
          new Shell(
              new Session(
                  setting,
                  new StreamScreen(out, out, () -> 80, false, null),
                  setting.profiles().named(Profile.SANDBOX),
                  null,
                  "asg-bp1db"));
      run(shell, said, "stage script sessions/scripts/deploy.sh");
      run(shell, said, "stage rollback sessions/scripts/undo.sh");
      run(shell, said, "stage batch 2");
      round(shell, said);
      threads = Thread.activeCount();
      for (int n = 0; n < ROUNDS; n++) {
        round(shell, said);
        held.add(held());
      }
      assertThat(Thread.activeCount()).as("threads").isLessThanOrEqualTo(threads + POOLED);
    }
    System.out.println(
        "held after each round, in KiB: " + held.stream().map(b -> b >> 10).toList());
    long first = held.get(0);
    long last = held.get(held.size() - 1);
    assertThat(last - first).isLessThan(Math.min(ROUNDS, KEPT) * A_ROUND + ROOM);
    if (ROUNDS > KEPT) {
      assertThat(last - held.get(KEPT)).as("once it forgets").isLessThan(ROOM);
    }
  }

  private static void round(Shell shell, StringWriter said) {
    for (String line :
        List.of("launch -y", "rollback -y", "history", "outputs", "doctor", "show", "plan")) {
      run(shell, said, line);
    }
  }

  private static void run(Shell shell, StringWriter said, String line) {
    said.getBuffer().setLength(0);
    assertThat(new Batch(shell).line(line)).as(line + "\n" + said).isZero();
  }

  /** In bytes; the least of a few collections. */
  private static long held() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      least =
          Math.min(least, Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
    }
    return least;
  }
}
