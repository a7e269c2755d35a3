package oosh.rollout.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import oosh.rollout.OnFailure;
import oosh.rollout.Problem;
import oosh.rollout.RolloutFixtures;
import oosh.rollout.Warning;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.cloud.ScalingProcess;
import oosh.rollout.record.Progress;
import oosh.rollout.update.BatchPause;
import oosh.rollout.update.BatchSizing;
import oosh.rollout.update.CommandType;
import oosh.rollout.update.Context;
import oosh.rollout.update.Launch;
import oosh.rollout.update.Rollout;
import oosh.rollout.update.Script;
import oosh.rollout.update.UpdateMethod;
import oosh.rollout.update.UpdateSpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When a rollback is refused, by name. */
class RollbackTest {
  private static final Context CONTEXT =
      new Context("default", "cn-hangzhou", "asg-1", UpdateMethod.RUN_SCRIPT);
  private static final Execution SOURCE = RolloutFixtures.ended("exec-1", "asg-1", "undo");

  @Test
  void refusesASourceThatIsStillRunning() {
    Execution running =
        RolloutFixtures.execution("exec-1", ExecutionStatus.RUNNING, SOURCE.parameters());
    refused(
        running,
        6,
        "it is still Running",
        "rollback exec-1 --now; or abort exec-1, then rollback exec-1");
  }

  @Test
  void refusesASourceThatWaits() {
    Execution waiting =
        RolloutFixtures.execution("exec-1", ExecutionStatus.WAITING, SOURCE.parameters());
    refused(
        waiting,
        6,
        "it is still Waiting",
        "rollback exec-1 --now; or abort exec-1, then rollback exec-1");
  }

  @Test
  void refusesARollback() {
    refused(
        RolloutFixtures.with(
            RolloutFixtures.with(SOURCE, "invokeType", "rollback"), "sourceExecutionId", "exec-0"),
        6,
        "it is a rollback itself, of exec-0",
        "stage script FILE, then launch what should run now");
  }

  @Test
  void refusesASourceWithoutRollbackScript() {
    refused(
        RolloutFixtures.with(SOURCE, "rollbackScript", ""),
        6,
        "it was launched without a rollback script, and none is staged",
        "stage rollback FILE, then rollback exec-1");
  }

  @Test
  void rollsBackFromALaunchByOoshsOwnTemplate() {
    Execution own =
        new Execution(
            SOURCE.id(),
            "",
            SOURCE.status(),
            "",
            "",
            SOURCE.parameters(),
            List.of(),
            null,
            "root",
            "",
            Map.of(UpdateMethod.TAG, UpdateMethod.RUN_SCRIPT_OOSH.word()),
            null,
            null);
    Rollback rollback =
        Rollback.of(
            CONTEXT.withMethod(UpdateMethod.RUN_SCRIPT_OOSH),
            own,
            6,
            Optional.empty(),
            UpdateSpec.EMPTY,
            "");
    assertThat(rollback.context().method()).isEqualTo(UpdateMethod.RUN_SCRIPT);
    assertThat(rollback.content()).isEmpty();
  }

  @Test
  void refusesAWindowsCommandType() {
    refused(
        RolloutFixtures.with(SOURCE, "commandType", "RunPowerShellScript"),
        6,
        "it ran a RunPowerShellScript; the template's rollback always runs RunShellScript",
        "stage script UNDO --type powershell, then launch");
  }

  @Test
  void refusesASourceThatSuspendedNothing() {
    refused(
        RolloutFixtures.with(SOURCE, "enterProcess", List.of()),
        6,
        "it was launched with suspend none; the public template cannot roll back such a launch",
        "stage script UNDO, then launch");
  }

  @Test
  void refusesASourceThatTouchedNothing() {
    refused(SOURCE, 0, "it touched no instance", "nothing is left to do; history shows the rest");
  }

  @Test
  void usesTheStagedScriptWhenTheJournalHasNoScript() {
    Script staged = Script.of("undo.sh", "other".getBytes(StandardCharsets.UTF_8));
    Rollback rollback =
        Rollback.of(
            CONTEXT,
            RolloutFixtures.with(SOURCE, "rollbackScript", ""),
            6,
            Optional.empty(),
            UpdateSpec.EMPTY.withRollbackScript(staged),
            "");
    assertThat(java.util.Objects.requireNonNull(rollback.spec().rollbackScript()).text())
        .isEqualTo("other");
  }

