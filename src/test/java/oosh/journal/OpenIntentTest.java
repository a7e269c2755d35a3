package oosh.journal;

import static oosh.journal.JournalFixtures.AUTHOR;
import static oosh.journal.JournalFixtures.NOON;
import static oosh.journal.JournalFixtures.WEB;
import static oosh.journal.JournalFixtures.context;
import static oosh.journal.JournalFixtures.execution;
import static oosh.journal.JournalFixtures.inDatabase;
import static oosh.journal.JournalFixtures.launch;
import static oosh.journal.JournalFixtures.rollback;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.cloud.StartRequest;
import oosh.rollout.record.Initiator;
import oosh.rollout.record.Intent;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.OpenExecution;
import oosh.rollout.record.OpenIntent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One start at a time on a group, and none of them forgotten. */
class OpenIntentTest {
  private static final Initiator OTHER = new Initiator("wang", "ops-2", 12, NOON.minusSeconds(99));

  @TempDir Path directory;
  private H2Journal journal;

  @BeforeEach
  void open() {
    journal = H2Journal.open(directory);
  }

  @AfterEach
  void close() {
    journal.close();
  }

  @Test
  void letsOneStartThroughOnAGroupUntilItIsAnswered() {
    assertThat(journal.intend(launch("t1", WEB, NOON))).isEmpty();
    assertThat(journal.intend(launch("t2", WEB, NOON.plusSeconds(1))))
        .hasValueSatisfying(e -> assertThat(e.token()).isEqualTo("t1"));
    assertThat(journal.intend(launch("t3", context("prod", "asg-api"), NOON))).isEmpty();
    assertThat(journal.withToken("t2")).isEmpty();

    journal.markRefused("t1", "no");
    assertThat(journal.intend(launch("t2", WEB, NOON.plusSeconds(1)))).isEmpty();
  }

  @Test
  void knowsAGroupUnderAnotherProfileOfTheAccount() {
    journal.intend(launch("t1", WEB, NOON));

    assertThat(journal.intend(launch("t2", context("admin", "asg-web"), NOON))).isPresent();
    assertThat(journal.openIntents(context("admin", "asg-web")))
        .extracting(u -> u.entry().token())
        .containsExactly("t1");
    assertThat(journal.openIntents(context("admin", null))).isEmpty();
  }

