package oosh.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import oosh.sandbox.api.SandboxCaller;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The Outputs of a call, and tasks that run only When two texts are the same. */
class TaskOutputTest {
  private final Sandbox sandbox = Sandbox.open(SandboxOptions.inSteps());
  private final SandboxCaller caller = new SandboxCaller(sandbox);
  private final GateFixture templates = new GateFixture(caller);

  @AfterEach
  void close() {
    sandbox.close();
  }

  /** Asks how i-bp1a is; the output has what the selector finds. */
  private static String ask(String type, String selector, String beside) {
    return GateFixture.task(
        "ask",
        "ACS::ExecuteAPI",
        """
        "Service": "ESS", "API": "DescribeScalingInstances",
        "Parameters": {"ScalingGroupId": "{{ group }}", "InstanceIds": ["i-bp1a"]}
        """,
        """
        "Outputs": {"asked": {%s "ValueSelector": "%s"}} %s
        """
            .formatted(type.isEmpty() ? "" : "\"Type\": \"" + type + "\",", selector, beside));
  }

  private static final String HEALTH = "ScalingInstances.ScalingInstance[].HealthStatus";

  private static String whenEqual(String a, String b) {
    return "\"When\": {\"Fn::Equals\": [\"%s\", \"%s\"]}".formatted(a, b);
  }

  private static String sleep(String name, String beside) {
    return GateFixture.task(name, "ACS::Sleep", "\"Duration\": \"PT1S\"", beside);
  }

  private String end(String text) {
    String id = templates.start(text);
    sandbox.advance(Duration.ofMinutes(10));
    return caller.status(id) + " " + templates.all(id) + " " + templates.said(id);
  }

  @Test
  void aTaskRunsOnlyWhenAnOutputHasTheWantedValue() {
    String text =
        GateFixture.text(
            ask("String", HEALTH, ""),
            sleep("well", whenEqual("{{ ask.asked }}", "Healthy")),
            sleep("ill", whenEqual("is {{ask.asked}}", "is Unhealthy")),
            sleep("last", ""));
    assertThat(end(text)).isEqualTo("Success [ask Success, well Success, last Success] ");
    templates.health("i-bp1a", "Unhealthy");
    assertThat(end(text)).isEqualTo("Success [ask Success, ill Success, last Success] ");
  }

  @Test
  void anOutputIsListedWithItsTask() {
    String id = templates.start(GateFixture.text(ask("", HEALTH, "")));
    sandbox.advance(Duration.ofMinutes(1));
    assertThat(templates.tasks(id).get(0).get("Outputs").getAsString())
        .isEqualTo("{\"asked\":\"Healthy\"}");
  }

  @Test
  void aListHasAllValuesAndATextOfNothingIsEmpty() {
    String loop =
        GateFixture.task(
            "each",
            "ACS::CheckFor",
            GateFixture.HEALTH.formatted("{{ ACS::TaskLoopItem }}"),
            "\"Loop\": {\"Items\": \"{{ ask.asked }}\"}");
    String ids = "ScalingInstances.ScalingInstance[].InstanceId";
    assertThat(end(GateFixture.text(ask("List", ids, ""), loop)))
        .isEqualTo("Success [ask Success, each Success, each i-bp1a Success] ");
    assertThat(
            end(
                GateFixture.text(
                    ask("String", ".ScalingInstances.Nothing", ""),
                    sleep("none", whenEqual("{{ ask.asked }}", "")))))
        .isEqualTo("Success [ask Success, none Success] ");
  }

  @Test
  void anErrorOfJqFailsTheTask() {
    assertThat(end(GateFixture.text(ask("String", ".RequestId[]", ""))))
        .startsWith("Failed [ask Failed] Task ask: the output asked: jq: Cannot iterate over");
  }

  @Test
  void theOutputOfATaskThatDidNotRunOrFailedIsEmpty() {
    String none = sleep("none", whenEqual("{{ ask.asked }}", ""));
    assertThat(end(GateFixture.text(ask("String", HEALTH, "," + whenEqual("a", "b")), none)))
        .isEqualTo("Success [none Success] ");
    assertThat(
            end(
                GateFixture.text(
                    ask("String", HEALTH, ",\"OnError\": \"none\"")
                        .replace("DescribeScalingInstances", "DescribeLifecycleHooks")
                        .replace("{{ group }}", "asg-none"),
                    none)))
        .startsWith("Success [ask Failed, none Success]");
  }

  @Test
  void anExecutionOfWhichEveryTaskIsLeftOutSucceeds() {
    assertThat(end(GateFixture.text(sleep("never", whenEqual("{{ group }}", "none")))))
        .isEqualTo("Success [] ");
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    String well = sleep("well", whenEqual("{{ ask.asked }}", "Healthy"));
    assertThat(templates.refused(GateFixture.text(well)))
        .contains("task well refers to ask.asked, which nothing declares");
    assertThat(
            templates.refused(GateFixture.text(sleep("well", "\"When\": {\"Fn::Not\": [1, 2]}"))))
        .contains("task well: of When it knows {\"Fn::Equals\": [a text, a text]}");
    assertThat(templates.refused(GateFixture.text(sleep("well", "\"When\": \"condition\""))))
        .contains("task well: of When it knows");
    assertThat(
            templates.refused(
                GateFixture.text(
                    sleep("well", "")
                        .replace("\"PT1S\"", "{\"Fn::Equals\": [\"PT1S\", \"PT1S\"]}"))))
        .contains("of functions it knows Fn::Select, not Fn::Equals");
    assertThat(templates.refused(GateFixture.text(ask("Json", HEALTH, ""))))
        .contains("task ask: of Outputs it knows [Boolean, List, Number, String], not Json");
    assertThat(templates.refused(GateFixture.text(ask("String", "", ""))))
        .contains("the output asked of task ask has no ValueSelector");
    assertThat(templates.refused(GateFixture.text(ask("String", ".a |", ""))))
        .contains("the ValueSelector of ask.asked is not valid: it is no jq: .a |");
  }
}
