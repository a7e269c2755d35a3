package oosh.sandbox.play;

import java.util.List;
import java.util.Map;
import oosh.sandbox.api.ApiException;
import oosh.sandbox.api.VendorTimes;
import oosh.sandbox.api.WireJson;
import oosh.sandbox.ecs.CloudAssistant;
import oosh.sandbox.state.EmulatedExecution;
import oosh.sandbox.state.Invocation;
import oosh.sandbox.state.SandboxState;
import oosh.sandbox.state.TaskDurations;

/** The tasks that run a script by Cloud Assistant and look at what it answered. */
final class CommandTasks {
  private final SandboxState state;
  private final CloudAssistant assistant;
  private final AgentTasks agent;

  CommandTasks(SandboxState state, CloudAssistant assistant, AgentTasks agent) {
    this.state = state;
    this.assistant = assistant;
    this.agent = agent;
  }

  void addTo(Map<String, InstanceTask> tasks) {
    tasks.put("runCommand", this::run);
    tasks.put("untilInvocationReady", this::untilReady);
    tasks.put("describeInvocationResults", this::results);
    tasks.put("checkInvocationResult", this::check);
  }

  private TaskTransition run(EmulatedExecution child, String instance, long now) {
    Invocation run = new Invocation();
    run.regionId = child.regionId;
    run.type = child.parameter("commandType");
    run.name = child.id;
    run.workingDir = child.parameter("workingDir");
    run.timeoutSeconds = seconds(child);
    assistant.run(
        run, state.script(child.script), List.of(instance), agent.cannedResult(child), now);
    child.found.put("invokeId", run.invokeId);
    return TaskTransition.on("commandId", run.commandId, "invokeId", run.invokeId);
  }

  /** ACS::ESS::RunCommand stops waiting, and fails, when the older field says Failed. */
  private TaskTransition untilReady(EmulatedExecution child, String instance, long now) {
    if (command(child).on(instance).result.timedOut()) {
      throw new TaskFailedException(
          "the script did not end within " + seconds(child) + " seconds (Timeout)",
          "{\"InvokeStatus\":\"Failed\"}");
    }
    return TaskTransition.on();
  }

  private TaskTransition results(EmulatedExecution child, String instance, long now) {
    String output = command(child).on(instance).result.output();
    child.found.put("invocationOutput", output);
    return TaskTransition.on("invocationResult", WireJson.base64(output));
  }

  private TaskTransition check(EmulatedExecution child, String instance, long now) {
    int exit = command(child).on(instance).result.exitCode();
    if (exit != 0) {
      throw new TaskFailedException("the script ended with exit code " + exit);
    }
    return TaskTransition.on();
  }

  /** When the script is over on the instance; {@link VendorTimes#NEVER} while it runs. */
  long finishedAt(EmulatedExecution child) {
    return command(child).on(child.parameter("instanceId")).finishedAt;
  }

  private static int seconds(EmulatedExecution child) {
    String given = child.parameter("timeout");
    return given.isEmpty() ? TaskDurations.SCRIPT_SECONDS : Integer.parseInt(given);
  }

  private Invocation command(EmulatedExecution child) {
    String id = child.found.getOrDefault("invokeId", "");
    return ApiException.found(state.commands.get(id), "InvalidInvoke.NotFound");
  }
}
