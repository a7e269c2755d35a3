package oosh.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import oosh.sandbox.api.SandboxCaller;
import oosh.sandbox.api.WireJson;

/** Templates with gates, sent whole over HTTP. */
final class GateFixture {
  static final String GROUP = "asg-bp1web";

  private static final String TEXT =
      """
      {"FormatVersion": "OOS-2019-06-01", "RamRole": "{{ OOSAssumeRole }}",
       "Parameters": {
         "group": {"Type": "String", "Default": "asg-bp1web"},
         "OOSAssumeRole": {"Type": "String", "Default": "gatekeeper"},
         "one": {"Type": "String", "Default": "i-bp1a"},
         "script": {"Type": "String", "Default": "echo new"},
         "rollbackScript": {"Type": "String", "Default": "echo old"},
         "retries": {"Type": "Number", "Default": 3},
         "good": {"Type": "List", "Default": ["Healthy"]},
         "rate": {"Type": "Json", "Default":
           {"Mode": "Concurrency", "Concurrency": 10, "MaxErrors": 0}},
         "ids": {"Type": "List", "Default": ["i-bp1a", "i-bp1b", "i-bp1c"]},
         "targets1": {"Type": "List", "Default": [%s]},
         "targets2": {"Type": "List", "Default": [%s]}},
       "Tasks": [%s]}
      """;

  private static final String ITEM = "{\"InstanceId\": \"%s\", \"LifecycleState\": \"InService\"}";

  static final String HEALTH =
      """
      "Service": "ESS", "API": "DescribeScalingInstances",
      "Parameters": {"ScalingGroupId": "{{ group }}", "PageSize": 50},
      "PropertySelector": ".ScalingInstances.ScalingInstance[]
        | select(.InstanceId==\\"%s\\") | .HealthStatus",
      "DesiredValues": "{{ good }}"
      """
          .replace("\n", " ");

  private final SandboxCaller caller;

  GateFixture(SandboxCaller caller) {
    this.caller = caller;
  }

  static String text(String... tasks) {
    return TEXT.formatted(
        ITEM.formatted("i-bp1a") + ", " + ITEM.formatted("i-bp1b"),
        ITEM.formatted("i-bp1c") + ", " + ITEM.formatted("i-bp1d"),
        String.join(",\n", tasks));
  }

  /** A task that looks for the health of i-bp1a; what stands beside its Properties may be given. */
  static String look(String name, String action, String beside) {
    return task(name, action, HEALTH.formatted("{{ one }}"), beside);
  }

  static String task(String name, String action, String properties, String beside) {
    return "{\"Name\": \"%s\", \"Action\": \"%s\", %s \"Properties\": {%s}}"
        .formatted(name, action, beside.isEmpty() ? "" : beside + ",", properties);
  }

  /** A loop of ACS::ESS::RunCommand over the targets of a batch. */
  static String run(String name, String script, String targets, String rate, String onError) {
    return task(
        name,
        "ACS::ESS::RunCommand",
        """
        "commandContent": "{{ %s }}", "commandType": "RunShellScript",
        "scalingGroupId": "{{ group }}",
        "instanceId": {"Fn::Select": ["InstanceId", "{{ ACS::TaskLoopItem }}"]},
        "lifecycleState": {"Fn::Select": ["LifecycleState", "{{ ACS::TaskLoopItem }}"]}
        """
            .formatted(script),
        "\"OnError\": \"%s\", \"Loop\": {\"Items\": \"{{ %s }}\", \"RateControl\": %s}"
            .formatted(onError, targets, rate));
  }

  SandboxCaller.Reply send(String text, String parameters, String... more) {
    String[] all = new String[4 + more.length];
    all[0] = "TemplateContent";
    all[1] = text;
    all[2] = "Parameters";
    all[3] = parameters;
    System.arraycopy(more, 0, all, 4, more.length);
    return caller.call(SandboxCaller.OOS, "StartExecution", all);
  }

  /** The id of an execution. */
  String start(String text, String... more) {
    SandboxCaller.Reply reply = send(text, "{}", more);
    assertThat(reply.http()).as(reply.text()).isEqualTo(200);
    return reply.json().getAsJsonObject("Execution").get("ExecutionId").getAsString();
  }

  /** Why both ValidateTemplateContent and StartExecution refuse it. */
  String refused(String text) {
    SandboxCaller.Reply valid =
        caller.call(SandboxCaller.OOS, "ValidateTemplateContent", "Content", text);
    SandboxCaller.Reply started = send(text, "{}");
    for (SandboxCaller.Reply reply : List.of(valid, started)) {
      assertThat(reply.http()).as(reply.text()).isEqualTo(400);
      assertThat(reply.code()).isEqualTo("InvalidTemplate.Content");
    }
    String why = valid.json().get("Message").getAsString();
    assertThat(started.json().get("Message").getAsString()).isEqualTo(why);
    return why;
  }

  void health(String instance, String status) {
    JsonObject order = WireJson.object("instance", instance, "healthStatus", status);
    SandboxCaller.Reply reply = caller.control("POST", "world", order.toString());
    assertThat(reply.http()).as(reply.text()).isEqualTo(200);
  }

  /** Every task execution, also of loops: name, item, status. */
  List<String> all(String id) {
    return tasks(id).stream()
        .map(
            t ->
                t.get("TaskName").getAsString()
                    + (t.get("LoopItem").getAsString().isEmpty()
                        ? " "
                        : " " + t.get("LoopItem").getAsString() + " ")
                    + t.get("Status").getAsString())
        .toList();
  }

  List<JsonObject> tasks(String id) {
    JsonArray tasks =
        caller
            .call(
                SandboxCaller.OOS,
                "ListTaskExecutions",
                "ExecutionId",
                id,
                "MaxResults",
                "100",
                "SortOrder",
                "Ascending",
                "IncludeChildTaskExecution",
                "true")
            .json()
            .getAsJsonArray("TaskExecutions");
    return SandboxCaller.objects(tasks);
  }

  /** What a task itself, or an item of it, says. */
  String said(String id, String task, String item) {
    return tasks(id).stream()
        .filter(t -> t.get("TaskName").getAsString().equals(task))
        .filter(t -> t.get("LoopItem").getAsString().equals(item))
        .reduce((older, newer) -> newer)
        .orElseThrow()
        .get("StatusMessage")
        .getAsString();
  }

  String said(String id) {
    return caller.execution(id).get("StatusMessage").getAsString();
  }
}