  @Test
  void usesBatchesPauseAndRoleOfASourceStartedElsewhere() {
    Execution elsewhere =
        RolloutFixtures.with(
            RolloutFixtures.with(
                RolloutFixtures.with(SOURCE, "batchNumber", 3L),
                "batchPauseOption",
                "EveryBatchPause"),
            "OOSAssumeRole",
            "OpsRole");
    Rollback rollback = Rollback.of(CONTEXT, elsewhere, 6, Optional.empty(), UpdateSpec.EMPTY, "");
    assertThat(rollback.spec().batchesOrDefault()).isEqualTo(BatchSizing.number(3));
    assertThat(rollback.spec().pauseOrDefault()).isEqualTo(BatchPause.EVERY);
    assertThat(rollback.spec().role()).isEqualTo("OpsRole");
    assertThat(java.util.Objects.requireNonNull(rollback.spec().rollbackScript()).text())
        .isEqualTo("undo");
  }

  @Test
  void plansTheWayBackFromASourceThatIsAbortedFirst() {
    Execution waiting =
        RolloutFixtures.with(
            RolloutFixtures.execution("exec-1", ExecutionStatus.WAITING, SOURCE.parameters()),
            "batchPauseOption",
            "EveryBatchPause");
    Rollback rollback =
        Rollback.ofRunningSource(CONTEXT, waiting, 2, Optional.empty(), UpdateSpec.EMPTY, "errors");
    assertThat(rollback.spec().pauseOrDefault()).isEqualTo(BatchPause.NEVER);
    assertThat(rollback.parameters())
        .containsEntry("batchPauseOption", "Automatic")
        .containsEntry("sourceExecutionId", "exec-1");
    assertThat(rollback.instances()).isEqualTo(2);
  }

  @Test
  void findsThatThereIsNoWayBackBeforeItIsAborted() {
    Execution waiting =
        RolloutFixtures.execution("exec-1", ExecutionStatus.WAITING, SOURCE.parameters());
    assertThat(
            onceAborted(RolloutFixtures.with(waiting, "commandType", "RunPowerShellScript"), 2)
                .why())
        .startsWith("it ran a RunPowerShellScript");
    assertThat(onceAborted(RolloutFixtures.with(waiting, "enterProcess", List.of()), 2).why())
        .startsWith("it was launched with suspend none");
    assertThat(onceAborted(RolloutFixtures.with(waiting, "rollbackScript", ""), 2).why())
        .startsWith("it was launched without a rollback script");
    assertThat(onceAborted(RolloutFixtures.with(waiting, "invokeType", "rollback"), 2).why())
        .startsWith("it is a rollback itself");
  }

  @Test
  void refusesRollbackNowWhenNoInstanceWasTouched() {
    Execution running =
        RolloutFixtures.execution("exec-1", ExecutionStatus.RUNNING, SOURCE.parameters());
    Problem p = onceAborted(running, 0);
    assertThat(p.why()).isEqualTo("it has touched no instance yet");
    assertThat(p.next()).isEqualTo("abort exec-1");
  }

  @Test
  void rollbackNowHasNoPauses() {
    Execution paused = RolloutFixtures.with(SOURCE, "batchPauseOption", "EveryBatchPause");
    Rollback rollback = Rollback.of(CONTEXT, paused, 6, Optional.empty(), UpdateSpec.EMPTY, "");
    assertThat(rollback.spec().pauseOrDefault()).isEqualTo(BatchPause.EVERY);
    assertThat(rollback.withoutPauses().spec().pause()).isEqualTo(BatchPause.NEVER);
    assertThat(rollback.withoutPauses().withoutPauses()).isEqualTo(rollback.withoutPauses());
  }

