package oosh.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.List;
import oosh.sandbox.api.SandboxCaller;
import oosh.sandbox.api.WireJson;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Templates that come with the request. */
class CustomTemplateRunnerTest {
  private static final String LOOP =
      """
      {"Name": "update", "Action": "ACS::ESS::RunCommand", "OnError": "%s",
       "Properties": {"commandContent": "{{ script }}", "commandType": "RunShellScript",
         "scalingGroupId": "{{ group }}", "timeout": "{{ timeout }}", "workingDir": "/usr/lib",
         "instanceId": {"Fn::Select": ["InstanceId", "{{ ACS::TaskLoopItem }}"]},
         "lifecycleState": {"Fn::Select": ["LifecycleState", "{{ ACS::TaskLoopItem }}"]}},
       "Loop": {"Items": "{{ targets }}", "RateControl": "{{ rate }}"}}
      """;

  private static final String TEXT =
      """
      {"FormatVersion": "OOS-2019-06-01",
       "Parameters": {
         "group": {"Type": "String"}, "script": {"Type": "String"},
         "timeout": {"Type": "Number", "Default": 600, "MinValue": 10, "MaxValue": 86400},
         "targets": {"Type": "List"}, "rate": {"Type": "Json"}},
       "Tasks": [
         {"Name": "suspend", "Action": "ACS::ExecuteAPI", "Properties": {"Service": "ESS",
           "API": "SuspendProcesses",
           "Parameters": {"ScalingGroupId": "{{ group }}", "Process": ["ScaleIn"]}}},
         %s,
         {"Name": "soak", "Action": "ACS::Sleep", "Properties": {"Duration": "PT5M"}},
         {"Name": "tag", "Action": "ACS::ExecuteAPI", "Properties": {"Service": "ECS",
           "API": "TagResources", "Parameters": {"ResourceType": "Instance",
             "ResourceIds": [{"Fn::Select": ["InstanceId", "{{ ACS::TaskLoopItem }}"]}],
             "Tags": [{"Key": "by", "Value": "oos:{{ ACS::ExecutionId }}"}]}},
           "Loop": {"Items": "{{ targets }}", "Mode": "Concurrency", "Concurrency": 10}},
         {"Name": "resume", "Action": "ACS::ExecuteAPI", "OnSuccess": "ACS::END",
           "Properties": {"Service": "ess", "API": "resumeprocesses",
             "Parameters": {"ScalingGroupId": "{{ group }}", "Process": ["ScaleIn"]}}},
         {"Name": "tidy", "Action": "ACS::ExecuteAPI", "Properties": {"Service": "ESS",
           "API": "ResumeProcesses",
           "Parameters": {"ScalingGroupId": "{{ group }}", "Process": ["ScaleIn"]}}},
         {"Name": "endAsFailed", "Action": "ACS::CheckFor", "Properties": {"Service": "OOS",
           "API": "ListExecutions", "Parameters": {"ExecutionId": "{{ ACS::ExecutionId }}"},
           "PropertySelector": "Executions[].Status", "DesiredValues": ["Failed"]}}]}
      """;

  private final Sandbox sandbox = Sandbox.open(SandboxOptions.inSteps());
  private final SandboxCaller caller = new SandboxCaller(sandbox);

  @AfterEach
  void close() {
    sandbox.close();
  }

  private static String text(String onError) {
    return TEXT.formatted(LOOP.formatted(onError));
  }

  private static String parameters(String rate, String... ids) {
    JsonArray targets = new JsonArray();
    for (String id : ids) {
      targets.add(WireJson.object("InstanceId", id, "LifecycleState", "InService"));
    }
    JsonObject all = WireJson.object("group", "asg-bp1web", "script", "pwd");
    all.add("targets", targets);
    all.add("rate", WireJson.parse(rate));
    return all.toString();
  }

  private SandboxCaller.Reply start(String text, String parameters, String... more) {
    String[] all = new String[4 + more.length];
    all[0] = "TemplateContent";
    all[1] = text;
    all[2] = "Parameters";
    all[3] = parameters;
    System.arraycopy(more, 0, all, 4, more.length);
    return caller.call(SandboxCaller.OOS, "StartExecution", all);
  }

