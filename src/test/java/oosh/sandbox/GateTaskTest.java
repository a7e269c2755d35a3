package oosh.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import oosh.sandbox.api.SandboxCaller;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ACS::CheckFor and ACS::WaitFor outside loops. */
class GateTaskTest {
  private static final String CHECK = "ACS::CheckFor";
  private static final String WAIT = "ACS::WaitFor";
  private static final String STEADY = "\"Retries\": 3, \"DelayType\": \"Constant\", \"Delay\": 5";

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

  private String look(String action, String beside) {
    return GateFixture.text(GateFixture.look("gate", action, beside));
  }

  private String selecting(String action, String selector, String wanted) {
    return GateFixture.text(
        GateFixture.task(
            "gate",
            action,
            """
            "Service": "OOS", "API": "ListExecutions",
            "Parameters": {"ExecutionId": "{{ ACS::ExecutionId }}"},
            "PropertySelector": "%s", %s
            """
                .formatted(selector.replace("\"", "\\\""), wanted),
            ""));
  }

  private String outcome(String text) {
    String id = gates.start(text);
    pass(5000);
    return caller.status(id) + " " + gates.said(id);
  }

  @Test
  void checkForFailsAtOnceIfTheValueIsNotDesired() {
    String id = gates.start(look(CHECK, ""));
    pass(1);
    assertThat(caller.status(id)).isEqualTo("Success");
    gates.health("i-bp1a", "Unhealthy");
    String bad = gates.start(look(CHECK, ""));
    pass(1);
    assertThat(caller.status(bad)).isEqualTo("Failed");
    assertThat(gates.said(bad))
        .isEqualTo("Task gate: CheckFor.NotDesired: the value is Unhealthy, not one of [Healthy]");
  }

  @Test
  void notDesiredValuesAndSeveralValues() {
    assertThat(
            outcome(selecting(CHECK, "Executions[].Status", "\"NotDesiredValues\": [\"Running\"]")))
        .isEqualTo(
            "Failed Task gate: CheckFor.NotDesired: the value is Running, one of the"
                + " NotDesiredValues [Running]");
    assertThat(outcome(selecting(CHECK, "1, 2", "\"DesiredValues\": [1, \"2\"]")))
        .isEqualTo("Success ");
    assertThat(outcome(selecting(CHECK, "1, 2", "\"DesiredValues\": [1]")))
        .contains("the value is 1, 2, not one of [1]");
    assertThat(
            outcome(selecting(CHECK, "[1, {\"a\":true}]", "\"DesiredValues\": [[1,{\"a\":true}]]")))
        .isEqualTo("Success ");
    assertThat(outcome(selecting(CHECK, "empty", "\"NotDesiredValues\": [1]")))
        .endsWith("the value is none");
    assertThat(outcome(selecting(CHECK, ".NoSuchField", "\"DesiredValues\": [\"null\"]")))
        .endsWith("the value is none, not one of [null]");
  }

  @Test
  void aSelectorWithOrWithoutALeadingDotIsJq() {
    for (String selector :
        new String[] {
          "Executions[].Status",
          ".Executions[].Status",
          "Executions[0].Status",
          ". | if .Code==null then \"Running\" else .Code end",
          "[.Executions[] | select(.Status|startswith(\"Run\"))] | if length>0 then \"Running\""
              + " else \"none\" end",
          "Executions | map(.Status) | .[]",
          "\"{\\\"a\\\":\\\"Running\\\"}\" | fromjson | .a"
        }) {
      assertThat(
              outcome(
                  selecting(
                      CHECK, selector.replace("\\", "\\\\"), "\"DesiredValues\": [\"Running\"]")))
          .as(selector)
          .isEqualTo("Success ");
    }
  }

  @Test
  void waitForLooksUntilTheValueIsThere() {
    gates.health("i-bp1a", "Unhealthy");
    String id = gates.start(look(WAIT, STEADY));
    pass(9);
    assertThat(caller.status(id)).isEqualTo("Running");
    assertThat(caller.execution(id).getAsJsonArray("CurrentTasks").toString()).contains("gate");
    gates.health("i-bp1a", "Healthy");
    assertThat(caller.status(id)).isEqualTo("Running");
    pass(1);
    assertThat(caller.status(id)).isEqualTo("Success");
  }

