package oosh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import oosh.journal.NewerOosh;
import oosh.rollout.cloud.Cloud;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.cloud.Profile;
import oosh.rollout.record.Journal;
import oosh.rollout.record.JournalEntry;
import oosh.shell.Backends;
import oosh.shell.NonInteractiveShell;
import oosh.shell.Session;
import oosh.shell.Shell;
import oosh.shell.screen.StreamScreen;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A launch that is rolled back by whoever watches it, and what keeps that from happening. */
class RollbackOnFailureTest {
  private static final String STAGED =
      "use group asg-bp1web; stage script sessions/scripts/deploy.sh;"
          + " stage rollback sessions/scripts/undo.sh; stage batch 3; ";
  private static final String FAILS = STAGED + "sandbox fail i-bp1c --exit 3 --times 1; ";
  private static final String LAUNCH = "launch -y --rollback-on-failure -m why";

  private final Backends setting = CheckBackends.open();
  private final StringWriter said = new CapturedScreen();

  /** What Ctrl-C is pressed at. */
  private String until = "";

  /** What is read when a newer oosh brings the journal up to date. */
  private String newerOosh = "";

  private final Deque<String> answers = new ArrayDeque<>();
  private final Deque<String> questions = new ArrayDeque<>();
  private final Shell shell = shell();

  @AfterEach
  void close() {
    setting.close();
  }

  @Test
  void goesBackFromWhatFailsWithoutAFurtherQuestion() {
    assertThat(run(FAILS + LAUNCH)).isEqualTo(6);

    assertThat(questions).isEmpty();
    assertThat(oneLine())
        .contains("on failure rolls back by itself with undo.sh, as long as it is watched")
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
    assertThat(run(STAGED + LAUNCH)).isZero();
    assertThat(executions()).hasSize(1);
  }

  @Test
  void endsIn5WhereTheRollbackFailsAsWell() {
    assertThat(run(STAGED + "sandbox fail i-bp1c --exit 3; " + LAUNCH)).isEqualTo(5);
    assertThat(oneLine())
        .endsWith(
            "exec-0000000000000001 failed, and so did its rollback exec-0000000000000006: Failed ");
  }

  @Test
  void endsIn5WhereTheRollbackIsRefused() {
    assertThat(run(FAILS + "sandbox fail StartExecution --how throttle --after 1; " + LAUNCH))
        .isEqualTo(5);
    assertThat(oneLine())
        .contains("exec-0000000000000001 failed; it was not rolled back why the service is asked");
    assertThat(executions()).hasSize(1);
  }

  @Test
  void startsNoRollbackWhileAnotherExecutionRuns() {
    run(STAGED + "stage pause first; stage suspend ScaleIn; launch -y");
    run("unstage pause; unstage suspend; sandbox fail i-bp1c --exit 3 --times 1");

    assertThat(run(LAUNCH + " --again beside")).isEqualTo(5);

    assertThat(oneLine())
        .contains("failed; it was not rolled back why exec-0000000000000001 is in flight there");
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
        .contains("exec-0000000000000001 failed; nobody can say whether its rollback was started")
        .contains(
            "next rollback exec-0000000000000001, which asks OOS first, and starts nothing twice");

    assertThat(run("sandbox fail --clear; rollback exec-0000000000000001 -y")).isZero();

    assertThat(history())
        .extracting(JournalEntry::token, JournalEntry::status)
        .containsExactly(
            tuple("oosh-2", ExecutionStatus.SUCCESS), tuple("oosh-1", ExecutionStatus.FAILED));
    assertThat(executions()).hasSize(2);
  }

  @Test
  void goesOnTryingWhereTheGroupCannotBeReadForAWhile() {
    run(FAILS + "sandbox fail DescribeScalingGroups --how error500 --after 2 --times 4");

    assertThat(run(LAUNCH)).isEqualTo(6);

    assertThat(oneLine()).contains("; still trying, Ctrl-C leaves roll back exec-");
    assertThat(executions()).hasSize(2);
  }