  private static String id(SandboxCaller.Reply reply) {
    return reply.json().getAsJsonObject("Execution").get("ExecutionId").getAsString();
  }

  private void breakInstance(String id) {
    caller.control(
        "POST",
        "faults",
        "{\"instance\":\"" + id + "\",\"kind\":\"fail\",\"exitCode\":3,\"output\":\"boom\"}");
  }

  private void pass(int seconds) {
    sandbox.advance(Duration.ofSeconds(seconds));
  }

  private static final String ONE_THEN_TWO =
      "{\"Mode\":\"Batch\",\"Batch\":[1,2],\"ConcurrencyInBatches\":[1,2]}";

  @Test
  void playsOnlyTheInstancesThatItIsGivenInGrowingBatches() {
    String id = id(start(text("tidy"), parameters(ONE_THEN_TWO, "i-bp1a", "i-bp1c", "i-bp1d")));
    pass(3);
    assertThat(caller.states("asg-bp1web"))
        .isEqualTo("Standby InService InService InService InService InService");
    pass(6);
    assertThat(caller.states("asg-bp1web"))
        .isEqualTo("InService InService Standby Standby InService InService");
    assertThat(caller.suspended("asg-bp1web")).isEqualTo(1);
    pass(60);
    assertThat(caller.execution(id).getAsJsonArray("CurrentTasks").toString()).contains("soak");
    pass(300);
    assertThat(caller.status(id)).isEqualTo("Success");
    assertThat(caller.suspended("asg-bp1web")).isZero();
    assertThat(caller.execution(id).get("TemplateName").getAsString()).isEmpty();
  }

  @Test
  void sleepsAsLongAsItIsToldASecondAtLeast() {
    for (String length : List.of("PT49H", "49H", "pt49h")) {
      String id =
          id(start(text("tidy").replace("PT5M", length), parameters(ONE_THEN_TWO, "i-bp1a")));
      pass(48 * 3600);
      assertThat(caller.status(id)).isEqualTo("Running");
      pass(3700);
      assertThat(caller.status(id)).isEqualTo("Success");
    }
    String id =
        id(start(text("tidy").replace("PT5M", "PT0.5S"), parameters(ONE_THEN_TWO, "i-bp1a")));
    pass(60);
    assertThat(caller.status(id)).isEqualTo("Failed");
  }

  @Test
  void handsTimeLimitAndDirectoryOn() {
    String id = id(start(text("tidy"), parameters(ONE_THEN_TWO, "i-bp1a")));
    pass(400);
    JsonObject child =
        caller
            .call(SandboxCaller.OOS, "ListExecutions", "ParentExecutionId", id)
            .json()
            .getAsJsonArray("Executions")
            .get(0)
            .getAsJsonObject()
            .getAsJsonObject("Parameters");
    assertThat(child.get("timeout").getAsInt()).isEqualTo(600);
    assertThat(child.get("workingDir").getAsString()).isEqualTo("/usr/lib");
    assertThat(child.get("commandContent").getAsString()).isEqualTo("pwd");
  }

  @Test
  void runsTheOnErrorTaskAndStillFails() {
    breakInstance("i-bp1a");
    String id = id(start(text("tidy"), parameters(ONE_THEN_TWO, "i-bp1a", "i-bp1b")));
    pass(60);
    assertThat(caller.status(id)).isEqualTo("Failed");
    assertThat(caller.suspended("asg-bp1web")).isZero();
    assertThat(caller.states("asg-bp1web"))
        .isEqualTo("Standby InService InService InService InService InService");
  }

  @Test
  void endsAtTheFailureWithoutOnError() {
    breakInstance("i-bp1a");
    String id = id(start(text("ACS::END"), parameters(ONE_THEN_TWO, "i-bp1a", "i-bp1b")));
    pass(60);
    assertThat(caller.status(id)).isEqualTo("Failed");
    assertThat(caller.suspended("asg-bp1web")).isEqualTo(1);
  }

