package oosh.sandbox.play;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import oosh.sandbox.api.ApiException;
import oosh.sandbox.api.WireJson;
import oosh.sandbox.ess.Fleet;
import oosh.sandbox.state.EmulatedExecution;
import oosh.sandbox.state.EmulatedTask;
import oosh.sandbox.state.LoopItem;
import oosh.sandbox.template.PublicTemplate;
import oosh.sandbox.template.PublicTemplate.PublicTemplateTask;
import oosh.sandbox.template.PublicTemplate.StepKind;
import oosh.sandbox.template.PublicTemplates;
import oosh.sandbox.template.RolePermissions;
import oosh.sandbox.template.TemplateReferences;

/**
 * Runs the six public templates for rolling updates: their tasks by their own names, of the update
 * and of the rollback (source: the repository aliyun/oos-templates). What each of them does to the
 * group's settings is in {@code GroupSettingTasks}, what its loop hands to each instance in {@code
 * ChildParameters}.
 */
final class PublicTemplateRunner implements TemplateRunner {
  private final ExecutionLifecycle player;
  private final BatchLoop loop;
  private final GroupSettingTasks settings;

  PublicTemplateRunner(ExecutionLifecycle player, GroupSettingTasks settings) {
    this.player = player;
    this.loop = new BatchLoop(player, this::loopFailed);
    this.settings = settings;
  }

  @Override
  public void step(EmulatedExecution root, long now) {
    PublicTemplate template = PublicTemplates.of(root);
    try {
      if (root.current.isEmpty()) {
        root.status = "Running";
        begin(root, template.tasks().get(0), now);
      } else {
        RolePermissions.check(player.world, root, root.current);
        play(root, template, template.task(root.current), now);
      }
    } catch (ApiException refused) {
      fail(root, refused.codeAndText(), now);
    }
  }

  private void play(
      EmulatedExecution root, PublicTemplate template, PublicTemplateTask task, long now) {
    Fleet fleet = player.fleet;
    String groupId = root.parameter("scalingGroupId");
    switch (task.step()) {
      case CHOOSE -> {
        boolean back = root.parameter("invokeType").equals("rollback");
        next(
            root,
            "{}",
            back ? template.first(StepKind.FIND_AGAIN, true) : after(template, task),
            now);
      }
      case FIND -> {
        LoopItems.find(root, template, fleet.members(fleet.groupById(groupId)));
        next(root, LoopItems.told(root, template), after(template, task), now);
      }
      case WHETHER_EMPTY -> {
        if (!root.turns.isEmpty()) {
          next(root, "{}", after(template, task), now);
        } else if (template.has(StepKind.MODIFY_CONTAINERS)) {
          next(root, "{}", template.first(StepKind.MODIFY_CONTAINERS, false), now);
        } else {
          end(root, now);
        }
      }
      case WHETHER_SUSPEND -> {
        root.enterProcess = new ArrayList<>(root.parameterList("enterProcess"));
        root.exitProcess = new ArrayList<>(root.parameterList("exitProcess"));
        PublicTemplateTask suspend = after(template, task);
        next(root, "{}", root.enterProcess.isEmpty() ? after(template, suspend) : suspend, now);
      }
      case SUSPEND -> {
        // A rollback does not check for an empty list: ESS refuses it, and the rollback fails.
        fleet.suspend(groupId, root.enterProcess);
        next(root, "{}", after(template, task), now);
      }
      case WHETHER_IMAGE -> {
        PublicTemplateTask modify = after(template, task);
        boolean none = root.parameter("scalingConfigurationId").isEmpty();
        next(root, "{}", none ? after(template, modify) : modify, now);
      }
      case READ_HOOK, CREATE_HOOK, MODIFY_HOOK, MODIFY_IMAGE, MODIFY_CONTAINERS ->
          next(root, settings.play(root, template, task), after(template, task), now);
      // The loop has ended its task already.
      case UPDATE -> begin(root, after(template, task), now);
      case TAG -> {
        tag(root, task.name(), now);
        next(root, "{}", after(template, task), now);
      }
      case WHETHER_ANY -> {
        if (root.turns.isEmpty()) {
          end(root, now);
        } else {
          next(root, "{}", after(template, task), now);
        }
      }
      case WHETHER_RESUME -> {
        if (root.exitProcess.isEmpty()) {
          player.succeed(root, "{}", now);
          success(root, now);
        } else {
          next(root, "{}", after(template, task), now);
        }
      }
      case RESUME -> {
        fleet.resume(groupId, root.exitProcess);
        player.succeed(root, "{}", now);
        success(root, now);
      }
      case FIND_AGAIN -> {
        LoopItems.ofSource(root, player.world.children(root.parameter("sourceExecutionId")));
        JsonObject out = new JsonObject();
        out.add("instanceIds", WireJson.array(root.turns.stream().map(t -> t.instanceId).toList()));
        next(root, WireJson.text(out), after(template, task), now);
      }
      case EXISTING -> {
        // Tests that ECS knows the instance, not that it is still in the group.
        root.turns.removeIf(t -> !fleet.knowsInstance(t.instanceId));
        next(root, "{}", after(template, task), now);
      }
      case PROCESSES -> {
        EmulatedExecution source = player.world.executions.get(root.parameter("sourceExecutionId"));
        if (source != null) {
          root.enterProcess = new ArrayList<>(source.parameterList("enterProcess"));
          root.exitProcess = new ArrayList<>(source.parameterList("exitProcess"));
        }
        next(root, "{}", after(template, task), now);
      }
    }
  }

