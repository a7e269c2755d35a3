package oosh.journal;

import static oosh.journal.Samples.NOON;
import static oosh.journal.Samples.WEB;
import static oosh.journal.Samples.launch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import oosh.rollout.Entry;
import oosh.rollout.Journal;
import oosh.rollout.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The shell that holds the file is stopped, as by Ctrl-Z: nobody waits for it without an end. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class BoundedTest {
  private static final Journal.Query ALL =
      new Journal.Query("prod", "cn-hangzhou", null, null, null, 1000);

  /** Far below any deadline, far above what a busy machine takes for an answer at once. */
  private static final long AT_ONCE_MS = 1500;

  @TempDir Path directory;

  @Test
  void refusesAWriteThatIsNotAnsweredAndNeverMakesItLater() throws Exception {
    try (OtherShell owner = new OtherShell(directory)) {
      Store store = Store.open(JournalFile.in(directory), Duration.ofMillis(300), () -> {});
      owner.stop();

      Problem problem = problemOf(() -> store.run(BoundedTest::remembers));

      assertThat(problem.kind()).isEqualTo(Problem.Kind.REFUSED);
      assertThat(problem.what()).isEqualTo("the journal does not answer; nothing was written");
      assertThat(problem.next()).startsWith("let that process go on (fg where it was stopped)");
      owner.resume();
      // The statement that was under way is answered now, and must not be committed.
      assertThat(store.read(BoundedTest::remembered)).isZero();
      store.run(BoundedTest::remembers);
      assertThat(store.read(BoundedTest::remembered)).isOne();
      store.close();
    }
  }

  @Test
  void saysThatTheHolderIsSilentWhenItOpensAnew() throws Exception {
    try (OtherShell owner = new OtherShell(directory)) {
      owner.stop();

      Problem problem = problemOf(() -> H2Journal.open(directory));

      assertThat(problem.kind()).isEqualTo(Problem.Kind.REFUSED);
      assertThat(problem.why())
          .isEqualTo(
              "another process holds "
                  + directory.resolve("journal.mv.db")
                  + " and does not answer");
      owner.resume();
      H2Journal.open(directory).close();
    }
  }

  /** An interrupt that reached H2 would close its file, and be taken for a damaged one. */
  @Test
  void opensAfterAControlCThatCameBeforeItWasOpen() {
    H2Journal.open(directory).close();
    Thread.currentThread().interrupt();

    Problem problem = problemOf(() -> H2Journal.open(directory));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(problem.kind()).isEqualTo(Problem.Kind.INTERRUPTED);
    assertThat(problem.what()).isEqualTo("the journal did not answer");
    H2Journal.open(directory).close();
  }

  @Test
  void leavesAReadAtOnceOnControlC() throws Exception {
    interrupted(journal -> journal.history(ALL), "the journal did not answer");
  }

  @Test
  void leavesAWriteSoonOnControlCAndSaysThatItIsNotWritten() throws Exception {
    interrupted(
        journal -> journal.intend(launch("mine", WEB, NOON)),
        "the journal did not answer; nothing was written");
  }

  /**
   * Stops the owner, interrupts the work, lets the owner go on: the journal works and is as it was.
   */
  private void interrupted(Consumer<Journal> work, String what) throws Exception {
    try (OtherShell owner = new OtherShell(directory);
        H2Journal journal = H2Journal.open(directory)) {
      owner.intend(1);
      assertThat(owner.token()).isEqualTo("other-0");
      owner.stop();
      AtomicReference<Problem> problem = new AtomicReference<>();
      AtomicReference<Boolean> flag = new AtomicReference<>();
      CountDownLatch begun = new CountDownLatch(1);
      Thread caller =
          new Thread(
              () -> {
                begun.countDown();
                problem.set(problemOf(() -> work.accept(journal)));
                flag.set(Thread.currentThread().isInterrupted());
              });
      caller.start();
      begun.await();
      long from = System.nanoTime();

      caller.interrupt();
      caller.join();

      assertThat(Duration.ofNanos(System.nanoTime() - from).toMillis()).isLessThan(AT_ONCE_MS);
      Problem said = problem.get();
      assertThat(said).isNotNull();
      assertThat(said.kind()).isEqualTo(Problem.Kind.INTERRUPTED);
      assertThat(said.what()).isEqualTo(what);
      assertThat(flag.get()).as("the command still knows that it was interrupted").isTrue();
      owner.resume();
      assertThat(journal.history(ALL)).extracting(Entry::token).containsExactly("other-0");
    }
  }

  @Test
  void closesWithoutWaitingForASilentHolder() throws Exception {
    try (OtherShell owner = new OtherShell(directory)) {
      H2Journal journal = H2Journal.open(directory);
      owner.stop();
      Thread.currentThread().interrupt();
      long from = System.nanoTime();

      journal.close();

      assertThat(Thread.interrupted()).isTrue();
      assertThat(Duration.ofNanos(System.nanoTime() - from).toMillis()).isLessThan(AT_ONCE_MS);
    }
  }

  private static int remembers(org.springframework.jdbc.core.JdbcTemplate sql) {
    return sql.update(
        "insert into scaling_group (profile, region, position, id, name, lifecycle_state,"
            + " in_service, protected_instances, standby, other, min_size, max_size, suspended,"
            + " seen_at) values ('p', 'r', 0, 'asg', 'web', 'Active', 1, 0, 0, 0, 0, 1, '',"
            + " current_timestamp)");
  }

  private static int remembered(org.springframework.jdbc.core.JdbcTemplate sql) {
    Integer rows = sql.queryForObject("select count(*) from scaling_group", Integer.class);
    return rows == null ? -1 : rows;
  }

  private static Problem problemOf(Runnable work) {
    Problem problem = catchThrowableOfType(Problem.class, work::run);
    assertThat(problem).isNotNull();
    return problem;
  }
}
