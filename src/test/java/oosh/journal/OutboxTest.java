package oosh.journal;

import static oosh.journal.JournalFixtures.NOON;
import static oosh.journal.JournalFixtures.WEB;
import static oosh.journal.JournalFixtures.execution;
import static oosh.journal.JournalFixtures.launch;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import oosh.rollout.TimeSource;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.notice.Notice;
import oosh.rollout.notice.NoticeAudience;
import oosh.rollout.notice.Outbox;
import oosh.rollout.record.Intent;
import oosh.rollout.record.Progress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What is written for whom, and who gets it to send. */
@ParameterizedClass
@EnumSource(JournalHome.Database.class)
class OutboxTest {
  private static final List<String> TEAM = List.of("team");

  @Parameter JournalHome.Database database;
  @TempDir Path directory;
  private JournalHome home;
  private final List<String> names = new ArrayList<>(TEAM);
  private final AtomicInteger written = new AtomicInteger();
  private final NoticeAudience audience =
      new NoticeAudience() {
        @Override
        public List<String> names() {
          return names;
        }

        @Override
        public String masked(String text) {
          return text.replace("drop table", "(hidden)");
        }

        @Override
        public void written() {
          written.incrementAndGet();
        }
      };
  private SqlJournal journal;

  @BeforeEach
  void open() {
    home = database.home(directory);
    journal = home.open(() -> NOON, audience);
    journal.starts().intend(launch("t1", WEB, NOON));
    journal.starts().markStarted("t1", execution("exec-1", ExecutionStatus.RUNNING), NOON);
  }

  @AfterEach
  void close() {
    journal.close();
    home.close();
  }

  private void seen(ExecutionStatus status) {
    journal.starts().recordObservation(WEB, execution("exec-1", status), 4, 6);
  }

  private void seen(ExecutionStatus status, int batch, String failed) {
    Execution execution = execution("exec-1", status);
    List<Progress.InstanceProgress> instances =
        failed.isEmpty()
            ? List.of()
            : List.of(
                new Progress.InstanceProgress(
                    failed, ExecutionStatus.FAILED, "", "a secret output", "c-1", "", null, null));
    journal
        .starts()
        .recordObservation(
            WEB, new Progress(execution, List.of(new Progress.BatchProgress(batch, instances)), 6));
  }

  private Outbox.Claimed claim(Instant now) {
    return journal.outbox().claim(TEAM, now).orElseThrow();
  }

  /** The events that are to be told, as they are due. */
  private List<String> due() {
    List<String> events = new ArrayList<>();
    journal
        .outbox()
        .claim(TEAM, NOON)
        .ifPresent(
            c -> {
              journal.outbox().delivered(c, NOON);
              events.add(c.notice().verdict().word());
              events.addAll(due());
            });
    return events;
  }

  @Test
  void theEndIsToldOnceToEach() {
    names.add("ci");
    seen(ExecutionStatus.RUNNING);
    assertThat(written).hasValue(0);

    seen(ExecutionStatus.FAILED);
    seen(ExecutionStatus.FAILED);
    seen(ExecutionStatus.FAILED, 2, "i-1");

    assertThat(written).hasValue(1);
    Outbox.Claimed claimed = claim(NOON);
    Notice notice = claimed.notice();
    assertThat(notice.verdict()).isEqualTo(Notice.Verdict.FAILED);
    assertThat(notice.executionId()).isEqualTo("exec-1");
    assertThat(notice.succeeded()).isEqualTo(4);
    assertThat(notice.reason()).isEqualTo("fix; (hidden) execution --");
    assertThat(notice.user()).isEqualTo("li");
    assertThat(notice.at()).isEqualTo(NOON.plusSeconds(120));
    assertThat(journal.outbox().claim(TEAM, NOON)).as("nothing else for team").isEmpty();
    assertThat(journal.outbox().claim(List.of("ci"), NOON).orElseThrow().notice())
        .isEqualTo(notice);
  }

  /** Its answer was lost: the execution gets its name when it has ended already. */
  @Test
  void theEndOfAnAdoptedExecutionIsTold() {
    journal.starts().intend(launch("t2", JournalFixtures.context("prod", "asg-api"), NOON));
    journal
        .starts()
        .markStarted(
            "t2", execution("exec-2", ExecutionStatus.SUCCESS, Map.of(Intent.TAG, "t2")), NOON);

    assertThat(claim(NOON).notice().executionId()).isEqualTo("exec-2");
  }