  @Test
  void oneOfManyThatTryAtOnceIsLetThrough() throws Exception {
    List<H2Journal> shells = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Boolean>> tries = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        H2Journal shell = H2Journal.open(directory);
        shells.add(shell);
        Intent intent = launch("t" + i, WEB, NOON.plusSeconds(i));
        tries.add(() -> shell.intend(intent).isEmpty());
      }
      int through = 0;
      for (Future<Boolean> one : threads.invokeAll(tries)) {
        through += one.get() ? 1 : 0;
      }
      assertThat(through).isEqualTo(1);
      assertThat(journal.openIntents(WEB)).hasSize(1);
    } finally {
      threads.shutdownNow();
      shells.forEach(H2Journal::close);
    }
  }

  @Test
  void refusesAStartThatWasPlannedBeforeAnotherWasAnswered() {
    journal.intend(launch("t1", WEB, NOON));
    journal.markStarted("t1", execution("exec-1", ExecutionStatus.STARTED), NOON.plusSeconds(3));

    assertThat(journal.intend(launch("t2", WEB, NOON.plusSeconds(2))))
        .hasValueSatisfying(e -> assertThat(e.executionId()).isEqualTo("exec-1"));
    // OOS may not list it yet where a plan is made after the answer, either.
    assertThat(journal.intend(launch("t3", WEB, NOON.plusSeconds(4))))
        .hasValueSatisfying(e -> assertThat(e.executionId()).isEqualTo("exec-1"));

    journal.recordObservation(WEB, execution("exec-1", ExecutionStatus.FAILED), 1, 6);
    assertThat(journal.intend(launch("t4", WEB, NOON.plusSeconds(5)))).isEmpty();
  }

  @Test
  void givesTheGroupToAStartWithAReasonAndStopsTheOther() {
    journal.intend(launch("t1", WEB, NOON));
    Intent plain = launch("t2", WEB, NOON.plusSeconds(5));
    Intent again =
        new Intent(
            "t2", plain.rollout(), OTHER, plain.at(), plain.planned(), null, "the first hangs");
    assertThat(journal.intend(again)).isEmpty();

    assertThat(journal.withToken("t2").orElseThrow().overrideReason()).isEqualTo("the first hangs");
    assertThat(journal.markSending("t1", NOON.plusSeconds(6))).isFalse();
    assertThat(journal.markSending("t2", NOON.plusSeconds(6))).isTrue();
    assertThat(journal.openIntents(WEB))
        .extracting(u -> u.entry().token(), OpenIntent::holdsGroup)
        .containsExactly(tuple("t1", false), tuple("t2", true));
  }

  @Test
  void keepsWhatWasAskedToTheLetter() {
    Intent launch = launch("t1", WEB, NOON);
    journal.intend(launch);
    journal.intend(rollback("t2", "exec-1", NOON));
    assertThat(journal.openIntents(WEB)).hasSize(1);
    OpenIntent kept = journal.openIntents(WEB).get(0);

    StartRequest start = kept.start();
    assertThat(start).isNotNull();
    assertThat(start.template()).isEqualTo(launch.start().template());
    assertThat(start.clientToken()).isEqualTo("t1");
    assertThat(start.tags()).isEqualTo(Map.of("oosh", "t1"));
    assertThat(start.description()).isEqualTo("fix; drop table execution --");
    // Numbers come back as Long; as JSON they are the same.
    assertThat(start.parameters().toString()).isEqualTo(launch.start().parameters().toString());
    assertThat(kept.sentAt()).isEqualTo(NOON);
  }

  @Test
  void isTakenOverByOneShellAlone() {
    journal.intend(launch("t1", WEB, NOON));
    journal.markUnknown("t1", "no answer", NOON.plusSeconds(1));
    OpenIntent before = journal.openIntents(WEB).get(0);

    assertThat(journal.markSending("t1", NOON.plusSeconds(2))).isFalse();
    assertThat(journal.takeOver(before, OTHER, NOON.plusSeconds(3))).isTrue();
    assertThat(journal.takeOver(before, AUTHOR, NOON.plusSeconds(3))).isFalse();
    OpenIntent taken = journal.openIntents(WEB).get(0);
    assertThat(taken.entry().author()).isEqualTo(OTHER);
    assertThat(taken.entry().state()).isEqualTo(JournalEntry.StartState.INTENDED);
    assertThat(taken.sentAt()).isEqualTo(NOON.plusSeconds(3));
    assertThat(journal.markSending("t1", NOON.plusSeconds(4))).isTrue();
  }

  @Test
  void isNotSentAnyMoreOnceItWasSettled() {
    journal.intend(launch("t1", WEB, NOON));
    journal.markNeverStarted("t1", "OOS has no execution of it");

    assertThat(journal.markSending("t1", NOON)).isFalse();
    journal.markUnknown("t1", "a late word", NOON);
    assertThat(journal.openIntents(WEB)).isEmpty();
    assertThat(journal.withToken("t1").orElseThrow().state())
        .isEqualTo(JournalEntry.StartState.NEVER_STARTED);
    assertThat(journal.intend(launch("t2", WEB, NOON))).isEmpty();
    // A service that answers after all is believed.
    journal.markStarted("t1", execution("exec-1", ExecutionStatus.RUNNING), NOON);
    assertThat(journal.withToken("t1").orElseThrow().executionId()).isEqualTo("exec-1");
  }

  @Test
  void isAnsweredWhereSomebodySeesItsExecution() {
    journal.intend(launch("t1", WEB, NOON));
    journal.recordObservation(
        WEB, execution("exec-1", ExecutionStatus.RUNNING, Map.of("oosh", "t1")), 1, 6);

    assertThat(journal.openIntents(WEB)).isEmpty();
  }

  /** OOS's clock is not ours, and whoever planned a moment ago did not find it in OOS's list. */
  @Test
  void refusesAStartThatWasPlannedBeforeAnotherShellSawTheExecution() {
    journal.close();
    journal = H2Journal.open(directory, () -> NOON.plusSeconds(5));
    journal.intend(launch("t1", WEB, NOON));
    journal.recordObservation(
        WEB, execution("exec-1", ExecutionStatus.RUNNING, Map.of("oosh", "t1")), 1, 6);

    assertThat(journal.intend(launch("t2", WEB, NOON.plusSeconds(4))))
        .hasValueSatisfying(e -> assertThat(e.executionId()).isEqualTo("exec-1"));
  }

  @Test
  void tellsWhetherOosHasListedWhatKeepsAGroup() {
    journal.intend(launch("t1", WEB, NOON));
    assertThat(journal.open(WEB)).isEmpty();
    journal.markStarted("t1", execution("exec-1", ExecutionStatus.STARTED), NOON.plusSeconds(3));

    assertThat(journal.openIntents(WEB)).isEmpty();
    assertThat(journal.open(context("admin", "asg-web")))
        .extracting(OpenExecution::id, OpenExecution::answered)
        .containsExactly(tuple("exec-1", NOON.plusSeconds(3)));
    assertThat(journal.open(context("admin", null))).isEmpty();
    assertThat(journal.open(context("prod", null))).hasSize(1);

    journal.recordObservation(WEB, execution("exec-1", ExecutionStatus.RUNNING), 1, 6);
    assertThat(journal.open("exec-1").orElseThrow().answered()).isNull();
    journal.recordObservation(WEB, execution("exec-1", ExecutionStatus.SUCCESS), 6, 6);
    assertThat(journal.open("exec-1")).isEmpty();
  }

  @Test
  void letsGoOfAGroupWhoseExecutionOosHasForgotten() {
    journal.intend(launch("t1", WEB, NOON));
    journal.markStarted("t1", execution("exec-1", ExecutionStatus.RUNNING), NOON);
    journal.forgotten("exec-1", "gone");

    JournalEntry entry = journal.find("exec-1").orElseThrow();
    assertThat(entry.forgotten()).isTrue();
    assertThat(entry.unended()).isFalse();
    assertThat(journal.intend(launch("t2", WEB, NOON.plusSeconds(1)))).isEmpty();

    // It was listed after all.
    journal.recordObservation(WEB, execution("exec-1", ExecutionStatus.SUCCESS), 6, 6);
    assertThat(journal.find("exec-1").orElseThrow().forgotten()).isFalse();
  }

  @Test
  void keepsTheIdThatOosListsInPlaceOfTheOneThatItAnswered() {
    journal.intend(launch("t1", WEB, NOON));
    journal.markStarted("t1", execution("exec-1", ExecutionStatus.RUNNING), NOON);
    journal.markStarted("t1", execution("exec-2", ExecutionStatus.RUNNING), NOON);

    assertThat(journal.find("exec-1")).isEmpty();
    assertThat(journal.find("exec-2").orElseThrow().token()).isEqualTo("t1");
  }

  @Test
  void settlesWhatAnOlderOoshLeftBehind() throws IOException {
    journal.intend(launch("t1", WEB, NOON));
    journal.markRefused("t1", "only to make room");
    journal.intend(launch("t2", WEB, NOON.plusSeconds(1)));
    journal.close();
    Files.delete(directory.resolve("journal.1"));
    inDatabase(
        directory,
        sql -> {
          // As version 1 had it: no columns for what was asked, two starts without an answer.
          sql.execute("update execution set state = 'INTENDED'");
          sql.execute("drop index one_start");
          sql.execute("drop index by_asked");
          for (String column :
              List.of(
                  "asked_at",
                  "answered_at",
                  "claim",
                  "again",
                  "template",
                  "parameters",
                  "author_since")) {
            sql.execute("alter table execution drop column " + column);
          }
          sql.execute("update schema_version set version = 1");
        });
    journal = H2Journal.open(directory);

    assertThat(journal.openIntents(WEB))
        .extracting(
            u -> u.entry().token(), OpenIntent::start, OpenIntent::holdsGroup, OpenIntent::sentAt)
        .containsExactly(
            tuple("t1", null, false, NOON), tuple("t2", null, true, NOON.plusSeconds(1)));
    assertThat(journal.intend(launch("t3", WEB, Instant.now()))).isPresent();
  }
}