  @Test
  void toleratesMaxErrorsFailures() {
    breakInstance("i-bp1a");
    String rate = ONE_THEN_TWO.replace("}", ",\"MaxErrors\":1}");
    String id = id(start(text("tidy"), parameters(rate, "i-bp1a", "i-bp1b", "i-bp1c")));
    pass(400);
    assertThat(caller.status(id)).isEqualTo("Success");
    breakInstance("i-bp1a");
    breakInstance("i-bp1b");
    caller.call(
        SandboxCaller.ESS, "ExitStandby", "ScalingGroupId", "asg-bp1web", "InstanceId.1", "i-bp1a");
    String next = id(start(text("tidy"), parameters(rate, "i-bp1a", "i-bp1b", "i-bp1c")));
    pass(400);
    assertThat(caller.status(next)).isEqualTo("Failed");
  }

  @Test
  void aShareOfTheInstancesMayFail() {
    breakInstance("i-bp1a");
    String rate = "{\"Mode\":\"Concurrency\",\"Concurrency\":9,\"MaxErrors\":\"50%\"}";
    String id = id(start(text("tidy"), parameters(rate, "i-bp1a", "i-bp1b")));
    pass(400);
    assertThat(caller.status(id)).isEqualTo("Success");
  }

  @Test
  void waitsAtAFailureAndRetries() {
    breakInstance("i-bp1a");
    String id =
        id(
            start(
                text("tidy"),
                parameters(ONE_THEN_TWO, "i-bp1a", "i-bp1b"),
                "Mode",
                "FailurePause"));
    pass(60);
    assertThat(caller.status(id)).isEqualTo("Waiting");
    caller.control("DELETE", "faults", "");
    caller.call(SandboxCaller.OOS, "NotifyExecution", "ExecutionId", id, "NotifyType", "RetryTask");
    pass(400);
    assertThat(caller.status(id)).isEqualTo("Success");
  }

  private String loopOfSix(String maxErrors) {
    String rate = "{\"Mode\":\"Concurrency\",\"Concurrency\":2,\"MaxErrors\":" + maxErrors + "}";
    String[] six = {"i-bp1a", "i-bp1b", "i-bp1c", "i-bp1d", "i-bp1e", "i-bp1f"};
    String id = id(start(text("tidy"), parameters(rate, six)));
    pass(900);
    return id;
  }

  private JsonObject failedChildren(String id) {
    return caller
        .call(
            SandboxCaller.OOS,
            "ListExecutions",
            "ParentExecutionId",
            id,
            "Status",
            "Failed",
            "MaxResults",
            "100")
        .json();
  }

  @Test
  void oneFailureMoreThanMaxErrorsEndsTheLoopAndNothingNewBegins() {
    breakInstance("i-bp1a");
    breakInstance("i-bp1d");
    // A share is rounded down: of six items 16 % are none, 17 % are one, 34 % are two.
    String none = loopOfSix("\"16%\"");
    assertThat(caller.status(none)).isEqualTo("Failed");
    assertThat(caller.children(none)).as("the second has begun, and ends").hasSize(2);
    assertThat(failedChildren(none).get("TotalCount").getAsInt()).isEqualTo(1);

    String one = loopOfSix("\"17%\"");
    assertThat(caller.status(one)).isEqualTo("Failed");
    assertThat(caller.children(one)).as("all but i-bp1f have begun by then").hasSize(5);

    String two = loopOfSix("\"34%\"");
    assertThat(caller.status(two)).isEqualTo("Success");
    assertThat(caller.children(two)).hasSize(6);
    JsonObject failed = failedChildren(two);
    assertThat(failed.get("TotalCount").getAsInt()).isEqualTo(2);
    assertThat(failed.getAsJsonArray("Executions")).hasSize(2);
    assertThat(caller.status(loopOfSix("2"))).isEqualTo("Success");
    assertThat(caller.status(loopOfSix("1"))).isEqualTo("Failed");
  }

