package oosh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import oosh.rollout.Warning;
import oosh.rollout.cloud.Cloud;
import oosh.rollout.cloud.GroupInstance;
import oosh.rollout.cloud.Inventory;
import oosh.rollout.cloud.Profile;
import oosh.rollout.heal.Doctor;
import oosh.rollout.plan.BaselineReader;
import oosh.rollout.plan.Plan;
import oosh.rollout.record.Diagnosis;
import oosh.rollout.record.HealStep;
import oosh.rollout.record.HealStepRecord;
import oosh.rollout.record.Leftover;
import oosh.rollout.record.Leftover.InstanceOutcome;
import oosh.rollout.record.Leftover.Kind;
import oosh.rollout.update.CommandType;
import oosh.rollout.update.Context;
import oosh.rollout.update.Launch;
import oosh.rollout.update.Payload;
import oosh.rollout.update.Script;
import oosh.rollout.update.UpdateMethod;
import oosh.rollout.update.UpdateSpec;
import org.junit.jupiter.api.Test;

/**
 * What was there before a launch by image, package, download or containers, and what such a launch
 * leaves: told by what the method does, and apart from what a person did.
 */
class LeftoversTest extends ShellFixture {
  private static final String IMAGE =
      "use group asg-bp1web; use method replace-image; stage batch 2; "
          + "stage image m-bp1web25 --configuration asc-web; ";
  private static final String FAILS = "sandbox fail i-bp1c; launch -y; sandbox fail --clear; ";

  /** Before any of them has the new image. */
  private static final String ALL_FAIL =
      "sandbox fail i-bp1a; sandbox fail i-bp1b; sandbox fail i-bp1c; launch -y;"
          + " sandbox fail --clear; ";

  private static final String HOOK = "ACS-ESS-LifeCycleDownloadFileAndRunCommand";
  private static final String FILE =
      "use group asg-bp1web; use method download-file; stage batch 2; "
          + "stage file https://example.com/app-2.tgz /opt/app --back-to https://example.com/app-1.tgz; ";

  @Test
  void startsWhatWasStoppedForItsDiskBeforeItReturnsIt() {
    runEach(IMAGE + FAILS);

    assertThat(of(Kind.STANDBY))
        .extracting(Leftover::subject, Leftover::reached, Leftover::wanted, Leftover::present)
        .containsExactly(tuple("i-bp1c", InstanceOutcome.STOPPED, "m-bp1web25", "m-bp1web24"));
    runEach("doctor");
    assertThat(oneLine())
        .contains("it is stopped: its disk could not be replaced, and it still has m-bp1web24");
    assertThat(runEach("heal -y")).isZero();
    assertThat(status("i-bp1c")).isEqualTo("Stopped");

    assertThat(runEach("heal --return-failed -y")).isZero();
    assertThat(status("i-bp1c")).isEqualTo("Running");
    assertThat(states()).containsEntry("i-bp1c", "InService");
    assertThat(healed())
        .containsSubsequence(
            tuple(HealStep.Kind.START, HealStepRecord.HealStepResult.ASKED),
            tuple(HealStep.Kind.START, HealStepRecord.HealStepResult.DONE),
            tuple(HealStep.Kind.RETURN, HealStepRecord.HealStepResult.ASKED),
            tuple(HealStep.Kind.RETURN, HealStepRecord.HealStepResult.DONE));
  }

  @Test
  void saysThatAnInstanceCouldNotBeStarted() {
    runEach(IMAGE + FAILS + "sandbox fail StartInstance --how error500");

    assertThat(runEach("heal --return-failed -y")).isNotZero();
    assertThat(healed())
        .contains(tuple(HealStep.Kind.START, HealStepRecord.HealStepResult.UNKNOWN));
    assertThat(states()).containsEntry("i-bp1c", "Standby");
    assertThat(runEach("sandbox fail --clear; heal --return-failed -y")).isZero();
    assertThat(states()).containsEntry("i-bp1c", "InService");
  }

