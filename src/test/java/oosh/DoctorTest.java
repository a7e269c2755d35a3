package oosh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import oosh.rollout.OnFailure;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.StartRequest;
import oosh.rollout.plan.Plan;
import oosh.rollout.record.HealStep;
import oosh.rollout.record.HealStepRecord;
import oosh.rollout.record.Leftover;
import oosh.rollout.update.CommandType;
import oosh.rollout.update.UpdateMethod;
import oosh.rollout.update.UpdateSpec;
import org.junit.jupiter.api.Test;

/** What executions leave in a group of the sandbox, told apart from what a person did. */
class DoctorTest extends ShellFixture {

  private static final String ANY_STATE = STAGED + "stage set lifecycleState InService,Protected; ";

  private static final String FAILS = ANY_STATE + "sandbox fail i-bp1c --exit 3; launch -y";

  @Test
  void namesTheExecutionOfAllThatItLeft() {
    run("sandbox set i-bp1c Protected; sandbox set i-bp1f Standby; " + FAILS);
    String id = executions().get(0).id();

    assertThat(examine().leftovers())
        .extracting(Leftover::kind, Leftover::subject, DoctorTest::cause, Leftover::reached)
        .contains(
            tuple(Leftover.Kind.STANDBY, "i-bp1c", id, Leftover.InstanceOutcome.FAILED),
            tuple(Leftover.Kind.STANDBY, "i-bp1f", "", Leftover.InstanceOutcome.NOTHING),
            tuple(Leftover.Kind.UNPROTECTED, "i-bp1c", id, Leftover.InstanceOutcome.NOTHING),
            tuple(Leftover.Kind.SUSPENDED, "ScaleIn", id, Leftover.InstanceOutcome.NOTHING))
        .hasSize(8);
    assertThat(examine().caused()).allMatch(l -> l.cause() != null && l.cause().snapshot());
  }

  @Test
  void restoresTheGroupToItsStateBeforeTheLaunch() {
    run("sandbox set i-bp1c Protected; sandbox set i-bp1f Standby");
    Map<String, String> before = states();
    run(FAILS);
    String id = executions().get(0).id();

    assertThat(run("heal --return-failed -y")).isZero();

    assertThat(states()).isEqualTo(before);
    assertThat(group().suspended()).isEmpty();
    assertThat(backends.journal().history().healSteps(id))
        .extracting(h -> h.step().kind(), h -> h.step().subjects().size(), HealStepRecord::outcome)
        .containsExactly(
            tuple(HealStep.Kind.RETURN, 1, HealStepRecord.HealStepResult.ASKED),
            tuple(HealStep.Kind.RETURN, 1, HealStepRecord.HealStepResult.DONE),
            tuple(HealStep.Kind.PROTECT, 1, HealStepRecord.HealStepResult.ASKED),
            tuple(HealStep.Kind.PROTECT, 1, HealStepRecord.HealStepResult.DONE),
            tuple(HealStep.Kind.RESUME, 5, HealStepRecord.HealStepResult.ASKED),
            tuple(HealStep.Kind.RESUME, 5, HealStepRecord.HealStepResult.DONE));
  }

  @Test
  void leavesAnInstanceInAnUnknownStateInStandby() {
    run("sandbox set i-bp1c Protected; " + FAILS);

    assertThat(run("heal -y")).isZero();

    assertThat(states()).containsEntry("i-bp1c", "Standby");
    assertThat(group().suspended()).isEmpty();
    assertThat(run("heal -y")).isEqualTo(1);
    assertThat(oneLine())
        .contains("the script failed on the instances that are left, so their state is unknown");
  }

  @Test
  void healNamesWhatWasChangedByHand() {
    run("use group asg-bp1api; heal");
    assertThat(oneLine())
        .contains(
            "nothing to heal on asg-bp1api: no execution left anything not healed: i-bp2e in"
                + " Standby: no known execution left it so; probably changed by hand");

    run("use group asg-bp1db; sandbox set i-bp3b Standby; heal");
    assertThat(oneLine())
        .contains(
            "not healed: i-bp3b in Standby, AlarmNotification suspended: no known execution left"
                + " them so; probably changed by hand");

    run("sandbox set i-bp1a Standby; " + FAILS);
    run("heal -n --return-failed");
    assertThat(oneLine())
        .contains(
            "not healed i-bp1a in Standby: no known execution left it so; probably changed by"
                + " hand");
  }

