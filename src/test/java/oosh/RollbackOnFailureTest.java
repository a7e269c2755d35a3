package oosh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import oosh.journal.NewerOosh;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.record.JournalEntry;
import org.junit.jupiter.api.Test;

/** A launch that is rolled back by whoever watches it, and what keeps that from happening. */
class RollbackOnFailureTest extends ShellFixture {
  private static final String IN_TWO_BATCHES = STAGED + "stage batch 3; ";
  private static final String FAILS = IN_TWO_BATCHES + "sandbox fail i-bp1c --exit 3 --times 1; ";
  private static final String LAUNCH = "launch -y --rollback-on-failure -m why";

  @Test
  void rollsBackFromWhatFailsWithoutAFurtherQuestion() {
    assertThat(run(FAILS + LAUNCH)).isEqualTo(6);

    assertThat(questions).isEmpty();
    assertThat(oneLine())
        .contains("on failure automatic rollback with undo.sh, only while this oosh is watching")
        .endsWith("exec-0000000000000001 failed and was rolled back by exec-0000000000000006 ");
    assertThat(history())
        .extracting(
            JournalEntry::status,
            JournalEntry::sourceExecutionId,
            JournalEntry::reason,
            JournalEntry::token)
        .containsExactly(
            tuple(
                ExecutionStatus.SUCCESS,
                "exec-0000000000000001",
                "exec-0000000000000001 failed: why",
                "oosh-2"),
            tuple(ExecutionStatus.FAILED, null, "why", "oosh-1"));
    assertThat(executions().get(0).parameter("batchPauseOption")).isEqualTo("Automatic");
  }

  @Test
  void startsNothingElseWhereTheLaunchSucceeds() {
    assertThat(run(IN_TWO_BATCHES + LAUNCH)).isZero();
    assertThat(executions()).hasSize(1);
  }

  @Test
  void endsIn5WhereTheRollbackFailsAsWell() {
    assertThat(run(IN_TWO_BATCHES + "sandbox fail i-bp1c --exit 3; " + LAUNCH)).isEqualTo(5);
    assertThat(oneLine())
        .endsWith(
            "exec-0000000000000001 failed, and so did its rollback exec-0000000000000006: Failed ");
  }

  @Test
  void endsIn5WhereTheRollbackIsRefused() {
    assertThat(run(FAILS + "sandbox fail StartExecution --how throttle --after 1; " + LAUNCH))
        .isEqualTo(5);
    assertThat(oneLine())
        .contains("exec-0000000000000001 failed; it was not rolled back why the service takes");
    assertThat(executions()).hasSize(1);
  }

  @Test
  void startsNoRollbackWhileAnotherExecutionRuns() {
    run(IN_TWO_BATCHES + "stage pause first; stage suspend ScaleIn; launch -y");
    run("unstage pause; unstage suspend; sandbox fail i-bp1c --exit 3 --times 1");

    assertThat(run(LAUNCH + " --again beside")).isEqualTo(5);

    assertThat(oneLine())
        .contains(
            "failed; it was not rolled back why exec-0000000000000001 is in flight on this group");
    assertThat(executions()).hasSize(2).noneMatch(Execution::isRollback);
  }

  @Test
  void startsOneRollbackThoughEveryAnswerToItsStartIsLost() {
    assertThat(run(FAILS + "sandbox fail StartExecution --how lost-answer --after 1; " + LAUNCH))
        .isEqualTo(6);
    assertThat(executions()).extracting(Execution::isRollback).containsExactly(true, false);
  }

  @Test
  void reportsAnUnknownStartAndARetypedRollbackStartsNoSecondOne() {
    assertThat(run(FAILS + "sandbox fail StartExecution --how error500 --after 1; " + LAUNCH))
        .isEqualTo(3);
    assertThat(oneLine())
        .contains("exec-0000000000000001 failed; it is unknown whether its rollback was started")
        .contains(
            "next rollback exec-0000000000000001, which asks OOS first and cannot start a second"
                + " execution");

    assertThat(run("sandbox fail --clear; rollback exec-0000000000000001 -y")).isZero();

    assertThat(history())
        .extracting(JournalEntry::token, JournalEntry::status)
        .containsExactly(
            tuple("oosh-2", ExecutionStatus.SUCCESS), tuple("oosh-1", ExecutionStatus.FAILED));
    assertThat(executions()).hasSize(2);
  }

