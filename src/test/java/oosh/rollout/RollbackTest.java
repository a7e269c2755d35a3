package oosh.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When a rollback is refused, by name. */
class RollbackTest {
  private static final Context CONTEXT =
      new Context("default", "cn-hangzhou", "asg-1", UpdateMethod.RUN_SCRIPT);
  private static final Execution SOURCE = Groups.ended("exec-1", "asg-1", "undo");

  @Test
  void refusesASourceThatIsStillRunning() {
    Execution running = Groups.execution("exec-1", ExecutionStatus.RUNNING, SOURCE.parameters());
    refused(running, 6, "it is still Running", "abort exec-1, then rollback exec-1");
  }

  @Test
  void refusesASourceThatWaits() {
    Execution waiting = Groups.execution("exec-1", ExecutionStatus.WAITING, SOURCE.parameters());
    refused(waiting, 6, "it is still Waiting", "abort exec-1, then rollback exec-1");
  }

  @Test
  void refusesARollback() {
    refused(
        Groups.with(Groups.with(SOURCE, "invokeType", "rollback"), "sourceExecutionId", "exec-0"),
        6,
        "it is a rollback itself, of exec-0",
        "stage script FILE, then launch what should run now");
  }

  @Test
  void refusesASourceWithoutRollbackScript() {
    refused(
        Groups.with(SOURCE, "rollbackScript", ""),
        6,
        "it was launched without a rollback script, and none is staged",
        "stage rollback FILE, then rollback exec-1");
  }

  @Test
  void goesBackFromALaunchByOoshsOwnTemplate() {
    Execution own =
        new Execution(
            SOURCE.id(),
            "",
            SOURCE.status(),
            "",
            "",
            SOURCE.parameters(),
            Map.of(),
            "",
            List.of(),
            null,
            "root",
            "",
            Map.of(UpdateMethod.TAG, UpdateMethod.RUN_SCRIPT_OOSH.word()),
            null,
            null,
            "{}");
    Rollback rollback =
        Rollback.of(
            CONTEXT.withMethod(UpdateMethod.RUN_SCRIPT_OOSH),
            own,
            6,
            Optional.empty(),
            Staging.EMPTY,
            "");
    assertThat(rollback.context().method()).isEqualTo(UpdateMethod.RUN_SCRIPT);
    assertThat(rollback.content()).isEmpty();
  }

  @Test
  void refusesAWindowsCommandType() {
    refused(
        Groups.with(SOURCE, "commandType", "RunPowerShellScript"),
        6,
        "it ran a RunPowerShellScript; the template's rollback always runs RunShellScript",
        "stage script UNDO --type powershell, then launch it");
  }

  @Test
  void refusesASourceThatSuspendedNothing() {
    refused(
        Groups.with(SOURCE, "enterProcess", List.of()),
        6,
        "it suspended no scaling process, and the template cannot roll such a launch back",
        "stage script UNDO, then launch it");
  }

  @Test
  void refusesASourceThatTouchedNothing() {
    refused(SOURCE, 0, "it touched no instance", "nothing is left to do; history shows the rest");
  }

  @Test
  void takesTheStagedScriptWhereNoneIsRemembered() {
    Script staged = Script.of("undo.sh", "other".getBytes(StandardCharsets.UTF_8));
    Rollback rollback =
        Rollback.of(
            CONTEXT,
            Groups.with(SOURCE, "rollbackScript", ""),
            6,
            Optional.empty(),
            Staging.EMPTY.withRollbackScript(staged),
            "");
    assertThat(rollback.rollbackScript().text()).isEqualTo("other");
  }

  @Test
  void takesBatchesPauseAndRoleFromASourceStartedElsewhere() {
    Execution elsewhere =
        Groups.with(
            Groups.with(
                Groups.with(SOURCE, "batchNumber", 3L), "batchPauseOption", "EveryBatchPause"),
            "OOSAssumeRole",
            "OpsRole");
    Rollback rollback = Rollback.of(CONTEXT, elsewhere, 6, Optional.empty(), Staging.EMPTY, "");
    assertThat(rollback.batches()).isEqualTo(Batches.number(3));
    assertThat(rollback.pause()).isEqualTo(BatchPause.EVERY);
    assertThat(rollback.role()).isEqualTo("OpsRole");
    assertThat(rollback.rollbackScript().text()).isEqualTo("undo");
  }

  private static void refused(Execution source, int touched, String why, String next) {
    assertThatThrownBy(
            () -> Rollback.of(CONTEXT, source, touched, Optional.empty(), Staging.EMPTY, ""))
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
