package oosh.journal.transfer;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Work that Ctrl-C ends without its interrupt reaching the database, which would close its files: a
 * thread of its own does the work, and asks now and then whether it was cancelled.
 */
final class CancellableWork {
  private boolean cancelled;

  private CancellableWork() {}

  /** Ends the work; never leaves this room. */
  public static final class WorkCancelledException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public WorkCancelledException() {
      super("cancelled", null, false, false);
    }
  }

  /** Runs the work until it ends or this thread is interrupted. */
  public static <T> T run(Function<CancellableWork, T> work) throws InterruptedException {
    CancellableWork running = new CancellableWork();
    FutureTask<T> task = new FutureTask<>(() -> work.apply(running));
    Thread thread = new Thread(task, "oosh-archive");
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get();
    } catch (InterruptedException e) {
      running.cancel();
      throw e;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException r) {
        throw r;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  public synchronized boolean isCancelled() {
    return cancelled;
  }

  /**
   * @throws WorkCancelledException if the work was cancelled
   */
  public void check() {
    if (isCancelled()) {
      throw new WorkCancelledException();
    }
  }

  /** Hands lines on, but none after {@link #run} has returned. */
  public Consumer<String> untilCancelled(Consumer<String> lines) {
    return line -> {
      synchronized (this) {
        check();
        lines.accept(line);
      }
    };
  }

  private synchronized void cancel() {
    cancelled = true;
  }
}
