package oosh.rollout;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads that do not depend on one another. Over a network the time of several is then the time of
 * the slowest.
 */
public interface ParallelReads {
  /** One after the other, each when it is asked for: the order of calls is always the same. */
  ParallelReads IN_TURN =
      new ParallelReads() {
        @Override
        public <T> PendingRead<T> begin(Supplier<T> read) {
          return new PendingRead<>() {
            private @Nullable T answer;

            @Override
            public T get() {
              T known = answer == null ? read.get() : answer;
              answer = known;
              return known;
            }
          };
        }
      };

  /** Begins to read. */
  <T> PendingRead<T> begin(Supplier<T> read);

  /** What is being read. */
  interface PendingRead<T> {
    /**
     * The answer, once it is here.
     *
     * @throws Problem what the read threw
     * @throws Interrupted on Ctrl-C, which ends the read too
     */
    T get();
  }

  /** Side by side, by the threads of that pool. */
  static ParallelReads by(ExecutorService pool) {
    return new ParallelReads() {
      @Override
      public <T> PendingRead<T> begin(Supplier<T> read) {
        FutureTask<T> task = new FutureTask<>(Unasked.carried(read::get));
        pool.execute(task);
        return () -> answer(task);
      }
    };
  }

  private static <T> T answer(FutureTask<T> task) {
    try {
      return task.get();
    } catch (InterruptedException e) {
      task.cancel(true);
      Thread.currentThread().interrupt();
      throw Interrupted.of("stopped", "Ctrl-C while it was read", "try again");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException thrown) {
        throw thrown;
      }
      if (e.getCause() instanceof Error thrown) {
        throw thrown;
      }
      throw new IllegalStateException(e.getCause());
    } catch (CancellationException e) {
      throw new IllegalStateException(e);
    }
  }
}
