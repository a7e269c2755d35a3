package oosh.sandbox.play;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import oosh.sandbox.api.WireJson;
import oosh.sandbox.state.EmulatedExecution;
import oosh.sandbox.state.LoopItem;
import oosh.sandbox.state.TaskDurations;
import oosh.sandbox.template.EmulatedTemplate.TaskKind;
import oosh.sandbox.template.EmulatedTemplate.TemplateTask;
import oosh.sandbox.template.RateControl;
import oosh.sandbox.template.RetryDelays;
import oosh.sandbox.template.TemplateReferences;

/**
 * Runs a template that a caller has sent: its tasks in order, or where OnSuccess and OnError lead.
 */
final class CustomTemplateRunner extends TemplateRunner {
  private final ApiTasks calls;

  CustomTemplateRunner(ExecutionLifecycle lifecycle) {
    super(lifecycle);
    this.calls = new ApiTasks(lifecycle);
  }

  @Override
  long length(EmulatedExecution root, TemplateTask task) {
    if (task.kind() == TaskKind.SLEEP) {
      JsonObject properties = CustomLoop.resolve(task.properties(), root, null).getAsJsonObject();
      return RetryDelays.sleep(WireJson.string(properties, "Duration"));
    }
    return super.length(root, task);
  }

  @Override
  boolean leavesOut(EmulatedExecution root, TemplateTask task) {
    return !task.when().isEmpty() && !TemplateReferences.holds(task.when(), root);
  }

  @Override
  TaskTransition carryOut(EmulatedExecution root, TemplateTask task, long now) {
    switch (task.kind()) {
      case CALL, WAIT_FOR, CHECK_FOR -> {
        return calls.step(root, task, now);
      }
      case NOTIFY -> {
        JsonObject properties = CustomLoop.resolve(task.properties(), root, null).getAsJsonObject();
        return NotifyTask.tell(properties.getAsJsonObject("WebHook"));
      }
      case APPROVE -> {
        JsonObject properties = CustomLoop.resolve(task.properties(), root, null).getAsJsonObject();
        ApprovalTask.ask(lifecycle, root, properties, now);
        return TaskTransition.PENDING;
      }
      case PAUSE -> {
        lifecycle.wait(root, EmulatedExecution.PAUSE, now);
        return TaskTransition.PENDING;
      }
      default -> {
        return TaskTransition.on();
      }
    }
  }

  @Override
  void startLoop(EmulatedExecution root, TemplateTask task, long now) {
    root.turns.clear();
    for (JsonElement item : CustomLoop.items(root, task)) {
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
    RateControl control = CustomLoop.control(root, task, root.turns.size());
    root.concurrency = control.concurrency();
    root.maxErrors = control.maxErrors();
    root.batchPause = control.batchPause();
    loop.start(root, task.name(), control.sizes(), now);
  }

  private static JsonObject properties(
      EmulatedExecution root, TemplateTask task, JsonElement item) {
    return TemplateReferences.resolve(task.properties(), root, item).getAsJsonObject();
  }
}