  @Test
  void eachPauseIsToldAndTheFirstFailure() {
    seen(ExecutionStatus.RUNNING, 1, "i-1");
    seen(ExecutionStatus.RUNNING, 1, "i-1");
    seen(ExecutionStatus.WAITING, 1, "");
    seen(ExecutionStatus.WAITING, 1, "");
    seen(ExecutionStatus.WAITING, 2, "");
    seen(ExecutionStatus.CANCELLED);

    assertThat(due()).containsExactlyInAnyOrder("failing", "waiting", "waiting", "cancelled");
  }

  @Test
  void whatWasNotStartedFromHereIsNotTold() {
    journal.starts().recordObservation(WEB, execution("exec-9", ExecutionStatus.FAILED), 1, 6);
    assertThat(due()).isEmpty();
  }

  /** Somebody who is added later hears of what happens then. */
  @Test
  void anEndThatWasSeenBeforeIsNotTold() {
    names.clear();
    seen(ExecutionStatus.SUCCESS);
    names.addAll(TEAM);
    seen(ExecutionStatus.SUCCESS);
    assertThat(due()).isEmpty();
  }

  @Test
  void isTriedAgainAfterGrowingWaitsWithTheSameIdAndGivenUpAtLast() {
    seen(ExecutionStatus.SUCCESS);
    String id = "";
    Instant now = NOON;
    for (Duration wait : Outbox.WAITS) {
      Outbox.Claimed claimed = claim(now);
      id = id.isEmpty() ? claimed.notice().id() : id;
      assertThat(claimed.notice().id()).isEqualTo(id);
      journal.outbox().failed(claimed, "it answered 500", now);
      assertThat(journal.outbox().claim(TEAM, now.plus(wait).minusSeconds(1))).isEmpty();
      now = now.plus(wait);
    }
    assertThat(journal.outbox().claim(TEAM, now)).isEmpty();
    assertThat(journal.outbox().nextDue(TEAM)).isEmpty();
    assertThat(journal.outbox().deliveries())
        .singleElement()
        .satisfies(
            d -> {
              assertThat(d.pending()).isZero();
              assertThat(d.givenUp()).isEqualTo(1);
              assertThat(d.lastError()).isEqualTo("it answered 500");
            });
  }

  /** A process that has died with it is waited for as one that has failed. */
  @Test
  void whatADeadProcessHasTakenIsTakenAgain() {
    seen(ExecutionStatus.SUCCESS);
    Outbox.Claimed dead = claim(NOON);

    assertThat(journal.outbox().claim(TEAM, NOON.plusSeconds(29))).isEmpty();
    Outbox.Claimed next = claim(NOON.plusSeconds(30));
    assertThat(next.notice()).isEqualTo(dead.notice());
    journal.outbox().failed(dead, "too late to say so", NOON);
    journal.outbox().delivered(next, NOON.plusSeconds(31));
    assertThat(journal.outbox().deliveries())
        .singleElement()
        .satisfies(d -> assertThat(d.lastError()).isEmpty());
  }

  @Test
  void oneOfManyShellsGetsIt() throws Exception {
    seen(ExecutionStatus.SUCCESS);
    ExecutorService pool = Executors.newFixedThreadPool(4);
    List<SqlJournal> others = new ArrayList<>();
    try {
      List<Callable<Boolean>> shells = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        SqlJournal other = home.open();
        others.add(other);
        shells.add(() -> other.outbox().claim(TEAM, NOON).isPresent());
      }
      int got = 0;
      for (Future<Boolean> shell : pool.invokeAll(shells)) {
        got += shell.get() ? 1 : 0;
      }
      assertThat(got).isEqualTo(1);
    } finally {
      pool.shutdownNow();
      others.forEach(SqlJournal::close);
    }
  }

  @Test
  void whoIsRemovedIsForgotten() {
    seen(ExecutionStatus.SUCCESS);
    journal.outbox().forget("team");
    assertThat(due()).isEmpty();
    assertThat(journal.outbox().deliveries()).isEmpty();
  }

  @Test
  void anExportLeavesItOut() throws Exception {
    seen(ExecutionStatus.SUCCESS);
    List<String> lines = new ArrayList<>();
    home.archive(TimeSource.REAL).export(lines::add);
    if (database == JournalHome.Database.H2) {
      // Of another folder, its tables are checked before they are read.
      home.archive(TimeSource.REAL).exportFrom(directory, lines::add);
    }
    assertThat(lines).anyMatch(l -> l.contains("exec-1")).noneMatch(l -> l.contains("evt_"));
  }
}
