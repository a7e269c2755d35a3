package oosh.sandbox.play;

import com.google.gson.JsonObject;
import java.util.HashMap;
import java.util.Map;
import oosh.sandbox.api.ApiActions;
import oosh.sandbox.api.VendorTimes;
import oosh.sandbox.ess.Fleet;
import oosh.sandbox.state.EmulatedExecution;
import oosh.sandbox.state.EmulatedTask;
import oosh.sandbox.state.IdGenerator;
import oosh.sandbox.state.SandboxState;
import oosh.sandbox.state.TaskDurations;
import oosh.sandbox.template.CustomTemplate;
import oosh.sandbox.template.EmulatedTemplate;
import oosh.sandbox.template.InstanceActions;
import oosh.sandbox.template.PublicTemplates;
import org.jspecify.annotations.Nullable;

/** Begins and ends tasks and executions, and keeps their logs. */
public final class ExecutionLifecycle {
  final SandboxState state;
  final Fleet fleet;
  final TaskDurations pace;
  final ApiActions apis;
  private final IdGenerator ids;

  /** Templates that were read already, by the key of their text. */
  private final Map<String, EmulatedTemplate> read = new HashMap<>();

  ExecutionLifecycle(
      SandboxState state, Fleet fleet, IdGenerator ids, TaskDurations pace, ApiActions apis) {
    this.state = state;
    this.fleet = fleet;
    this.ids = ids;
    this.pace = pace;
    this.apis = apis;
  }

  /** The template of a root execution. */
  EmulatedTemplate template(EmulatedExecution root) {
    return root.content.isEmpty()
        ? PublicTemplates.of(root)
        : read.computeIfAbsent(root.content, key -> CustomTemplate.of(state.script(key), apis));
  }

  /**
   * @param template its name; "" for one that came with the request
   */
  public EmulatedExecution create(
      @Nullable EmulatedExecution parent, String template, JsonObject parameters, long now) {
    EmulatedExecution execution = new EmulatedExecution();
    execution.id = ids.next("exec");
    execution.parameters = parameters;
    execution.createdAt = now;
    execution.updatedAt = now;
    execution.templateName = template;
    if (parent != null) {
      execution.parentId = parent.id;
      execution.regionId = parent.regionId;
      execution.executedBy = parent.executedBy;
      execution.safetyCheck = parent.safetyCheck;
    }
    state.add(execution);
    execution.due(now);
    return execution;
  }

  /**
   * Starts a task; {@link VendorTimes#NEVER} as its length means that something else will end it.
   */
  EmulatedTask begin(EmulatedExecution execution, String task, long length, long now) {
    EmulatedTask run = newTask(execution, task, now);
    execution.current = task;
    execution.due(length == VendorTimes.NEVER ? VendorTimes.NEVER : now + length);
    return run;
  }

  EmulatedTask newTask(EmulatedExecution execution, String task, long now) {
    EmulatedTask run = new EmulatedTask();
    run.id = ids.next("task-exec");
    run.name = task;
    run.action = action(execution, task);
    run.createdAt = now;
    run.updatedAt = now;
    execution.tasks.put(run.id, run);
    execution.updatedAt = now;
    return run;
  }

  private String action(EmulatedExecution execution, String task) {
    return execution.child()
        ? InstanceActions.of(execution).actionOf(task)
        : template(execution).task(task).action();
  }

  public void end(
      EmulatedExecution execution,
      EmulatedTask run,
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
  private static String logged(EmulatedTask run, String status, String message) {
    if (status.equals("Success")) {
      String item = run.loopItem == null ? "" : " (loop item " + run.loopItem + ")";
      return "The task " + run.name + item + " completed.";
    }
    return "Task " + run.name + ended(status, message);
  }

  private static String ended(String status, String message) {
    return " ended with status " + status + (message.isEmpty() ? "." : ": " + message);
  }

  void succeed(EmulatedExecution execution, String outputs, long now) {
    end(execution, execution.task(execution.current), "Success", "", outputs, now);
  }

  public void finish(EmulatedExecution execution, String status, String message, long now) {
    execution.status = status;
    execution.statusMessage = message;
    execution.waitingStatus = "";
    execution.calls.clear();
    execution.endedAt = now;
    execution.updatedAt = now;
    execution.due(VendorTimes.NEVER);
    execution.log(null, "Execution" + ended(status, message), now);
  }

  void wait(EmulatedExecution execution, String why, long now) {
    execution.status = "Waiting";
    execution.waitingStatus = why;
    execution.due(VendorTimes.NEVER);
    execution.updatedAt = now;
    execution.log(null, "Execution is waiting: " + why + ".", now);
  }

  /** Cancels an execution and its children; instances stay as they are. */
  public void cancel(EmulatedExecution execution, long now) {
    for (EmulatedExecution child : state.children(execution.id)) {
      if (!child.ended()) {
        cancel(child, now);
      }
    }
    for (EmulatedTask run : execution.tasks.values()) {
      if (run.running()) {
        end(execution, run, "Cancelled", "", "{}", now);
      }
    }
    finish(execution, "Cancelled", "", now);
  }
}