  @Test
  void saysThatNobodyWatchesWhereTheTimeIsOver() {
    assertThat(run(FAILS + LAUNCH + " --timeout 3s")).isEqualTo(3);
    assertThat(oneLine())
        .contains("nobody watches exec-0000000000000001 now: a failure is not rolled back");
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
        .doesNotContain("nobody watches");
  }

  @Test
  void tellsInJsonWhatItMeansToDo() {
    run(STAGED);
    assertThat(run("launch --dry-run --rollback-on-failure --output json")).isZero();
    assertThat(said.toString()).contains("\"rollbackOnFailure\": true");
  }

  @Test
  void startsNothingAfterControlCBetweenBoth() {
    until = "Failed: 3 of 6";

    assertThat(run(FAILS + LAUNCH)).isEqualTo(130);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(oneLine())
        .endsWith(
            "exec-0000000000000001 failed; it was not rolled back why Ctrl-C"
                + " next rollback exec-0000000000000001 ");
    assertThat(executions()).hasSize(1);
  }

  @Test
  void goesBackWithoutTheJournalThatANewerOoshHasBroughtUpToDate() {
    newerOosh = "batch 2";

    assertThat(run(FAILS + LAUNCH)).isEqualTo(6);

    assertThat(oneLine())
        .contains("a newer oosh has brought the journal up to date; it is watched all the same")
        .contains("the rollback is not written down here; start this shell anew")
        .endsWith("exec-0000000000000001 failed and was rolled back by exec-0000000000000006 ");
    assertThat(run("launch -y")).isEqualTo(1);
    assertThat(oneLine())
        .contains("why a newer oosh has brought the journal up to date next start this shell anew");
    assertThat(executions()).extracting(Execution::isRollback).containsExactly(true, false);
  }

  @Test
  void abortsAndGoesBackWithoutTheJournalThatANewerOoshHasBroughtUpToDate() {
    run(STAGED + "stage pause first; launch -y");
    newerOosh = "aborted exec-";

    assertThat(run("rollback --now -y")).isZero();

    assertThat(executions()).extracting(Execution::isRollback).containsExactly(true, false);
    assertThat(oneLine()).contains("the rollback is not written down here");
  }

  @Test
  void refusesToBeDetached() {
    assertThat(run(STAGED + LAUNCH + " --detach")).isEqualTo(2);
    assertThat(executions()).isEmpty();
  }

  @Test
  void refusesAStagedPauseAtAFailureAlsoWhereItIsOnlyPlanned() {
    assertThat(run(STAGED + "stage on-failure pause; launch --dry-run --rollback-on-failure"))
        .isEqualTo(1);
    assertThat(oneLine()).contains("OOS would wait for a person at the failure, and not end");
    assertThat(run(LAUNCH + " --on-failure stop")).isZero();
  }

  private List<Execution> executions() {
    return cloud().executions().recent(null, 10);
  }

  private List<JournalEntry> history() {
    return setting
        .journal()
        .history(new Journal.HistoryQuery(Profile.SANDBOX, "cn-hangzhou", null, null, null, 10));
  }

  private Cloud cloud() {
    return setting.profiles().open(setting.profiles().named(Profile.SANDBOX), "cn-hangzhou");
  }

  private Shell shell() {
    PrintWriter out = new PrintWriter(said, true);
    return new Shell(
        new Session(
            setting,
            new StreamScreen(
                out,
                out,
                () -> 100,
                false,
                q -> {
                  questions.add(q);
                  return answers.poll();
                }),
            setting.profiles().named(Profile.SANDBOX),
            null,
            null));
  }

  private int run(String line) {
    said.getBuffer().setLength(0);
    return new NonInteractiveShell(shell).line(line);
  }

  private String oneLine() {
    return said.toString().replaceAll("\\s+", " ");
  }

  /** A screen at which somebody presses Ctrl-C once they have read something. */
  private final class CapturedScreen extends StringWriter {
    @Override
    public void flush() {
      if (!newerOosh.isEmpty() && getBuffer().indexOf(newerOosh) >= 0) {
        newerOosh = "";
        NewerOosh.bringsUpToDate(setting.home());
      }
      if (!until.isEmpty() && getBuffer().indexOf(until) >= 0) {
        until = "";
        Thread.currentThread().interrupt();
      }
    }
  }
}
