package oosh.sandbox.play;

import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import oosh.sandbox.api.WireJson;
import oosh.sandbox.ess.Fleet;
import oosh.sandbox.state.EmulatedExecution;
import oosh.sandbox.state.EmulatedTask;
import oosh.sandbox.template.PublicTemplate;
import oosh.sandbox.template.PublicTemplate.PublicTemplateTask;
import oosh.sandbox.template.PublicTemplate.StepKind;
import oosh.sandbox.template.PublicTemplates;
import oosh.sandbox.template.RolePermissions;
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
  void run(EmulatedExecution root, long now) {
    RolePermissions.check(lifecycle.state, root, root.current);
    PublicTemplate template = PublicTemplates.of(root);
    PublicTemplateTask task = template.task(root.current);
    Optional<PublicTemplateTask> next = template.after(task);
    Fleet fleet = lifecycle.fleet;
    String groupId = root.parameter("scalingGroupId");
    String outputs = "{}";
    switch (task.step()) {
      case CHOOSE -> {
        if (root.parameter("invokeType").equals("rollback")) {
          next = template.find(StepKind.FIND_AGAIN);
        }
      }
      case FIND -> {
        LoopItems.find(root, template, fleet.members(fleet.groupById(groupId)));
        outputs = LoopItems.output(root, template.parameters().has("lifecycleState"));
      }
      case WHETHER_EMPTY -> {
        if (root.turns.isEmpty()) {
          next = template.find(StepKind.MODIFY_CONTAINERS);
        }
      }
      case WHETHER_SUSPEND -> {
        processes(root, root);
        if (root.enterProcess.isEmpty()) {
          next = next.flatMap(template::after);
        }
      }
      // A rollback does not check for an empty list: ESS refuses it, and the rollback fails.
      case SUSPEND -> fleet.suspend(groupId, root.enterProcess);
      case WHETHER_IMAGE -> {
        if (root.parameter("scalingConfigurationId").isEmpty()) {
          next = next.flatMap(template::after);
        }
      }
      case READ_HOOK, CREATE_HOOK, MODIFY_HOOK, MODIFY_IMAGE, MODIFY_CONTAINERS ->
          outputs = settings.run(root, template, task);
      case UPDATE -> {
        // The loop has ended its task already.
        begin(root, next, now);
        return;
      }
      case TAG -> {
        root.task(root.current).loopSize = root.turns.size();
        Map<String, String> tags = Map.of("ess:rollingupdate", "oos:" + root.id);
        root.turns.forEach(item -> tag(root, item.instanceId, tags, now));
      }
      case WHETHER_ANY -> next = next.filter(any -> !root.turns.isEmpty());
      case WHETHER_RESUME -> next = next.filter(resume -> !root.exitProcess.isEmpty());
      case RESUME -> fleet.resume(groupId, root.exitProcess);
      case FIND_AGAIN -> {
        LoopItems.ofSource(root, lifecycle.state.children(root.parameter("sourceExecutionId")));
        outputs = LoopItems.output(root, false);
      }
      // Tests that ECS knows the instance, not that it is still in the group.
      case EXISTING -> root.turns.removeIf(item -> !fleet.knowsInstance(item.instanceId));
      case PROCESSES ->
          processes(root, lifecycle.state.executions.get(root.parameter("sourceExecutionId")));
    }
    lifecycle.succeed(root, outputs, now);
    begin(root, next, now);
  }

  private static void processes(EmulatedExecution root, @Nullable EmulatedExecution source) {
    if (source != null) {
      root.enterProcess = new ArrayList<>(source.parameterList("enterProcess"));
      root.exitProcess = new ArrayList<>(source.parameterList("exitProcess"));
    }
  }

  @Override
  void begin(EmulatedExecution root, @Nullable String task, long now) {
    PublicTemplate template = PublicTemplates.of(root);
    begin(root, Optional.of(task == null ? template.tasks().get(0) : template.task(task)), now);
  }

  @Override
  void beginNext(EmulatedExecution root, long now) {
    PublicTemplate template = PublicTemplates.of(root);
    begin(root, template.after(template.task(root.current)), now);
  }

  /** Begins a task, or ends the execution after the last. */
  private void begin(EmulatedExecution root, Optional<PublicTemplateTask> next, long now) {
    if (next.isEmpty()) {
      success(root, now);
      return;
    }
    PublicTemplateTask task = next.get();
    if (task.step() == StepKind.UPDATE) {
      startLoop(root, task, now);
      return;
    }
    EmulatedTask begun = lifecycle.begin(root, task.name(), lifecycle.pace.other(), now);
    if (settings.skips(root, task)) {
      lifecycle.end(root, begun, "Skipped", "", "{}", now);
      beginNext(root, now);
    }
  }

  private void startLoop(EmulatedExecution root, PublicTemplateTask task, long now) {
    PublicTemplate template = PublicTemplates.of(root);
    root.batchPause = root.parameter("batchPauseOption");
    // The template for container groups declares maxErrors too, and does nothing with it.
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
            ? lifecycle.state.keepScript(
                root.parameter(task.back() ? "rollbackScript" : "invokeScript"))
            : "";
    int batches = Integer.parseInt(root.parameter("batchNumber"));
    loop.start(root, task.name(), BatchLoop.even(root.turns.size(), batches), now);
  }

  @Override
  void failed(EmulatedExecution root, String message, long now) {
    lifecycle.finish(root, "Failed", message, now);
  }

  /** An execution that has found no instance has no outputs. */
  private void success(EmulatedExecution root, long now) {
    if (!PublicTemplates.of(root).outputs().isEmpty() && !root.turns.isEmpty()) {
      root.outputs = WireJson.text(WireJson.wrapped("commandOutputs", LoopItems.outputs(root)));
    }
    lifecycle.finish(root, "Success", "", now);
  }
}
