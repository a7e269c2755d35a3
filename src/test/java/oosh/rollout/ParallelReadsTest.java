package oosh.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ParallelReadsTest {
  private final ExecutorService pool = Executors.newCachedThreadPool();
  private final ParallelReads readers = ParallelReads.by(pool);

  @AfterEach
  void close() {
    pool.shutdownNow();
  }

  @Test
  void readsSideBySide() {
    CountDownLatch both = new CountDownLatch(2);
    ParallelReads.PendingRead<String> one = readers.begin(() -> met(both, "one"));
    ParallelReads.PendingRead<String> two = readers.begin(() -> met(both, "two"));

    assertThat(one.get() + two.get()).isEqualTo("onetwo");
  }

  @Test
  void sequentialReadsKeepTheOrderOfTheRequests() {
    List<String> order = new ArrayList<>();
    ParallelReads.PendingRead<Boolean> one = ParallelReads.IN_TURN.begin(() -> order.add("one"));
    ParallelReads.PendingRead<Boolean> two = ParallelReads.IN_TURN.begin(() -> order.add("two"));
    assertThat(order).isEmpty();

    one.get();
    two.get();

    assertThat(order).containsExactly("one", "two");
  }

  @Test
  void throwsWhatTheReadHasThrown() {
    Problem refused = Problem.refused("no", "because", "nothing");

    assertThat(
            catchThrowableOfType(
                Problem.class,
                () ->
                    readers
                        .begin(
                            () -> {
                              throw refused;
                            })
                        .get()))
        .isSameAs(refused);
  }

  @Test
  void endsTheReadWithTheWait() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    ParallelReads.PendingRead<String> reading =
        readers.begin(
            () -> {
              begun.countDown();
              try {
                return met(new CountDownLatch(2), "never");
              } finally {
                ended.countDown();
              }
            });
    begun.await();
    Thread.currentThread().interrupt();

    Interrupted stopped = catchThrowableOfType(Interrupted.class, reading::get);

    assertThat(stopped).isNotNull();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
  }

  private static String met(CountDownLatch both, String said) {
    both.countDown();
    try {
      return both.await(20, TimeUnit.SECONDS) ? said : "nobody came";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }
}
