package oosh.journal;

import static oosh.journal.JournalFixtures.AUTHOR;
import static oosh.journal.JournalFixtures.NOON;
import static oosh.journal.JournalFixtures.WEB;
import static oosh.journal.JournalFixtures.context;
import static oosh.journal.JournalFixtures.execution;
import static oosh.journal.JournalFixtures.launch;
import static oosh.journal.JournalFixtures.rollback;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.cloud.StartRequest;
import oosh.rollout.notice.NoticeAudience;
import oosh.rollout.record.Initiator;
import oosh.rollout.record.Intent;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.OpenExecution;
import oosh.rollout.record.OpenIntent;
import oosh.rollout.record.StartLog;
import org.junit.jupiter.api.Test;

/** One start at a time on a group, and none of them forgotten. */
class OpenIntentTest extends EachJournalTestBase {
  private static final Initiator OTHER = new Initiator("wang", "ops-2", 12, NOON.minusSeconds(99));

  private static JournalEntry start(StartLog.InTheWay inTheWay) {
    return ((StartLog.InTheWay.Start) inTheWay).entry();
  }

  @Test
  void allowsOneStartOnAGroupUntilItIsAnswered() {
    assertThat(journal.starts().intend(launch("t1", WEB, NOON))).isEmpty();
    assertThat(journal.starts().intend(launch("t2", WEB, NOON.plusSeconds(1))))
        .map(OpenIntentTest::start)
        .hasValueSatisfying(e -> assertThat(e.token()).isEqualTo("t1"));
    assertThat(journal.starts().intend(launch("t3", context("prod", "asg-api"), NOON))).isEmpty();
    assertThat(journal.starts().withToken("t2")).isEmpty();

    journal.starts().markRefused("t1", "no");
    assertThat(journal.starts().intend(launch("t2", WEB, NOON.plusSeconds(1)))).isEmpty();
  }

  @Test
  void recognizesAGroupUnderAnotherProfileOfTheAccount() {
    journal.starts().intend(launch("t1", WEB, NOON));

    assertThat(journal.starts().intend(launch("t2", context("admin", "asg-web"), NOON)))
        .isPresent();
    assertThat(journal.starts().openIntents(context("admin", "asg-web")))
        .extracting(u -> u.entry().token())
        .containsExactly("t1");
    assertThat(journal.starts().openIntents(context("admin", null))).isEmpty();
  }

