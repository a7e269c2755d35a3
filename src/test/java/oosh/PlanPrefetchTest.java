package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import oosh.rollout.OnFailure;
import oosh.rollout.ParallelReads;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.Executions;
import oosh.rollout.cloud.Profile;
import oosh.rollout.cloud.StartRequest;
import oosh.rollout.record.History;
import oosh.rollout.record.JournalEntry;
import oosh.shell.Backends;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a launch is planned from is read while its line is typed, at a real line editor. */
class PlanPrefetchTest extends PromptTestBase {
  private static final Pattern REQUESTS = Pattern.compile("\"requests\":\\s*(\\d+)");

  /**
   * For the plan: the group, its instances, what ECS says of them, its scaling activities, what the
   * role may do, four lists of executions that have not ended, and two of what ran before.
   */
  private static final int PLAN = 11;

  /** Before that: the groups, the chosen one, and in the background its instances for Tab. */
  private static final int SET_UP = 3;

  /** The newest executions, directly before the start. */
  private static final int JUST_NOW = 1;

  /** With the readers of a real shell. */
  @Override
  Backends backends() {
    return CheckBackends.open(
        ParallelReads.by(
            Executors.newCachedThreadPool(
                read -> {
                  Thread thread = new Thread(read, "reader");
                  thread.setDaemon(true);
                  return thread;
                })),
        ShellFixture.NO_SCRIPTS);
  }

  @BeforeEach
  void aStagedScript() throws IOException {
    type("use group asg-bp1web\r");
    until("(6) › ");
    type("stage script sessions/scripts/deploy.sh\r");
    until("●1 › ");
    untilRequests(SET_UP);
  }

  @Test
  void readsOnceForALineAndAsksAgainOnlyWhatWasStarted() throws IOException {
    long before = requests();
    type("launch -y");
    untilRequests(before + PLAN);
    type(" --detach");
    type("\r");
    until("started exec-");
    until("› ");

    assertThat(requests() - before).isEqualTo(PLAN + JUST_NOW + 1);
  }

  @Test
  void readsOnceWhileTheUserScrollsTheLineHistory() throws IOException {
    long before = requests();
    type("launch -y");
    untilRequests(before + PLAN);
    // To the beginning of the line, another word there, and away with it again.
    type("\001x\010\005 --detach\r");
    until("started exec-");
    until("› ");

    assertThat(requests() - before).isEqualTo(PLAN + JUST_NOW + 1);
  }

  /** Of the role that an option names, and not of the one that was staged when reading began. */
  @Test
  void asksWhatTheRoleOfTheLineMayDo() throws IOException {
    type("sandbox set DeployRole --lacks ess:ResumeProcesses\r");
    until("lacks ess:ResumeProcesses");
    until("› ");
    long before = requests();
    type("launch --role DeployRole -n");
    untilRequests(before + PLAN);
    type("\r");
    until("the role DeployRole may not");
  }

  @Test
  void readsStaleInputsAgain() throws Exception {
    long before = requests();
    type("plan");
    untilRequests(before + PLAN);
    backends.pace().pause(Duration.ofSeconds(3));
    type("\r");
    until("launch on asg-bp1web");
    until("●1 › ");

    assertThat(requests() - before).isEqualTo(2 * PLAN);
  }

  /** A line that was typed before has begun to read, and the line between has changed the group. */
  @Test
  void readsAgainAfterALineThatMayHaveChangedTheGroup() throws IOException {
    long before = requests();
    type("launch --bogus");
    untilRequests(before + PLAN);
    type("\r");
    until("launch has no option --bogus");
    until("› ");
    type("sandbox set i-bp1a Standby\r");
    until("› ");
    type("launch -n\r");

    assertThat(until("batches")).contains("5 in service, 1 in Standby");
  }

  @Test
  void refusesWhenAnotherStartCameAfterTheRead() throws IOException {
    long before = requests();
    type("launch -y --detach");
    untilRequests(before + PLAN);
    Execution other = startedElsewhere();
    type("\r");
    until("cannot launch on asg-bp1web");
    until(other.id() + " is in flight on this group");
    until("› ");

    assertThat(executions().recent(null, 10)).hasSize(1);
    assertThat(history())
        .extracting(JournalEntry::state)
        .containsExactly(JournalEntry.StartState.REFUSED);
  }

  @Test
  void namesTheStartThatCameDuringTheQuestion() throws Exception {
    type("launch --detach\r");
    until("[y/N] ");
    Execution other = startedElsewhere();
    type("y\r");
    until(other.id() + " is in flight on this group");
    until("› ");

    assertThat(executions().recent(null, 10)).hasSize(1);
    assertThat(history()).isEmpty();
  }

  @Test
  void launchSucceedsWhenThePrefetchFails() throws IOException {
    backends.sandboxControl().failCall("GenerateExecutionPolicy", "error500", 3, 0);
    long before = requests();
    type("launch -y --detach");
    untilRequests(before + PLAN);
    type("\r");
    until("started exec-");
  }

  /** From a machine whose journal is another. */
  private Execution startedElsewhere() {
    return executions()
        .start(
            new StartRequest(
                "ACS-ESS-RollingUpdateByRunCommandInScalingGroup",
                "",
                "",
                Map.of(
                    "invokeType", "invoke",
                    "scalingGroupId", "asg-bp1web",
                    "invokeScript", "sleep 1",
                    "batchPauseOption", "EveryBatchPause"),
                OnFailure.STOP,
                "elsewhere-1",
                Map.of(),
                "from elsewhere"));
  }

  private Executions executions() {
    return backends
        .profiles()
        .open(backends.profiles().named(Profile.SANDBOX), "cn-hangzhou")
        .executions();
  }

  private List<JournalEntry> history() {
    return backends
        .journal()
        .history()
        .list(new History.Query("sandbox", "cn-hangzhou", null, null, null, 10));
  }

  private void untilRequests(long number) {
    while (requests() < number) {
      Thread.onSpinWait();
    }
  }

  private long requests() {
    Matcher m = REQUESTS.matcher(backends.sandboxControl().status().json());
    assertThat(m.find()).isTrue();
    return Long.parseLong(m.group(1));
  }
}
