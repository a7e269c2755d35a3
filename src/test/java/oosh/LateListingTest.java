package oosh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.record.JournalEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** OOS lists an execution some seconds after StartExecution has answered: nothing starts twice. */
class LateListingTest extends ShellFixture {
  private static final String IN_TWO_BATCHES = STAGED + "stage batch 3; ";
  private static final String FIRST = "exec-0000000000000001";

  @BeforeEach
  void late() {
    backends.sandboxControl().listLate("late", Duration.ofSeconds(8));
  }

  @Test
  void theSameLineIsRefusedUntilTheFirstExecutionHasEnded() {
    assertThat(run(IN_TWO_BATCHES + "launch -y --detach -m again")).isZero();
    for (int i = 0; i < 2; i++) {
      assertThat(run(IN_TWO_BATCHES + "launch -y --detach -m again")).isEqualTo(1);
      assertThat(oneLine())
          .contains(
              "cannot launch on asg-bp1web why "
                  + FIRST
                  + " was started on this group 0 s"
                  + " ago by ")
          .contains("; OOS does not list it yet, which can take 120 s more next watch " + FIRST);
    }
    assertThat(executions()).isEmpty();

    pause(9);
    assertThat(executions()).hasSize(1);
    assertThat(run(IN_TWO_BATCHES + "launch -y --detach -m again")).isEqualTo(1);
    assertThat(oneLine()).contains(FIRST + " is in flight on this group: Running");

    pause(60);
    assertThat(run(IN_TWO_BATCHES + "launch -y --detach -m again")).isZero();
    pause(60);
    assertThat(executions()).hasSize(2);
  }

  @Test
  void aSecondLaunchInTheSameShellIsRefused() {
    assertThat(run(IN_TWO_BATCHES + "launch -y --detach; launch -y --detach")).isEqualTo(1);
    pause(60);
    assertThat(executions()).hasSize(1);
  }

  @Test
  void aLaunchWaitsUntilItIsListedAndIsWatchedToItsEnd() {
    assertThat(run(IN_TWO_BATCHES + "launch -y")).isZero();
    assertThat(oneLine())
        .contains("started " + FIRST)
        .contains("OOS does not list " + FIRST + " yet; oosh asks again, for 120 s at most")
        .contains("Success: 6 of 6 instances");
  }

  @Test
  void anIdThatWasJustGivenIsWaitedForByEveryVerb() {
    backends.sandboxControl().listLate("late", Duration.ofSeconds(30));
    assertThat(run(IN_TWO_BATCHES + "stage pause every; launch -y --detach")).isZero();
    assertThat(run("use group asg-bp1web; show " + FIRST)).isZero();
    assertThat(oneLine()).contains("OOS does not list " + FIRST + " yet").contains("Waiting");
    assertThat(run("continue " + FIRST + " --detach")).isZero();
    assertThat(run("rollback --now -y " + FIRST)).isZero();
    assertThat(executions())
        .extracting(Execution::status)
        .containsExactly(ExecutionStatus.SUCCESS, ExecutionStatus.CANCELLED);
  }

  @Test
  void anAbortDoesNotWaitUntilItIsListed() {
    assertThat(run(IN_TWO_BATCHES + "launch -y --detach; abort -y")).isZero();
    assertThat(oneLine())
        .contains("abort " + FIRST + ": OOS does not list it yet")
        .contains("aborted " + FIRST);
    assertThat(executions())
        .extracting(Execution::status)
        .containsExactly(ExecutionStatus.CANCELLED);
    Execution aborted = executions().get(0);
    assertThat(aborted.ended()).isEqualTo(aborted.created());
  }

  @Test
  void verbsOfTheGroupWaitForTheExecutionInFlight() {
    assertThat(run(IN_TWO_BATCHES + "stage pause every; launch -y --detach; doctor")).isZero();
    assertThat(oneLine())
        .contains(FIRST + " is Waiting")
        .doesNotContain("probably changed by hand");

    assertThat(run("use group asg-bp1web; heal -y")).isEqualTo(1);
    assertThat(oneLine()).contains(FIRST + " is Waiting on it, and moves its instances itself");

    assertThat(run("use group asg-bp1web; abort -y; rollback -y --detach; show")).isZero();
    assertThat(oneLine()).contains("in flight exec-");
  }

  @Test
  void aSecondRollbackIsRefused() {
    assertThat(run(IN_TWO_BATCHES + "launch -y; rollback -y --detach")).isZero();
    assertThat(run("use group asg-bp1web; rollback -y --detach")).isEqualTo(1);
    assertThat(oneLine()).contains("OOS does not list it yet");
    assertThat(run("use group asg-bp1web; rollback --now -y --detach")).isEqualTo(1);
    pause(60);
    assertThat(executions()).extracting(Execution::isRollback).containsExactly(true, false);
  }

