package oosh.sandbox.play;

import com.google.gson.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import oosh.sandbox.api.ApiException;
import oosh.sandbox.api.VendorTimes;
import oosh.sandbox.api.WireJson;
import oosh.sandbox.ecs.CloudAssistant;
import oosh.sandbox.ess.Fleet;
import oosh.sandbox.jail.Jail;
import oosh.sandbox.state.EmulatedExecution;
import oosh.sandbox.state.EmulatedInstance;
import oosh.sandbox.state.EmulatedTask;
import oosh.sandbox.state.TaskDurations;
import oosh.sandbox.template.InstanceAction;
import oosh.sandbox.template.InstanceActions;
import oosh.sandbox.template.RolePermissions;
import oosh.sandbox.template.TemplateStore;

/**
 * Runs one of the vendor's actions for an instance, task by task. The tasks that take the instance
 * out of service and back are run here, the tasks in between by {@code CommandTasks}, {@code
 * DiskTasks}, {@code AgentTasks} and {@code ContainerTasks}. A failure anywhere ends it and leaves
 * the instance as it is: in Standby, and without its protection.
 */
final class InstanceActionRunner {
  private final ExecutionLifecycle lifecycle;
  private final CommandTasks commands;
  private final AgentTasks agent;

  /** What the tasks do, by their names; a task that is not there only ends. */
  private final Map<String, InstanceTask> tasks = new HashMap<>();

  InstanceActionRunner(
      ExecutionLifecycle lifecycle, CloudAssistant assistant, TemplateStore templates, Jail jail) {
    this.lifecycle = lifecycle;
    this.agent = new AgentTasks(lifecycle, templates);
    this.commands = new CommandTasks(lifecycle.state, assistant, agent);
    agent.addTo(tasks);
    commands.addTo(tasks);
    new DiskTasks(lifecycle, jail).addTo(tasks);
    new ContainerTasks(lifecycle).addTo(tasks);
  }

  /** Ends the task that is due and begins the next one. */
  void step(EmulatedExecution child, long now) {
    String instance = child.parameter("instanceId");
    InstanceAction action = InstanceActions.of(child);
    try {
      if (child.current.isEmpty()) {
        child.status = "Running";
        AgentTasks.checkLength(child, lifecycle.state.script(child.script));
        begin(child, action, action.first(), now);
      } else {
        RolePermissions.check(lifecycle.state, child, child.current, action.rightOf(child.current));
        go(child, action, end(child, instance, now), now);
      }
    } catch (ApiException refused) {
      fail(child, ": " + refused.codeAndText(), "{}", now);
    } catch (TaskFailedException failed) {
      fail(child, ": " + failed.why(), failed.outputs(), now);
    }
  }

  /** An execution that one of its tasks has called has ended, and so has the task. */
  void childEnded(EmulatedExecution child, EmulatedExecution called, long now) {
    if (child.ended() || !called.id.equals(child.task(child.current).childExecutionId)) {
      return;
    }
    if (!called.status.equals("Success")) {
      fail(child, called.statusMessage.replaceFirst("^Instance [^,]*", ""), called.outputs, now);
      return;
    }
    InstanceAction action = InstanceActions.of(child);
    try {
      go(child, action, agent.called(child, called, now), now);
    } catch (ApiException refused) {
      fail(child, ": " + refused.codeAndText(), "{}", now);
    }
  }