  @Test
  void keepsTheImageOfAConfigurationWhileInstancesRunIt() {
    runEach(IMAGE + FAILS);
    assertThat(of(Kind.IMAGE_IN_USE))
        .extracting(Leftover::subject, Leftover::wanted, Leftover::users)
        .containsExactly(tuple("asc-web", "m-bp1web24", List.of("i-bp1a", "i-bp1b")));
    runEach("doctor");
    assertThat(oneLine())
        .contains("and i-bp1a, i-bp1b run it: heal restores m-bp1web24 after rollback ");

    assertThat(runEach("heal -y")).isZero();
    assertThat(configured()).isEqualTo("m-bp1web25");
    runEach("rollback -y; heal -y");
    assertThat(configured()).isEqualTo("m-bp1web24");
    assertThat(of(Kind.IMAGE)).isEmpty();
    assertThat(of(Kind.IMAGE_IN_USE)).isEmpty();
  }

  @Test
  void saysThatADiskWasNotReplacedWhereAnAbortCameFirst() throws InterruptedException {
    runEach(IMAGE + "launch -y --detach");
    String id = cloud().executions().recent(null, 10).get(0).id();
    for (int i = 0; i < 120 && !states().containsValue("Standby"); i++) {
      backends.pace().pause(java.time.Duration.ofMillis(500));
      cloud().executions().find(id);
    }
    runEach("abort " + id + " -y; doctor");
    assertThat(oneLine())
        .contains("left by " + id + " (Cancelled, now); it is stopped: the abort came before its")
        .contains("disk was replaced, and it still has m-bp1web24")
        .doesNotContain("failed there");
  }

  @Test
  void givesAConfigurationItsImageBackAfterAFailure() {
    runEach(IMAGE + ALL_FAIL);
    assertThat(of(Kind.IMAGE))
        .extracting(Leftover::subject, Leftover::wanted, Leftover::present)
        .containsExactly(tuple("asc-web", "m-bp1web24", "m-bp1web25"));

    assertThat(runEach("heal -y")).isZero();
    assertThat(configured()).isEqualTo("m-bp1web24");
    assertThat(of(Kind.IMAGE)).isEmpty();
    // Set once more by hand, it is no execution's.
    cloud().inventory().setImage("asc-web", "m-bp1web25");
    assertThat(of(Kind.IMAGE)).isEmpty();
  }

  @Test
  void givesAConfigurationItsImageBackAfterARollback() {
    runEach(IMAGE + "launch -y");
    assertThat(of(Kind.IMAGE)).isEmpty();
    runEach("rollback --dry-run");
    assertThat(oneLine()).contains("heal restores m-bp1web24 after the rollback");
    runEach("rollback -y");

    assertThat(of(Kind.IMAGE))
        .extracting(LeftoversTest::rolledBack, Leftover::wanted)
        .containsExactly(tuple(true, "m-bp1web24"));
    assertThat(runEach("heal -y")).isZero();
    assertThat(configured()).isEqualTo("m-bp1web24");
  }

  @Test
  void keepsTheImageUntilARollbackHasSucceeded() {
    runEach(IMAGE + "launch -y; sandbox fail i-bp1c; rollback -y; sandbox fail --clear");
    assertThat(of(Kind.IMAGE)).isEmpty();
    assertThat(of(Kind.STANDBY)).extracting(Leftover::wanted).containsExactly("m-bp1web24");
  }

  @Test
  void leavesAnImageThatAnotherUserHasSet() {
    runEach(IMAGE + ALL_FAIL);
    cloud().inventory().setImage("asc-web", "m-bp1win7");

    assertThat(of(Kind.IMAGE)).isEmpty();
    assertThat(runEach("heal -y")).isZero();
    assertThat(configured()).isEqualTo("m-bp1win7");
  }

  @Test
  void givesTheImageBackThatWasThereBeforeTwoFailures() {
    runEach(IMAGE + ALL_FAIL + "heal --return-failed -y; " + ALL_FAIL);
    assertThat(of(Kind.IMAGE)).extracting(Leftover::wanted).containsExactly("m-bp1web24");
  }

  @Test
  void removesAHookThatAFailedLaunchMade() {
    runEach(FILE + FAILS);
    assertThat(of(Kind.HOOK)).extracting(Leftover::subject).containsExactly(HOOK);
    assertThat(of(Kind.STANDBY)).isEmpty();

    assertThat(runEach("heal -y")).isZero();
    assertThat(cloud().inventory().hooks("asg-bp1web")).isEmpty();
    assertThat(healed()).contains(tuple(HealStep.Kind.UNHOOK, HealStepRecord.HealStepResult.DONE));
  }

