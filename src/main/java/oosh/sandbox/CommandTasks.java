package oosh.sandbox;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tasks that run a script by Cloud Assistant and look at what it answered. */
final class CommandTasks implements TaskRunner {
  private static final List<String> TASKS =
      List.of(
          "runCommand",
          "untilInvocationReady",
          "describeInvocationResults",
          "checkInvocationResult");

  private final World world;
  private final CloudAssistant assistant;
  private final AgentTasks agent;

  CommandTasks(World world, CloudAssistant assistant, AgentTasks agent) {
    this.world = world;
    this.assistant = assistant;
    this.agent = agent;
  }

  @Override
  public boolean runs(String task) {
    return TASKS.contains(task);
  }

  @Override
  public Move end(RunningExecution child, String instance, long now) {
    switch (child.current) {
      case "runCommand" -> {
        @Nullable JailResult pretended = agent.pretended(child);
        CommandRun run =
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
        return Move.on("commandId", run.commandId, "invokeId", run.invokeId);
      }
      case "untilInvocationReady" -> {
        // ACS::ESS::RunCommand stops waiting, and fails, when the older field says Failed.
        if (command(child).on(instance).recordStatus(now).equals("Failed")) {
          throw new TaskFailed(
              "the script did not end within " + seconds(child) + " seconds (Timeout)",
              "{\"InvokeStatus\":\"Failed\"}");
        }
        return Move.on();
      }
      case "describeInvocationResults" -> {
        String output = command(child).on(instance).output;
        child.found.put("invocationOutput", output);
        return Move.on("invocationResult", WireJson.base64(output));
      }
      case "checkInvocationResult" -> {
        int exit = command(child).on(instance).exitCode;
        if (exit != 0) {
          throw new TaskFailed("the script ended with exit code " + exit);
        }
        return Move.on();
      }
      default -> throw new IllegalStateException(child.current);
    }
  }

  /** When the script is over on the instance; {@link Times#NEVER} while nobody knows. */
  long finishedAt(RunningExecution child) {
    return command(child).on(child.parameter("instanceId")).finishedAt;
  }

  private static int seconds(RunningExecution child) {
    String given = child.parameter("timeout");
    return given.isEmpty() ? TaskPace.SCRIPT_SECONDS : Integer.parseInt(given);
  }

  private CommandRun command(RunningExecution child) {
    CommandRun run = world.commands.get(child.found.getOrDefault("invokeId", ""));
    if (run == null) {
      throw new ApiError(404, "InvalidInvoke.NotFound", "The invocation is not kept any more.");
    }
    return run;
  }
}
