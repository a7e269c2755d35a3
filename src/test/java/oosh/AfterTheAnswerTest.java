package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import oosh.rollout.OnFailure;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.StartRequest;
import oosh.rollout.update.BatchSizing;
import oosh.rollout.update.CommandType;
import oosh.rollout.update.Context;
import oosh.rollout.update.Launch;
import oosh.rollout.update.Script;
import oosh.rollout.update.UpdateMethod;
import oosh.rollout.update.UpdateSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens on the group while a question stands. */
class AfterTheAnswerTest extends ShellFixture {
  private static final String CHANGED = "the plan has changed since the question; it is now:";

  @Test
  void asksAgainWhereInstancesHaveLeftService() {
    answers(this::fourGoToStandby, "y").answers("no");

    assertThat(run(STAGED + "launch")).isEqualTo(3);

    assertThat(oneLine())
        .contains("instances 6 in service; 6 take part")
        .contains(CHANGED)
        .contains("instances 2 in service, 4 in Standby; 2 take part")
        .contains("type asg-bp1web to launch on 2 instances, profile sandbox: ")
        .contains("nothing was started");
    assertThat(executions()).isEmpty();
  }

  @Test
  void startsWhatTheSecondPlanSays() {
    answers(this::fourGoToStandby, "y").answers("y");

    assertThat(run(STAGED + "stage batch --size 1; launch")).isZero();

    assertThat(oneLine()).contains(CHANGED).contains("Success: 2 of 2 instances");
  }

  @ParameterizedTest
  @ValueSource(strings = {"launch", "rollback", "retry --missing"})
  void namesAnExecutionThatWasStartedMeanwhile(String verb) {
    assertThat(run(STAGED + "sandbox fail i-bp1c --exit 3 --times 1; launch -y")).isEqualTo(5);
    answers(this::somebodyElseStarts, "y");

    assertThat(run(verb)).as(oneLine()).isEqualTo(1);

    Execution theirs = executions().get(0);
    assertThat(theirs.description()).isEqualTo("theirs");
    assertThat(oneLine()).contains(theirs.id() + " is in flight on this group: Started");
    assertThat(executions()).hasSize(2);
  }

  @Test
  void abortsNothingWhereAnExecutionWasStartedMeanwhile() {
    assertThat(run(STAGED + "stage pause first; launch -y")).isEqualTo(7);
    Execution source = executions().get(0);
    answers(this::somebodyElseStarts, "y");

    assertThat(run("rollback --now")).as(oneLine()).isEqualTo(1);

    Execution theirs = executions().get(0);
    assertThat(theirs.description()).isEqualTo("theirs");
    assertThat(oneLine()).contains(theirs.id() + " is in flight on this group: Started");
    assertThat(executions()).hasSize(2);
    assertThat(executions().get(1).status()).isEqualTo(source.status());
  }

  @Test
  void doesNotHealWhileAnExecutionRuns() {
    assertThat(run(STAGED + "sandbox fail i-bp1c --exit 3 --times 1; launch -y")).isEqualTo(5);
    answers(this::somebodyElseStarts, "y");

    assertThat(run("heal --return-failed")).isEqualTo(1);

    assertThat(oneLine())
        .contains("cannot heal asg-bp1web")
        .contains(executions().get(0).id() + " is Started on it");
    assertThat(states()).containsEntry("i-bp1c", "Standby");
  }

  @Test
  void showsTheNewPlanOfAHealing() {
    assertThat(run(STAGED + "sandbox fail i-bp1c --exit 3 --times 1; launch -y")).isEqualTo(5);
    answers(() -> cloud().groups().exitStandby(GROUP, List.of("i-bp1c")), "y").answers("no");

    assertThat(run("heal --return-failed")).isEqualTo(3);

    assertThat(oneLine())
        .contains("the group has changed since the question; it is now:")
        .contains("nothing was healed");
  }

  @Test
  void doesNotSkipAnInstanceThatAnotherUserHasRetried() {
    assertThat(run(STAGED + "sandbox fail i-bp1c --exit 3 --times 1; launch -y --on-failure pause"))
        .isEqualTo(7);
    String id = executions().get(0).id();
    answers(() -> cloud().executions().cancel(id), "y");

    assertThat(run("skip")).isEqualTo(1);

    assertThat(oneLine()).contains(id + " cannot be skipped").contains("it has ended");
  }

  private void fourGoToStandby() {
    elsewhere(
        "sandbox set i-bp1c Standby; sandbox set i-bp1d Standby; sandbox set i-bp1e Standby;"
            + " sandbox set i-bp1f Standby");
  }

  /** A signed StartExecution that no journal knows. */
  private void somebodyElseStarts() {
    Launch launch =
        new Launch(
            new Context("sandbox", "cn-hangzhou", GROUP, UpdateMethod.RUN_SCRIPT),
            6,
            UpdateSpec.EMPTY
                .withScript(Script.ofText("theirs.sh", "sleep 30"), CommandType.SHELL)
                .withBatches(BatchSizing.number(3)),
            Set.of(),
            "theirs",
            List.of(),
            Map.of());
    cloud()
        .executions()
        .start(
            new StartRequest(
                UpdateMethod.RUN_SCRIPT.template(),
                "",
                "",
                launch.parameters(),
                OnFailure.STOP,
                "theirs",
                Map.of(),
                "theirs"));
  }
}
