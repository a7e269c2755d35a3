package oosh.sandbox.play;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import oosh.sandbox.api.ApiException;
import oosh.sandbox.api.WireJson;
import oosh.sandbox.state.EmulatedExecution;
import oosh.sandbox.state.EmulatedInstance;
import oosh.sandbox.state.EmulatedTask;
import oosh.sandbox.state.LoopItem;
import oosh.sandbox.state.TaskDurations;
import oosh.sandbox.template.CustomTemplate;
import oosh.sandbox.template.RateControl;
import oosh.sandbox.template.RolePermissions;
import oosh.sandbox.template.TemplateReferences;
import org.jspecify.annotations.Nullable;

/**
 * Runs a template that a caller has sent: its tasks in order, or where OnSuccess and OnError lead.
 */
final class CustomTemplateRunner implements TemplateRunner {
  private final ExecutionLifecycle player;
  private final BatchLoop loop;

  CustomTemplateRunner(ExecutionLifecycle player) {
    this.player = player;
    this.loop = new BatchLoop(player, this::loopFailed);
  }

  @Override
  public void step(EmulatedExecution root, long now) {
    CustomTemplate text = player.text(root);
    if (root.current.isEmpty()) {
      root.status = "Running";
      begin(root, text.tasks.get(0), now);
      return;
    }
    CustomTemplate.CustomTemplateTask task = text.task(root.current);
    try {
      act(root, task, now);
    } catch (ApiException refused) {
      failed(root, task, "Task " + task.name() + ": " + refused.codeAndText(), now);
    }
  }

  private void begin(
      EmulatedExecution root, CustomTemplate.@Nullable CustomTemplateTask task, long now) {
    if (task == null) {
      player.finish(root, "Success", "", now);
      return;
    }
    try {
      switch (task.kind()) {
        case RUN_COMMAND -> startLoop(root, task, now);
        case SLEEP ->
            player.begin(
                root,
                task.name(),
                CustomTemplate.millis(text(task.properties().get("Duration"), root)),
                now);
        default -> player.begin(root, task.name(), player.pace.other(), now);
      }
    } catch (ApiException refused) {
      if (!root.current.equals(task.name())) {
        player.begin(root, task.name(), player.pace.other(), now);
      }
      failed(root, task, "Task " + task.name() + ": " + refused.codeAndText(), now);
    }
  }

  private void act(EmulatedExecution root, CustomTemplate.CustomTemplateTask task, long now) {
    RolePermissions.check(player.world, root, task);
    JsonObject given =
        task.properties().get("Parameters") instanceof JsonObject p ? p : new JsonObject();
    switch (task.kind()) {
      case SUSPEND -> {
        player.fleet.suspend(text(given.get("ScalingGroupId"), root), list(given, root));
        succeeded(root, task, now);
      }
      case RESUME -> {
        player.fleet.resume(text(given.get("ScalingGroupId"), root), list(given, root));
        succeeded(root, task, now);
      }
      case TAG -> {
        tag(root, task, given, now);
        succeeded(root, task, now);
      }
      // The loop has ended its task already.
      case RUN_COMMAND -> begin(root, next(root, task, task.onSuccess()), now);
      case SLEEP -> succeeded(root, task, now);
      case CHECK_STATUS -> {
        EmulatedExecution asked = player.world.executions.get(text(given.get("ExecutionId"), root));
        String status = asked == null ? "" : asked.status;
        JsonElement desired =
            TemplateReferences.resolve(task.properties().get("DesiredValues"), root, null);
        List<String> values = WireJson.strings(desired);
        if (values == null || !values.contains(status)) {
          throw ApiException.of("CheckFor.NotDesired", status, String.valueOf(values));
        }
        succeeded(root, task, now);
      }
    }
  }

  private static List<String> list(JsonObject given, EmulatedExecution root) {
    JsonElement process = given.get("Process");
    List<String> words =
        process == null ? null : WireJson.strings(TemplateReferences.resolve(process, root, null));
    return words == null ? List.of() : words;
  }

  private static String text(@Nullable JsonElement element, EmulatedExecution root) {
    JsonElement resolved = element == null ? null : TemplateReferences.resolve(element, root, null);
    return resolved != null && resolved.isJsonPrimitive() ? resolved.getAsString() : "";
  }

  private static JsonArray items(EmulatedExecution root, CustomTemplate.CustomTemplateTask task) {
    JsonObject looped = task.loop();
    JsonElement items =
        looped == null ? null : TemplateReferences.resolve(looped.get("Items"), root, null);
    if (!(items instanceof JsonArray array)) {
      throw ApiException.invalid("The Items of the loop are no list.");
    }
    return array;
  }

