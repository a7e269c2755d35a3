package oosh.sandbox.play;

import java.util.List;
import oosh.sandbox.api.ApiException;
import oosh.sandbox.api.VendorTimes;
import oosh.sandbox.api.WireJson;
import oosh.sandbox.ecs.CloudAssistant;
import oosh.sandbox.jail.JailResult;
import oosh.sandbox.state.EmulatedExecution;
import oosh.sandbox.state.Invocation;
import oosh.sandbox.state.SandboxState;
import oosh.sandbox.state.TaskDurations;
import org.jspecify.annotations.Nullable;

/** The tasks that run a script by Cloud Assistant and look at what it answered. */
final class CommandTasks implements TaskRunner {
  private static final List<String> TASKS =
      List.of(
          "runCommand",
          "untilInvocationReady",
          "describeInvocationResults",
          "checkInvocationResult");

  private final SandboxState world;
  private final CloudAssistant assistant;
  private final AgentTasks agent;

  CommandTasks(SandboxState world, CloudAssistant assistant, AgentTasks agent) {
    this.world = world;
    this.assistant = assistant;
    this.agent = agent;
  }

  @Override
  public boolean runs(String task) {
    return TASKS.contains(task);
  }

  @Override
  public TaskTransition end(EmulatedExecution child, String instance, long now) {
    switch (child.current) {
      case "runCommand" -> {
        @Nullable JailResult pretended = agent.cannedResult(child);
        Invocation run =
            assistant.run(
                child.regionId,
                child.parameter("commandType"),
                world.script(child.script),
                child.id,
                child.parameter("workingDir"),
                seconds(child),
                List.of(instance),
                pretended,
                now);
        child.found.put("invokeId", run.invokeId);
        return TaskTransition.on("commandId", run.commandId, "invokeId", run.invokeId);
      }
      case "untilInvocationReady" -> {
        // ACS::ESS::RunCommand stops waiting, and fails, when the older field says Failed.
        if (command(child).on(instance).recordStatus(now).equals("Failed")) {
          throw new TaskFailedException(
              "the script did not end within " + seconds(child) + " seconds (Timeout)",
              "{\"InvokeStatus\":\"Failed\"}");
        }
        return TaskTransition.on();
      }
      case "describeInvocationResults" -> {
        String output = command(child).on(instance).output;
        child.found.put("invocationOutput", output);
        return TaskTransition.on("invocationResult", WireJson.base64(output));
      }
      case "checkInvocationResult" -> {
        int exit = command(child).on(instance).exitCode;
        if (exit != 0) {
          throw new TaskFailedException("the script ended with exit code " + exit);
        }
        return TaskTransition.on();
      }
      default -> throw new IllegalStateException(child.current);
    }
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
    Invocation run = world.commands.get(child.found.getOrDefault("invokeId", ""));
    if (run == null) {
      throw ApiException.of("InvalidInvoke.NotFound");
    }
    return run;
  }
}
