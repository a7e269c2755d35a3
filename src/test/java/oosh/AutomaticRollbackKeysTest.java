package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.cloud.Profile;
import org.junit.jupiter.api.Test;

/** The way back with a person at the keyboard: what is left to them, and what is not done. */
class AutomaticRollbackKeysTest extends PromptTestBase {
  @Test
  void asksOnceForTheAbortAndTheRollback() throws IOException {
    launch("launch -y");
    until("c continue");
    type("d");
    until("›");
    type("rollback --now\r");
    until("not reached  4 instances");
    until("roll back exec-");
    until("it ends)? [y/N] ");
    type("y\r");
    until("aborted exec-");
    until("started exec-");
    until("Success: 2 of 2 instances");
    assertThat(executions())
        .extracting(Execution::status)
        .containsExactly(ExecutionStatus.SUCCESS, ExecutionStatus.CANCELLED);
  }

  @Test
  void abortsNothingWhereControlCIsTheAnswer() throws IOException {
    launch("launch -y");
    until("c continue");
    type("d");
    until("›");
    type("rollback --now\r");
    until("? [y/N] ");
    type("\003");
    until("›");
    assertThat(executions()).extracting(Execution::status).containsExactly(ExecutionStatus.WAITING);
  }

  @Test
  void saysThatNoRollbackFollowsAfterLeavingTheWatch() throws IOException {
    launch("launch -y --rollback-on-failure");
    until("c continue");
    type("\003");
    until("left; exec-");
    until("if it fails, there is no automatic rollback");
  }

  @Test
  void saysThatNoRollbackFollowsAfterDetaching() throws IOException {
    launch("launch -y --rollback-on-failure");
    until("c continue");
    type("d");
    until("detached; watch exec-");
    until("if it fails, there is no automatic rollback");
  }

  @Test
  void doesNotRollBackAfterAManualAbort() throws IOException {
    launch("launch -y --rollback-on-failure");
    // At the pause: while the first batch still runs, an abort leaves fewer instances done.
    until("c continue");
    type("a");
    until("Enter does it");
    type("\r");
    until(": 2 succeeded, 4 not reached");
    until("›");
    assertThat(executions())
        .extracting(Execution::status)
        .containsExactly(ExecutionStatus.CANCELLED);
  }

  @Test
  void rollsBackAfterAPauseThatAPersonEnded() throws IOException {
    type("sandbox fail i-bp1c --times 1\r");
    until("›");
    launch("launch -y --rollback-on-failure");
    until("c continue");
    type("c");
    until("Enter does it");
    type("\r");
    until(": 1 failed, 3 succeeded, 2 not reached");
    until("started exec-");
    until("failed and was rolled back by exec-");
    until("›");
    assertThat(executions())
        .extracting(Execution::status)
        .containsExactly(ExecutionStatus.SUCCESS, ExecutionStatus.FAILED);
  }

  @Test
  void ctrlCLeavesTheWatchAndTheRollbackContinues() throws IOException {
    type("sandbox fail i-bp1a --times 1\r");
    until("›");
    launch("launch -y --rollback-on-failure");
    until("roll back exec-");
    until("started exec-");
    type("\003");
    until("left; exec-");
    until("returns to it");
    until("›");
    assertThat(executions()).hasSize(2);
  }

  private List<Execution> executions() {
    return backends
        .profiles()
        .open(backends.profiles().named(Profile.SANDBOX), "cn-hangzhou")
        .executions()
        .recent(null, 10);
  }

  private void launch(String line) throws IOException {
    type("use group asg-bp1web\r");
    until("(6) › ");
    type("stage script sessions/scripts/deploy.sh\r");
    until("●1 › ");
    type("stage rollback sessions/scripts/undo.sh\r");
    until("●2 › ");
    type("stage batch 3\r");
    until("●3 › ");
    type("stage pause first\r");
    until("●4 › ");
    type(line + "\r");
    until("started exec-");
  }
}