  private void startLoop(EmulatedExecution root, CustomTemplate.CustomTemplateTask task, long now) {
    root.turns.clear();
    for (JsonElement item : items(root, task)) {
      JsonElement resolved = TemplateReferences.resolve(task.properties(), root, item);
      LoopItem turn = new LoopItem();
      turn.instanceId = WireJson.string(resolved.getAsJsonObject(), "instanceId");
      turn.lifecycleState = WireJson.string(resolved.getAsJsonObject(), "lifecycleState");
      root.turns.add(turn);
    }
    JsonObject properties =
        TemplateReferences.resolve(
                task.properties(), root, WireJson.object("InstanceId", "", "LifecycleState", ""))
            .getAsJsonObject();
    JsonObject child =
        WireJson.object(
            "regionId",
            root.regionId,
            "instanceId",
            "",
            "scalingGroupId",
            WireJson.string(properties, "scalingGroupId"),
            "commandType",
            WireJson.string(properties, "commandType"),
            "lifecycleState",
            "",
            "workingDir",
            WireJson.string(properties, "workingDir"),
            "rollBack",
            "false");
    String timeout = WireJson.string(properties, "timeout");
    child.addProperty(
        "timeout", timeout.isEmpty() ? TaskDurations.SCRIPT_SECONDS : Integer.parseInt(timeout));
    root.childParameters = child;
    root.childScript = player.world.keepScript(WireJson.string(properties, "commandContent"));
    RateControl rate = RateControl.of(rate(root, task), root.turns.size());
    root.maxErrors = rate.maxErrors();
    root.batchPause = rate.batchPause();
    loop.start(root, task.name(), rate.sizes(), now);
  }

  private static JsonObject rate(EmulatedExecution root, CustomTemplate.CustomTemplateTask task) {
    JsonObject looped = task.loop();
    if (looped == null) {
      return new JsonObject();
    }
    JsonElement rate = looped.has("RateControl") ? looped.get("RateControl") : looped;
    JsonElement resolved = TemplateReferences.resolve(rate, root, null);
    return resolved instanceof JsonObject object ? object : new JsonObject();
  }

  /** One TagResources call an item: task executions only, no child executions (assumed). */
  private void tag(
      EmulatedExecution root, CustomTemplate.CustomTemplateTask task, JsonObject given, long now) {
    EmulatedTask parent = root.task(task.name());
    JsonArray items = items(root, task);
    parent.loopSize = items.size();
    for (JsonElement item : items) {
      JsonObject call = TemplateReferences.resolve(given, root, item).getAsJsonObject();
      List<String> ids = WireJson.strings(call.get("ResourceIds"));
      for (String id : ids == null ? List.<String>of() : ids) {
        EmulatedTask run = player.newTask(root, task.name(), now);
        run.parentTaskId = parent.id;
        run.loopItem = id;
        run.loopBatch = 1;
        EmulatedInstance member = player.world.members.get(id);
        if (member == null) {
          player.end(root, run, "Failed", "InvalidResourceId.NotFound", "{}", now);
          throw ApiException.of("InvalidResourceId.NotFound", id);
        }
        for (JsonElement tag : call.getAsJsonArray("Tags")) {
          member.tags.put(
              WireJson.string(tag.getAsJsonObject(), "Key"),
              WireJson.string(tag.getAsJsonObject(), "Value"));
        }
        player.end(root, run, "Success", "", "{}", now);
      }
    }
  }

  private void succeeded(EmulatedExecution root, CustomTemplate.CustomTemplateTask task, long now) {
    player.succeed(root, "{}", now);
    begin(root, next(root, task, task.onSuccess()), now);
  }

  private CustomTemplate.@Nullable CustomTemplateTask next(
      EmulatedExecution root, CustomTemplate.CustomTemplateTask task, String where) {
    return switch (where) {
      case CustomTemplate.END -> null;
      case CustomTemplate.NEXT -> player.text(root).after(task);
      default -> player.text(root).task(where);
    };
  }

  private void failed(
      EmulatedExecution root, CustomTemplate.CustomTemplateTask task, String message, long now) {
    player.end(root, root.task(task.name()), "Failed", message, "{}", now);
    if (root.mode.equals(EmulatedExecution.FAILURE_PAUSE)) {
      root.statusMessage = message;
      player.wait(root, EmulatedExecution.FAILURE_PAUSE, now);
    } else {
      goOnAfterFailure(root, task, message, now);
    }
  }

  private void loopFailed(EmulatedExecution root, String message, long now) {
    goOnAfterFailure(root, player.text(root).task(root.current), message, now);
  }

  /** OnError: the end, in failure; or another task, and what ends the execution then decides. */
  private void goOnAfterFailure(
      EmulatedExecution root, CustomTemplate.CustomTemplateTask task, String message, long now) {
    if (task.onError().equals(CustomTemplate.END)) {
      player.finish(root, "Failed", message, now);
    } else {
      begin(root, next(root, task, task.onError()), now);
    }
  }

  @Override
  public void childEnded(EmulatedExecution root, EmulatedExecution child, long now) {
    if (!root.ended()) {
      loop.childEnded(root, child, now);
    }
  }

  @Override
  public void approve(EmulatedExecution root, long now) {
    loop.approve(root, now);
  }

  @Override
  public void retryOrSkip(EmulatedExecution root, List<String> taskIds, boolean retry, long now) {
    if (!root.waitingStatus.equals(EmulatedExecution.FAILURE_PAUSE)) {
      throw ApiException.invalid("The execution does not wait because of a failed task.");
    }
    if (BatchLoop.isLoop(root) && root.task(root.current).running()) {
      loop.retryOrSkip(root, taskIds, retry, now);
      return;
    }
    CustomTemplate.CustomTemplateTask task = player.text(root).task(root.current);
    EmulatedTask stuck = root.task(root.current);
    root.status = "Running";
    root.waitingStatus = "";
    root.statusMessage = "";
    if (retry) {
      begin(root, task, now);
    } else {
      stuck.status = "Skipped";
      stuck.updatedAt = now;
      begin(root, next(root, task, task.onSuccess()), now);
    }
  }
}
