package oosh.journal.transaction;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import oosh.rollout.Problem;
import org.jspecify.annotations.Nullable;

/** Tasks that wait, and the thread that does them, which begins with the first task. */
public final class TaskQueue {
  /** Ends the thread. */
  public static final JournalTask<Boolean> LAST = new JournalTask<>(sql -> true, false);

  /** How long the journal stays open for a next task: others wait meanwhile. */
  private static final Duration LINGER = Duration.ofMillis(5);

  /** The same when it is only read: the time between two reads of one verb at its first use. */
  private static final Duration LINGER_READING = Duration.ofMillis(25);

  private final LinkedBlockingQueue<JournalTask<?>> tasks = new LinkedBlockingQueue<>();
  private final Runnable work;
  private @Nullable Thread thread;
  private boolean closed;

  /** Used by the thread only: a task that was taken too early. */
  private @Nullable JournalTask<?> first;

  TaskQueue(Runnable work) {
    this.work = work;
  }

  /**
   * Adds a task.
   *
   * @throws Problem REFUSED after {@link #end}
   */
  synchronized void add(JournalTask<?> task) {
    if (closed) {
      throw Problem.refused(
          "the journal cannot be used", "it is closed; this shell is ending", "start oosh again");
    }
    tasks.add(task);
    if (thread == null) {
      Thread begun = new Thread(work, "oosh-journal");
      begun.setDaemon(true);
      begun.start();
      thread = begun;
    }
  }

  /** Adds {@link #LAST}. */
  synchronized void end() {
    if (!closed) {
      closed = true;
      tasks.add(LAST);
    }
  }

  /** Waits for the end of the thread. */
  void join(Duration longest) {
    Thread last;
    synchronized (this) {
      last = thread;
    }
    try {
      if (last != null) {
        last.join(longest.toMillis());
      }
    } catch (InterruptedException e) {
      // The process may go: what was answered is on the disk.
      Thread.currentThread().interrupt();
    }
  }

  /** The next task; null if none comes in time. */
  @Nullable JournalTask<?> next(Duration longest) {
    JournalTask<?> task = first;
    first = null;
    try {
      return task != null ? task : tasks.poll(longest.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException("the journal's thread is not interrupted", e);
    }
  }

  /**
   * The next task if an open connection can do it and it comes in time.
   *
   * @param writes whether the connection can write
   * @param end as of {@link System#nanoTime}: how long the connection may be open at most
   * @param mayStay whether the connection may be open even longer, and without a task
   */
  public @Nullable JournalTask<?> following(boolean writes, long end, BooleanSupplier mayStay) {
    long linger = (writes ? LINGER : LINGER_READING).toNanos();
    JournalTask<?> task = next(Duration.ofNanos(Math.min(linger, end - System.nanoTime())));
    while (task == null && mayStay.getAsBoolean()) {
      task = next(LINGER_READING);
    }
    boolean inTime = System.nanoTime() <= end || mayStay.getAsBoolean();
    if (task == null || (task != LAST && (writes || !task.writes()) && inTime)) {
      return task;
    }
    first = task;
    return null;
  }

  public boolean hasTasks() {
    JournalTask<?> waiting = tasks.peek();
    return waiting != null && waiting != LAST;
  }
}
