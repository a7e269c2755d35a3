package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How much of a group a start takes out of service, and how that is confirmed. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RiskTest extends ShellFixture {
  private static final String NONE =
      "severe all 6 that serve may be out of service at once next one at a time: stage batch"
          + " --size 1";

  @TempDir Path folder;

  @Test
  void aSevereLaunchAsksForTheNameOfTheGroup() {
    assertThat(run(STAGED + "stage batch 1; launch -y")).isEqualTo(1);
    assertThat(oneLine())
        .contains(NONE)
        .contains("the plan is severe, and -y alone does not confirm it")
        .contains("next launch -y --confirm asg-bp1web");

    answers("y");
    assertThat(run("launch")).isEqualTo(3);
    assertThat(oneLine())
        .contains("type asg-bp1web to launch on 6 instances, profile")
        .contains("why what was typed is not asg-bp1web")
        .contains("next launch, then type the group's id to confirm");

    assertThat(run("launch -y --confirm asg-bp1api")).isEqualTo(2);
    assertThat(run("launch -y --strict --confirm asg-bp1web")).isEqualTo(1);
    assertThat(executions()).isEmpty();

    answers("asg-bp1web");
    assertThat(run("launch")).as(oneLine()).isZero();
    assertThat(run("launch -y --confirm asg-bp1web")).as(oneLine()).isZero();
  }

  @Test
  void theLineToTypeHoldsTheOptionsThatWereTyped() {
    String typed = "launch -y -m \"web 2.4.1\" --timeout 30m";
    assertThat(run(STAGED + "stage batch 1; " + typed)).isEqualTo(1);
    assertThat(oneLine()).contains("next " + typed + " --confirm asg-bp1web");
    assertThat(run(typed + " --confirm asg-bp1api")).isEqualTo(2);
    assertThat(run("launch --dry-run --confirm asg-bp1api -m x")).isEqualTo(2);
    assertThat(oneLine()).contains("next launch --dry-run --confirm asg-bp1web -m x");

    answers("y");
    assertThat(run("launch --timeout 5m")).isEqualTo(3);
    assertThat(oneLine()).contains("next launch --timeout 5m, then type the group's id");

    assertThat(run("stage batch 3; stage pause first; launch -y")).isEqualTo(7);
    assertThat(run(typed)).isEqualTo(1);
    assertThat(oneLine()).contains("; " + typed + " --again REASON starts another one anyway");
    assertThat(run("abort -y; rollback -n; rollback --timeout 1h")).isEqualTo(3);
    assertThat(oneLine()).contains("next rollback --timeout 1h");
  }

  @Test
  void halfOfTheGroupIsAWarningOnly() {
    assertThat(run(STAGED + "stage batch --size 3; launch -y")).isZero();
    assertThat(oneLine()).contains("warning 3 of 6 that serve may be out of service at once");
  }

  @Test
  void moreThanHalfIsSevere() {
    assertThat(run("use method run-script-oosh; " + STAGED + "stage batch 4,2; launch -y"))
        .isEqualTo(1);
    assertThat(oneLine()).contains("severe 4 of 6 that serve may be out of service at once");
  }

  @Test
  void whatIsOutOfServiceAlreadyIsNotTakenOut() {
    assertThat(
            run(
                STAGED
                    + "sandbox fail i-bp1a --exit 3 --times 1; sandbox fail i-bp1b --exit 3"
                    + " --times 1; launch -y"))
        .isEqualTo(5);
    assertThat(
            run(
                "sandbox set i-bp1d Standby; sandbox set i-bp1e Standby; sandbox set i-bp1f"
                    + " Standby; rollback -y --strict"))
        .as(oneLine())
        .isZero();
  }

  @Test
  void aRollbackIsSevereLikeALaunch() {
    assertThat(run(STAGED + "stage batch 1; launch -y --confirm asg-bp1web")).isZero();
    assertThat(run("rollback -y")).isEqualTo(1);
    assertThat(oneLine()).contains("next rollback -y --confirm asg-bp1web");
    assertThat(run("rollback -y --confirm asg-bp1web")).isZero();
    assertThat(run("rollback --now -y")).isZero();
  }

  @Test
  void anUnhealthyInstanceDoesNotServe() {
    assertThat(run(STAGED + "sandbox set i-bp1a Unhealthy; sandbox set i-bp1b Unhealthy; plan"))
        .isZero();
    assertThat(oneLine())
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
    assertThat(run(STAGED + before + "stage " + batch)).isZero();
    String said = share();
    assertThat(run("use group asg-bp1web; show")).isZero();
    assertThat(share()).isEqualTo(said);
    assertThat(run("plan")).isZero();
    assertThat(share()).isEqualTo(said);
    return said;
  }

  private String share() {
    Matcher last =
        Pattern.compile("at most [0-9]+% out of service, \\w+ keeps? serving").matcher(oneLine());
    assertThat(last.find()).as(oneLine()).isTrue();
    String share = last.group();
    while (last.find()) {
      share = last.group();
    }
    return share;
  }

  @Test
  void namesInstancesThatJoinOrLeave() {
    assertThat(run(STAGED + "sandbox set i-bp1a Pending; sandbox set i-bp1b Removing; plan"))
        .isZero();
    assertThat(oneLine()).contains("warning 1 Pending, 1 Removing: the group scales now");
  }

  @Test
  void anInstanceThatEcsHasStoppedDoesNotServe() {
    assertThat(run(STAGED + "stage batch --size 2; launch -y; sandbox set i-bp1a Stopped"))
        .as(oneLine())
        .isZero();
    assertThat(run("plan; rollback --dry-run")).isZero();
    assertThat(oneLine())
        .contains("instances 6 in service, 1 of them does not serve; 6 take part")
        .contains("at most 40% out of service, 3 keep serving")
        .contains("i-bp1a is stopped in ECS: not counted among those that keep serving")
        .contains("and no script runs there next start what is stopped warning")
        .contains("next start what is stopped ");
  }

  @Test
  void namesAScalingActivityAndASuspensionByEssItself() {
    assertThat(run(STAGED + "launch -y")).as(oneLine()).isZero();
    for (String line : List.of("plan", "rollback --dry-run", "retry --newcomers --dry-run")) {
      assertThat(
              run(
                  "sandbox set asg-bp1web --size 7; sandbox set asg-bp1web Scaling; "
                      + line
                      + "; sandbox set asg-bp1web SystemSuspended; "
                      + line))
          .as(line + ": " + oneLine())
          .isZero();
      assertThat(oneLine())
          .contains("Auto Scaling adds or removes instances now: asa-asg-bp1web (Add")
          .contains("Auto Scaling itself has suspended asg-bp1web: it replaces no instance");
    }
  }

  @Test
  void plansWithoutRightsToReadDetails() {
    assertThat(
            run(
                STAGED
                    + "sandbox fail DescribeScalingActivities --how denied; sandbox fail"
                    + " DescribeInstances --how denied; plan"))
        .as(oneLine())
        .isZero();
    assertThat(oneLine())
        .contains("note: whether the group scales now was not checked: ")
        .contains("note: which instances are off was not checked: ");
  }

  @Test
  void toleratedFailuresCountAsOutOfService() {
    String own = "use method run-script-oosh; " + STAGED + "stage batch --size 1; ";
    assertThat(run(own + "stage max-errors 50%; plan")).isZero();
    assertThat(oneLine())
        .contains("up to 50% (3 in all) may fail")
        .contains("4 of 6 that serve may be out of service at once, 3 of them as failures");
    assertThat(run("stage max-errors 6; launch -y")).isEqualTo(1);
    assertThat(oneLine()).contains("severe all 6 may fail");
  }

  @Test
  void warnsWhenEachTargetMayFail() {
    String own = "use method run-script-oosh; " + STAGED;
    String two = own + "stage only i-bp1a i-bp1b; stage max-errors 2; ";
    assertThat(run(two + "launch -y --strict")).isEqualTo(1);
    assertThat(oneLine())
        .contains("warning all 2 may fail, and stay in Standby, and OOS continues to the end");
    assertThat(run(own + "stage only i-bp1a; stage max-errors 1; plan")).isZero();
    assertThat(oneLine()).contains("warning the only instance may fail, and stays in Standby");
    assertThat(run(own + "stage only i-bp1a i-bp1b i-bp1c i-bp1d; stage max-errors 4; plan"))
        .isZero();
    assertThat(oneLine()).contains("severe all 4 may fail");
    assertThat(run(two + "stage max-errors 1; launch -y --strict")).isZero();
  }

  @Test
  void aLaunchThatSucceededNowhereEndsWith5AndIsNoGoodVersion() {
    String own = "use method run-script-oosh; " + STAGED;
    StringBuilder all = new StringBuilder();
    for (char c = 'a'; c <= 'f'; c++) {
      all.append("sandbox fail i-bp1").append(c).append(" --exit 3 --times 1; ");
    }
    assertThat(run(own + all + "launch -y --max-errors 6 --confirm asg-bp1web")).isEqualTo(5);
    assertThat(oneLine()).contains("6 failed; i-bp1a:");
    assertThat(run("history")).isZero();
    assertThat(oneLine()).contains("Success with failures 0/6");
    assertThat(run("history --stats")).isZero();
    assertThat(oneLine()).contains("0%");
    assertThat(run("tag " + executions().get(0).id() + " good --force")).isEqualTo(1);
    assertThat(oneLine()).contains("it succeeded on no instance");
  }

  @Test
  void aLaunchThatSucceededNowhereIsRolledBackAutomatically() {
    String own = "use method run-script-oosh; " + STAGED;
    StringBuilder all = new StringBuilder();
    for (char c = 'a'; c <= 'f'; c++) {
      all.append("sandbox fail i-bp1").append(c).append(" --exit 3 --times 1; ");
    }
    assertThat(
            run(own + all + "launch -y --max-errors 6 --confirm asg-bp1web --rollback-on-failure"))
        .as(oneLine())
        .isEqualTo(6);
    assertThat(oneLine()).doesNotContain("the scaling processes stay suspended");
  }

  @Test
  void toleratedFailuresHaveAWordAndARemedy() {
    String own = "use method run-script-oosh; " + STAGED;
    assertThat(
            run(
                own
                    + "stage batch --size 1; sandbox fail i-bp1c --exit 3 --times 1; launch -y"
                    + " --max-errors 1"))
        .as(oneLine())
        .isZero();
    String id = executions().get(0).id();
    assertThat(oneLine())
        .contains("1 failed, 5 succeeded; i-bp1c:")
        .contains("next: retry " + id + " --failed, heal --return-failed");
    assertThat(run("doctor")).isZero();
    assertThat(oneLine()).contains(id + " (Success with failures, ");
  }

  @Test
  void saysThatTheStagedFileHasChanged() throws IOException {
    Path script = folder.resolve("mine.sh");
    Files.writeString(script, "#!/bin/sh\nset -e\necho 1\n");
    assertThat(run(STAGED + "stage script " + script)).isZero();
    Files.writeString(script, "#!/bin/sh\nset -e\necho 2\n");

    assertThat(run("launch -y --strict")).isEqualTo(1);

    assertThat(oneLine())
        .contains("warning mine.sh as it was staged runs: the file has changed since")
        .contains("next stage script " + script);
  }

  @Test
  void namesTheProfileFirst() {
    assertThat(run(STAGED + "plan")).isZero();
    assertThat(oneLine())
        .contains("launch on asg-bp1web \"web\" · profile sandbox · cn-hangzhou instances");
    assertThat(run("plan --output json")).isZero();
    assertThat(oneLine()).contains("\"profile\": \"sandbox\"").contains("\"severe\": false");
    assertThat(run("stage batch 1; plan --output json")).isZero();
    assertThat(oneLine()).contains("\"code\": \"none-keeps-serving\", \"severe\": true");
  }

  /** It is out of service already. */
  @Test
  void aRetryOfAToleratedFailureIsNotSevere() {
    String own = "use method run-script-oosh; " + STAGED;
    assertThat(
            run(
                own
                    + "stage batch --size 1; sandbox fail i-bp1c --exit 3 --times 1; launch -y"
                    + " --max-errors 1; retry --failed -y"))
        .as(oneLine())
        .isZero();
    assertThat(oneLine()).contains("Success: 1 of 1 instance");
  }

  @Test
  void retryWithInstancesAndStatesNamesWhatAcceptsInstances() {
    String two = "retry i-bp1a --failed";
    assertThat(run(STAGED + two)).isEqualTo(2);
    assertThat(oneLine()).contains("next retry --failed, or stage only INSTANCE, then launch");
    assertThat(run("use method replace-image; " + two)).isEqualTo(2);
    assertThat(oneLine())
        .contains("or use method run-script, then stage only INSTANCE, then launch");
  }

  @Test
  void aRefusalInJsonHasThePlanWithItsCodes() {
    assertThat(run(STAGED + "stage batch 1; launch -y --output json")).isEqualTo(1);
    assertThat(oneLine()).contains("\"code\": \"none-keeps-serving\", \"severe\": true");
  }
}
