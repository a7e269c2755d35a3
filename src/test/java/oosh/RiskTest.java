package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How much of a group a start takes out of service, and how that is confirmed. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RiskTest {
  private static final String NONE =
      "severe all 6 that serve may be out of service at once next one at a time: stage batch"
          + " --size 1";

  @TempDir Path folder;
  private final ShellFixture shell = new ShellFixture();

  @AfterEach
  void close() {
    shell.close();
  }

  @Test
  void aSevereLaunchWantsTheNameOfTheGroup() {
    assertThat(shell.run(ShellFixture.STAGED + "stage batch 1; launch -y")).isEqualTo(1);
    assertThat(shell.words())
        .contains(NONE)
        .contains("the plan is severe, and -y alone does not confirm that")
        .contains("next launch -y --confirm asg-bp1web");

    shell.answers("y");
    assertThat(shell.run("launch")).isEqualTo(3);
    assertThat(shell.words())
        .contains("type asg-bp1web to launch on 6 instances, profile")
        .contains("why what was typed is not asg-bp1web")
        .contains("next launch, then type the group's name to confirm");

    assertThat(shell.run("launch -y --confirm asg-bp1api")).isEqualTo(2);
    assertThat(shell.run("launch -y --strict --confirm asg-bp1web")).isEqualTo(1);
    assertThat(shell.executions()).isEmpty();

    shell.answers("asg-bp1web");
    assertThat(shell.run("launch")).as(shell.words()).isZero();
    assertThat(shell.run("launch -y --confirm asg-bp1web")).as(shell.words()).isZero();
  }

  @Test
  void theLineToTypeHoldsTheOptionsThatWereTyped() {
    String typed = "launch -y -m \"web 2.4.1\" --timeout 30m";
    assertThat(shell.run(ShellFixture.STAGED + "stage batch 1; " + typed)).isEqualTo(1);
    assertThat(shell.words()).contains("next " + typed + " --confirm asg-bp1web");
    assertThat(shell.run(typed + " --confirm asg-bp1api")).isEqualTo(2);
    assertThat(shell.run("launch --dry-run --confirm asg-bp1api -m x")).isEqualTo(2);
    assertThat(shell.words()).contains("next launch --confirm asg-bp1web -m x");

    shell.answers("y");
    assertThat(shell.run("launch --timeout 5m")).isEqualTo(3);
    assertThat(shell.words()).contains("next launch --timeout 5m, then type the group's name");

    assertThat(shell.run("stage batch 3; stage pause first; launch -y")).isEqualTo(7);
    assertThat(shell.run(typed)).isEqualTo(1);
    assertThat(shell.words()).contains("; " + typed + " --again REASON starts another beside it");
    assertThat(shell.run("abort -y; rollback -n; rollback --timeout 1h")).isEqualTo(3);
    assertThat(shell.words()).contains("next rollback --timeout 1h");
  }

  @Test
  void halfOfTheGroupIsAWarningOnly() {
    assertThat(shell.run(ShellFixture.STAGED + "stage batch --size 3; launch -y")).isZero();
    assertThat(shell.words()).contains("warning 3 of 6 that serve may be out of service at once");
  }

  @Test
  void moreThanHalfIsSevere() {
    assertThat(
            shell.run(
                "use method run-script-oosh; "
                    + ShellFixture.STAGED
                    + "stage batch 4,2; launch -y"))
        .isEqualTo(1);
    assertThat(shell.words()).contains("severe 4 of 6 that serve may be out of service at once");
  }

  @Test
  void whatIsOutOfServiceAlreadyIsNotTakenOut() {
    assertThat(
            shell.run(
                ShellFixture.STAGED
                    + "sandbox fail i-bp1a --exit 3 --times 1; sandbox fail i-bp1b --exit 3"
                    + " --times 1; launch -y"))
        .isEqualTo(5);
    assertThat(
            shell.run(
                "sandbox set i-bp1d Standby; sandbox set i-bp1e Standby; sandbox set i-bp1f"
                    + " Standby; rollback -y --strict"))
        .as(shell.words())
        .isZero();
  }

  @Test
  void aRollbackIsSevereLikeALaunch() {
    assertThat(shell.run(ShellFixture.STAGED + "stage batch 1; launch -y --confirm asg-bp1web"))
        .isZero();
    assertThat(shell.run("rollback -y")).isEqualTo(1);
    assertThat(shell.words()).contains("next rollback -y --confirm asg-bp1web");
    assertThat(shell.run("rollback -y --confirm asg-bp1web")).isZero();
    assertThat(shell.run("rollback --now -y")).isZero();
  }

  @Test
  void anUnhealthyInstanceDoesNotServe() {
    assertThat(
            shell.run(
                ShellFixture.STAGED
                    + "sandbox set i-bp1a Unhealthy; sandbox set i-bp1b Unhealthy; plan"))
        .isZero();
    assertThat(shell.words())
        .contains("instances 6 in service, 2 of them do not serve; 6 take part")
        .contains("at most 50% out of service, 2 keep serving")
        .contains("warning 2 are unhealthy");
  }

  @Test
  void theAnswerToABatchAndShowCountAsThePlanDoes() {
    assertThat(
            saidOfBatches(
                "sandbox set i-bp1a Unhealthy; sandbox set i-bp1b Unhealthy; ", "batch 3"))
        .isEqualTo("at most 50% out of service, 2 keep serving");
    saidOfBatches("sandbox set i-bp1c Protected; sandbox set i-bp1d Standby; ", "batch 3");
    saidOfBatches(
        "sandbox set i-bp1e Stopped; stage set lifecycleState InService,Protected; ", "batch 2");
    String own = "use method run-script-oosh; ";
    assertThat(saidOfBatches(own + "stage max-errors 6; ", "batch 3")).contains("none keeps");
    saidOfBatches(own + "stage max-errors 0; ", "batch 1,2");
  }

  /** What the answer, show and plan say of the batches, which is the same. */
  private String saidOfBatches(String before, String batch) {
    assertThat(shell.run(ShellFixture.STAGED + before + "stage " + batch)).isZero();
    String said = share();
    assertThat(shell.run("use group asg-bp1web; show")).isZero();
    assertThat(share()).isEqualTo(said);
    assertThat(shell.run("plan")).isZero();
    assertThat(share()).isEqualTo(said);
    return said;
  }

  private String share() {
    Matcher last =
        Pattern.compile("at most [0-9]+% out of service, \\w+ keeps? serving")
            .matcher(shell.words());
    assertThat(last.find()).as(shell.words()).isTrue();
    String share = last.group();
    while (last.find()) {
      share = last.group();
    }
    return share;
  }

  @Test
  void namesInstancesThatJoinOrLeave() {
    assertThat(
            shell.run(
                ShellFixture.STAGED
                    + "sandbox set i-bp1a Pending; sandbox set i-bp1b Removing; plan"))
        .isZero();
    assertThat(shell.words()).contains("warning 1 Pending, 1 Removing: the group scales now");
  }

  @Test
  void anInstanceThatEcsHasStoppedDoesNotServe() {
    assertThat(
            shell.run(
                ShellFixture.STAGED
                    + "stage batch --size 2; launch -y; sandbox set i-bp1a Stopped"))
        .as(shell.words())
        .isZero();
    assertThat(shell.run("plan; rollback --dry-run")).isZero();
    assertThat(shell.words())
        .contains("instances 6 in service, 1 of them does not serve; 6 take part")
        .contains("at most 40% out of service, 3 keep serving")
        .contains("i-bp1a is stopped in ECS: not counted among those that keep serving")
        .contains("and no script runs there next start what is stopped warning")
        .contains("next start what is stopped ");
  }

  @Test
  void namesAScalingActivityAndASuspensionByEssItself() {
    assertThat(shell.run(ShellFixture.STAGED + "launch -y")).as(shell.words()).isZero();
    for (String line : List.of("plan", "rollback --dry-run", "retry --newcomers --dry-run")) {
      assertThat(
              shell.run(
                  "sandbox set asg-bp1web --size 7; sandbox set asg-bp1web Scaling; "
                      + line
                      + "; sandbox set asg-bp1web SystemSuspended; "
                      + line))
          .as(line + ": " + shell.words())
          .isZero();
      assertThat(shell.words())
          .contains("Auto Scaling adds or removes instances now: asa-asg-bp1web (Add")
          .contains("Auto Scaling itself has suspended asg-bp1web: it replaces no instance");
    }
  }

  @Test
  void aPlanStandsWithoutWhatItMayNotRead() {
    assertThat(
            shell.run(
                ShellFixture.STAGED
                    + "sandbox fail DescribeScalingActivities --how denied; sandbox fail"
                    + " DescribeInstances --how denied; plan"))
        .as(shell.words())
        .isZero();
    assertThat(shell.words())
        .contains("note: whether the group scales now was not checked: ")
        .contains("note: which instances are off was not checked: ");
  }

  @Test
  void toleratedFailuresCountAsOutOfService() {
    String own = "use method run-script-oosh; " + ShellFixture.STAGED + "stage batch --size 1; ";
    assertThat(shell.run(own + "stage max-errors 50%; plan")).isZero();
    assertThat(shell.words())
        .contains("50% (3 instances) may fail")
        .contains("4 of 6 that serve may be out of service at once, 3 of them as failures");
    assertThat(shell.run("stage max-errors 6; launch -y")).isEqualTo(1);
    assertThat(shell.words()).contains("severe all 6 may fail");
  }

  @Test
  void warnsWhereEachInstanceThatTakesPartMayFail() {
    String own = "use method run-script-oosh; " + ShellFixture.STAGED;
    String two = own + "stage only i-bp1a i-bp1b; stage max-errors 2; ";
    assertThat(shell.run(two + "launch -y --strict")).isEqualTo(1);
    assertThat(shell.words())
        .contains("warning all 2 may fail, and stay in Standby, and OOS goes on to the end");
    assertThat(shell.run(own + "stage only i-bp1a; stage max-errors 1; plan")).isZero();
    assertThat(shell.words()).contains("warning the only instance may fail, and stays in Standby");
    assertThat(shell.run(own + "stage only i-bp1a i-bp1b i-bp1c i-bp1d; stage max-errors 4; plan"))
        .isZero();
    assertThat(shell.words()).contains("severe all 4 may fail");
    assertThat(shell.run(two + "stage max-errors 1; launch -y --strict")).isZero();
  }

  @Test
  void aLaunchThatSucceededNowhereEndsWith5AndIsNoGoodVersion() {
    String own = "use method run-script-oosh; " + ShellFixture.STAGED;
    StringBuilder all = new StringBuilder();
    for (char c = 'a'; c <= 'f'; c++) {
      all.append("sandbox fail i-bp1").append(c).append(" --exit 3 --times 1; ");
    }
    assertThat(shell.run(own + all + "launch -y --max-errors 6 --confirm asg-bp1web")).isEqualTo(5);
    assertThat(shell.words()).contains("Success with failures: 0 of 6 instances");
    assertThat(shell.run("history")).isZero();
    assertThat(shell.words()).contains("Success with failures 0/6");
    assertThat(shell.run("history --stats")).isZero();
    assertThat(shell.words()).contains("0%");
    assertThat(shell.run("tag " + shell.executions().get(0).id() + " good --force")).isEqualTo(1);
    assertThat(shell.words()).contains("it succeeded on no instance");
  }

  @Test
  void aLaunchThatSucceededNowhereIsRolledBackByItself() {
    String own = "use method run-script-oosh; " + ShellFixture.STAGED;
    StringBuilder all = new StringBuilder();
    for (char c = 'a'; c <= 'f'; c++) {
      all.append("sandbox fail i-bp1").append(c).append(" --exit 3 --times 1; ");
    }
    assertThat(
            shell.run(
                own + all + "launch -y --max-errors 6 --confirm asg-bp1web --rollback-on-failure"))
        .as(shell.words())
        .isEqualTo(6);
    assertThat(shell.words()).doesNotContain("the scaling processes stay suspended");
  }

  @Test
  void toleratedFailuresHaveAWordAndARemedy() {
    String own = "use method run-script-oosh; " + ShellFixture.STAGED;
    assertThat(
            shell.run(
                own
                    + "stage batch --size 1; sandbox fail i-bp1c --exit 3 --times 1; launch -y"
                    + " --max-errors 1"))
        .as(shell.words())
        .isZero();
    String id = shell.executions().get(0).id();
    assertThat(shell.words())
        .contains("Success with failures: 5 of 6 instances")
        .contains("next: retry " + id + " --failed, heal --return-failed");
    assertThat(shell.run("doctor")).isZero();
    assertThat(shell.words()).contains(id + " (Success with failures, ");
  }

  @Test
  void saysThatTheStagedFileHasChanged() throws IOException {
    Path script = folder.resolve("mine.sh");
    Files.writeString(script, "#!/bin/sh\nset -e\necho 1\n");
    assertThat(shell.run(ShellFixture.STAGED + "stage script " + script)).isZero();
    Files.writeString(script, "#!/bin/sh\nset -e\necho 2\n");

    assertThat(shell.run("launch -y --strict")).isEqualTo(1);

    assertThat(shell.words())
        .contains("warning mine.sh as it was staged runs: the file has changed since")
        .contains("next stage script " + script);
  }

  @Test
  void namesTheProfileFirst() {
    assertThat(shell.run(ShellFixture.STAGED + "plan")).isZero();
    assertThat(shell.words())
        .contains("launch on asg-bp1web \"web\" · profile sandbox · cn-hangzhou instances");
    assertThat(shell.run("plan --output json")).isZero();
    assertThat(shell.words()).contains("\"profile\": \"sandbox\"").contains("\"severe\": false");
    assertThat(shell.run("stage batch 1; plan --output json")).isZero();
    assertThat(shell.words()).contains("\"code\": \"none-keeps-serving\", \"severe\": true");
  }

  /** It is out of service already. */
  @Test
  void aRetryOfAToleratedFailureIsNotSevere() {
    String own = "use method run-script-oosh; " + ShellFixture.STAGED;
    assertThat(
            shell.run(
                own
                    + "stage batch --size 1; sandbox fail i-bp1c --exit 3 --times 1; launch -y"
                    + " --max-errors 1; retry --failed -y"))
        .as(shell.words())
        .isZero();
    assertThat(shell.words()).contains("Success: 1 of 1 instance");
  }

  @Test
  void retryOfInstancesAndKindsNamesAMethodThatTakesInstances() {
    String two = "retry i-bp1a --failed";
    assertThat(shell.run(ShellFixture.STAGED + two)).isEqualTo(2);
    assertThat(shell.words())
        .contains("next retry --failed, or use method run-script-oosh, then stage only INSTANCE");
    assertThat(shell.run("use method run-script-oosh; " + two)).isEqualTo(2);
    assertThat(shell.words()).contains("next retry --failed, or stage only INSTANCE, then launch");
  }

  @Test
  void aRefusalInJsonHasThePlanWithItsCodes() {
    assertThat(shell.run(ShellFixture.STAGED + "stage batch 1; launch -y --output json"))
        .isEqualTo(1);
    assertThat(shell.words()).contains("\"code\": \"none-keeps-serving\", \"severe\": true");
  }
}
