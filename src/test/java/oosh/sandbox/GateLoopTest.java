package oosh.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import oosh.sandbox.api.SandboxCaller;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ACS::WaitFor, ACS::CheckFor and ACS::ExecuteAPI in loops. */
class GateLoopTest {
  private static final String CHECK = "ACS::CheckFor";
  private static final String WAIT = "ACS::WaitFor";

  private Sandbox sandbox = Sandbox.open(SandboxOptions.inSteps());
  private SandboxCaller caller = new SandboxCaller(sandbox);
  private GateFixture gates = new GateFixture(caller);

  @AfterEach
  void close() {
    sandbox.close();
  }

  private void pass(int seconds) {
    sandbox.advance(Duration.ofSeconds(seconds));
  }

  private static String gate(String action, String items, String rate) {
    return GateFixture.text(task(action, items, rate, "ACS::END"));
  }

  private static String task(String action, String items, String rate, String onError) {
    return GateFixture.task(
        "gate",
        action,
        GateFixture.HEALTH.formatted("{{ACS::TaskLoopItem}}"),
        (action.equals(WAIT) ? "\"Retries\": 2, \"DelayType\": \"Constant\", \"Delay\": 5," : "")
            + "\"OnError\": \"%s\", \"Loop\": {\"Items\": %s, \"RateControl\": %s}"
                .formatted(onError, items, rate));
  }

  private static String rate(int concurrency, String maxErrors) {
    return "{\"Mode\": \"Concurrency\", \"Concurrency\": %d, \"MaxErrors\": %s}"
        .formatted(concurrency, maxErrors);
  }

  private void sicken(String... ids) {
    for (String id : ids) {
      gates.health(id, "Unhealthy");
    }
  }

  @Test
  void eachItemIsATaskExecutionWithoutAChildExecution() {
    String id = gates.start(gate(WAIT, "\"{{ ids }}\"", "\"{{ rate }}\""));
    pass(1);
    assertThat(caller.status(id)).isEqualTo("Success");
    assertThat(gates.all(id))
        .containsExactly(
            "gate Success", "gate i-bp1a Success", "gate i-bp1b Success", "gate i-bp1c Success");
    JsonObject item = gates.tasks(id).get(1);
    assertThat(item.get("LoopBatchNumber").getAsInt()).isEqualTo(1);
    assertThat(item.get("TaskAction").getAsString()).isEqualTo(WAIT);
    assertThat(item.get("ChildExecutionId").getAsString()).isEmpty();
    assertThat(item.get("ParentTaskExecutionId").getAsString())
        .isEqualTo(gates.tasks(id).get(0).get("TaskExecutionId").getAsString());
    assertThat(gates.tasks(id).get(0).getAsJsonObject("Loop").get("Total").getAsInt()).isEqualTo(3);
    assertThat(caller.children(id)).isEmpty();
  }

  @Test
  void theNextItemBeginsWhenOneEnds() {
    sicken("i-bp1a", "i-bp1b");
    String id = gates.start(gate(WAIT, "\"{{ ids }}\"", rate(2, "0")));
    pass(4);
    assertThat(gates.all(id))
        .containsExactly("gate Running", "gate i-bp1a Running", "gate i-bp1b Running");
    gates.health("i-bp1b", "Healthy");
    pass(1);
    assertThat(gates.all(id))
        .containsExactly(
            "gate Running", "gate i-bp1a Running", "gate i-bp1b Success", "gate i-bp1c Success");
    gates.health("i-bp1a", "Healthy");
    pass(5);
    assertThat(caller.status(id)).isEqualTo("Success");
  }

  @Test
  void afterTooManyFailuresRunningItemsEndAndNoOtherBegins() {
    sicken("i-bp1a", "i-bp1b", "i-bp1c");
    String id =
        gates.start(gate(WAIT, "[\"i-bp1a\", \"i-bp1b\", \"i-bp1c\", \"i-bp1d\"]", rate(3, "1")));
    pass(5);
    gates.health("i-bp1c", "Healthy");
    pass(5);
    assertThat(caller.status(id)).isEqualTo("Failed");
    assertThat(gates.all(id))
        .containsExactly(
            "gate Failed", "gate i-bp1a Failed", "gate i-bp1b Failed", "gate i-bp1c Success");
    assertThat(gates.said(id, "gate", "i-bp1b"))
        .isEqualTo(
            "Item i-bp1b: WaitFor.RetriesExhausted: the value is Unhealthy, not one of [Healthy],"
                + " after 3 looks");
    assertThat(gates.said(id))
        .isEqualTo(
            "Task gate: Item i-bp1a: WaitFor.RetriesExhausted: the value is Unhealthy, not one of"
                + " [Healthy], after 3 looks (and 1 more)");
  }

