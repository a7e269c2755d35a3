package oosh.shell.verbs.rehearsal;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import oosh.rollout.Interrupted;
import oosh.rollout.Problem;
import oosh.rollout.TimeSource;
import oosh.rollout.rehearsal.Rehearsal;
import org.jspecify.annotations.Nullable;

/**
 * Runs a rehearsal in a thread of its own, because a script that runs blocks that thread: Ctrl-C
 * and {@code --timeout} end both.
 */
final class RehearsalRunner {
  private static final int SLICE_MILLIS = 100;

  /** How long a player may take to end its script and to delete its sandbox. */
  private static final int CLEANUP_SECONDS = 15;

  private RehearsalRunner() {}

  /**
   * Plays a rehearsal to its end.
   *
   * @throws Problem DECLINED after the timeout
   * @throws InterruptedException on Ctrl-C; the sandbox is deleted in both cases
   */
  static Rehearsal.RehearsalResult run(
      RehearsalPlayer player, TimeSource clock, @Nullable Duration timeout)
      throws InterruptedException {
    FutureTask<Rehearsal.RehearsalResult> result = new FutureTask<>(player::play);
    Thread thread = new Thread(result, "oosh-rehearsal");
    thread.setDaemon(true);
    Instant deadline = timeout == null ? null : clock.instant().plus(timeout);
    thread.start();
    try {
      while (true) {
        try {
          return result.get(SLICE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          if (deadline != null && !clock.instant().isBefore(deadline)) {
            throw Problem.of(
                Problem.Kind.DECLINED,
                "stopped the rehearsal",
                "the time given with --timeout is over" + player.where(),
                "rehearse --timeout 30m");
          }
        }
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Problem p) {
        throw p;
      }
      if (e.getCause() instanceof Interrupted stopped) {
        throw stopped;
      }
      throw new IllegalStateException("the rehearsal failed", e.getCause());
    } finally {
      stop(thread);
    }
  }

  /** Waits until the sandbox is deleted, even if Ctrl-C is pressed again. */
  private static void stop(Thread thread) {
    boolean interrupted = false;
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(CLEANUP_SECONDS);
    thread.interrupt();
    while (thread.isAlive() && System.nanoTime() < end) {
      try {
        thread.join(SLICE_MILLIS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
