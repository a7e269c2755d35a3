package oosh.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.time.Duration;
import oosh.sandbox.api.SandboxCaller;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** ACS::Pause. */
class PauseTaskTest {
  private static final String TEXT =
      GateFixture.text(
          "{\"Name\": \"hold\", \"Action\": \"ACS::Pause\"}",
          GateFixture.look("gate", "ACS::CheckFor", ""));

  private final Sandbox sandbox = Sandbox.open(SandboxOptions.inSteps());
  private final SandboxCaller caller = new SandboxCaller(sandbox);
  private final GateFixture gates = new GateFixture(caller);

  @AfterEach
  void close() {
    sandbox.close();
  }

  private String paused(String... more) {
    String id = gates.start(TEXT, more);
    sandbox.advance(Duration.ofDays(2));
    return id;
  }

  private SandboxCaller.Reply notify(String id, String type) {
    return caller.call(SandboxCaller.OOS, "NotifyExecution", "ExecutionId", id, "NotifyType", type);
  }

  @Test
  void waitsUntilItIsApproved() {
    String id = paused();
    JsonObject execution = caller.execution(id);
    assertThat(execution.get("Status").getAsString()).isEqualTo("Waiting");
    assertThat(execution.get("WaitingStatus").getAsString()).isEqualTo("Pause");
    assertThat(execution.getAsJsonArray("CurrentTasks").toString()).contains("hold", "ACS::Pause");
    assertThat(notify(id, "RetryTask").code()).isEqualTo("InvalidParameter");
    assertThat(notify(id, "Approve").http()).isEqualTo(200);
    sandbox.advance(Duration.ofSeconds(1));
    assertThat(caller.status(id)).isEqualTo("Success");
    assertThat(caller.execution(id).get("WaitingStatus").getAsString()).isEmpty();
    assertThat(caller.tasks(id)).containsExactly("hold Success", "gate Success");
  }

  @Test
  void aPauseIsThatOfNoFailureInModeFailurePause() {
    String id = paused("Mode", "FailurePause");
    assertThat(caller.execution(id).get("WaitingStatus").getAsString()).isEqualTo("Pause");
    assertThat(notify(id, "SkipTask").code()).isEqualTo("InvalidParameter");
    gates.health("i-bp1a", "Unhealthy");
    notify(id, "Approve");
    sandbox.advance(Duration.ofSeconds(1));
    assertThat(caller.execution(id).get("WaitingStatus").getAsString()).isEqualTo("FailurePause");
  }

  @Test
  void isCancelledOrRejected() {
    String id = paused();
    caller.call(SandboxCaller.OOS, "CancelExecution", "ExecutionId", id);
    assertThat(caller.tasks(id)).containsExactly("hold Cancelled");
    assertThat(notify(id, "Approve").code()).isEqualTo("InvalidParameter");
    String rejected = paused();
    notify(rejected, "Reject");
    assertThat(caller.status(rejected)).isEqualTo("Failed");
    assertThat(caller.tasks(rejected)).containsExactly("hold Failed");
  }

  @Test
  void hasNoProperties() {
    assertThat(gates.refused(TEXT.replace("ACS::Pause\"", "ACS::Pause\", \"Retries\": 1")))
        .contains("it does not know Retries");
    assertThat(
            gates.refused(TEXT.replace("ACS::Pause\"", "ACS::Pause\", \"Properties\": {\"a\":1}")))
        .contains("ACS::Pause has no Properties");
  }
}
