package oosh;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import oosh.rollout.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * Step time for two threads of which one works at a time: where one waits, the time passes and the
 * other has its turn. So a shell that leads and a shell that watches it do the same in each run.
 */
final class TakingTurns implements TimeSource {
  private final TimeSource time;
  private final Semaphore mine = new Semaphore(0);
  private final Semaphore theirs = new Semaphore(0);
  private volatile @Nullable Thread other;

  TakingTurns(TimeSource time) {
    this.time = time;
  }

  @Override
  public Instant instant() {
    return time.instant();
  }

  @Override
  public void pause(Duration duration) throws InterruptedException {
    time.pause(duration);
    Thread beside = other;
    if (Thread.currentThread() == beside) {
      mine.release();
      theirs.acquire();
    } else if (beside != null) {
      theirs.release();
      mine.acquire();
    }
  }

  /**
   * Does work beside this thread, from its next pause on.
   *
   * @return its result, for {@link #end}
   */
  <T> FutureTask<T> beside(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread begun =
        new Thread(
            () -> {
              theirs.acquireUninterruptibly();
              task.run();
              other = null;
              mine.release();
            },
            "beside");
    begun.setDaemon(true);
    other = begun;
    begun.start();
    return task;
  }

  /** Gives the other thread all turns until its work is done. */
  <T> T end(FutureTask<T> task) throws InterruptedException, ExecutionException {
    while (other != null) {
      theirs.release();
      mine.acquire();
    }
    return task.get();
  }
}
