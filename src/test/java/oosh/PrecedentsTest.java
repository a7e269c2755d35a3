package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import oosh.rollout.OnFailure;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.StartRequest;
import oosh.rollout.plan.Rollback;
import oosh.rollout.update.BatchSizing;
import oosh.rollout.update.Context;
import oosh.rollout.update.Script;
import oosh.rollout.update.UpdateMethod;
import oosh.rollout.update.UpdateSpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a start, a rollback and a retry know of what was started before them. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class PrecedentsTest extends ShellFixture {
  private static final String FIRST = "exec-0000000000000001";

  @TempDir Path folder;

  @BeforeEach
  void scripts() throws IOException {
    for (String name : new String[] {"v1", "v2", "undo", "undo2"}) {
      Files.writeString(folder.resolve(name + ".sh"), "#!/bin/sh\nset -e\necho " + name + "\n");
    }
  }

  private String staged(String version, String undo) {
    return "use group asg-bp1web; stage script "
        + folder.resolve(version + ".sh")
        + "; stage rollback "
        + folder.resolve(undo + ".sh")
        + "; stage batch --size 2; ";
  }

  @Test
  void anInstanceThatTheLastLaunchDidNotReachIsMissingWhateverItHadBefore() {
    assertThat(run(staged("v1", "undo") + "launch -y")).isZero();
    assertThat(
            run("sandbox fail i-bp1c --exit 3 --times 1; " + staged("v2", "undo2") + "launch -y"))
        .isEqualTo(5);

    assertThat(run("coverage")).isZero();
    assertThat(oneLine())
        .contains("not reached i-bp1e, i-bp1f")
        .doesNotContain("another script since");

    assertThat(run("retry --failed --missing -y")).as(oneLine()).isZero();
    assertThat(oneLine()).contains("Success: 3 of 3 instances");
    assertThat(run("coverage")).isZero();
    assertThat(oneLine()).contains("6 of 6 instances have it");
  }

  @Test
  void aRetryLeavesInstancesInStandbyAlone() {
    assertThat(
            run(
                "sandbox fail i-bp1c --exit 3 --times 1; use group asg-bp1web; stage script "
                    + folder.resolve("v1.sh")
                    + "; stage batch --size 2; launch -y"))
        .isEqualTo(5);
    assertThat(
            run(
                "sandbox set i-bp1f Standby; stage rollback "
                    + folder.resolve("undo.sh")
                    + "; retry --missing -y"))
        .as(oneLine())
        .isZero();

    assertThat(oneLine())
        .contains("i-bp1e takes part")
        .contains("warning i-bp1f in Standby will not be touched")
        .contains(FIRST + " was launched without a rollback script")
        .contains("Success: 1 of 1 instance");
    assertThat(run("retry --missing -y")).isEqualTo(1);
    assertThat(oneLine()).contains("i-bp1f is Standby, and the launch did not reach it");
    assertThat(run("sandbox set i-bp1f Protected; retry --missing -y")).isEqualTo(1);
    assertThat(oneLine())
        .contains("i-bp1f is Protected, and the launch did not reach it")
        .contains("next remove the protection, then the same retry");
    assertThat(run("retry --failed -y")).as(oneLine()).isZero();
  }

  @Test
  void anotherScriptSinceIsOneThatCameLater() {
    assertThat(run(staged("v1", "undo") + "launch -y")).isZero();
    assertThat(run(staged("v2", "undo") + "launch -y")).isZero();

    assertThat(run("coverage " + FIRST)).isZero();

    assertThat(oneLine()).contains("another script since, by " + executions().get(0).id());
  }

  @Test
  void theJournalDescribesALaunchThatOosHasForgotten() {
    assertThat(run(staged("v1", "undo") + "launch -y")).isZero();
    assertThat(run("sandbox set " + FIRST + " --gone; coverage")).isZero();

    assertThat(oneLine())
        .contains("6 of 6 instances have it")
        .contains("OOS no longer knows " + FIRST + "; this is from the journal");
    assertThat(run("retry --missing -y")).isEqualTo(1);
    assertThat(oneLine()).contains("nothing to retry");
  }

  @Test
  void theJournalKnowsWhichInstancesHadFailedBeforeOosForgotThem() {
    assertThat(run("sandbox fail i-bp1c --exit 3 --times 1; " + staged("v1", "undo") + "launch -y"))
        .isEqualTo(5);
    assertThat(run("sandbox set " + FIRST + " --gone; coverage")).isZero();

    assertThat(oneLine())
        .contains("has it i-bp1a, i-bp1b, i-bp1d: " + FIRST)
        .contains("failed i-bp1c: " + FIRST)
        .contains("not reached i-bp1e, i-bp1f");
  }

  @Test
  void aLaunchSaysThatAllHaveTheScriptAlready() {
    assertThat(run(staged("v1", "undo") + "launch -y")).isZero();
    assertThat(run("launch --dry-run --strict")).isEqualTo(1);

    assertThat(oneLine()).contains("warning all 6 have v1.sh (sha").contains("by " + FIRST);
  }

  @Test
  void aLaunchWarnsThatChosenInstancesHaveTheScript() {
    String only = staged("v1", "undo") + "use method run-script-oosh; stage only i-bp1a i-bp1b; ";
    assertThat(run(only + "launch -y -m only")).as(oneLine()).isZero();

    assertThat(run("launch --dry-run --strict")).isEqualTo(1);

    assertThat(oneLine()).contains("warning all 2 have v1.sh (sha").contains("by " + FIRST);
    assertThat(run("stage only i-bp1c; launch --dry-run --strict")).isZero();
  }

  @Test
  void aRollbackNamesTheNewestLaunchOnTopOfEachInstance() {
    assertThat(run(staged("v1", "undo") + "launch -y")).isZero();
    assertThat(run(staged("v2", "undo2") + "launch -y")).isZero();
    String second = executions().get(0).id();
    String only = staged("v1", "undo") + "use method run-script-oosh; stage only i-bp1a i-bp1b; ";
    assertThat(run(only + "launch -y -m only")).as(oneLine()).isZero();
    String third = executions().get(0).id();

    assertThat(run("rollback " + FIRST + " --dry-run")).isZero();

    assertThat(oneLine())
        .contains("a newer launch, " + third + " (v1.sh), ran since on i-bp1a, i-bp1b")
        .contains("a newer launch, " + second + " (v2.sh), ran since on i-bp1c, i-bp1d, i-bp1e");
  }

  @Test
  void aLaunchAfterOneThatFailedHalfwaySaysWhoHasTheScriptAndHowToReachTheOthers() {
    assertThat(run(staged("v1", "undo") + "sandbox fail i-bp1c --exit 3 --times 1; launch -y"))
        .isEqualTo(5);
    assertThat(run("plan")).isZero();
    assertThat(oneLine())
        .contains("3 of 6 have v1.sh (sha")
        .contains("retry " + FIRST + " --failed --missing runs it only on the others");
  }

  @Test
  void aSecondRollbackSaysThatThereWasAFirst() {
    assertThat(run(staged("v1", "undo") + "launch -y; rollback -y")).isZero();
    String first = executions().get(0).id();

    assertThat(run("rollback -y --strict")).isEqualTo(1);

    assertThat(oneLine()).contains("warning all 6 were rolled back already by " + first);
    assertThat(run("tag " + FIRST + " good --output json")).isEqualTo(3);
    assertThat(oneLine()).contains(FIRST + " was rolled back by " + first + "; tag it good?");
  }

  @Test
  void aRollbackNamesTheNewerLaunchOnTop() {
    assertThat(run(staged("v1", "undo") + "launch -y")).isZero();
    assertThat(run(staged("v2", "undo2") + "launch -y")).isZero();
    String second = executions().get(0).id();

    assertThat(run("rollback " + FIRST + " --dry-run --strict")).isEqualTo(1);

    assertThat(oneLine())
        .contains("warning a newer launch, " + second + " (v2.sh), ran since on all of them")
        .contains("next rollback " + second + " first");
    assertThat(run("rollback -y; rollback " + FIRST + " --dry-run")).isZero();
    assertThat(oneLine()).doesNotContain("a newer launch");
  }

  @Test
  void aBareRollbackSaysThatTheNewestLaunchNeverStarted() {
    assertThat(run(staged("v1", "undo") + "launch -y")).isZero();
    assertThat(
            run(
                staged("v2", "undo2")
                    + "sandbox fail StartExecution --how denied --times 1; launch -y"))
        .isNotZero();

    assertThat(run("sandbox fail --clear; rollback --dry-run")).isZero();

    assertThat(oneLine())
        .contains("the newest launch (v2.sh) did not start: this rolls back the launch before");
    assertThat(run("rollback " + FIRST + " --dry-run")).isZero();
    assertThat(oneLine()).doesNotContain("never started");
  }

  @Test
  void afterAPartialRollbackOnlyTheRestRollsBack() {
    assertThat(run(staged("v1", "undo") + "launch -y")).isZero();
    assertThat(run("sandbox fail i-bp1c --exit 3 --times 1; rollback -y")).isEqualTo(5);
    String first = executions().get(0).id();

    assertThat(run("rollback " + FIRST + " -y")).as(oneLine()).isZero();

    assertThat(oneLine())
        .contains("instances 3 of the instances that it has touched: i-bp1f, i-bp1e, i-bp1c")
        .contains("done rolled back already: i-bp1a, i-bp1b, i-bp1d by " + first + " batches")
        .contains("Success: 3 of 3 instances");
    assertThat(states().values()).containsOnly("InService");
  }

  @Test
  void aRollbackIsRetriedOnTheInstancesThatFailed() {
    assertThat(run(staged("v1", "undo") + "launch -y")).isZero();
    assertThat(run("sandbox fail i-bp1c --exit 3 --times 1; rollback -y")).isEqualTo(5);
    String first = executions().get(0).id();

    assertThat(run("retry " + first + " --failed -y")).as(oneLine()).isZero();

    String second = executions().get(0).id();
    assertThat(oneLine())
        .contains(
            "method run-script-oosh: oosh's own template, sent with the start, because the public")
        .contains("instances 1 of the instances that it has touched: i-bp1c done")
        .contains("Success: 1 of 1 instance")
        .contains(
            "next: rollback "
                + FIRST
                + " for 2 instances that are not rolled back, outputs "
                + second);
    assertThat(executions().get(0).isRollback()).isTrue();
    assertThat(states()).containsEntry("i-bp1c", "InService");
    assertThat(run("retry " + first + " --failed -y")).isEqualTo(1);
    assertThat(oneLine()).contains("nothing to retry");

    assertThat(run("rollback " + FIRST + " -y")).isZero();
    assertThat(oneLine())
        .contains("i-bp1a, i-bp1b, i-bp1d by " + first + "; i-bp1c by " + second + " batches")
        .contains("Success: 2 of 2 instances in")
        .contains("next: outputs");
  }

  @Test
  void aRollbackIsRetriedOnThoseAloneThoughItHasBroughtNoneBack() {
    assertThat(run(staged("v1", "undo") + "stage batch --size 1; launch -y")).isZero();
    assertThat(run("sandbox fail i-bp1a --exit 3 --times 1; rollback -y")).isEqualTo(5);
    String first = executions().get(0).id();

    assertThat(run("retry " + first + " --failed -y")).as(oneLine()).isZero();

    assertThat(oneLine())
        .contains("instances 1 of the instances that it has touched: i-bp1a batches")
        .contains("Success: 1 of 1 instance")
        .contains("for 5 instances that are not rolled back");
    assertThat(run("sandbox set i-bp1f --gone; retry " + first + " --missing -y"))
        .as(oneLine())
        .isZero();
    assertThat(oneLine()).contains("Success: 4 of 4 instances").doesNotContain("not rolled");
  }

  @Test
  void aRollbackOfAnImageIsNotRetriedOnSingleInstances() {
    assertThat(
            run(
                "use group asg-bp1web; use method replace-image; stage image m-bp1web25;"
                    + " launch -y; sandbox fail i-bp1a --print \"no stock\"; rollback -y"))
        .isEqualTo(5);
    String first = executions().get(0).id();

    assertThat(run("retry " + first + " --failed -y")).isEqualTo(1);

    assertThat(oneLine())
        .contains(FIRST + " cannot be rolled back why single instances were chosen")
        .contains("next rollback " + FIRST);
  }

  @Test
  void aLaunchThatOosHasForgottenRollsBackByTheJournal() {
    assertThat(run(staged("v1", "undo") + "launch -y")).isZero();
    assertThat(run("sandbox set " + FIRST + " --gone; rollback " + FIRST + " -y"))
        .as(oneLine())
        .isZero();

    assertThat(oneLine())
        .contains("journal OOS no longer knows " + FIRST + "; this is from the journal")
        .contains("Success: 6 of 6 instances");
  }

  @Test
  void aScriptThatAnAbortHasLeftBehindMayStillRun() throws Exception {
    assertThat(run(staged("v1", "undo") + "launch -y --timeout 3s")).isEqualTo(3);
    assertThat(run("abort -y")).as(oneLine()).isZero();
    assertThat(oneLine()).contains("what runs there continues");

    assertThat(run("rollback -y --strict")).isEqualTo(1);

    assertThat(oneLine())
        .contains("warning v1.sh may still run on i-bp1a, i-bp1b: " + FIRST + " was aborted there")
        .contains("next start once it has ended, at most 600 s after it began");
    backends.pace().pause(Duration.ofMinutes(11));
    assertThat(run("rollback -y --strict")).as(oneLine()).isZero();
  }

  @Test
  void aRetryDoesNotTakeWhatIsStaged() {
    assertThat(run("sandbox fail i-bp1c --exit 3 --times 1; " + staged("v1", "undo") + "launch -y"))
        .isEqualTo(5);

    assertThat(run("stage script " + folder.resolve("v2.sh") + "; retry --failed --dry-run"))
        .isZero();

    assertThat(oneLine()).contains("warning v2.sh is staged and not used: it runs v1.sh of");
  }

  @Test
  void aPlanSaysThatAStartBeforeItIsNotAnswered() {
    assertThat(
            run(
                staged("v1", "undo")
                    + "sandbox fail StartExecution --how lost-answer --times 3;"
                    + " sandbox fail ListExecutions --how late --for 60s; launch -y"))
        .isEqualTo(3);

    assertThat(run("plan")).isZero();
    assertThat(oneLine()).contains("; its execution may still appear within");
    assertThat(run("launch -m other --dry-run --strict")).isEqualTo(1);
  }

  @Test
  void aNewerLaunchOfTheSameScriptIsOnTopToo() {
    assertThat(run(staged("v1", "undo") + "launch -y; launch -y")).isZero();
    String second = executions().get(0).id();

    assertThat(run("rollback " + FIRST + " --dry-run")).isZero();

    assertThat(oneLine()).contains("a newer launch, " + second + " (v1.sh), ran since");
  }

  @Test
  void aLaunchByOoshsOwnTemplateThatOosHasForgottenRollsBackToo() {
    assertThat(
            run(
                "use method run-script-oosh; "
                    + staged("v1", "undo")
                    + "launch -y; sandbox set "
                    + FIRST
                    + " --gone; rollback "
                    + FIRST
                    + " -y"))
        .as(oneLine())
        .isZero();
    assertThat(oneLine()).contains("Success: 6 of 6 instances");
  }

  @Test
  void coverageShowsWhetherARollbackFailed() {
    assertThat(run(staged("v1", "undo") + "launch -y")).isZero();
    assertThat(run("sandbox fail i-bp1c --exit 3 --times 1; rollback -y")).isEqualTo(5);
    String rollback = executions().get(0).id();

    assertThat(run("coverage")).isZero();

    assertThat(oneLine())
        .contains("other i-bp1a, i-bp1b, i-bp1d: rolled back by " + rollback)
        .contains("other i-bp1c: its rollback failed there, " + rollback);
  }

  @Test
  void aForgottenLaunchThatWasNotWatchedIsNotKnown() throws Exception {
    assertThat(run(staged("v1", "undo") + "launch -y --detach")).isZero();
    backends.pace().pause(Duration.ofMinutes(5));
    assertThat(run("sandbox set " + FIRST + " --gone; coverage " + FIRST)).isZero();
    assertThat(oneLine()).contains("unknown i-bp1a, i-bp1b, i-bp1c");

    assertThat(run("rollback " + FIRST + " -y")).as(oneLine()).isZero();

    assertThat(oneLine())
        .contains("warning it is unknown which instances it reached")
        .contains("Success: 6 of 6 instances");
  }

  @Test
  void aScriptMayStillRunThoughOosHasForgottenItsExecution() {
    assertThat(run(staged("v1", "undo") + "launch -y --timeout 3s")).isEqualTo(3);
    assertThat(run("abort -y; sandbox set " + FIRST + " --gone")).isZero();

    assertThat(run("rollback " + FIRST + " -y --strict")).isEqualTo(1);

    assertThat(oneLine()).contains("warning v1.sh may still run on i-bp1a, i-bp1b");
  }

  @Test
  void aTaggedLaunchThatWasRolledBackIsMarked() {
    assertThat(run(staged("v1", "undo") + "launch -y; tag " + FIRST + " g1; rollback -y")).isZero();

    assertThat(run("rollback --to g1 --strict -y")).isEqualTo(1);

    assertThat(oneLine()).contains("warning g1 was rolled back by");
  }

  @Test
  void aTaggedLaunchThatFailedInPartIsMarked() {
    assertThat(
            run(
                "use method run-script-oosh; "
                    + staged("v1", "undo")
                    + "stage max-errors 1; sandbox fail i-bp1c --exit 3 --times 1; launch -y;"
                    + " tag "
                    + FIRST
                    + " g1 --force; heal --return-failed -y"))
        .as(oneLine())
        .isZero();

    assertThat(run("rollback --to g1 --dry-run --strict")).isEqualTo(1);

    assertThat(oneLine())
        .contains("warning g1 succeeded on 5 of 6 instances next outputs " + FIRST);
  }

  @Test
  void aRollbackOfOneLaunchAlsoUndoesTheScriptOfAnother() {
    assertThat(run(staged("v1", "undo") + "launch -y; launch -y")).isZero();
    String second = executions().get(0).id();
    assertThat(run("rollback " + FIRST + " -y")).isZero();
    String rollback = executions().get(0).id();

    assertThat(run("coverage " + second)).isZero();
    assertThat(oneLine())
        .contains("0 of 6 instances have it")
        .contains("i-bp1f: rolled back by " + rollback)
        .doesNotContain("another script");

    assertThat(run("rollback " + second + " --dry-run --strict")).isEqualTo(1);
    assertThat(oneLine())
        .contains(
            "warning "
                + rollback
                + ", a rollback of the older "
                + FIRST
                + ", has run since on all");
  }

  @Test
  void aRollbackOfARetryHasRunWhereTheLaunchFailed() {
    assertThat(run("sandbox fail i-bp1c --exit 3 --times 1; " + staged("v1", "undo") + "launch -y"))
        .isEqualTo(5);
    assertThat(run("retry --failed -y")).isZero();
    String retry = executions().get(0).id();
    assertThat(run("rollback " + retry + " -y --confirm asg-bp1web")).as(oneLine()).isZero();
    String rollback = executions().get(0).id();

    assertThat(run("rollback " + FIRST + " --dry-run")).isZero();

    assertThat(oneLine())
        .contains(rollback + ", a rollback of its retry " + retry + ", has run since on i-bp1c");
  }

  @Test
  void coverageNamesAnotherScriptThatWasRolledBackSince() {
    assertThat(run(staged("v1", "undo") + "launch -y")).isZero();
    assertThat(run(staged("v2", "undo2") + "launch -y; rollback -y")).isZero();
    String rollback = executions().get(0).id();
    String second = executions().get(1).id();

    assertThat(run("coverage " + FIRST)).isZero();

    assertThat(oneLine())
        .contains("i-bp1f: another script, by " + second + "; rolled back by " + rollback);
  }

  @Test
  void tagKnowsARollbackThatStandsInAnotherJournal() {
    assertThat(run(staged("v1", "undo") + "launch -y")).isZero();
    Execution theirs = rolledBackFromElsewhere();

    assertThat(run("tag " + FIRST + " good")).isEqualTo(3);

    assertThat(oneLine()).contains(FIRST + " was rolled back by " + theirs.id() + "; tag it good?");
    assertThat(run("tag " + FIRST + " good --force")).isZero();
  }

  @Test
  void tagSaysThatItCannotKnowOfOtherRollbacksWhereOosDoesNotAnswer() {
    assertThat(run(staged("v1", "undo") + "launch -y")).isZero();

    assertThat(run("sandbox fail ListExecutions --how error500 --times 5; tag " + FIRST + " good"))
        .isZero();

    assertThat(oneLine())
        .contains("whether " + FIRST + " was rolled back from elsewhere is not known: ")
        .contains("good names " + FIRST);
  }

  /** By a signed call that no journal knows. */
  private Execution rolledBackFromElsewhere() {
    Rollback rollback =
        new Rollback(
            new Context("sandbox", "cn-hangzhou", GROUP, UpdateMethod.RUN_SCRIPT),
            FIRST,
            6,
            UpdateSpec.EMPTY
                .withRollbackScript(Script.ofText("undo.sh", "echo undo"))
                .withBatches(BatchSizing.number(3)),
            "theirs",
            null);
    return cloud()
        .executions()
        .start(
            new StartRequest(
                UpdateMethod.RUN_SCRIPT.template(),
                "",
                "",
                rollback.parameters(),
                OnFailure.STOP,
                "theirs",
                Map.of(),
                "theirs"));
  }
}
