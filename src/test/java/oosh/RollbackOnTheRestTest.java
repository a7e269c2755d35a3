package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.record.JournalEntry;
import org.junit.jupiter.api.Test;

/** A rollback where an instance that the launch has touched is not in the group any more. */
class RollbackOnTheRestTest extends ShellFixture {

  private static final String LAUNCH = "exec-0000000000000001";

  @Test
  void namesInstancesThatLeftAndRollsBackTheOthers() {
    assertThat(run(STAGED + "launch -y; sandbox set i-bp1a --gone")).as(oneLine()).isZero();

    assertThat(run("rollback -y --strict -m errors")).as(said.toString()).isZero();

    assertThat(oneLine())
        .contains("instances 5 of the instances that it has touched: i-bp1f, i-bp1e, i-bp1d,")
        .contains("has left i-bp1a: the public template would stop there")
        .doesNotContain("that are not rolled back");
    Execution rollback = executions().get(0);
    assertThat(rollback.status()).isEqualTo(ExecutionStatus.SUCCESS);
    assertThat(rollback.isRollback()).isTrue();
    assertThat(rollback.parameter("sourceExecutionId")).isEqualTo(LAUNCH);
    JournalEntry entry = backends.journal().starts().find(rollback.id()).orElseThrow();
    assertThat(entry.rollback()).isTrue();
    assertThat(entry.sourceExecutionId()).isEqualTo(LAUNCH);
    assertThat(entry.succeeded()).isEqualTo(5);
    assertThat(entry.total()).isEqualTo(5);
    assertThat(run("doctor")).isZero();
    assertThat(oneLine()).contains("none that an execution caused");
    assertThat(run("rollback " + rollback.id())).isEqualTo(1);
    assertThat(oneLine()).contains("it is a rollback itself, of " + LAUNCH);
    assertThat(run("report " + LAUNCH)).isZero();
    assertThat(oneLine()).contains(rollback.id());
  }

  /** Seen before: the public template stops at the first batch, and did so every time. */
  @Test
  void rollsBackAfterALaunchThatFailedAndProtectsAgainWhatWasProtected() {
    assertThat(
            run(
                "sandbox set i-bp1d Protected; "
                    + STAGED
                    + "stage set lifecycleState InService,Protected;"
                    + " sandbox fail i-bp1d --exit 3 --times 1; launch -y"))
        .isEqualTo(5);
    assertThat(run("sandbox set i-bp1a --gone; rollback -y")).as(said.toString()).isZero();
    assertThat(states()).hasSize(5).containsEntry("i-bp1d", "Protected");
    assertThat(states().values()).containsOnly("InService", "Protected");
    assertThat(run("doctor")).isZero();
    assertThat(oneLine()).contains("none that an execution caused");
  }

  @Test
  void whereAllHaveLeftNothingRollsBack() {
    assertThat(
            run(STAGED + "sandbox fail i-bp1a --exit 3 --times 1; stage batch --size 1; launch -y"))
        .isEqualTo(5);
    assertThat(run("sandbox set i-bp1a --gone; rollback -y")).isEqualTo(1);
    assertThat(oneLine()).contains("none of the instances that it touched is still in the group");
    assertThat(executions()).hasSize(1);
  }

  @Test
  void anotherMethodsRollbackWarnsOfWhoHasLeft() {
    assertThat(
            run(
                "use group asg-bp1web; use method replace-image; stage image m-bp1web25;"
                    + " launch -y; sandbox set i-bp1a --gone"))
        .as(oneLine())
        .isZero();
    assertThat(run("rollback --dry-run")).as(oneLine()).isZero();
    assertThat(oneLine())
        .contains("warning i-bp1a has left the group: the template stops there")
        .contains("launch what should run instead, with method replace-image");
  }
}
