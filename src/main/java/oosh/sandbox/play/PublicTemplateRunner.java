package oosh.sandbox.play;

import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import oosh.sandbox.api.ApiException;
import oosh.sandbox.api.WireJson;
import oosh.sandbox.ess.Fleet;
import oosh.sandbox.state.EmulatedExecution;
import oosh.sandbox.state.EmulatedTask;
import oosh.sandbox.template.EmulatedTemplate;
import oosh.sandbox.template.EmulatedTemplate.TaskKind;
import oosh.sandbox.template.EmulatedTemplate.TemplateTask;
import oosh.sandbox.template.InstanceActions;
import oosh.sandbox.template.PublicTemplates;
import oosh.sandbox.template.TemplateReferences;
import org.jspecify.annotations.Nullable;

/**
 * Runs the six public templates for rolling updates: their tasks by their own names, of the update
 * and of the rollback (source: the repository aliyun/oos-templates). {@link GroupSettingTasks}
 * changes the group's settings.
 */
final class PublicTemplateRunner extends TemplateRunner {
  private final GroupSettingTasks settings;

  PublicTemplateRunner(ExecutionLifecycle lifecycle, GroupSettingTasks settings) {
    super(lifecycle);
    this.settings = settings;
  }

  @Override
  TaskTransition carryOut(EmulatedExecution root, TemplateTask task, long now) {
    EmulatedTemplate template = lifecycle.template(root);
    Fleet fleet = lifecycle.fleet;
    String groupId = root.parameter("scalingGroupId");
    String source = root.parameter("sourceExecutionId");
    Optional<TemplateTask> afterNext = template.after(task).flatMap(template::after);
    switch (task.kind()) {
      case CHOOSE -> {
        boolean rollback = root.parameter("invokeType").equals("rollback");
        return jump(rollback, template.find(TaskKind.FIND_AGAIN));
      }
      case FIND -> {
        LoopItems.find(root, template, fleet.members(fleet.groupById(groupId)));
        return LoopItems.found(root, template.parameters().has("lifecycleState"));
      }
      case WHETHER_EMPTY -> {
        return jump(root.turns.isEmpty(), template.find(TaskKind.MODIFY_CONTAINERS));
      }
      case WHETHER_SUSPEND -> {
        processes(root, root);
        return jump(root.enterProcess.isEmpty(), afterNext);
      }
      // A rollback does not check for an empty list: ESS refuses it, and the rollback fails.
      case SUSPEND -> fleet.suspend(groupId, root.enterProcess);
      case WHETHER_IMAGE -> {
        return jump(root.parameter("scalingConfigurationId").isEmpty(), afterNext);
      }
      case TAG -> {
        root.task(root.current).loopSize = root.turns.size();
        Map<String, String> tags = Map.of("ess:rollingupdate", "oos:" + root.id);
        root.turns.forEach(item -> tag(root, item.instanceId, tags, now));
      }
      case WHETHER_ANY -> {
        return jump(root.turns.isEmpty(), Optional.empty());
      }
      case WHETHER_RESUME -> {
        return jump(root.exitProcess.isEmpty(), Optional.empty());
      }
      case RESUME -> fleet.resume(groupId, root.exitProcess);
      case FIND_AGAIN -> {
        LoopItems.ofSource(root, lifecycle.state.children(source));
        return LoopItems.found(root, false);
      }
      // Tests that ECS knows the instance, not that it is still in the group.
      case EXISTING -> root.turns.removeIf(item -> !fleet.knowsInstance(item.instanceId));
      case PROCESSES -> processes(root, lifecycle.state.executions.get(source));
      default -> {
        return settings.run(root, task);
      }
    }
    return TaskTransition.on();
  }

  /** One call of TagResources: a task execution, no child execution (assumed). */
  private void tag(EmulatedExecution root, String instanceId, Map<String, String> tags, long now) {
    EmulatedTask item = lifecycle.newTask(root, root.current, now);
    item.parentTaskId = root.task(root.current).id;
    item.loopItem = instanceId;
    item.loopBatch = 1;
    if (!lifecycle.fleet.knowsInstance(instanceId)) {
      lifecycle.end(root, item, "Failed", "InvalidResourceId.NotFound", "{}", now);
      throw ApiException.of("InvalidResourceId.NotFound", instanceId);
    }
    lifecycle.fleet.member(instanceId).tags.putAll(tags);
    lifecycle.end(root, item, "Success", "", "{}", now);
  }

  /** Jumps to a task, or to the end where there is none; else on to the task that follows. */
  private static TaskTransition jump(boolean jumps, Optional<TemplateTask> where) {
    return jumps
        ? TaskTransition.to(where.map(TemplateTask::name).orElse(EmulatedTemplate.END))
        : TaskTransition.on();
  }

  private static void processes(EmulatedExecution root, @Nullable EmulatedExecution source) {
    if (source != null) {
      root.enterProcess = new ArrayList<>(source.parameterList("enterProcess"));
      root.exitProcess = new ArrayList<>(source.parameterList("exitProcess"));
    }
  }

  @Override
  boolean skips(EmulatedExecution root, TemplateTask task) {
    return settings.skips(root, task);
  }

  @Override
  void startLoop(EmulatedExecution root, TemplateTask task, long now) {
    EmulatedTemplate template = lifecycle.template(root);
    root.concurrency = 0;
    root.batchPause = root.parameter("batchPauseOption");
    // The template for container groups declares maxErrors too, and does nothing with it.
    root.maxErrors =
        template.name().equals(PublicTemplates.REPLACE_DISK)
            ? Integer.parseInt(root.parameter("maxErrors"))
            : 0;
    root.childParameters =
        TemplateReferences.resolve(task.properties(), root, null).getAsJsonObject();
    root.childScript =
        template.parameters().has("invokeScript")
            ? lifecycle.state.keepScript(root.parameter(root.parameter("invokeType") + "Script"))
            : "";
    int batches = Integer.parseInt(root.parameter("batchNumber"));
    loop.start(root, task.name(), BatchLoop.even(root.turns.size(), batches), now);
  }

  /** An execution that has found no instance has no outputs. */
  @Override
  void succeeded(EmulatedExecution root) {
    if (!InstanceActions.of(lifecycle.template(root)).gathered().isEmpty()
        && !root.turns.isEmpty()) {
      root.outputs = WireJson.text(WireJson.wrapped("commandOutputs", LoopItems.outputs(root)));
    }
  }
}
