package oosh.sandbox;

import com.google.gson.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The moves every play is made of: begin a task, end it, end the execution. Keeps the log. */
final class Player {
  final World world;
  final Fleet fleet;
  final TaskPace pace;
  private final IdGenerator ids;

  /** Templates that were read already, by the key of their text. */
  private final Map<String, TemplateText> read = new HashMap<>();

  Player(World world, Fleet fleet, IdGenerator ids, TaskPace pace) {
    this.world = world;
    this.fleet = fleet;
    this.ids = ids;
    this.pace = pace;
  }

  /** The template that came with the execution's request. */
  TemplateText text(RunningExecution root) {
    return read.computeIfAbsent(root.content, key -> TemplateText.of(world.script(key)));
  }

  /**
   * @param template its name; "" for one that came with the request
   */
  RunningExecution create(
      @Nullable RunningExecution parent, String template, JsonObject parameters, long now) {
    RunningExecution execution = new RunningExecution();
    execution.id = ids.next("exec");
    execution.parameters = parameters;
    execution.createdAt = now;
    execution.updatedAt = now;
    execution.templateName = template;
    if (parent != null) {
      execution.parentId = parent.id;
      execution.regionId = parent.regionId;
      execution.safetyCheck = parent.safetyCheck;
    }
    world.add(execution);
    execution.due(now);
    return execution;
  }

  /** Starts a task; {@link Times#NEVER} as its length means that something else will end it. */
  TaskRun begin(RunningExecution execution, String task, long length, long now) {
    TaskRun run = newTask(execution, task, now);
    execution.current = task;
    execution.due(length == Times.NEVER ? Times.NEVER : now + length);
    return run;
  }

  TaskRun newTask(RunningExecution execution, String task, long now) {
    TaskRun run = new TaskRun();
    run.id = ids.next("task-exec");
    run.executionId = execution.id;
    run.name = task;
    run.action = action(execution, task);
    run.createdAt = now;
    run.updatedAt = now;
    execution.tasks.add(run);
    execution.updatedAt = now;
    return run;
  }

  private String action(RunningExecution execution, String task) {
    if (!execution.content.isEmpty()) {
      return text(execution).task(task).action();
    }
    if (execution.child()) {
      return InstanceActions.of(execution).actionOf(task);
    }
    PublicTemplate template = PublicTemplates.of(execution);
    return template.actionOf(template.task(task));
  }

  void end(
      RunningExecution execution,
      TaskRun run,
      String status,
      String message,
      String out,
      long now) {
    run.status = status;
    run.statusMessage = message;
    run.outputs = out;
    run.endedAt = now;
    run.updatedAt = now;
    execution.updatedAt = now;
    if (!status.equals("Skipped")) {
      execution.log(run.id, logged(run, status, message), now);
    }
  }

  /**
   * What OOS logs of a task that has ended (source: OOS help, "ListExecutionLogs"; of one that did
   * not succeed the words are assumed).
   */
  private static String logged(TaskRun run, String status, String message) {
    if (status.equals("Success")) {
      String item = run.loopItem == null ? "" : " (loop item " + run.loopItem + ")";
      return "The task " + run.name + item + " completed.";
    }
    return "Task "
        + run.name
        + " ended with status "
        + status
        + (message.isEmpty() ? "." : ": " + message);
  }

  void succeed(RunningExecution execution, String outputs, long now) {
    end(execution, execution.task(execution.current), "Success", "", outputs, now);
  }

  void finish(RunningExecution execution, String status, String message, long now) {
    execution.status = status;
    execution.statusMessage = message;
    execution.waitingStatus = "";
    execution.endedAt = now;
    execution.updatedAt = now;
    execution.due(Times.NEVER);
    execution.log(
        null,
        "Execution ended with status " + status + (message.isEmpty() ? "." : ": " + message),
        now);
  }

  void wait(RunningExecution execution, String why, long now) {
    execution.status = "Waiting";
    execution.waitingStatus = why;
    execution.due(Times.NEVER);
    execution.updatedAt = now;
    execution.log(null, "Execution is waiting: " + why + ".", now);
  }

  /** Cancels an execution and its children: what runs is left as it stands. */
  void cancel(RunningExecution execution, long now) {
    for (RunningExecution child : world.children(execution.id)) {
      if (!child.ended()) {
        cancel(child, now);
      }
    }
    for (TaskRun run : List.copyOf(execution.tasks)) {
      if (run.running()) {
        end(execution, run, "Cancelled", "", "{}", now);
      }
    }
    finish(execution, "Cancelled", "", now);
  }
}
