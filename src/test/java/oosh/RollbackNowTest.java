package oosh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import oosh.aliyun.SandboxProfilesWithoutRetryDelay;
import oosh.rollout.Problem;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.cloud.Profile;
import oosh.rollout.cloud.Profiles;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.watch.ExecutionAborter;
import oosh.sandboxcontrol.Announcement;
import oosh.sandboxcontrol.LocalSandboxControl;
import org.junit.jupiter.api.Test;

/** The way back in a hurry: aborted first, and nothing started unless that is certain. */
class RollbackNowTest extends ShellFixture {
  private static final String WAITS =
      "use group asg-bp1web; stage script sessions/scripts/deploy.sh;"
          + " stage rollback sessions/scripts/undo.sh; stage batch 3; stage pause every;"
          + " launch -y -m why";

  @Test
  void abortsAndRollsBackWithoutAPauseAfterOneQuestion() {
    assertThat(run(WAITS)).isEqualTo(7);
    answers("y");

    assertThat(run("rollback --now -m errors")).isZero();

    assertThat(questions)
        .containsExactly(
            "abort exec-0000000000000001 and roll back 2 instances of asg-bp1web, profile sandbox"
                + " (up to 6 if it reaches more before it ends)? [y/N] ");
    assertThat(executions())
        .extracting(Execution::status, Execution::isRollback)
        .containsExactly(
            tuple(ExecutionStatus.SUCCESS, true), tuple(ExecutionStatus.CANCELLED, false));
    assertThat(executions().get(0).parameter("batchPauseOption")).isEqualTo("Automatic");
    assertThat(history())
        .extracting(JournalEntry::status, JournalEntry::reason)
        .containsExactly(
            tuple(ExecutionStatus.SUCCESS, "errors"), tuple(ExecutionStatus.CANCELLED, "why"));
  }

  @Test
  void abortsAtTheFirstYesWhereTheLaunchHasMovedOn() {
    assertThat(run(STAGED + "stage batch --size 1; launch -y --detach")).as(oneLine()).isZero();
    pause(4);
    answers(() -> pause(10), "y");
    assertThat(run("rollback --now")).as(oneLine()).isZero();

    assertThat(oneLine())
        .contains("up to 6 if it reaches more")
        .doesNotContain("the plan has changed")
        .contains("aborted exec-")
        .contains("Success: 3 of 3 instances");
  }

  /** Goes back without an abort where the launch has ended behind the question. */
  @Test
  void rollsBackAtTheFirstYesWhereTheLaunchHasEnded() {
    assertThat(run(STAGED + "stage batch --size 1; launch -y --detach")).as(oneLine()).isZero();
    pause(4);
    answers(() -> pause(90), "y");

    assertThat(run("rollback --now")).as(oneLine()).isZero();

    assertThat(oneLine())
        .doesNotContain("the plan has changed")
        .contains("Success: 6 of 6 instances");
  }

  @Test
  void changesNothingWhenTheAnswerIsNo() {
    run(WAITS);
    answers("n");

    assertThat(run("rollback --now")).isEqualTo(3);

    assertThat(oneLine())
        .contains("nothing was aborted or started why the answer was no")
        .contains("next rollback exec-0000000000000001 --now");
    assertThat(executions()).extracting(Execution::status).containsExactly(ExecutionStatus.WAITING);
  }

  @Test
  void startsNothingAfterControlCBehindTheAnswer() {
    run(WAITS);
    answers(Thread.currentThread()::interrupt, "y");

    assertThat(run("rollback --now")).isEqualTo(130);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(oneLine()).contains("nothing was aborted or started");
    assertThat(executions()).extracting(Execution::status).containsExactly(ExecutionStatus.WAITING);
  }

  @Test
  void startsNothingWhereTheAbortIsRefused() {
    run(WAITS + "; history");
    run("sandbox fail CancelExecution --how throttle");

    assertThat(run("rollback --now -y")).isEqualTo(1);

    assertThat(oneLine())
        .contains("exec-0000000000000001 was not aborted; no rollback was started")
        .doesNotContain("started exec-");
    assertThat(executions()).hasSize(1);
    assertThat(history()).hasSize(1);
  }

  @Test
  void startsNothingWhereTheAnswerToTheAbortIsLost() {
    run(WAITS);
    run("sandbox fail CancelExecution --how lost-answer --times 1");

    assertThat(run("rollback --now -y")).isEqualTo(3);

    assertThat(oneLine())
        .contains(
            "it is unknown whether exec-0000000000000001 was aborted; no rollback was started");
    assertThat(executions()).hasSize(1);
    assertThat(history()).hasSize(1);

    // The same again finds it ended, and goes on from there.
    assertThat(run("rollback --now -y")).isZero();
    assertThat(oneLine()).doesNotContain("aborted");
    assertThat(history())
        .extracting(JournalEntry::status)
        .containsExactly(ExecutionStatus.SUCCESS, ExecutionStatus.CANCELLED);
  }