  @Test
  void whatAnAbortCutOffMayRunStill() throws InterruptedException {
    run(ANY_STATE + "sandbox fail i-bp1a --hang; launch -y --detach");
    String id = executions().get(0).id();
    backends.pace().pause(Duration.ofSeconds(20));
    run("abort " + id + " -y");

    assertThat(examine().leftovers())
        .extracting(Leftover::subject, Leftover::reached)
        .contains(tuple("i-bp1a", Leftover.InstanceOutcome.CUT_OFF));
    assertThat(run("doctor")).isZero();
    assertThat(oneLine())
        .contains(
            "i-bp1a: left by "
                + id
                + " (Cancelled, now); its script was running at the abort and"
                + " may still run")
        .doesNotContain("failed there");
    assertThat(run("coverage")).isZero();
    assertThat(oneLine())
        .contains("cut off i-bp1a: " + id + " was aborted; its script may still run")
        .doesNotContain("failed i-bp1a");
    assertThat(run("coverage --output json")).isZero();
    assertThat(oneLine()).containsPattern("\"FAILED\", .*?\"succeeded\": false, \"cutOff\": true");
    assertThat(run("heal -y")).isZero();
    assertThat(states()).containsEntry("i-bp1a", "Standby");
  }

  @Test
  void returnsWhatAnAbortCutOffBeforeItsScriptBegan() throws InterruptedException {
    run(ANY_STATE + "launch -y --detach");
    String id = executions().get(0).id();
    // Far enough for the first ones to be in Standby, not for their scripts to have begun.
    for (int i = 0; i < 60 && !states().containsValue("Standby"); i++) {
      backends.pace().pause(Duration.ofMillis(500));
      cloud().executions().find(id);
    }
    run("abort " + id + " -y");

    assertThat(examine().caused())
        .filteredOn(l -> l.kind() == Leftover.Kind.STANDBY)
        .isNotEmpty()
        .allMatch(l -> l.reached() != Leftover.InstanceOutcome.ENDED_WELL);
    assertThat(run("heal --return-failed -y")).isZero();
    assertThat(states().values()).containsOnly("InService");
  }

  @Test
  void infersWhatAnExecutionThatWasStartedElsewhereLeft() throws InterruptedException {
    run("sandbox set i-bp1c Protected; sandbox fail i-bp1c --exit 3");
    Execution started = startElsewhere();
    backends.pace().pause(Duration.ofMinutes(10));

    assertThat(run("use group asg-bp1web; doctor")).isZero();
    assertThat(examine().caused())
        .extracting(Leftover::kind, Leftover::subject)
        .contains(
            tuple(Leftover.Kind.STANDBY, "i-bp1c"),
            tuple(Leftover.Kind.UNPROTECTED, "i-bp1c"),
            tuple(Leftover.Kind.SUSPENDED, "ScaleOut"));
    assertThat(examine().caused()).noneMatch(l -> l.cause() == null || l.cause().snapshot());

    assertThat(run("heal --return-failed -y")).isZero();
    assertThat(states()).containsEntry("i-bp1c", "Protected");
    assertThat(backends.journal().history().healSteps(started.id())).hasSize(6);
  }

  @Test
  void attributesNothingToAnExecutionAfterItWasHealed() {
    run(FAILS + "; use group asg-bp1web");
    assertThat(run("heal --return-failed -y; sandbox set i-bp1c Standby")).isZero();

    assertThat(examine().leftovers())
        .extracting(Leftover::subject, DoctorTest::cause)
        .containsExactly(tuple("i-bp1c", ""));
    assertThat(run("heal --return-failed -y")).isZero();
    assertThat(states()).containsEntry("i-bp1c", "Standby");
  }

  @Test
  void attributesALeftoverToTheFirstExecutionThatCausedIt() {
    run(FAILS);
    run("sandbox fail --clear; sandbox fail i-bp1d --exit 3; launch -y");
    List<Execution> executions = executions();

    assertThat(examine().leftovers())
        .filteredOn(l -> l.kind() == Leftover.Kind.STANDBY)
        .extracting(Leftover::subject, DoctorTest::cause)
        .containsExactly(
            tuple("i-bp1c", executions.get(1).id()), tuple("i-bp1d", executions.get(0).id()));
    assertThat(run("heal " + executions.get(0).id() + " --return-failed -y")).isZero();
    assertThat(states()).containsEntry("i-bp1c", "Standby").containsEntry("i-bp1d", "InService");
  }

