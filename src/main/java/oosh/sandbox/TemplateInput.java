package oosh.sandbox;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
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

  private record Declared(
      String name, String type, @Nullable JsonElement byDefault, List<String> allowed) {}

  private static final List<Declared> DECLARED =
      List.of(
          new Declared("invokeType", "String", null, List.of("invoke", "rollback")),
          new Declared("scalingGroupId", "String", null, List.of()),
          new Declared("enterProcess", "List", WireJson.array(EmulatedGroup.PROCESSES), List.of()),
          new Declared("exitProcess", "List", WireJson.array(EmulatedGroup.PROCESSES), List.of()),
          text("sourceExecutionId", ""),
          text("batchPauseOption", "Automatic", "Automatic", "FirstBatchPause", "EveryBatchPause"),
          new Declared("batchNumber", "Number", WireJson.GSON.toJsonTree(5), List.of()),
          text("OOSAssumeRole", ""),
          new Declared(
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
          text("rollbackScript", ""));

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

  private static Declared text(String name, String byDefault, String... allowed) {
    return new Declared(name, "String", WireJson.GSON.toJsonTree(byDefault), List.of(allowed));
  }

  static String action(String task) {
    return ACTIONS.getOrDefault(task, "ACS::ExecuteApi");
  }

  /**
   * The caller's parameters, checked, with every default filled in. That the real service keeps the
   * defaulted set is assumed; the rollback path of the template reads it. That it refuses unknown
   * names is assumed too.
   *
   * @throws ApiError InvalidParameter or MissingParameter
   */
  static JsonObject checked(@Nullable String text) {
    JsonObject given =
        text == null || text.isEmpty() ? new JsonObject() : WireJson.parseObject(text);
    if (given == null) {
      throw ApiError.invalid("The parameter \"Parameters\" is not a JSON object.");
    }
    for (String name : given.keySet()) {
      if (DECLARED.stream().noneMatch(d -> d.name().equals(name))) {
        throw ApiError.invalid(
            "The parameter \"" + name + "\" is not defined in template " + TEMPLATE + ".");
      }
    }
    JsonObject full = new JsonObject();
    for (Declared declared : DECLARED) {
      JsonElement value = given.get(declared.name());
      if (value == null || value.isJsonNull()) {
        value = declared.byDefault();
      }
      if (value == null) {
        throw ApiError.missing("Parameters." + declared.name());
      }
      full.add(declared.name(), value(declared, value.deepCopy()));
    }
    return full;
  }

  private static JsonElement value(Declared declared, JsonElement value) {
    String name = declared.name();
    switch (declared.type()) {
      case "List" -> {
        // Assumed: a lone value stands for a list of one, since lifecycleState's own default does.
        List<String> list =
            value.isJsonPrimitive() ? List.of(value.getAsString()) : WireJson.strings(value);
        if (list == null) {
          throw ApiError.invalid("The parameter \"" + name + "\" must be a list of strings.");
        }
        list.forEach(each -> allow(declared, each));
        return WireJson.array(list);
      }
      case "Number" -> {
        int number = number(name, value);
        // The template: batchNumber from 1 to 100.
        if (number < 1 || number > 100) {
          throw ApiError.invalid("The parameter \"" + name + "\" must be between 1 and 100.");
        }
        return WireJson.GSON.toJsonTree(number);
      }
      default -> {
        if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isString()) {
          throw ApiError.invalid("The parameter \"" + name + "\" must be a string.");
        }
        allow(declared, value.getAsString());
        return value;
      }
    }
  }

  private static int number(String name, JsonElement value) {
    try {
      return new BigDecimal(value.isJsonPrimitive() ? value.getAsString() : "-").intValueExact();
    } catch (NumberFormatException | ArithmeticException notWhole) {
      throw ApiError.invalid("The parameter \"" + name + "\" must be a whole number.");
    }
  }

  private static void allow(Declared declared, String value) {
    if (!declared.allowed().isEmpty() && !declared.allowed().contains(value)) {
      throw ApiError.invalid(
          "The parameter \""
              + declared.name()
              + "\" must be one of "
              + String.join(", ", declared.allowed())
              + "; it is \""
              + value
              + "\".");
    }
  }

  /** The template as GetTemplate tells it: parameters and tasks in short, without the selectors. */
  static String content() {
    JsonObject parameters = new JsonObject();
    for (Declared declared : DECLARED) {
      JsonObject shape = WireJson.object("Type", declared.type());
      if (declared.byDefault() != null) {
        shape.add("Default", declared.byDefault());
      }
      if (!declared.allowed().isEmpty()) {
        shape.add("AllowedValues", WireJson.array(declared.allowed()));
      }
      parameters.add(declared.name(), shape);
    }
    JsonArray tasks = new JsonArray();
    TASKS.forEach(task -> tasks.add(WireJson.object("Name", task, "Action", action(task))));
    JsonObject content = WireJson.object("FormatVersion", "OOS-2019-06-01");
    content.addProperty(
        "Description", "Rolling update of a scaling group by running a command on its instances");
    content.addProperty("RamRole", "{{ OOSAssumeRole }}");
    content.add("Parameters", parameters);
    content.add("Tasks", tasks);
    return WireJson.text(content);
  }
}
