package oosh.journal;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Work that Ctrl-C ends without its interrupt reaching the database, which would close its files on
 * it: a thread of its own does the work and asks now and then whether it should go on.
 */
public final class CancellableWork {
  /** How long a person who pressed Ctrl-C waits for the work to tidy up; it goes on behind. */
  private static final int TIDY_MS = 100;

  private final Object mouth = new Object();
  private boolean stopped;

  private CancellableWork() {}

  /** Ends the work; never leaves this room. */
  public static final class WorkCancelledException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public WorkCancelledException() {
      super("stopped", null, false, false);
    }
  }

  /**
   * Runs the work until it ends or this thread is interrupted.
   *
   * @param work asks the supplier whether it was stopped
   */
  public static <T> T run(Function<CancellableWork, T> work) throws InterruptedException {
    CancellableWork stopping = new CancellableWork();
    FutureTask<T> task = new FutureTask<>(() -> work.apply(stopping));
    Thread thread = new Thread(task, "oosh-archive");
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get();
    } catch (InterruptedException e) {
      stopping.stop();
      stopping.tidy(task);
      throw e;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException r) {
        throw r;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  public BooleanSupplier asked() {
    return () -> {
      synchronized (mouth) {
        return stopped;
      }
    };
  }

  public void check() {
    if (asked().getAsBoolean()) {
      throw new WorkCancelledException();
    }
  }

  /** Hands lines on, but none after the caller has gone. */
  public Consumer<String> untilCancelled(Consumer<String> lines) {
    return line -> {
      synchronized (mouth) {
        if (stopped) {
          throw new WorkCancelledException();
        }
        lines.accept(line);
      }
    };
  }

  private void stop() {
    synchronized (mouth) {
      stopped = true;
    }
  }

  private void tidy(FutureTask<?> task) {
    try {
      task.get(TIDY_MS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException | InterruptedException e) {
      // It was stopped, or goes on tidying behind.
      return;
    }
  }
}