  @Test
  void refusesWhileAnExecutionIsAtWork() {
    run(ANY_STATE + "launch -y --detach");

    assertThat(run("heal -y")).isEqualTo(1);
    assertThat(oneLine()).contains("moves its instances itself");
    assertThat(run("doctor")).isZero();
    assertThat(oneLine()).contains("instances that it has changed are not listed");
  }

  @Test
  void asksAgainWhileALoadBalancerOrTheGroupIsBeingChanged() {
    run(FAILS);
    run("sandbox fail ExitStandby --how refused --times 3");
    run("sandbox fail ResumeProcesses --how refused --times 2");

    assertThat(run("heal --return-failed -y")).isZero();

    assertThat(oneLine()).contains("returned i-bp1c to service");
  }

  @Test
  void givesUpTheReturnAfterFiveMinutes() {
    run(FAILS);
    run("sandbox fail ExitStandby --how refused");
    Instant before = backends.pace().instant();

    assertThat(run("heal --return-failed -y")).isEqualTo(1);

    assertThat(oneLine()).contains("BackendServer.configuring");
    assertThat(Duration.between(before, backends.pace().instant()))
        .isBetween(Duration.ofMinutes(5), Duration.ofMinutes(6));
  }

  @Test
  void saysWhatWasDoneWhenEssRefusesAStep() {
    run(FAILS);
    run("sandbox fail ResumeProcesses --how error500");
    String id = executions().get(0).id();

    assertThat(run("heal --return-failed -y")).isNotZero();

    assertThat(oneLine()).contains("returned i-bp1c to service").contains("doctor");
    assertThat(backends.journal().history().healSteps(id))
        .extracting(HealStepRecord::outcome)
        .contains(HealStepRecord.HealStepResult.DONE)
        .endsWith(HealStepRecord.HealStepResult.UNKNOWN);
    assertThat(run("sandbox fail --clear; heal -y")).isZero();
    assertThat(group().suspended()).isEmpty();
  }

  @Test
  void useGroupReportsLeftovers() {
    run(FAILS);
    run("use group asg-bp1web");
    assertThat(oneLine()).contains("has leftovers of " + executions().get(0).id() + " (Failed");
    run("heal --return-failed -y; use group asg-bp1web");
    assertThat(oneLine()).doesNotContain("has leftovers");
  }

  @Test
  void remembersThatItFailedThereThoughARetryNeverBegan() throws InterruptedException {
    run(
        ANY_STATE
            + "use method run-script-oosh; stage on-failure pause; sandbox fail i-bp1c --exit 3;"
            + " launch -y");
    String id = executions().get(0).id();
    run("retry " + id + " --detach; abort " + id + " -y");

    assertThat(examine().leftovers())
        .filteredOn(l -> l.subject().equals("i-bp1c"))
        .extracting(Leftover::reached)
        .containsExactly(Leftover.InstanceOutcome.FAILED);
    assertThat(run("heal -y")).isZero();
    assertThat(states()).containsEntry("i-bp1c", "Standby");
  }

  @Test
  void leavesTheProtectionThatAPersonTookAfterALaunchThatOosHasForgotten() {
    run("sandbox set i-bp1c Protected; sandbox set i-bp1d Protected; " + ANY_STATE + "launch -y");
    forget(executions().get(0).id());
    run("sandbox set i-bp1c InService; doctor");

    assertThat(oneLine()).contains("none that an execution caused");
    assertThat(run("heal -y")).isZero();
    assertThat(states()).containsEntry("i-bp1c", "InService");
  }

  @Test
  void saysPerhapsWhereOosHasForgottenALaunchThatFailed() {
    run("sandbox set i-bp1a Protected; " + FAILS);
    run("heal --return-failed -y");
    String id = executions().get(0).id();
    forget(id);
    run("sandbox set i-bp1a InService; sandbox set i-bp1d Standby; doctor");

    assertThat(examine().leftovers())
        .extracting(Leftover::kind, Leftover::subject, Leftover::safe, Leftover::isReportOnly)
        .containsExactly(
            tuple(Leftover.Kind.STANDBY, "i-bp1d", false, false),
            tuple(Leftover.Kind.UNPROTECTED, "i-bp1a", false, true));
    assertThat(oneLine())
        .contains("i-bp1d: perhaps left by " + id + " (Failed, now); how far its script got is not")
        .contains("i-bp1a: perhaps removed by " + id + " (Failed, now); OOS no longer shows");
    assertThat(run("heal -y")).isEqualTo(1);
    assertThat(states()).containsEntry("i-bp1a", "InService").containsEntry("i-bp1d", "Standby");
  }

