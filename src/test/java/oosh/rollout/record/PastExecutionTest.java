package oosh.rollout.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import oosh.rollout.RolloutFixtures;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.cloud.GroupInstance;
import oosh.rollout.update.UpdateMethod;
import oosh.rollout.update.UpdateSpec;
import org.junit.jupiter.api.Test;

/** What an execution says of instances that joined its group later. */
class PastExecutionTest {
  private static final Instant LAUNCHED = Instant.parse("2026-03-04T05:06:07Z");

  @Test
  void aForgottenExecutionIsBeforeAnInstanceThatJoinedLater() {
    PastExecution forgotten =
        new PastExecution("exec-1", ExecutionStatus.SUCCESS, null, entry(), null);

    assertThat(forgotten.isBefore(joined(LAUNCHED.plusSeconds(1)))).isTrue();
    assertThat(forgotten.isBefore(joined(LAUNCHED.minusSeconds(1)))).isFalse();
    assertThat(forgotten.isBefore(new GroupInstance("i-0", "InService", "Healthy", null, null)))
        .isFalse();
  }

  @Test
  void anExecutionThatOosKnowsIsNeverBeforeAnInstance() {
    PastExecution known =
        new PastExecution(
            "exec-1",
            ExecutionStatus.SUCCESS,
            RolloutFixtures.ended("exec-1", "asg-bp1web", ""),
            entry(),
            null);

    assertThat(known.isBefore(joined(LAUNCHED.plusSeconds(1)))).isFalse();
  }

  private static GroupInstance joined(Instant at) {
    return new GroupInstance("i-0", "InService", "Healthy", null, null, at, false, Map.of());
  }

  private static JournalEntry entry() {
    return new JournalEntry(
        "oosh-1",
        JournalEntry.StartState.STARTED,
        false,
        "sandbox",
        "cn-hangzhou",
        "asg-bp1web",
        "exec-1",
        ExecutionStatus.SUCCESS,
        UpdateSpec.EMPTY,
        false,
        "",
        new Initiator("ann", "ops", 7),
        LAUNCHED,
        null,
        6,
        6,
        "",
        null,
        "",
        UpdateMethod.RUN_SCRIPT,
        Map.of());
  }
}