  @Test
  void totalCountCountsWhatIsOnOtherPages() {
    String id = loopOfSix("0");
    JsonObject all =
        caller
            .call(SandboxCaller.OOS, "ListTaskExecutions", "ExecutionId", id, "MaxResults", "20")
            .json();
    assertThat(all.has("TotalCount")).isFalse();
    for (int i = 0; i < 10; i++) {
      loopOfSix("0");
    }
    JsonObject page = caller.call(SandboxCaller.OOS, "ListExecutions", "MaxResults", "10").json();
    assertThat(page.getAsJsonArray("Executions")).hasSize(10);
    assertThat(page.get("TotalCount").getAsInt()).isEqualTo(11);
  }

  @Test
  void anUnknownParameterIsRefused() {
    SandboxCaller.Reply reply =
        start(text("tidy"), parameters(ONE_THEN_TWO, "i-bp1a").replace("\"script\"", "\"scrpt\""));
    assertThat(reply.http()).isEqualTo(400);
    assertThat(reply.code()).isEqualTo("InvalidParameter");
  }

  @Test
  void theSameTokenWithAnotherTemplateIsAMismatch() {
    String parameters = parameters(ONE_THEN_TWO, "i-bp1a");
    start(text("tidy"), parameters, "ClientToken", "t-1");
    assertThat(start(text("resume"), parameters, "ClientToken", "t-1").code())
        .isEqualTo("IdempotentParameterMismatch");
  }

  @Test
  void theTemplateCanBeReadBack() {
    String text = text("tidy");
    String id = id(start(text, parameters(ONE_THEN_TWO, "i-bp1a")));
    assertThat(
            caller
                .call(SandboxCaller.OOS, "GetExecutionTemplate", "ExecutionId", id)
                .json()
                .get("Content")
                .getAsString())
        .isEqualTo(text);
  }

  private String wrong(String text) {
    SandboxCaller.Reply reply =
        caller.call(SandboxCaller.OOS, "ValidateTemplateContent", "Content", text);
    assertThat(reply.http()).isEqualTo(400);
    assertThat(reply.code()).isEqualTo("InvalidTemplate.Content");
    return reply.json().get("Message").getAsString();
  }

  @Test
  void validatesAndNamesTheTasks() {
    JsonObject valid =
        caller.call(SandboxCaller.OOS, "ValidateTemplateContent", "Content", text("tidy")).json();
    assertThat(valid.getAsJsonArray("Tasks")).hasSize(7);
    assertThat(valid.get("Parameters").getAsString()).contains("\"MaxValue\":86400");
  }

  @Test
  void saysWhatItCannotPlay() {
    assertThat(wrong("[]")).contains("neither a JSON object nor a mapping in YAML");
    assertThat(wrong("Tasks: *nowhere")).contains("neither");
    assertThat(wrong("Tasks: []")).contains("FormatVersion");
    assertThat(wrong("{\"FormatVersion\":\"1\"}")).contains("FormatVersion");
    assertThat(wrong("{\"FormatVersion\":\"OOS-2019-06-01\",\"Tasks\":[]}")).contains("no Tasks");
    assertThat(wrong(text("nowhere"))).contains("update goes to nowhere");
    assertThat(wrong(text("tidy").replace("{{ script }}", "{{ scrit }}")))
        .contains("update refers to scrit");
    assertThat(wrong(text("tidy").replace("ACS::Sleep", "ACS::Choice")))
        .contains("soak", "ACS::Choice");
    assertThat(wrong(text("tidy").replace("Fn::Select", "Fn::Jq"))).contains("Fn::Jq");
    assertThat(wrong(text("tidy").replace("SuspendProcesses", "DeleteScalingGroup")))
        .contains("suspend", "DeleteScalingGroup");
    assertThat(wrong(text("tidy").replace("\"Name\": \"soak\"", "\"Name\": \"soak\", \"When\": 1")))
        .contains("soak", "When");
    assertThat(wrong(text("tidy").replace("\"Name\": \"soak\"", "\"Name\": \"tag\"")))
        .contains("two tasks are called tag");
  }
}
