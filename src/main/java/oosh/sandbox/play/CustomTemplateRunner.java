package oosh.sandbox.play;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import oosh.sandbox.api.ApiException;
import oosh.sandbox.api.WireJson;
import oosh.sandbox.state.EmulatedExecution;
import oosh.sandbox.state.LoopItem;
import oosh.sandbox.state.TaskDurations;
import oosh.sandbox.template.CustomTemplate;
import oosh.sandbox.template.EmulatedTemplate.TaskKind;
import oosh.sandbox.template.EmulatedTemplate.TemplateTask;
import oosh.sandbox.template.RateControl;
import oosh.sandbox.template.TemplateReferences;
import org.jspecify.annotations.Nullable;

/**
 * Runs a template that a caller has sent: its tasks in order, or where OnSuccess and OnError lead.
 */
final class CustomTemplateRunner extends TemplateRunner {
  CustomTemplateRunner(ExecutionLifecycle lifecycle) {
    super(lifecycle);
  }

  @Override
  long length(EmulatedExecution root, TemplateTask task) {
    return task.kind() == TaskKind.SLEEP
        ? CustomTemplate.millis(text(root, task.properties().get("Duration")))
        : super.length(root, task);
  }

  @Override
  TaskTransition carryOut(EmulatedExecution root, TemplateTask task, long now) {
    JsonObject given =
        task.properties().get("Parameters") instanceof JsonObject p ? p : new JsonObject();
    switch (task.kind()) {
      case SUSPEND -> lifecycle.fleet.suspend(group(root, given), processes(root, given));
      case RESUME -> lifecycle.fleet.resume(group(root, given), processes(root, given));
      case TAG -> tag(root, task, given, now);
      case CHECK_STATUS -> checkStatus(root, task, given);
      default -> {}
    }
    return TaskTransition.on();
  }

  private void checkStatus(EmulatedExecution root, TemplateTask task, JsonObject given) {
    EmulatedExecution asked = lifecycle.state.executions.get(text(root, given.get("ExecutionId")));
    String status = asked == null ? "" : asked.status;
    List<String> values = strings(root, task.properties().get("DesiredValues"));
    if (!values.contains(status)) {
      throw ApiException.of("CheckFor.NotDesired", status, values);
    }
  }

  private static String group(EmulatedExecution root, JsonObject given) {
    return text(root, given.get("ScalingGroupId"));
  }

  private static List<String> processes(EmulatedExecution root, JsonObject given) {
    return strings(root, given.get("Process"));
  }

  private static List<String> strings(EmulatedExecution root, @Nullable JsonElement element) {
    List<String> strings =
        element == null ? null : WireJson.strings(TemplateReferences.resolve(element, root, null));
    return strings == null ? List.of() : strings;
  }

  private static String text(EmulatedExecution root, @Nullable JsonElement element) {
    JsonElement resolved = element == null ? null : TemplateReferences.resolve(element, root, null);
    return resolved != null && resolved.isJsonPrimitive() ? resolved.getAsString() : "";
  }

  private static JsonArray items(EmulatedExecution root, TemplateTask task) {
    if (TemplateReferences.resolve(task.loop().get("Items"), root, null) instanceof JsonArray a) {
      return a;
    }
    throw ApiException.invalid("The Items of the loop are no list.");
  }

  @Override
  void startLoop(EmulatedExecution root, TemplateTask task, long now) {
    root.turns.clear();
    for (JsonElement item : items(root, task)) {
      JsonObject properties = properties(root, task, item);
      root.turns.add(
          new LoopItem(
              WireJson.string(properties, "instanceId"),
              WireJson.string(properties, "lifecycleState")));
    }
    JsonObject none = WireJson.object("InstanceId", "", "LifecycleState", "");
    JsonObject properties = properties(root, task, none);
    JsonObject child =
        WireJson.object(
            "regionId", root.regionId, "instanceId", "", "lifecycleState", "", "rollBack", "false");
    for (String name : List.of("scalingGroupId", "commandType", "workingDir")) {
      child.addProperty(name, WireJson.string(properties, name));
    }
    String timeout = WireJson.string(properties, "timeout");
    child.addProperty(
        "timeout", timeout.isEmpty() ? TaskDurations.SCRIPT_SECONDS : Integer.parseInt(timeout));
    root.childParameters = child;
    root.childScript = lifecycle.state.keepScript(WireJson.string(properties, "commandContent"));
    // Both forms: RateControl, and the older form in the loop itself.
    JsonElement rate =
        task.loop().has("RateControl") ? task.loop().get("RateControl") : task.loop();
    JsonElement resolved = TemplateReferences.resolve(rate, root, null);
    RateControl control =
        RateControl.of(resolved instanceof JsonObject o ? o : new JsonObject(), root.turns.size());
    root.maxErrors = control.maxErrors();
    root.batchPause = control.batchPause();
    loop.start(root, task.name(), control.sizes(), now);
  }

  private static JsonObject properties(
      EmulatedExecution root, TemplateTask task, JsonElement item) {
    return TemplateReferences.resolve(task.properties(), root, item).getAsJsonObject();
  }

  private void tag(EmulatedExecution root, TemplateTask task, JsonObject given, long now) {
    JsonArray items = items(root, task);
    root.task(task.name()).loopSize = items.size();
    for (JsonElement item : items) {
      JsonObject call = TemplateReferences.resolve(given, root, item).getAsJsonObject();
      Map<String, String> tags = new LinkedHashMap<>();
      for (JsonElement tag : call.getAsJsonArray("Tags")) {
        JsonObject pair = tag.getAsJsonObject();
        tags.put(WireJson.string(pair, "Key"), WireJson.string(pair, "Value"));
      }
      strings(root, call.get("ResourceIds")).forEach(id -> tag(root, id, tags, now));
    }
  }
}
