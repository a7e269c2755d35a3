package oosh.journal;

import static oosh.journal.JournalFixtures.NOON;
import static oosh.journal.JournalFixtures.WEB;
import static oosh.journal.JournalFixtures.launch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import oosh.rollout.Interrupted;
import oosh.rollout.Problem;
import oosh.rollout.record.History;
import oosh.rollout.record.Journal;
import oosh.rollout.record.JournalEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that want one journal: none waits without an end, and an idle one holds nothing. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class JournalLockTest {
  private static final History.Query ALL =
      new History.Query("prod", "cn-hangzhou", null, null, null, 1000);

  /** Far below any deadline, far above what a busy machine takes for an answer at once. */
  private static final long AT_ONCE_MS = 1500;

  @TempDir Path directory;

  @Test
  void refusesAWriteThatDoesNotGetTheLockAndNeverMakesItLater() throws Exception {
    try (SecondShellProcess other = new SecondShellProcess(directory);
        JournalConnection store =
            JournalConnection.open(
                JournalFile.in(directory), Duration.ofMillis(300), () -> {}, record -> {})) {
      other.hold(true);
      other.stop();

      for (int i = 0; i < 2; i++) {
        Problem problem = problemOf(() -> store.run(JournalLockTest::remembers));

        assertThat(problem.kind()).isEqualTo(Problem.Kind.REFUSED);
        assertThat(problem.what()).isEqualTo("the journal cannot be used");
        assertThat(problem.why())
            .isEqualTo(
                "process "
                    + other.pid()
                    + " holds "
                    + directory.resolve("journal.mv.db")
                    + " and does not let go");
        assertThat(problem.next())
            .isEqualTo(
                "let it continue (fg where it was stopped), wait for its end, or end it: kill -9 "
                    + other.pid());
      }
      other.resume();
      other.letGo();
      assertThat(store.read(JournalLockTest::remembered)).isZero();
      store.run(JournalLockTest::remembers);
      assertThat(store.read(JournalLockTest::remembered)).isOne();
    }
  }

  @Test
  void readsBesideAnotherThatReadsAndWritesOnceItIsDone() throws Exception {
    try (SecondShellProcess other = new SecondShellProcess(directory);
        JournalConnection store =
            JournalConnection.open(
                JournalFile.in(directory), Duration.ofMillis(300), () -> {}, record -> {})) {
      other.hold(false);

      assertThat(store.read(JournalLockTest::remembered)).isZero();
      assertThat(problemOf(() -> store.run(JournalLockTest::remembers)).why())
          .startsWith("process " + other.pid() + " holds ");
      assertThat(store.read(JournalLockTest::remembered)).isZero();
      other.letGo();
      store.run(JournalLockTest::remembers);
      assertThat(store.read(JournalLockTest::remembered)).isOne();
    }
  }

  @Test
  void aShellThatWasStoppedAtItsPromptIsInNoOthersWay() throws Exception {
    try (SecondShellProcess other = new SecondShellProcess(directory);
        H2Journal journal = H2Journal.open(directory)) {
      other.intend(1);
      assertThat(other.token()).isEqualTo("other-0");
      other.intend(0);
      awaitNothingOpen(other.pid());
      other.stop();
      long from = System.nanoTime();

      journal.starts().intend(launch("mine", WEB, NOON.minusSeconds(1)));

      assertThat(journal.history().list(ALL))
          .extracting(JournalEntry::token)
          .containsExactly("other-0", "mine");
      assertThat(millisSince(from)).isLessThan(AT_ONCE_MS);
    }
  }

  @Test
  void aKilledShellThatHeldTheLockCostsTheNextNothing() throws Exception {
    try (SecondShellProcess other = new SecondShellProcess(directory);
        H2Journal journal = H2Journal.open(directory)) {
      other.hold(true);
      other.kill();
      long from = System.nanoTime();

      journal.starts().intend(launch("mine", WEB, NOON));

      assertThat(millisSince(from)).isLessThan(AT_ONCE_MS);
    }
  }

  @Test
  void aTemporaryJournalStaysOpenUntilAnotherThreadWantsIt() throws Exception {
    try (H2Journal journal = H2Journal.temporary(directory, () -> NOON, JournalFixtures.AUTHOR)) {
      journal.starts().intend(launch("mine", WEB, NOON));

      assertThat(JournalFile.in(directory).lock().hold(true, Duration.ZERO, () -> true, () -> {}))
          .as("the lock is free")
          .isFalse();

      try (H2Journal other = H2Journal.open(directory)) {
        assertThat(other.history().list(ALL)).hasSize(1);
      }
      assertThat(journal.history().list(ALL)).hasSize(1);
    }
  }

  /** No port for other users, no file that it keeps from other shells. */
  @Test
  void anIdleShellHasNoPortAndNoFileOfTheJournalOpen() throws Exception {
    try (SecondShellProcess other = new SecondShellProcess(directory)) {
      other.intend(3);
      for (int i = 0; i < 3; i++) {
        assertThat(other.token()).isEqualTo("other-" + i);
      }

      awaitNothingOpen(other.pid());

      assertThat(opened(other.pid()))
          .noneMatch(f -> f.startsWith("socket:[") && listens(f.substring(8, f.length() - 1)));
    }
  }

  /** An interrupt that reached H2 would close its file, and be taken for a damaged one. */
  @Test
  void opensAfterAControlCThatCameBeforeItWasOpen() throws Exception {
    try (SecondShellProcess other = new SecondShellProcess(directory)) {
      other.hold(true);
      Thread.currentThread().interrupt();

      Problem problem = problemOf(() -> H2Journal.open(directory));

      assertThat(Thread.interrupted()).isTrue();
      assertThat(problem.kind()).isEqualTo(Problem.Kind.INTERRUPTED);
      assertThat(problem.what()).isEqualTo("stopped");
      other.letGo();
      H2Journal.open(directory).close();
    }
  }

  @Test
  void leavesAReadAtOnceOnControlC() throws Exception {
    interrupted(journal -> journal.history().list(ALL), "stopped");
  }

  @Test
  void leavesAWriteSoonOnControlCAndSaysThatItIsNotWritten() throws Exception {
    interrupted(
        journal -> journal.starts().intend(launch("mine", WEB, NOON)),
        "stopped; nothing was written");
  }

  /** Interrupts the work while another holds the lock: the journal works and is as it was. */
  private void interrupted(Consumer<Journal> work, String what) throws Exception {
    try (SecondShellProcess other = new SecondShellProcess(directory);
        H2Journal journal = H2Journal.open(directory)) {
      other.intend(1);
      assertThat(other.token()).isEqualTo("other-0");
      other.hold(true);
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

      assertThat(millisSince(from)).isLessThan(AT_ONCE_MS);
      Problem said = problem.get();
      assertThat(said).isNotNull();
      assertThat(said.kind()).isEqualTo(Problem.Kind.INTERRUPTED);
      assertThat(said.what()).isEqualTo(what);
      assertThat(flag.get()).as("the command still knows that it was interrupted").isTrue();
      other.letGo();
      assertThat(journal.history().list(ALL))
          .extracting(JournalEntry::token)
          .containsExactly("other-0");
    }
  }

  @Test
  void closesWithoutWaitingForAnotherThatHoldsTheLock() throws Exception {
    try (SecondShellProcess other = new SecondShellProcess(directory)) {
      H2Journal journal = H2Journal.open(directory);
      other.hold(true);
      other.stop();
      long from = System.nanoTime();

      journal.close();

      assertThat(millisSince(from)).isLessThan(AT_ONCE_MS);
    }
  }

  /** Until the process has closed what it had open for its last piece of work. */
  private void awaitNothingOpen(long pid) throws IOException {
    assumeTrue(Files.exists(Path.of("/proc", "" + pid, "fd")), "skipped: no /proc here");
    while (opened(pid).stream().anyMatch(f -> f.startsWith(directory.toString()))) {
      Thread.onSpinWait();
    }
  }

  private static boolean listens(String inode) {
    // 0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000 1000 0 131074
    return Stream.of("/proc/net/tcp", "/proc/net/tcp6")
        .map(Path::of)
        .filter(Files::exists)
        .flatMap(
            file -> {
              try {
                return Files.readAllLines(file).stream();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            })
        .map(line -> line.strip().split("\\s+", -1))
        .anyMatch(words -> words.length > 9 && words[3].equals("0A") && words[9].equals(inode));
  }

  private static List<String> opened(long pid) throws IOException {
    List<String> files = new ArrayList<>();
    try (Stream<Path> all = Files.list(Path.of("/proc", "" + pid, "fd"))) {
      for (Path file : all.toList()) {
        try {
          files.add(Files.readSymbolicLink(file).toString());
        } catch (NoSuchFileException closedMeanwhile) {
          files.add("");
        }
      }
    }
    return files;
  }

  private static long millisSince(long from) {
    return Duration.ofNanos(System.nanoTime() - from).toMillis();
  }

  private static int remembers(org.springframework.jdbc.core.JdbcTemplate sql) {
    return sql.update(
        "insert into choice (profile, region, list, position, entry)"
            + " values ('p', 'r', 'groups', 0, '{}')");
  }

  private static int remembered(org.springframework.jdbc.core.JdbcTemplate sql) {
    Integer rows = sql.queryForObject("select count(*) from choice", Integer.class);
    return rows == null ? -1 : rows;
  }

  private static Problem problemOf(Runnable work) {
    RuntimeException thrown = catchThrowableOfType(RuntimeException.class, work::run);
    assertThat(thrown).isNotNull();
    return Interrupted.problemOf(thrown);
  }
}