  @Test
  void oneOfManyThatTryAtOnceIsLetThrough() throws Exception {
    List<SqlJournal> shells = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Boolean>> tries = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        SqlJournal shell = home.open();
        shells.add(shell);
        Intent intent = launch("t" + i, WEB, NOON.plusSeconds(i));
        tries.add(() -> shell.starts().intend(intent).isEmpty());
      }
      int through = 0;
      for (Future<Boolean> one : threads.invokeAll(tries)) {
        through += one.get() ? 1 : 0;
      }
      assertThat(through).isEqualTo(1);
      assertThat(journal.starts().openIntents(WEB)).hasSize(1);
    } finally {
      threads.shutdownNow();
      shells.forEach(SqlJournal::close);
    }
  }

  @Test
  void refusesAStartThatWasPlannedBeforeAnotherWasAnswered() {
    journal.starts().intend(launch("t1", WEB, NOON));
    journal
        .starts()
        .markStarted("t1", execution("exec-1", ExecutionStatus.STARTED), NOON.plusSeconds(3));

    assertThat(journal.starts().intend(launch("t2", WEB, NOON.plusSeconds(2))))
        .map(OpenIntentTest::start)
        .hasValueSatisfying(e -> assertThat(e.executionId()).isEqualTo("exec-1"));
    // OOS may not list it yet where a plan is made after the answer, either.
    assertThat(journal.starts().intend(launch("t3", WEB, NOON.plusSeconds(4))))
        .map(OpenIntentTest::start)
        .hasValueSatisfying(e -> assertThat(e.executionId()).isEqualTo("exec-1"));

    journal.starts().recordObservation(WEB, execution("exec-1", ExecutionStatus.FAILED), 1, 6);
    assertThat(journal.starts().intend(launch("t4", WEB, NOON.plusSeconds(5)))).isEmpty();
  }

  @Test
  void aStartWithAReasonTakesTheGroupFromAnOpenOne() {
    journal.starts().intend(launch("t1", WEB, NOON));
    Intent plain = launch("t2", WEB, NOON.plusSeconds(5));
    Intent again =
        new Intent(
            "t2", plain.rollout(), OTHER, plain.at(), plain.planned(), null, "the first hangs");
    assertThat(journal.starts().intend(again)).isEmpty();

    assertThat(journal.starts().withToken("t2").orElseThrow().overrideReason())
        .isEqualTo("the first hangs");
    assertThat(journal.starts().markSending("t1", NOON.plusSeconds(6))).isFalse();
    assertThat(journal.starts().markSending("t2", NOON.plusSeconds(6))).isTrue();
    assertThat(journal.starts().openIntents(WEB))
        .extracting(u -> u.entry().token(), OpenIntent::holdsGroup)
        .containsExactly(tuple("t1", false), tuple("t2", true));
  }

  @Test
  void keepsTheRequestUnchanged() {
    Intent launch = launch("t1", WEB, NOON);
    journal.starts().intend(launch);
    journal.starts().intend(rollback("t2", "exec-1", NOON));
    assertThat(journal.starts().openIntents(WEB)).hasSize(1);
    OpenIntent kept = journal.starts().openIntents(WEB).get(0);

    StartRequest start = kept.start();
    assertThat(start).isNotNull();
    assertThat(start.template()).isEqualTo(launch.start().template());
    assertThat(start.clientToken()).isEqualTo("t1");
    assertThat(start.tags()).isEqualTo(launch.start().tags());
    assertThat(start.description()).isEqualTo("fix; drop table execution --");
    // Numbers come back as Long; as JSON they are the same.
    assertThat(start.parameters().toString()).isEqualTo(launch.start().parameters().toString());
    assertThat(kept.sentAt()).isEqualTo(NOON);
  }

  @Test
  void isTakenOverByOneShellAlone() {
    journal.starts().intend(launch("t1", WEB, NOON));
    journal.starts().markUnknown("t1", "no answer", NOON.plusSeconds(1));
    OpenIntent before = journal.starts().openIntents(WEB).get(0);

    assertThat(journal.starts().markSending("t1", NOON.plusSeconds(2))).isFalse();
    assertThat(journal.starts().takeOver(before, OTHER, NOON.plusSeconds(3))).isTrue();
    assertThat(journal.starts().takeOver(before, AUTHOR, NOON.plusSeconds(3))).isFalse();
    OpenIntent taken = journal.starts().openIntents(WEB).get(0);
    assertThat(taken.entry().author()).isEqualTo(OTHER);
    // The request stays the one that was sent: its tags name who sent it first.
    assertThat(taken.start()).isNotNull();
    assertThat(taken.start().tags()).isEqualTo(launch("t1", WEB, NOON).start().tags());
    assertThat(taken.entry().state()).isEqualTo(JournalEntry.StartState.INTENDED);
    assertThat(taken.sentAt()).isEqualTo(NOON.plusSeconds(3));
    assertThat(journal.starts().markSending("t1", NOON.plusSeconds(4))).isTrue();
  }

  @Test
  void isNotSentAnyMoreOnceItWasSettled() {
    journal.starts().intend(launch("t1", WEB, NOON));
    journal.starts().markNeverStarted("t1", "OOS has no execution of it");

    assertThat(journal.starts().markSending("t1", NOON)).isFalse();
    journal.starts().markUnknown("t1", "a late word", NOON);
    assertThat(journal.starts().openIntents(WEB)).isEmpty();
    assertThat(journal.starts().withToken("t1").orElseThrow().state())
        .isEqualTo(JournalEntry.StartState.NEVER_STARTED);
    assertThat(journal.starts().intend(launch("t2", WEB, NOON))).isEmpty();
    // A service that answers after all is believed.
    journal.starts().markStarted("t1", execution("exec-1", ExecutionStatus.RUNNING), NOON);
    assertThat(journal.starts().withToken("t1").orElseThrow().executionId()).isEqualTo("exec-1");
  }

  @Test
  void isAnsweredOnceItsExecutionIsSeen() {
    journal.starts().intend(launch("t1", WEB, NOON));
    journal
        .starts()
        .recordObservation(
            WEB, execution("exec-1", ExecutionStatus.RUNNING, Map.of("oosh", "t1")), 1, 6);

    assertThat(journal.starts().openIntents(WEB)).isEmpty();
  }

  /** OOS's clock is not ours, and whoever planned a moment ago did not find it in OOS's list. */
  @Test
  void refusesAStartThatWasPlannedBeforeAnotherShellSawTheExecution() {
    journal.close();
    journal = home.open(() -> NOON.plusSeconds(5), NoticeAudience.NOBODY);
    journal.starts().intend(launch("t1", WEB, NOON));
    journal
        .starts()
        .recordObservation(
            WEB, execution("exec-1", ExecutionStatus.RUNNING, Map.of("oosh", "t1")), 1, 6);

    assertThat(journal.starts().intend(launch("t2", WEB, NOON.plusSeconds(4))))
        .map(OpenIntentTest::start)
        .hasValueSatisfying(e -> assertThat(e.executionId()).isEqualTo("exec-1"));
  }

  @Test
  void saysWhetherOosHasListedTheExecutionThatBlocksAGroup() {
    journal.starts().intend(launch("t1", WEB, NOON));
    assertThat(journal.starts().open(WEB)).isEmpty();
    journal
        .starts()
        .markStarted("t1", execution("exec-1", ExecutionStatus.STARTED), NOON.plusSeconds(3));

    assertThat(journal.starts().openIntents(WEB)).isEmpty();
    assertThat(journal.starts().open(context("admin", "asg-web")))
        .extracting(OpenExecution::id, OpenExecution::answered)
        .containsExactly(tuple("exec-1", NOON.plusSeconds(3)));
    assertThat(journal.starts().open(context("admin", null))).isEmpty();
    assertThat(journal.starts().open(context("prod", null))).hasSize(1);

    journal.starts().recordObservation(WEB, execution("exec-1", ExecutionStatus.RUNNING), 1, 6);
    assertThat(journal.starts().open("exec-1").orElseThrow().answered()).isNull();
    journal.starts().recordObservation(WEB, execution("exec-1", ExecutionStatus.SUCCESS), 6, 6);
    assertThat(journal.starts().open("exec-1")).isEmpty();
  }

  @Test
  void releasesAGroupAfterOosHasForgottenItsExecution() {
    journal.starts().intend(launch("t1", WEB, NOON));
    journal.starts().markStarted("t1", execution("exec-1", ExecutionStatus.RUNNING), NOON);
    journal.starts().markForgotten("exec-1", "gone");

    JournalEntry entry = journal.starts().find("exec-1").orElseThrow();
    assertThat(entry.forgotten()).isTrue();
    assertThat(entry.unended()).isFalse();
    assertThat(journal.starts().intend(launch("t2", WEB, NOON.plusSeconds(1)))).isEmpty();

    // It was listed after all.
    journal.starts().recordObservation(WEB, execution("exec-1", ExecutionStatus.SUCCESS), 6, 6);
    assertThat(journal.starts().find("exec-1").orElseThrow().forgotten()).isFalse();
  }

  @Test
  void keepsTheIdThatOosListsInPlaceOfTheOneThatItAnswered() {
    journal.starts().intend(launch("t1", WEB, NOON));
    journal.starts().markStarted("t1", execution("exec-1", ExecutionStatus.RUNNING), NOON);
    journal.starts().markStarted("t1", execution("exec-2", ExecutionStatus.RUNNING), NOON);

    assertThat(journal.starts().find("exec-1")).isEmpty();
    assertThat(journal.starts().find("exec-2").orElseThrow().token()).isEqualTo("t1");
  }
}
