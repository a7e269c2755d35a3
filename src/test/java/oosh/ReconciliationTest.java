package oosh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import oosh.rollout.cloud.Execution;
import oosh.rollout.plan.Plan;
import oosh.rollout.record.Initiator;
import oosh.rollout.record.Intent;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.update.CommandType;
import oosh.rollout.update.Rollout;
import oosh.rollout.update.UpdateSpec;
import org.junit.jupiter.api.Test;

/** What a shell that died between intent and answer leaves, and what the next one makes of it. */
class ReconciliationTest extends ShellFixture {

  /** No process has this number: the system's largest is smaller. */
  private static final Initiator GONE =
      new Initiator("li", Initiator.here().host(), 1L << 40, null);

  @Test
  void adoptsWhatWasStartedBeforeTheShellDied() {
    Intent intent = intend("dead-1", GONE);
    Execution started = cloud().executions().start(intent.start());

    assertThat(run("use group asg-bp1web")).isZero();
    assertThat(said.toString())
        .containsPattern("it\\s+runs\\s+as\\s+" + started.id())
        .doesNotContain("never");
    assertThat(history())
        .extracting(JournalEntry::executionId, JournalEntry::state)
        .containsExactly(tuple(started.id(), JournalEntry.StartState.STARTED));
    assertThat(cloud().executions().recent(null, 10)).hasSize(1);
  }

  @Test
  void refusesALaunchWhileTheAdoptedOneRunsAndNamesItsOwner() {
    Intent intent = intend("dead-1", GONE);
    Execution started = cloud().executions().start(intent.start());

    assertThat(run("use group asg-bp1web; stage script sessions/scripts/undo.sh; launch -y"))
        .isEqualTo(1);
    assertThat(oneLine())
        .contains(
            "cannot launch on asg-bp1web why "
                + started.id()
                + " is in flight on this group: Started, started 0 s ago by li on "
                + GONE.host()
                + ", pid "
                + GONE.pid());
    assertThat(cloud().executions().recent(null, 10)).hasSize(1);
  }

  @Test
  void waitsForOosToListWhatADeadShellMayHaveSent() throws InterruptedException {
    intend("dead-1", GONE);

    assertThat(run("use group asg-bp1web; stage script sessions/scripts/undo.sh; launch -y"))
        .isEqualTo(1);
    assertThat(oneLine()).contains("(which is gone); its execution may still appear within");
    backends.pace().pause(Duration.ofMinutes(2));
    assertThat(run("launch -y --detach")).isZero();

    assertThat(history())
        .extracting(JournalEntry::state)
        .containsExactly(JournalEntry.StartState.STARTED, JournalEntry.StartState.NEVER_STARTED);
    assertThat(cloud().executions().recent(null, 10)).hasSize(1);
  }

  @Test
  void theSameLaunchAfterACrashIsSentWithItsOwnToken() {
    intend("dead-1", GONE);

    assertThat(
            run(
                "use group asg-bp1web; stage script sessions/scripts/deploy.sh;"
                    + " launch -y --detach -m crash"))
        .isZero();
    assertThat(cloud().executions().recent(null, 10))
        .extracting(e -> e.tags().get("oosh"))
        .containsExactly("dead-1");
    assertThat(history())
        .extracting(JournalEntry::token, JournalEntry::state)
        .containsExactly(tuple("dead-1", JournalEntry.StartState.STARTED));
  }

  @Test
  void asksBeforeItSendsAnotherPersonsLaunchAgain() {
    intend("dead-1", GONE);

    assertThat(
            run(
                "use group asg-bp1web; stage script sessions/scripts/deploy.sh;"
                    + " launch --detach -m crash"))
        .isEqualTo(3);
    assertThat(questions)
        .containsExactly(
            "send the same request again? OOS will not start a" + " second execution. [y/N] ");
    assertThat(cloud().executions().recent(null, 10)).isEmpty();
  }

  @Test
  void refusesAStartWhileAnotherProcessIsSending() {
    long parent = ProcessHandle.current().parent().orElseThrow().pid();
    intend("alive-1", new Initiator("wang", Initiator.here().host(), parent, null));

    assertThat(run("use group asg-bp1web; stage script sessions/scripts/deploy.sh; launch -y"))
        .isEqualTo(1);
    assertThat(oneLine())
        .contains("by wang on " + Initiator.here().host() + ", pid " + parent + " is being sent");
    assertThat(run("launch -y --detach --again 'that one hangs'")).isZero();

    assertThat(backends.journal().starts().markSending("alive-1", backends.pace().instant()))
        .isFalse();
    assertThat(history().get(0).overrideReason()).isEqualTo("that one hangs");
  }

  @Test
  void refusesWhileOosCannotBeAskedAndContinuesWithAReason() {
    intend("dead-1", GONE);
    backends.sandboxControl().failCall("ListExecutions", "error500", 3, 0);

    assertThat(run("use group asg-bp1web")).isZero();
    assertThat(oneLine()).contains("OOS cannot be reached to check the result");
    backends.sandboxControl().failCall("ListExecutions", "error500", 3, 0);
    assertThat(run("stage script sessions/scripts/undo.sh; launch -y")).isEqualTo(1);
    assertThat(oneLine()).contains("it cannot be reached to check the result:");
    backends.sandboxControl().failCall("ListExecutions", "error500", 3, 0);
    assertThat(run("launch -y --detach --again 'it must be now'")).isZero();
  }

  @Test
  void refusesABlankReason() {
    assertThat(run("use group asg-bp1web; stage script sessions/scripts/undo.sh")).isZero();
    assertThat(run("launch -y --again ' '")).isEqualTo(2);
    assertThat(cloud().executions().recent(null, 10)).isEmpty();
  }

  @Test
  void refusesARollbackWhileAStartIsOpen() {
    assertThat(
            run(
                "use group asg-bp1web; stage script sessions/scripts/deploy.sh;"
                    + " stage rollback sessions/scripts/undo.sh; launch -y"))
        .isZero();
    intend("dead-1", GONE);
    backends.sandboxControl().failCall("ListExecutions", "error500", 3, 0);

    assertThat(run("rollback -y")).isEqualTo(1);
    assertThat(oneLine())
        .contains("cannot roll back on asg-bp1web why OOS did not answer the launch of");
  }

  @Test
  void aWatchContinuesWhereTheServiceIsBusyAndSaysSinceWhenItIsBlind() {
    assertThat(run("use group asg-bp1web; stage script sessions/scripts/deploy.sh")).isZero();
    backends.sandboxControl().failCall("ListTaskExecutions", "throttle", 9, 0);

    assertThat(run("launch -y")).isZero();
    assertThat(said.toString())
        .contains(
            "no answer since now: the service takes no more requests at the moment; still"
                + " trying")
        .contains("the service answers again")
        .contains("Success: 6 of 6 instances");
  }

  private Intent intend(String token, Initiator author) {
    Instant now = backends.pace().instant();
    Intent intent = new Intent(token, rollout(), author, now);
    assertThat(backends.journal().starts().intend(intent)).isEmpty();
    return intent;
  }

  private Rollout rollout() {
    return Plan.launch(
            WEB,
            UpdateSpec.EMPTY.withScript(script("deploy.sh"), CommandType.SHELL),
            group(),
            instances(),
            Optional.empty(),
            "crash")
        .rollout();
  }
}
