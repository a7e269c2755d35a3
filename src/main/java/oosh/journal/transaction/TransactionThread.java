package oosh.journal.transaction;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import oosh.rollout.Interrupted;
import oosh.rollout.Problem;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Does the transactions on a thread of its own: the interrupt that Ctrl-C sends to a command would
 * close the file under H2, and would not be seen where a server is waited for. No caller waits for
 * ever: a task that has not begun in time is given up, and nothing of it is written.
 */
public abstract class TransactionThread implements JournalTransactions {
  /** How long a task waits until it begins: what others do first takes milliseconds. */
  public static final Duration PATIENCE = Duration.ofSeconds(3);

  /** How long a task that has begun waits for the disk, or for the server. */
  private static final Duration ANSWER = Duration.ofSeconds(10);

  /** For an import of millions of rows, which asks by itself whether it was cancelled. */
  private static final Duration LONG_WORK = Duration.ofHours(2);

  /** After Ctrl-C: enough for a commit, and still an answer that feels immediate. */
  private static final Duration GRACE = Duration.ofMillis(150);

  private static final Duration CLOSING = Duration.ofSeconds(5);

  /** A process without a task for so long is at rest. */
  private static final Duration REST = Duration.ofSeconds(30);

  protected final TaskQueue queue = new TaskQueue(this::work);
  private final Duration patience;

  protected TransactionThread(Duration patience) {
    this.patience = patience;
  }

  /** Does the task, and fails it with a {@link Problem} where the database fails. */
  protected abstract void answer(JournalTask<?> task);

  /** Cares for the journal while no task waits. */
  protected void rest() {}

  /** Lets go of the journal, behind the last task. */
  protected void end() {}

  /** Whether a task takes long for a reason that the user was told. */
  protected boolean takesLong() {
    return false;
  }

  /**
   * Nothing came back in time.
   *
   * @param written what is known of a write, as the end of a sentence
   */
  protected abstract Problem silent(String written);

  @Override
  public void openAhead() {
    queue.add(new JournalTask<>(sql -> true, false));
  }

  @Override
  public <T> T run(Function<JdbcTemplate, T> work) {
    return ask(work, ANSWER, true);
  }

  @Override
  public <T> T runLong(Function<JdbcTemplate, T> work) {
    return ask(work, LONG_WORK, true);
  }

  @Override
  public <T> T read(Function<JdbcTemplate, T> work) {
    return ask(work, ANSWER, false);
  }

  private <T> T ask(Function<JdbcTemplate, T> work, Duration longest, boolean writes) {
    JournalTask<T> task = new JournalTask<>(work, writes);
    queue.add(task);
    try {
      while (true) {
        try {
          return task.get(patience.plus(longest));
        } catch (TimeoutException e) {
          if (!takesLong()) {
            throw silent(written(task));
          }
        }
      }
    } catch (InterruptedException e) {
      try {
        return task.get(writes ? GRACE : Duration.ZERO);
      } catch (InterruptedException | TimeoutException again) {
        throw Interrupted.orProblem(
            Problem.of(
                Problem.Kind.INTERRUPTED,
                "stopped" + written(task),
                "Ctrl-C while the journal was read or written",
                "try again"));
      } finally {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Gives the task up, and says what is known of it then. */
  private static String written(JournalTask<?> task) {
    boolean nothing = task.giveUp();
    return !task.writes()
        ? ""
        : nothing ? "; nothing was written" : "; whether it was written is not known";
  }

  @Override
  public void close() {
    queue.end();
    queue.join(CLOSING);
  }

  private void work() {
    boolean atRest = true;
    while (true) {
      JournalTask<?> task = queue.next(atRest ? Duration.ofDays(1) : REST);
      atRest = task == null;
      if (task == null || task == TaskQueue.LAST) {
        rest();
        if (task == TaskQueue.LAST) {
          end();
          return;
        }
        continue;
      }
      try {
        answer(task);
      } catch (RuntimeException | Error e) {
        task.fail(e);
      }
    }
  }
}