  @Test
  void attributesLeftoversOfADeletedExecutionByItsSnapshot() {
    run(
        "sandbox set i-bp1b Protected; "
            + ANY_STATE
            + "sandbox fail i-bp1a --hang; launch -y --detach");
    String id = executions().get(0).id();
    whenShown(
        "untilInvocationReady",
        () -> {
          abortElsewhere(id);
          forget(id);
        });

    assertThat(run("watch " + id)).isEqualTo(3);

    assertThat(oneLine())
        .contains("the state of " + id + " is unknown")
        .contains("it may have been aborted and deleted");
    run("history");
    assertThat(oneLine()).doesNotContain("Running");
    assertThat(examine().caused())
        .extracting(Leftover::kind, DoctorTest::cause)
        .contains(tuple(Leftover.Kind.STANDBY, id), tuple(Leftover.Kind.SUSPENDED, id));
    run("doctor");
    assertThat(oneLine()).contains(id + " (Running at the last read; OOS no longer knows it");
    assertThat(run("heal --return-failed -y")).isZero();
    assertThat(states().values()).containsOnly("InService", "Protected");
    assertThat(states()).containsEntry("i-bp1b", "Protected");
    assertThat(group().suspended()).isEmpty();
  }

  @Test
  void startsWhatEcsHasStoppedBeforeItReturnsItAfterAScript() {
    run(FAILS);
    run("sandbox set i-bp1c Stopped");

    assertThat(examine().leftovers())
        .filteredOn(l -> l.subject().equals("i-bp1c"))
        .extracting(Leftover::reached, Leftover::present)
        .containsExactly(tuple(Leftover.InstanceOutcome.STOPPED, ""));
    run("heal -n");
    assertThat(oneLine()).contains("i-bp1c is stopped, in Standby; --return-failed starts and");
    assertThat(run("heal --return-failed -y")).isZero();
    assertThat(cloud().inventory().machines(List.of("i-bp1c")).get(0).status())
        .isEqualTo("Running");
    assertThat(states()).containsEntry("i-bp1c", "InService");
  }

  @Test
  void saysInTheHealPlanThatEcsCannotBeAsked() {
    run(FAILS);
    run("sandbox fail DescribeInstances --how error500; heal -n");
    assertThat(oneLine()).contains("not read whether instances are switched off cannot be read");
  }

  @Test
  void needsNoCareWhereOnlyAPersonsStandbyIsLeft() {
    run(FAILS);
    run("heal --return-failed -y; sandbox set i-bp1c Standby; use group asg-bp1web");
    assertThat(oneLine()).contains("1 in Standby").doesNotContain("has leftovers");
  }

  @Test
  void continueNamesWhoWasChangedAtThePause() {
    run("sandbox set i-bp1f Protected; " + ANY_STATE + "stage pause first; launch -y");
    run(
        "sandbox set i-bp1a Standby; sandbox set i-bp1d Standby; sandbox set i-bp1e Protected;"
            + " continue");

    assertThat(oneLine())
        .contains(
            "note: changed since exec-0000000000000001 began, and not by it: i-bp1a is Standby (was"
                + " InService), i-bp1d is Standby (was InService), i-bp1e is Protected (was"
                + " InService); OOS may undo that on instances that it has not reached");
  }

  @Test
  void continueSaysNothingWhenNothingHasChanged() {
    run("sandbox set i-bp1f Protected; " + ANY_STATE + "stage pause first; launch -y");
    run("continue");
    assertThat(oneLine()).doesNotContain("changed since");
  }

  private Execution startElsewhere() {
    Map<String, Object> parameters =
        new LinkedHashMap<>(
            Plan.launch(
                    WEB,
                    UpdateSpec.EMPTY.withScript(script("deploy.sh"), CommandType.SHELL),
                    group(),
                    instances(),
                    Optional.empty(),
                    "")
                .rollout()
                .parameters());
    parameters.put("lifecycleState", List.of("InService", "Protected"));
    return cloud()
        .executions()
        .start(
            new StartRequest(
                UpdateMethod.RUN_SCRIPT.template(),
                "",
                "",
                parameters,
                OnFailure.STOP,
                "theirs",
                Map.of(),
                "by hand"));
  }

  private static String cause(Leftover leftover) {
    Leftover.LeftoverCause cause = leftover.cause();
    return cause == null ? "" : cause.executionId();
  }
}
