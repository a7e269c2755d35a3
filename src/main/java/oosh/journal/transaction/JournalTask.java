package oosh.journal.transaction;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.springframework.jdbc.core.JdbcTemplate;

/** A transaction that one thread asks for and another thread does. */
public final class JournalTask<T> {
  /** Makes what a task has written durable. */
  public interface Commit {
    void commit() throws SQLException;
  }

  private enum State {
    WAITING,
    BEGUN,
    DONE,
    GIVEN_UP
  }

  private final long asked = System.nanoTime();
  private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
  private final CompletableFuture<T> answer = new CompletableFuture<>();
  private final Function<JdbcTemplate, T> work;
  private final boolean writes;

  public JournalTask(Function<JdbcTemplate, T> work, boolean writes) {
    this.work = work;
    this.writes = writes;
  }

  /**
   * Whether it was asked for before that moment.
   *
   * @param nanos of {@link System#nanoTime}
   */
  public boolean isAskedBefore(long nanos) {
    return asked - nanos < 0;
  }

  public boolean writes() {
    return writes;
  }

  /** Waits for the answer; an exception of the work is thrown here. */
  T get(Duration longest) throws InterruptedException, TimeoutException {
    try {
      return answer.get(longest.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException r) {
        throw r;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  public boolean isGivenUp() {
    return state.get() == State.GIVEN_UP;
  }

  /** Gives up a task that has not begun; returns whether nothing of it is committed. */
  boolean giveUp() {
    return state.compareAndSet(State.WAITING, State.GIVEN_UP) || isGivenUp();
  }

  /** Does the work unless it was given up, and answers once it is on the disk. */
  public void run(JdbcTemplate sql, Commit commit) throws SQLException {
    if (!state.compareAndSet(State.WAITING, State.BEGUN)) {
      return;
    }
    T result = work.apply(sql);
    if (writes) {
      commit.commit();
    }
    state.set(State.DONE);
    answer.complete(result);
  }

  /**
   * Makes a task that has begun, and whose work was not done, wait again; returns whether it was
   * one.
   */
  public boolean again() {
    return state.compareAndSet(State.BEGUN, State.WAITING) || state.get() == State.WAITING;
  }

  public void fail(Throwable why) {
    answer.completeExceptionally(why);
  }
}