  @Test
  void anItemThatRunsEndsItsRetriesAfterAnotherHasFailed() {
    sicken("i-bp1a", "i-bp1b", "i-bp1c");
    String id =
        gates.start(gate(WAIT, "[\"i-bp1a\", \"i-bp1b\", \"i-bp1c\", \"i-bp1d\"]", rate(2, "0")));
    pass(4);
    gates.health("i-bp1b", "Healthy");
    pass(10);
    // i-bp1c began after 5 s, i-bp1a has failed after 10.
    assertThat(gates.all(id))
        .containsExactly(
            "gate Running", "gate i-bp1a Failed", "gate i-bp1b Success", "gate i-bp1c Running");
    pass(1);
    assertThat(caller.status(id)).isEqualTo("Failed");
    assertThat(gates.said(id)).endsWith("after 3 looks (and 1 more)");
  }

  @Test
  void aShareOfTheItemsMayFailAlsoAllOfThem() {
    sicken("i-bp1a", "i-bp1b", "i-bp1c");
    String id = gates.start(gate(CHECK, "\"{{ ids }}\"", rate(2, "\"100%\"")));
    pass(1);
    assertThat(caller.status(id)).isEqualTo("Success");
    assertThat(gates.all(id))
        .containsExactly(
            "gate Success", "gate i-bp1a Failed", "gate i-bp1b Failed", "gate i-bp1c Failed");
    String two = gates.start(gate(CHECK, "\"{{ ids }}\"", rate(2, "\"34%\"")));
    pass(1);
    assertThat(caller.status(two)).isEqualTo("Failed");
  }

  @Test
  void itemsMayBeObjects() {
    String text =
        gate(CHECK, "\"{{ targets1 }}\"", rate(9, "0"))
            .replace(
                "\"PageSize\": 50",
                "\"PageSize\": 50, \"InstanceIds\":"
                    + " [{\"Fn::Select\": [\"InstanceId\", \"{{ ACS::TaskLoopItem }}\"]}]")
            .replaceFirst("\\| select[^|]*\\|", "|");
    sicken("i-bp1b");
    String id = gates.start(text);
    pass(1);
    assertThat(gates.all(id))
        .containsExactly("gate Failed", "gate i-bp1a Success", "gate i-bp1b Failed");
    String plain = gates.start(text.replace("\"{{ targets1 }}\"", "[{\"InstanceId\": 7}, {}]"));
    pass(1);
    assertThat(gates.all(plain)).containsExactly("gate Failed", "gate 7 Failed");
    assertThat(gates.said(plain)).contains("Item 7: ");
  }

  @Test
  void aLoopOfNothingIsOver() {
    String id = gates.start(gate(WAIT, "[]", rate(2, "0")));
    pass(1);
    assertThat(caller.status(id)).isEqualTo("Success");
  }

  @Test
  void anyCallOfTheTableRunsInALoop() {
    String id =
        gates.start(
            GateFixture.text(
                GateFixture.task(
                    "protect",
                    "ACS::ExecuteAPI",
                    "\"Service\": \"ESS\", \"API\": \"SetInstancesProtection\", \"Parameters\":"
                        + " {\"ScalingGroupId\": \"{{ group }}\", \"ProtectedFromScaleIn\": true,"
                        + " \"InstanceIds\": [\"{{ ACS::TaskLoopItem }}\"]}",
                    "\"Loop\": {\"Items\": [\"i-bp1a\", \"i-none\", \"i-bp1c\"], \"MaxErrors\": 1,"
                        + " \"Concurrency\": 2}")));
    pass(1);
    assertThat(caller.states(GateFixture.GROUP))
        .isEqualTo("Protected InService Protected InService InService InService");
    assertThat(gates.all(id))
        .containsExactly(
            "protect Success",
            "protect i-bp1a Success",
            "protect i-none Failed",
            "protect i-bp1c Success");
    assertThat(gates.said(id, "protect", "i-none")).startsWith("Item i-none: Invalid");
  }

  @Test
  void aFailedGateLeadsToItsOnError() {
    sicken("i-bp1c");
    for (String onError : List.of("ACS::NEXT", "after")) {
      String id =
          gates.start(
              GateFixture.text(
                  task(WAIT, "\"{{ ids }}\"", rate(3, "0"), onError),
                  GateFixture.look("after", CHECK, "")));
      pass(11);
      assertThat(gates.all(id)).startsWith("gate Failed").endsWith("after Success");
      assertThat(caller.status(id)).isEqualTo("Success");
    }
  }