  @Test
  void warnsOfScriptsThatAnAbortDoesNotStop() {
    Rollback rollback =
        Rollback.ofRunningSource(CONTEXT, SOURCE, 2, Optional.empty(), UpdateSpec.EMPTY, "");
    Execution running =
        RolloutFixtures.execution("exec-1", ExecutionStatus.RUNNING, SOURCE.parameters());
    assertThat(rollback.ofAborting(progress(running, ExecutionStatus.SUCCESS))).isEmpty();
    assertThat(rollback.ofAborting(progress(running, ExecutionStatus.RUNNING)))
        .extracting(Warning::text)
        .containsExactly(
            "1 instance is at work; the script may still run there when rollbackScript begins");
  }

  @Test
  void allowsAutomaticRollbackOnlyForALaunchThatCanBeRolledBack() {
    assertThat(impossible(launch(CommandType.SHELL, null, OnFailure.STOP, ScalingProcess.SCALE_IN)))
        .isEqualTo("it cannot be rolled back: no rollback script is staged");
    assertThat(
            impossible(
                launch(CommandType.POWERSHELL, UNDO, OnFailure.STOP, ScalingProcess.SCALE_IN)))
        .isEqualTo("it cannot be rolled back: the template's rollback always runs RunShellScript");
    assertThat(impossible(launch(CommandType.SHELL, UNDO, OnFailure.STOP)))
        .startsWith("it cannot be rolled back: without a scaling process to suspend");
    RollbackValidator.requireAutomaticRollback(
        launch(CommandType.SHELL, UNDO, OnFailure.STOP, ScalingProcess.SCALE_IN), Set.of());
  }

  @Test
  void refusesAutomaticRollbackWithFailurePause() {
    assertThat(
            impossible(launch(CommandType.SHELL, UNDO, OnFailure.PAUSE, ScalingProcess.SCALE_IN)))
        .isEqualTo("at a failure OOS would wait for the user instead of ending");
  }

  @Test
  void refusesAutomaticRollbackOfARollback() {
    assertThat(impossible(Rollback.of(CONTEXT, SOURCE, 6, Optional.empty(), UpdateSpec.EMPTY, "")))
        .isEqualTo("a rollback cannot be rolled back");
  }

  private static final Script UNDO = Script.of("undo.sh", "u".getBytes(StandardCharsets.UTF_8));

  private static Launch launch(
      CommandType type, @Nullable Script undo, OnFailure onFailure, ScalingProcess... suspend) {
    return new Launch(
        CONTEXT,
        6,
        UpdateSpec.EMPTY
            .withScript(Script.of("deploy.sh", "d".getBytes(StandardCharsets.UTF_8)), type)
            .withRollbackScript(undo)
            .withOnFailure(onFailure),
        Set.of(suspend),
        "",
        List.of(),
        Map.of());
  }

  private static String impossible(Rollout rollout) {
    try {
      RollbackValidator.requireAutomaticRollback(rollout, Set.of());
    } catch (Problem p) {
      assertThat(p.kind()).isEqualTo(Problem.Kind.REFUSED);
      assertThat(p.what()).isEqualTo("cannot launch with --rollback-on-failure");
      return p.why();
    }
    throw new AssertionError("it was not refused");
  }

  private static Progress progress(Execution execution, ExecutionStatus instance) {
    return new Progress(
        execution,
        List.of(
            new Progress.BatchProgress(
                1,
                List.of(
                    new Progress.InstanceProgress(
                        "i-a", instance, "", "", "exec-2", "t-1", null, null)))),
        2);
  }

  private static Problem onceAborted(Execution source, int touched) {
    try {
      Rollback.ofRunningSource(CONTEXT, source, touched, Optional.empty(), UpdateSpec.EMPTY, "");
    } catch (Problem p) {
      assertThat(p.kind()).isEqualTo(Problem.Kind.REFUSED);
      return p;
    }
    throw new AssertionError("it was not refused");
  }

  private static void refused(Execution source, int touched, String why, String next) {
    assertThatThrownBy(
            () -> Rollback.of(CONTEXT, source, touched, Optional.empty(), UpdateSpec.EMPTY, ""))
        .isInstanceOfSatisfying(
            Problem.class,
            p -> {
              assertThat(p.kind()).isEqualTo(Problem.Kind.REFUSED);
              assertThat(p.what()).isEqualTo("exec-1 cannot be rolled back");
              assertThat(p.why()).isEqualTo(why);
              assertThat(p.next()).isEqualTo(next);
            });
  }
}