  @Test
  void removesTheHookOfALaunchThatWasRolledBack() {
    runEach(FILE + "launch -y");
    assertThat(of(Kind.HOOK_MEANT)).hasSize(1);
    assertThat(runEach("heal -y")).isZero();
    assertThat(oneLine()).contains("no execution left anything");
    runEach("rollback -y");

    assertThat(of(Kind.HOOK)).hasSize(1);
    assertThat(runEach("heal -y")).isZero();
    assertThat(cloud().inventory().hooks("asg-bp1web")).isEmpty();
  }

  @Test
  void leavesAHookThatWasThereBefore() {
    runEach(FILE + "launch -y; stage file https://example.com/app-3.tgz /opt/app; " + FAILS);
    assertThat(of(Kind.HOOK_CHANGED)).hasSize(1);
    assertThat(of(Kind.HOOK)).isEmpty();

    assertThat(runEach("heal -y")).isZero();
    assertThat(cloud().inventory().hooks("asg-bp1web")).hasSize(1);
    assertThat(runEach("heal -y")).isZero();
    assertThat(oneLine()).contains("doctor lists what it cannot undo");
  }

  @Test
  void blamesNoDownloadForAnInstanceInStandby() {
    runEach(FILE + FAILS + "sandbox set i-bp1c Standby");
    assertThat(of(Kind.STANDBY)).extracting(Leftover::cause).containsOnlyNulls();
  }

  @Test
  void saysWhatFailedByMethod() {
    runEach(
        "use group asg-bp1web; use method install-package; stage batch 2; stage package"
            + " shop-frontend 2.4.1; sandbox fail i-bp1c --exit 1; launch -y; doctor");
    assertThat(oneLine()).contains("OOS's package manager failed there");
    assertThat(of(Kind.STANDBY))
        .extracting(Leftover::reached)
        .containsExactly(InstanceOutcome.FAILED);
    assertThat(runEach("heal -y; heal -y")).isEqualTo(1);
    assertThat(oneLine()).contains("the update failed on the instances that are left");
  }

  @Test
  void returnsAContainerGroupThatItsRollbackLeftInStandby() {
    runEach(
        "use region ap-southeast-1; use group asg-bp1eci; use method update-container; stage"
            + " container sessions/scripts/web.json --configuration asc-eci; sandbox fail eci-bp1b;"
            + " launch -y; sandbox fail --clear; rollback -y");
    Context eci =
        new Context(Profile.SANDBOX, "ap-southeast-1", "asg-bp1eci", UpdateMethod.UPDATE_CONTAINER);
    Cloud there =
        backends.profiles().open(backends.profiles().named(Profile.SANDBOX), "ap-southeast-1");
    Diagnosis diagnosis =
        new Doctor(there, backends.journal().history(), backends.pace(), backends.author())
            .examine(eci, there.groups().find("asg-bp1eci").orElseThrow());

    assertThat(diagnosis.leftovers())
        .extracting(Leftover::subject, Leftover::reached, Leftover::safe)
        .containsExactly(tuple("eci-bp1b", InstanceOutcome.WENT_BACK, true));
    assertThat(runEach("heal -y")).isZero();
    assertThat(runEach("sandbox set eci-bp1b Standby; doctor")).isZero();
    assertThat(oneLine()).contains("probably changed by hand");
  }

  @Test
  void saysWhichDifferentImagesInstancesRun() {
    runEach(IMAGE + FAILS + "heal --return-failed -y; plan");
    assertThat(oneLine())
        .contains("the instances run different images: m-bp1web24 on 4, m-bp1web25 on 2")
        .doesNotContain("to roll back to is not known");
  }

  @Test
  void rollsBackToThePackageThatWasInstalled() {
    runEach(
        "use group asg-bp1web; use method install-package; stage batch 2; stage package"
            + " shop-frontend 2.4.0; launch -y; stage package shop-frontend 2.4.1; launch -y");
    assertThat(oneLine()).contains("rollback shop-frontend v2 (what all 6 have now)");
    runEach("rollback -y");
    assertThat(cloud().inventory().installed("i-bp1a", "shop-frontend")).contains("v2");
  }