  @Test
  void waitForGivesUpAfterItsRetriesAndNamesTheLastValue() {
    gates.health("i-bp1a", "Unhealthy");
    String id = gates.start(look(WAIT, STEADY.replace("3", "\"{{ retries }}\"")));
    pass(14);
    assertThat(caller.status(id)).isEqualTo("Running");
    pass(1);
    assertThat(caller.status(id)).isEqualTo("Failed");
    assertThat(gates.said(id))
        .isEqualTo(
            "Task gate: WaitFor.RetriesExhausted: the value is Unhealthy, not one of [Healthy],"
                + " after 4 looks");
  }

  private int secondsOf(String beside) {
    gates.health("i-bp1a", "Unhealthy");
    String id = gates.start(look(WAIT, beside));
    pass(0);
    int seconds = 0;
    for (; caller.status(id).equals("Running"); seconds++) {
      pass(1);
    }
    return seconds;
  }

  @Test
  void delaysAreConstantExponentialOrLinearUpToALimit() {
    assertThat(secondsOf("\"Retries\": 3")).isEqualTo(2 + 4 + 8);
    assertThat(secondsOf("\"Retries\": 3, \"DelayType\": \"Constant\"")).isEqualTo(6);
    assertThat(secondsOf("\"Retries\": 3, \"DelayType\": \"Linear\", \"Delay\": 1, \"BackOff\": 3"))
        .isEqualTo(1 + 4 + 7);
    assertThat(secondsOf("\"Retries\": 3, \"BackOff\": 5, \"MaxRetryInterval\": 9"))
        .isEqualTo(2 + 9 + 9);
    assertThat(secondsOf("\"Retries\": 0")).isZero();
  }

  @Test
  void aStopRetryValueEndsTheWaitAtOnce() {
    gates.health("i-bp1a", "Unhealthy");
    String text =
        look(WAIT, STEADY)
            .replace(
                "\"DesiredValues\"", "\"StopRetryValues\": [\"Unhealthy\"], \"DesiredValues\"");
    String id = gates.start(text);
    pass(0);
    pass(1);
    assertThat(gates.said(id))
        .isEqualTo(
            "Task gate: WaitFor.Stopped: the value is Unhealthy, one of the StopRetryValues"
                + " [Unhealthy]");
  }

  @Test
  void anErrorOfTheApiIsGivenToTheSelector() {
    String hooks =
        GateFixture.text(
            GateFixture.task(
                "gate",
                CHECK,
                """
                "Service": "ess", "API": "describelifecyclehooks",
                "Parameters": {"ScalingGroupId": "asg-none"},
                "PropertySelector": ".Code", "DesiredValues": ["InvalidScalingGroupId.NotFound"]
                """,
                ""));
    assertThat(outcome(hooks)).isEqualTo("Success ");
  }

  @Test
  void anErrorOfJqIsNoValue() {
    assertThat(outcome(selecting(CHECK, ".Nothing[]", "\"DesiredValues\": [1]")))
        .isEqualTo(
            "Failed Task gate: CheckFor.NotDesired: the value is none (jq: Cannot iterate over"
                + " null (null)), not one of [1]");
    assertThat(outcome(selecting(WAIT, ".Nothing[]", "\"DesiredValues\": [1]")))
        .contains("after 11 looks");
    assertThat(outcome(selecting(CHECK, "range(10001)", "\"DesiredValues\": [1]")))
        .contains("more than 10000 values");
    assertThat(outcome(selecting(CHECK, "[range(1e15)]", "\"DesiredValues\": [1]")))
        .contains("more than 10000 values");
    assertThat(outcome(selecting(CHECK, "def f: f; f", "\"DesiredValues\": [1]")))
        .contains("the selector does not end");
  }