  private TaskTransition end(EmulatedExecution child, String instance, long now) {
    Fleet fleet = lifecycle.fleet;
    String group = child.parameter("scalingGroupId");
    String task = child.current;
    switch (task) {
      case "viewInstanceLifecycleState", "getInstanceLifecycleState" -> {
        String state =
            fleet.groupOf(instance).map(g -> fleet.member(instance).lifecycleState).orElse("");
        child.found.put("lifecycleState", state);
        return TaskTransition.on("lifecycleState", state);
      }
      case "whetherLifecycleStateIsStandby" -> {
        String state = child.found.getOrDefault("lifecycleState", "");
        InstanceAction action = InstanceActions.of(child);
        if (state.equals(EmulatedInstance.STANDBY)) {
          return TaskTransition.to(action.after("enterStandby").orElseThrow());
        }
        String protection = "setInstancesProtectionToFalse";
        boolean off = state.equals(EmulatedInstance.PROTECTED) && action.has(protection);
        return TaskTransition.to(off ? protection : "enterStandby");
      }
      case "setInstancesProtectionToFalse" -> fleet.protect(group, List.of(instance), false);
      case "enterStandby" -> fleet.enterStandby(group, List.of(instance));
      case "exitStandBy" -> fleet.exitStandby(group, List.of(instance));
      case "setInstancesProtectionToTrue" -> fleet.protect(group, List.of(instance), true);
      default -> {
        InstanceTask found = tasks.get(task);
        return found == null ? TaskTransition.on() : found.end(child, instance, now);
      }
    }
    return TaskTransition.on();
  }

  private void go(EmulatedExecution child, InstanceAction action, TaskTransition move, long now) {
    lifecycle.succeed(child, WireJson.text(move.outputs()), now);
    follow(child, action, move.next(), now);
  }

  private void follow(EmulatedExecution child, InstanceAction action, String where, long now) {
    Optional<String> next =
        where.isEmpty() ? action.after(child.current) : Optional.of(where).filter(action::has);
    if (next.isPresent()) {
      begin(child, action, next.get(), now);
    } else {
      done(child, action, now);
    }
  }

  private void begin(EmulatedExecution child, InstanceAction action, String task, long now) {
    boolean calls = action.actionOf(task).equals(InstanceAction.BARE_COMMAND);
    EmulatedTask run =
        lifecycle.begin(child, task, calls ? VendorTimes.NEVER : length(child, task), now);
    if (skips(child, task)) {
      lifecycle.end(child, run, "Skipped", "", "{}", now);
      follow(child, action, "", now);
    } else if (calls) {
      run.childExecutionId = agent.call(child, now).id;
    } else if (task.equals("untilInvocationReady")) {
      child.due(commands.finishedAt(child));
    }
  }

  private long length(EmulatedExecution child, String task) {
    TaskDurations pace = lifecycle.pace;
    if (WaitTimeout.isAhead(child)
        && (task.equals("untilNewDiskReady") || task.equals("getContainerGroups"))) {
      return WaitTimeout.MILLIS;
    }
    return switch (task) {
      case "enterStandby" -> pace.enterStandby();
      case "exitStandBy" -> pace.exitStandby();
      case "runCommand" -> 0;
      case "untilInvocationReady" -> VendorTimes.NEVER;
      case "untilInstanceReady",
          "untilNewDiskReady",
          "untilInstanceToRunning",
          "getContainerGroups" ->
          pace.run();
      default -> pace.other();
    };
  }

  /** What the tasks' When says. */
  private static boolean skips(EmulatedExecution child, String task) {
    String system = child.found.getOrDefault("OSType", "");
    return (task.contains("Linux") && !system.equals("linux"))
        || (task.contains("Windows") && !system.equals("windows"))
        || (task.equals("setInstancesProtectionToTrue")
            && !child.parameter("lifecycleState").equals(EmulatedInstance.PROTECTED));
  }

  private void done(EmulatedExecution child, InstanceAction action, long now) {
    JsonObject outputs = new JsonObject();
    for (String name : action.outputs()) {
      String value = child.found.remove(name);
      outputs.addProperty(name, value == null ? "" : value);
    }
    child.outputs = WireJson.text(outputs);
    lifecycle.finish(child, "Success", "", now);
  }

  private void fail(EmulatedExecution child, String why, String out, long now) {
    String instance = child.parameter("instanceId");
    if (child.current.isEmpty()) {
      lifecycle.finish(child, "Failed", "Instance " + instance + why, now);
      return;
    }
    String message = "Instance " + instance + ", task " + child.current + why;
    lifecycle.end(child, child.task(child.current), "Failed", message, out, now);
    lifecycle.finish(child, "Failed", message, now);
  }
}