  @Test
  void readsThePackageFromTheJournalWhenInstancesCannotBeAsked() {
    runEach(
        "use group asg-bp1web; use method install-package; stage batch 2; stage package"
            + " shop-frontend 2.4.0; launch -y; stage package shop-frontend 2.4.1;"
            + " sandbox fail ListInstancePackageStates --how error500; plan");
    assertThat(oneLine())
        .containsPattern("rollback shop-frontend 2.4.0 \\(what exec-\\w+ installed here last\\)");
  }

  @Test
  void notesWhatCannotBeRead() {
    runEach(IMAGE + "sandbox fail DescribeInstances --how error500");
    assertThat(runEach("plan")).isZero();
    assertThat(oneLine()).contains("no image to roll back to: the present image cannot be read");
  }

  @Test
  void asksNothingMoreForScriptsAndDownloads() {
    Script script = Script.ofText("deploy.sh", "set -e");
    UpdateSpec file =
        UpdateSpec.EMPTY.withPayload(
            Payload.FILE,
            Map.of("invokeSourcePath", "https://h/a", "invokeDestinationDir", "/opt"),
            Map.of());
    UpdateSpec scripted = UpdateSpec.EMPTY.withScript(script, CommandType.SHELL);
    UpdateSpec image =
        UpdateSpec.EMPTY.withPayload(Payload.IMAGE, Map.of("imageId", "m-1"), Map.of());

    assertThat(asked(UpdateMethod.RUN_SCRIPT, scripted)).isEmpty();
    assertThat(asked(UpdateMethod.RUN_SCRIPT_OOSH, scripted)).isEmpty();
    assertThat(asked(UpdateMethod.DOWNLOAD_FILE, file)).isEmpty();
    assertThat(asked(UpdateMethod.REPLACE_IMAGE, image)).containsExactly("allMachines");
  }

  /** Which calls were made to see what was there before. */
  private List<String> asked(UpdateMethod method, UpdateSpec staging) {
    List<String> calls = new ArrayList<>();
    Inventory real = cloud().inventory();
    Inventory counted =
        (Inventory)
            Proxy.newProxyInstance(
                LeftoversTest.class.getClassLoader(),
                new Class<?>[] {Inventory.class},
                (self, call, arguments) -> {
                  calls.add(call.getName());
                  try {
                    return call.invoke(real, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    Cloud cloud =
        new Cloud(
            cloud().executions(),
            cloud().groups(),
            cloud().catalogue(),
            counted,
            cloud().healthWhenAsked(),
            cloud().callerWhenAsked(),
            cloud().readers());
    List<GroupInstance> instances = cloud.groups().instances("asg-bp1web");
    Plan plan =
        Plan.launch(
            WEB.withMethod(method),
            staging,
            cloud.groups().find("asg-bp1web").orElseThrow(),
            instances,
            Optional.empty(),
            "");
    Plan knowing =
        BaselineReader.addBaseline(
            plan, cloud, backends.journal().history(), instances, Optional.empty());
    assertThat(((Launch) knowing.rollout()).baseline().isEmpty()).isEqualTo(calls.isEmpty());
    assertThat(knowing.warnings().stream().map(Warning::text))
        .noneMatch(w -> w.contains("cannot be read"));
    return calls;
  }

  private List<Leftover> of(Kind kind) {
    return examine().leftovers().stream().filter(l -> l.kind() == kind).toList();
  }

  private static boolean rolledBack(Leftover leftover) {
    Leftover.LeftoverCause cause = leftover.cause();
    return cause != null && !cause.rolledBackBy().isEmpty();
  }

  private List<org.assertj.core.groups.Tuple> healed() {
    return cloud().executions().recent(null, 10).stream()
        .flatMap(e -> backends.journal().history().healSteps(e.id()).stream())
        .map(h -> tuple(h.step().kind(), h.outcome()))
        .toList();
  }

  private String configured() {
    return cloud().inventory().image("asc-web").orElseThrow();
  }

  private String status(String instance) {
    return cloud().inventory().machines(List.of(instance)).get(0).status();
  }
}