  @Test
  void whatIsNoGateIsRefusedBeforeItStarts() {
    assertThat(gates.refused(selecting(CHECK, ".a |", "\"DesiredValues\": [1]")))
        .contains("the PropertySelector of task gate is not valid: it is no jq: .a |");
    assertThat(gates.refused(selecting(CHECK, "." + "a".repeat(5000), "\"DesiredValues\": [1]")))
        .contains("longer than 4096 characters");
    assertThat(gates.refused(selecting(CHECK, ".a|test(\"x\")", "\"DesiredValues\": [1]")))
        .contains("the jq of the sandbox has no test");
    assertThat(gates.refused(selecting(CHECK, "", "\"DesiredValues\": [1]")))
        .contains("no PropertySelector");
    assertThat(gates.refused(selecting(CHECK, ".a", "\"Parameters\": {}")))
        .contains("neither DesiredValues nor NotDesiredValues");
    assertThat(gates.refused(selecting(CHECK, ".a", "\"DesiredValues\": 1"))).contains("a list");
    assertThat(
            gates.refused(
                selecting(CHECK, ".a", "\"DesiredValues\": [1], \"StopRetryValues\": [2]")))
        .contains("StopRetryValues");
    assertThat(gates.refused(look(CHECK, "\"Retries\": 3"))).contains("it does not know Retries");
    assertThat(gates.refused(look(WAIT, "\"Retries\": 301")))
        .contains("task gate: Retries is no whole number from 0 to 300");
    assertThat(gates.refused(look(WAIT, "\"Delay\": 0"))).contains("Delay");
    assertThat(gates.refused(look(WAIT, "\"DelayType\": \"Random\""))).contains("Random");
    assertThat(gates.refused(look(WAIT, "").replace("\"ESS\"", "\"RDS\"")))
        .contains("it serves no RDS:DescribeScalingInstances");
    assertThat(
            gates.refused(
                selecting(WAIT, ".a", "\"DesiredValues\": [1]")
                    .replace("ListExecutions", "CancelExecution")))
        .contains("a template of it does not call OOS:CancelExecution");
  }

  @Test
  void aRoleWithoutTheRightFailsTheGateAndThePolicyNamesIt() {
    String text = look(WAIT, STEADY);
    assertThat(
            caller
                .call(
                    SandboxCaller.OOS,
                    "GenerateExecutionPolicy",
                    "TemplateContent",
                    text,
                    "RamRole",
                    "gatekeeper")
                .json()
                .get("Policy")
                .getAsString())
        .contains("ess:DescribeScalingInstances");
    caller.control(
        "POST", "roles", "{\"role\":\"gatekeeper\",\"lacks\":[\"ess:DescribeScalingInstances\"]}");
    assertThat(outcome(text))
        .isEqualTo(
            "Failed Task gate: Forbidden.RAM: The role gatekeeper is not authorized to"
                + " ess:DescribeScalingInstances in task gate.");
  }

  @Test
  void cancellingEndsAWait() {
    gates.health("i-bp1a", "Unhealthy");
    String id = gates.start(look(WAIT, STEADY));
    pass(7);
    caller.call(SandboxCaller.OOS, "CancelExecution", "ExecutionId", id);
    assertThat(gates.all(id)).containsExactly("gate Cancelled");
    pass(60);
    assertThat(caller.status(id)).isEqualTo("Cancelled");
    assertThat(
            caller
                .call(SandboxCaller.OOS, "DeleteExecutions", "ExecutionIds", "[\"" + id + "\"]")
                .http())
        .isEqualTo(200);
  }

  @Test
  void aWaitGoesOnAfterARestart(@TempDir Path folder) throws IOException {
    sandbox.close();
    Path file = folder.resolve("state.json.gz");
    open(file);
    gates.health("i-bp1a", "Unhealthy");
    String id = gates.start(look(WAIT, STEADY));
    pass(7);
    // What is on disk at this moment is what a kill leaves.
    Path killed = Files.copy(file, folder.resolve("killed.json.gz"));
    sandbox.close();
    open(killed);
    pass(7);
    assertThat(caller.status(id)).isEqualTo("Running");
    pass(1);
    assertThat(gates.said(id)).endsWith("after 4 looks");
  }

  private void open(Path file) {
    sandbox = Sandbox.open(new SandboxOptions(0, file, true, null));
    caller = new SandboxCaller(sandbox);
    gates = new GateFixture(caller);
  }
}