  @Test
  void continuesTryingWhereTheGroupCannotBeReadForAWhile() {
    run(FAILS + "sandbox fail DescribeScalingGroups --how error500 --after 2 --times 4");

    assertThat(run(LAUNCH)).isEqualTo(6);

    assertThat(oneLine()).contains("; still trying, Ctrl-C leaves roll back exec-");
    assertThat(executions()).hasSize(2);
  }

  @Test
  void saysThatNoRollbackFollowsAfterTheTimeout() {
    assertThat(run(FAILS + LAUNCH + " --timeout 3s")).isEqualTo(3);
    assertThat(oneLine()).contains("exec-0000000000000001 is no longer watched: if it fails");
    run("watch");
    assertThat(executions()).hasSize(1);
    // Nothing is kept of it; the rollback is offered as ever.
    assertThat(run("rollback -y")).isZero();
  }

  @Test
  void sharesOneTimeoutBetweenLaunchAndRollback() {
    assertThat(run(FAILS + LAUNCH + " --timeout 14s")).isEqualTo(3);
    assertThat(oneLine())
        .contains("started exec-0000000000000006")
        .contains("stopped waiting for exec-0000000000000006")
        .doesNotContain("is no longer watched");
  }

  @Test
  void showsInJsonThatItRollsBackOnFailure() {
    run(IN_TWO_BATCHES);
    assertThat(run("launch --dry-run --rollback-on-failure --output json")).isZero();
    assertThat(said.toString()).contains("\"rollbackOnFailure\": true");
  }

  @Test
  void startsNothingAfterControlCBetweenBoth() {
    whenShown("Failed after", Thread.currentThread()::interrupt);

    assertThat(run(FAILS + LAUNCH)).isEqualTo(130);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(oneLine())
        .endsWith(
            "exec-0000000000000001 failed; it was not rolled back why Ctrl-C"
                + " next rollback exec-0000000000000001 ");
    assertThat(executions()).hasSize(1);
  }

  @Test
  void rollsBackWithoutTheJournalThatANewerOoshHasBroughtUpToDate() {
    whenShown("batch 2", () -> NewerOosh.bringsUpToDate(backends.home()));

    assertThat(run(FAILS + LAUNCH)).isEqualTo(6);

    assertThat(oneLine())
        .contains("a newer oosh has brought the journal up to date; it is watched anyway")
        .contains("the rollback is not recorded here; start this shell again")
        .endsWith("exec-0000000000000001 failed and was rolled back by exec-0000000000000006 ");
    assertThat(run("launch -y")).isEqualTo(1);
    assertThat(oneLine())
        .contains("why a newer oosh has brought the journal up to date next start this shell anew");
    assertThat(executions()).extracting(Execution::isRollback).containsExactly(true, false);
  }

  @Test
  void abortsAndRollsBackWithoutTheJournalThatANewerOoshHasBroughtUpToDate() {
    run(IN_TWO_BATCHES + "stage pause first; launch -y");
    whenShown("aborted exec-", () -> NewerOosh.bringsUpToDate(backends.home()));

    assertThat(run("rollback --now -y")).isZero();

    assertThat(executions()).extracting(Execution::isRollback).containsExactly(true, false);
    assertThat(oneLine()).contains("the rollback is not recorded here");
  }

  @Test
  void refusesToBeDetached() {
    assertThat(run(IN_TWO_BATCHES + LAUNCH + " --detach")).isEqualTo(2);
    assertThat(executions()).isEmpty();
  }

  @Test
  void refusesAStagedFailurePauseAlsoInADryRun() {
    assertThat(
            run(IN_TWO_BATCHES + "stage on-failure pause; launch --dry-run --rollback-on-failure"))
        .isEqualTo(1);
    assertThat(oneLine()).contains("at a failure OOS would wait for the user instead of ending");
    assertThat(run(LAUNCH + " --on-failure stop")).isZero();
  }
}