  @Test
  void aFailurePauseRepeatsOrSkipsTheWholeGate() {
    sicken("i-bp1b");
    String text = gate(CHECK, "\"{{ ids }}\"", rate(3, "0"));
    String id = gates.start(text, "Mode", "FailurePause");
    pass(1);
    assertThat(caller.status(id)).isEqualTo("Waiting");
    notify(id, "RetryTask");
    pass(1);
    assertThat(caller.status(id)).isEqualTo("Waiting");
    gates.health("i-bp1b", "Healthy");
    notify(id, "RetryTask");
    pass(1);
    assertThat(caller.status(id)).isEqualTo("Success");
    sicken("i-bp1b");
    String skipped = gates.start(text, "Mode", "FailurePause");
    pass(1);
    notify(skipped, "SkipTask");
    assertThat(caller.status(skipped)).isEqualTo("Success");
  }

  private void notify(String id, String type) {
    assertThat(
            caller
                .call(SandboxCaller.OOS, "NotifyExecution", "ExecutionId", id, "NotifyType", type)
                .http())
        .isEqualTo(200);
  }

  @Test
  void aRightThatIsTakenAwayMeanwhileFailsTheItemsThatRunAndARetryBeginsAnew() {
    sicken("i-bp1a", "i-bp1b");
    String id = gates.start(gate(WAIT, "\"{{ ids }}\"", rate(2, "0")), "Mode", "FailurePause");
    pass(4);
    roleLacks("\"ess:DescribeScalingInstances\"");
    pass(1);
    assertThat(gates.all(id))
        .containsExactly("gate Failed", "gate i-bp1a Failed", "gate i-bp1b Failed");
    assertThat(gates.said(id, "gate", "i-bp1b")).startsWith("Item i-bp1b: Forbidden.RAM: ");
    roleLacks("");
    gates.health("i-bp1a", "Healthy");
    gates.health("i-bp1b", "Healthy");
    notify(id, "RetryTask");
    pass(1);
    assertThat(gates.all(id)).endsWith("gate i-bp1b Success", "gate i-bp1c Success");
    assertThat(caller.status(id)).isEqualTo("Success");
  }

  private void roleLacks(String rights) {
    caller.control("POST", "roles", "{\"role\":\"gatekeeper\",\"lacks\":[" + rights + "]}");
  }

  @Test
  void cancellingEndsAllItems() {
    sicken("i-bp1a", "i-bp1b", "i-bp1c");
    String id = gates.start(gate(WAIT, "\"{{ ids }}\"", rate(2, "0")));
    pass(6);
    caller.call(SandboxCaller.OOS, "CancelExecution", "ExecutionId", id);
    pass(60);
    assertThat(gates.all(id))
        .containsExactly("gate Cancelled", "gate i-bp1a Cancelled", "gate i-bp1b Cancelled");
    assertThat(caller.status(id)).isEqualTo("Cancelled");
  }

  @Test
  void aLoopGoesOnAfterAKill(@TempDir Path folder) throws IOException {
    sandbox.close();
    Path file = folder.resolve("state.json.gz");
    open(file);
    sicken("i-bp1a", "i-bp1b", "i-bp1c");
    String id = gates.start(gate(WAIT, "\"{{ ids }}\"", rate(2, "\"100%\"")));
    pass(7);
    Path killed = Files.copy(file, folder.resolve("killed.json.gz"));
    sandbox.close();
    open(killed);
    gates.health("i-bp1c", "Healthy");
    pass(3);
    assertThat(gates.all(id))
        .containsExactly(
            "gate Success", "gate i-bp1a Failed", "gate i-bp1b Failed", "gate i-bp1c Success");
  }

  private void open(Path file) {
    sandbox = Sandbox.open(new SandboxOptions(0, file, true, null));
    caller = new SandboxCaller(sandbox);
    gates = new GateFixture(caller);
  }

  @Test
  void whatNoLoopCanBeIsRefused() {
    assertThat(
            gates.refused(gate(WAIT, "\"{{ ids }}\"", "{\"Mode\": \"Batch\", \"Batch\": [1, 2]}")))
        .contains("in a loop of ACS::WaitFor it knows Mode Concurrency, not Batch");
    for (String action : List.of("ACS::Sleep", "ACS::Pause", "ACS::Loop")) {
      assertThat(
              gates.refused(
                  GateFixture.text(GateFixture.task("x", action, "", "\"Loop\": {\"Items\": []}"))))
          .contains("in a loop it knows", "not " + action);
    }
    String parameter =
        gate(WAIT, "\"{{ ids }}\"", "\"{{ rate }}\"")
            .replace("\"Mode\": \"Concurrency\"", "\"Mode\": \"Batch\", \"Batch\": [1]");
    String id = gates.start(parameter);
    pass(1);
    assertThat(gates.said(id)).contains("in Mode Concurrency, not Batch");
    assertThat(
            gates.refused(
                gate(WAIT, "\"{{ ids }}\"", rate(1, "0"))
                    .replace("{{ids", "{{ ids")
                    .replace("\"Retries\": 2", "\"Retries\": \"{{ ACS::TaskLoopItem }}\"")))
        .contains("task gate refers to ACS::TaskLoopItem");
  }
}
