package oosh.sandbox;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the public template ACS-ESS-RollingUpdateByRunCommandInScalingGroup declares (source: the
 * public repository aliyun/oos-templates), and the check of what a caller hands to it.
 */
final class TemplateInput {
  static final String TEMPLATE = "ACS-ESS-RollingUpdateByRunCommandInScalingGroup";
  static final String VERSION = "v1";

  private static final TemplateParameters DECLARED =
      new TemplateParameters(
          TEMPLATE,
          List.of(
              new TemplateParameters.Declared(
                  "invokeType", "String", null, List.of("invoke", "rollback")),
              new TemplateParameters.Declared("scalingGroupId", "String", null, List.of()),
              new TemplateParameters.Declared(
                  "enterProcess", "List", WireJson.array(EmulatedGroup.PROCESSES), List.of()),
              new TemplateParameters.Declared(
                  "exitProcess", "List", WireJson.array(EmulatedGroup.PROCESSES), List.of()),
              text("sourceExecutionId", ""),
              text(
                  "batchPauseOption",
                  "Automatic",
                  "Automatic",
                  "FirstBatchPause",
                  "EveryBatchPause"),
              new TemplateParameters.Declared(
                  "batchNumber",
                  "Number",
                  WireJson.GSON.toJsonTree(5),
                  List.of(),
                  BigDecimal.ONE,
                  BigDecimal.valueOf(100)),
              text("OOSAssumeRole", ""),
              new TemplateParameters.Declared(
                  "lifecycleState",
                  "List",
                  WireJson.array(List.of(Member.IN_SERVICE)),
                  List.of(Member.IN_SERVICE, Member.PROTECTED)),
              text(
                  "commandType",
                  "RunShellScript",
                  "RunShellScript",
                  "RunBatScript",
                  "RunPowerShellScript"),
              text("invokeScript", ""),
              text("rollbackScript", "")));

  /** The template's tasks, in the order of its text, with their actions. */
  private static final Map<String, String> ACTIONS =
      Map.ofEntries(
          Map.entry("choiceNextTask", "ACS::Choice"),
          Map.entry("getInstance", "ACS::ExecuteApi"),
          Map.entry("whetherTheScalingGroupInstanceIsEmpty", "ACS::Choice"),
          Map.entry("whetherTosuspendProcess", "ACS::Choice"),
          Map.entry("suspendProcess", "ACS::ExecuteApi"),
          Map.entry("invokeByRunCommand", "ACS::ESS::RunCommand"),
          Map.entry("tagInstance", "ACS::ExecuteApi"),
          Map.entry("whetherToResumeProcesses", "ACS::Choice"),
          Map.entry("resumeProcesses", "ACS::ExecuteApi"),
          Map.entry("getExecutionInstanceIds", "ACS::ExecuteApi"),
          Map.entry("getExistInstanceIds", "ACS::SelectTargets"),
          Map.entry("getRollbackProcess", "ACS::ExecuteApi"),
          Map.entry("suspendProcessWithRollBack", "ACS::ExecuteApi"),
          Map.entry("rollbackByRunCommand", "ACS::ESS::RunCommand"),
          Map.entry("whetherToResumeProcessesWithRollback", "ACS::Choice"),
          Map.entry("resumeProcessesWithRollback", "ACS::ExecuteApi"),
          Map.entry("viewInstanceLifecycleState", "ACS::ExecuteApi"),
          Map.entry("whetherLifecycleStateIsStandby", "ACS::Choice"),
          Map.entry("setInstancesProtectionToFalse", "ACS::ExecuteApi"),
          Map.entry("enterStandby", "ACS::WaitFor"),
          Map.entry("runCommand", "ACS::ExecuteApi"),
          Map.entry("untilInvocationReady", "ACS::WaitFor"),
          Map.entry("describeInvocationResults", "ACS::ExecuteApi"),
          Map.entry("checkInvocationResult", "ACS::CheckFor"),
          Map.entry("exitStandBy", "ACS::WaitFor"),
          Map.entry("setInstancesProtectionToTrue", "ACS::ExecuteApi"));

  /** The order in which a reader of the template meets them. */
  static final List<String> TASKS =
      List.of(
          "choiceNextTask",
          "getInstance",
          "whetherTheScalingGroupInstanceIsEmpty",
          "whetherTosuspendProcess",
          "suspendProcess",
          "invokeByRunCommand",
          "tagInstance",
          "whetherToResumeProcesses",
          "resumeProcesses",
          "getExecutionInstanceIds",
          "getExistInstanceIds",
          "getRollbackProcess",
          "suspendProcessWithRollBack",
          "rollbackByRunCommand",
          "whetherToResumeProcessesWithRollback",
          "resumeProcessesWithRollback");

  private TemplateInput() {}

  private static TemplateParameters.Declared text(
      String name, String byDefault, String... allowed) {
    return new TemplateParameters.Declared(
        name, "String", WireJson.GSON.toJsonTree(byDefault), List.of(allowed));
  }

  static String action(String task) {
    return ACTIONS.getOrDefault(task, "ACS::ExecuteApi");
  }

  /**
   * The caller's parameters, checked, with every default filled in.
   *
   * @throws ApiError InvalidParameter or MissingParameter
   */
  static JsonObject checked(@Nullable String text) {
    return DECLARED.checked(text);
  }

  /** The template as GetTemplate tells it: parameters and tasks in short, without the selectors. */
  static String content() {
    JsonArray tasks = new JsonArray();
    TASKS.forEach(task -> tasks.add(WireJson.object("Name", task, "Action", action(task))));
    JsonObject content = WireJson.object("FormatVersion", "OOS-2019-06-01");
    content.addProperty(
        "Description", "Rolling update of a scaling group by running a command on its instances");
    content.addProperty("RamRole", "{{ OOSAssumeRole }}");
    content.add("Parameters", DECLARED.json());
    content.add("Tasks", tasks);
    return WireJson.text(content);
  }
}
