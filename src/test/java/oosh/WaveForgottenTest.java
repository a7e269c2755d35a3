package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A rollout whose execution was deleted in OOS before its shell has seen the end. */
@Timeout(60)
class WaveForgottenTest extends WaveTestBase {
  private static final String UNKNOWN =
      "not known: OOS has forgotten it; deploy.sh c61f8c on 0 of 3 when last seen";

  @Test
  void anExecutionThatOosForgetsEndsTheWaitAndCanBeRolledBack() {
    launchThatIsForgotten();
    assertThat(phases())
        .containsExactly("asg-t4nweb FAILED", "asg-bp1web TO_START", "asg-bp1api TO_START");
    assertThat(oneLine()).contains(UNKNOWN);

    assertThat(run("continue " + id() + " --skip asg-t4nweb")).as(oneLine()).isZero();
    assertThat(oneLine()).contains(UNKNOWN + "; left out by operator");

    assertThat(run("rollback " + id() + " -y")).as(oneLine()).isZero();
    assertThat(oneLine()).contains("it is unknown which instances it reached");
    assertThat(phases())
        .containsExactly(
            "asg-t4nweb ROLLED_BACK", "asg-bp1web ROLLED_BACK", "asg-bp1api ROLLED_BACK");
  }

  private void launchThatIsForgotten() {
    whenShown(
        "asg-t4nweb  Running",
        () -> {
          pause(60);
          forget(executionOn("asg-t4nweb"));
        });
    assertThat(run(launch)).as(oneLine()).isEqualTo(5);
  }

  /** Which instances it reached, and which failed, nobody can tell. */
  @Test
  void aRetryLaunchesAnewWhereOosHasForgottenTheLaunch() {
    launchThatIsForgotten();
    assertThat(run("continue " + id() + " --retry")).as(oneLine()).isZero();
    assertThat(phases())
        .containsExactly("asg-t4nweb SUCCESS", "asg-bp1web SUCCESS", "asg-bp1api SUCCESS");
  }

  /** Its rollback is forgotten: it is tried again where it is not known. */
  @Test
  void aRollbackThatOosForgetsIsTriedAgain() {
    assertThat(run(launch)).isZero();
    whenShown(
        "asg-t4nweb  going back",
        () -> {
          pause(60);
          forget(executionOn("asg-t4nweb"));
        });
    assertThat(run("rollback " + id() + " -y")).as(oneLine()).isEqualTo(5);
    assertThat(oneLine()).contains("not known: OOS has forgotten its rollback");
    assertThat(phases())
        .containsExactly(
            "asg-t4nweb ROLLBACK_FAILED", "asg-bp1web ROLLED_BACK", "asg-bp1api ROLLED_BACK");
    assertThat(run("rollback " + id() + " -y")).as(oneLine()).isZero();
    assertThat(phases()).startsWith("asg-t4nweb ROLLED_BACK");
  }
}