  @Test
  void waitsUntilOosListsItAsEndedThoughItDoesNotAnswerAtFirst() {
    run(WAITS);
    backends.sandboxControl().failCall("ListExecutions", "error500", 6, 0);

    Execution ended = abort().of("exec-0000000000000001");

    assertThat(ended.status()).isEqualTo(ExecutionStatus.CANCELLED);
  }

  @Test
  void givesUpWhenTheAbortedExecutionDoesNotEndInTwoMinutes() {
    run(WAITS);
    backends.sandboxControl().failCall("ListExecutions", "error500", 0, 0);
    Instant from = backends.pace().instant();
    Problem p = catchThrowableOfType(Problem.class, () -> abort().of("exec-0000000000000001"));
    assertThat(p.kind()).isEqualTo(Problem.Kind.DECLINED);
    assertThat(p.what())
        .isEqualTo("exec-0000000000000001 was told to stop; no rollback was started");
    assertThat(p.why()).startsWith("after 2 min its status is still unknown: ");
    assertThat(p.next())
        .isEqualTo("watch exec-0000000000000001, then rollback exec-0000000000000001 --now");
    assertThat(Duration.between(from, backends.pace().instant()))
        .isBetween(Duration.ofMinutes(2), Duration.ofMinutes(4));
  }

  @Test
  void saysThatItWasAbortedWhereTheStartIsRefusedThen() {
    run(WAITS);
    run("sandbox fail StartExecution --how throttle");

    assertThat(run("rollback --now -y")).isEqualTo(5);

    assertThat(oneLine())
        .contains("aborted exec-0000000000000001; it was not rolled back why")
        .doesNotContain("started exec");
    assertThat(executions())
        .extracting(Execution::status)
        .containsExactly(ExecutionStatus.CANCELLED);
  }

  @Test
  void abortsNothingWhereAnotherExecutionIsInTheWay() {
    run(WAITS);
    run("sandbox fail --clear; launch -y --detach --again because");

    assertThat(run("rollback exec-0000000000000001 --now -y")).isEqualTo(1);

    assertThat(oneLine())
        .contains("cannot roll back on asg-bp1web")
        .contains("is in flight on this group")
        .contains("rollback exec-0000000000000001 --now -y --again REASON starts another");
    assertThat(executions()).allMatch(e -> !e.status().isFinal());
  }

  @Test
  void showsInJsonWhatItWouldAbort() {
    run(WAITS);

    assertThat(run("rollback --now --dry-run --output json")).isZero();

    assertThat(said.toString())
        .contains("\"batchPauseOption\": \"Automatic\"")
        .contains(
            "\"aborts\": {\n    \"executionId\": \"exec-0000000000000001\",\n"
                + "    \"status\": \"Waiting\",");
    assertThat(executions()).hasSize(1);
  }

  @Test
  void answersInJsonWithTheRollback() {
    run(WAITS);

    assertThat(run("rollback --now -y --output json")).isZero();

    String json = said.toString().substring(said.toString().indexOf("{"));
    assertThat(json)
        .startsWith(
            "{\n  \"executionId\": \"exec-0000000000000004\",\n  \"status\": \"Success\",\n")
        .contains("\n  \"batches\": [\n");
  }

  /** What is read again is read at once: only the abort's own waiting counts. */
  private ExecutionAborter abort() {
    Announcement sandbox = ((LocalSandboxControl) backends.sandboxControl()).running();
    Profiles atOnce =
        SandboxProfilesWithoutRetryDelay.at(
            sandbox.address(),
            backends.pace(),
            sandbox.keyId(),
            sandbox.secret(),
            "token",
            () -> null);
    return new ExecutionAborter(
        atOnce.open(backends.profiles().named(Profile.SANDBOX), "cn-hangzhou").executions(),
        backends.pace());
  }

  @Test
  void rollsBackNothingUnnamedWhereNoGroupIsChosen() {
    run(STAGED + "launch -y");

    // Another shell over the same journal and services, which the fixture closes.
    ShellFixture other = new ShellFixture(backends);

    assertThat(other.run("rollback -y")).isEqualTo(2);

    assertThat(other.said.toString()).contains("no scaling group is chosen");
    assertThat(executions()).hasSize(1);
  }
}