  @Test
  void aSecondRetryIsRefused() {
    backends.sandboxControl().failInstance("i-bp1c", "fail", 3, null, 1);
    assertThat(run(IN_TWO_BATCHES + "launch -y")).isEqualTo(5);
    assertThat(run("use group asg-bp1web; retry " + FIRST + " --failed --missing -y --detach"))
        .isZero();
    assertThat(run("use group asg-bp1web; retry " + FIRST + " --failed --missing -y --detach"))
        .isEqualTo(1);
    pause(60);
    assertThat(executions()).hasSize(2);
  }

  @Test
  void aFailureIsRolledBackByTheLaunchThatWatchesIt() {
    backends.sandboxControl().failInstance("i-bp1c", "fail", 3, null, 1);
    assertThat(run(IN_TWO_BATCHES + "launch -y --rollback-on-failure")).isEqualTo(6);
    assertThat(executions()).extracting(Execution::isRollback).containsExactly(true, false);
  }

  @Test
  void aRollbackWithoutPausesWaitsForWhatItAborts() {
    assertThat(run(IN_TWO_BATCHES + "launch -y --detach; rollback --now -y")).isZero();
    assertThat(executions()).extracting(Execution::isRollback).containsExactly(true, false);
  }

  @Test
  void aLostAnswerIsFoundByItsTokenWhereTheTagIsListedLate() {
    backends.sandboxControl().clearFaults();
    backends.sandboxControl().listLate("late-by-tag", Duration.ofSeconds(100));
    backends.sandboxControl().failCall("StartExecution", "lost-answer", 3, 0);
    assertThat(run(IN_TWO_BATCHES + "launch -y --detach -m lost")).isEqualTo(3);
    assertThat(run(IN_TWO_BATCHES + "launch -y --detach -m other")).isEqualTo(1);
    assertThat(run(IN_TWO_BATCHES + "launch -y --detach -m lost")).isZero();
    assertThat(executions()).hasSize(1);
    assertThat(history())
        .extracting(JournalEntry::executionId, JournalEntry::state)
        .containsExactly(tuple(FIRST, JournalEntry.StartState.STARTED));
  }

  @Test
  void anIdThatIsNotListedInTimeIsNotAFailure() {
    backends.sandboxControl().listLate("late", Duration.ofMinutes(10));
    assertThat(run(IN_TWO_BATCHES + "launch -y")).isEqualTo(3);
    assertThat(oneLine())
        .contains("the state of " + FIRST + " is unknown")
        .contains("did not list it within 2 min");
    pause(600);
    assertThat(run("use group asg-bp1web; watch " + FIRST)).isZero();
  }

  /** What docs/assumptions.md says: past two minutes a lost start is taken for none. */
  @Test
  void aStartThatIsListedLaterThanTwoMinutesCanBeStartedAgain() {
    backends.sandboxControl().listLate("late", Duration.ofMinutes(3));
    backends.sandboxControl().failCall("StartExecution", "lost-answer", 3, 0);
    assertThat(run(IN_TWO_BATCHES + "launch -y --detach -m lost")).isEqualTo(3);
    backends.sandboxControl().failInstance("i-bp1a", "hang", 0, null, 0);
    pause(130);
    assertThat(run(IN_TWO_BATCHES + "launch -y --detach -m lost")).isZero();
    pause(180);
    assertThat(executions()).extracting(Execution::description).containsExactly("lost", "lost");
  }

  @Test
  void historyAsksOnceForTheResultsOfUnwatchedExecutions() {
    backends.sandboxControl().clearFaults();
    backends.sandboxControl().failInstance("i-bp1c", "fail", 3, null, 1);
    assertThat(run(IN_TWO_BATCHES + "launch -y --detach")).isZero();
    pause(60);
    assertThat(run("history --status Running")).isZero();
    assertThat(run("history --status Failed")).isZero();
    assertThat(oneLine()).contains("Failed 3/6");
  }

  @Test
  void historySaysOfAnExecutionThatOosHasForgottenThatItsEndIsUnknown() {
    assertThat(run(IN_TWO_BATCHES + "launch -y --detach; sandbox reset; history")).isZero();
    assertThat(oneLine()).contains(" Started deploy.sh");
    pause(130);
    assertThat(run("history --stats; history")).isZero();
    assertThat(oneLine()).contains(" unknown deploy.sh");
    assertThat(backends.journal().starts().open(FIRST)).isEmpty();
  }

  @Test
  void historyAnswersWhereOosCannotBeAsked() {
    assertThat(run(IN_TWO_BATCHES + "launch -y --detach")).isZero();
    backends.sandboxControl().failCall("ListExecutions", "error500", 0, 0);
    assertThat(run("history")).isZero();
    assertThat(oneLine())
        .contains("note: 1 had not ended when seen last, and OOS was not asked now: ")
        .contains(FIRST);
  }
}