  private static PublicTemplateTask after(PublicTemplate template, PublicTemplateTask task) {
    return template
        .after(task)
        .orElseThrow(() -> new IllegalStateException("nothing after " + task.name()));
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
    PublicTemplate template = PublicTemplates.of(root);
    PublicTemplateTask task = template.task(root.current);
    EmulatedTask failed = root.task(root.current);
    root.status = "Running";
    root.waitingStatus = "";
    if (retry) {
      begin(root, task, now);
      return;
    }
    failed.status = "Skipped";
    failed.updatedAt = now;
    Optional<PublicTemplateTask> next =
        task.step() == StepKind.RESUME ? Optional.empty() : template.after(task);
    if (next.isPresent()) {
      begin(root, next.get(), now);
    } else {
      success(root, now);
    }
  }

  private void startLoop(
      EmulatedExecution root, PublicTemplate template, PublicTemplateTask task, long now) {
    root.batchPause = root.parameter("batchPauseOption");
    // The one for container groups declares it too, and does nothing with it.
    root.maxErrors =
        template.name().equals(PublicTemplate.REPLACE_DISK)
            ? Integer.parseInt(root.parameter("maxErrors"))
            : 0;
    root.childAction = template.action();
    root.loopOutputs = template.outputs();
    root.childOutput = template.output();
    root.childParameters =
        TemplateReferences.resolve(task.properties(), root, null).getAsJsonObject();
    root.childScript =
        template.parameters().has("invokeScript")
            ? player.world.keepScript(
                root.parameter(task.back() ? "rollbackScript" : "invokeScript"))
            : "";
    loop.start(
        root,
        task.name(),
        BatchLoop.even(root.turns.size(), Integer.parseInt(root.parameter("batchNumber"))),
        now);
  }

  private void loopFailed(EmulatedExecution root, String message, long now) {
    player.finish(root, "Failed", message, now);
  }

  /** One TagResources call an instance: task executions only, no child executions (assumed). */
  private void tag(EmulatedExecution root, String task, long now) {
    EmulatedTask parent = root.task(task);
    parent.loopSize = root.turns.size();
    for (LoopItem turn : root.turns) {
      EmulatedTask run = player.newTask(root, task, now);
      run.parentTaskId = parent.id;
      run.loopItem = turn.instanceId;
      run.loopBatch = 1;
      if (!player.fleet.knowsInstance(turn.instanceId)) {
        player.end(root, run, "Failed", "InvalidResourceId.NotFound", "{}", now);
        throw ApiException.of("InvalidResourceId.NotFound", turn.instanceId);
      }
      player.fleet.member(turn.instanceId).tags.put("ess:rollingupdate", "oos:" + root.id);
      player.end(root, run, "Success", "", "{}", now);
    }
  }

  private void begin(EmulatedExecution root, PublicTemplateTask task, long now) {
    PublicTemplate template = PublicTemplates.of(root);
    if (task.step() == StepKind.UPDATE) {
      startLoop(root, template, task, now);
      return;
    }
    EmulatedTask run = player.begin(root, task.name(), player.pace.other(), now);
    if (settings.skips(root, task)) {
      player.end(root, run, "Skipped", "", "{}", now);
      begin(root, after(template, task), now);
    }
  }

  private void next(EmulatedExecution root, String outputs, PublicTemplateTask task, long now) {
    player.succeed(root, outputs, now);
    begin(root, task, now);
  }

  /** ACS::END before anything was done: a success without outputs. */
  private void end(EmulatedExecution root, long now) {
    player.succeed(root, "{}", now);
    player.finish(root, "Success", "", now);
  }

  private void success(EmulatedExecution root, long now) {
    if (!PublicTemplates.of(root).outputs().isEmpty()) {
      JsonObject outputs = new JsonObject();
      outputs.add(
          "commandOutputs", WireJson.array(root.turns.stream().map(t -> t.output).toList()));
      root.outputs = WireJson.text(outputs);
    }
    player.finish(root, "Success", "", now);
  }

  private void fail(EmulatedExecution root, String why, long now) {
    String message = "Task " + root.current + ": " + why;
    player.end(root, root.task(root.current), "Failed", message, "{}", now);
    if (root.mode.equals(EmulatedExecution.FAILURE_PAUSE)) {
      player.wait(root, EmulatedExecution.FAILURE_PAUSE, now);
    } else {
      player.finish(root, "Failed", message, now);
    }
  }
}
