package oosh.sandbox;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * The play of one instance: the public action ACS::ESS::RunCommand, task by task (source: the
 * repository aliyun/oos-templates). A failure anywhere ends it and leaves the instance as it is: in
 * Standby, and without its protection.
 */
final class InstanceUpdate {
  private final Player player;
  private final CloudAssistant assistant;

  InstanceUpdate(Player player, CloudAssistant assistant) {
    this.player = player;
    this.assistant = assistant;
  }

  /** Ends the task that is due and begins the next one; true when the execution has ended. */
  boolean step(RunningExecution child, long now) {
    String instance = child.parameter("instanceId");
    try {
      play(child, instance, now);
    } catch (ApiError refused) {
      fail(child, instance, refused.codeAndText(), "{}", now);
    }
    return child.ended();
  }

  private void play(RunningExecution child, String instance, long now) {
    Rights.check(player.world, child, child.current);
    TaskPace pace = player.pace;
    Fleet fleet = player.fleet;
    String group = child.parameter("scalingGroupId");
    switch (child.current) {
      case "" -> {
        child.status = "Running";
        player.begin(child, "viewInstanceLifecycleState", pace.other(), now);
      }
      case "viewInstanceLifecycleState" -> {
        String state =
            player.world.members.containsKey(instance) && fleet.groupOf(instance).isPresent()
                ? fleet.member(instance).lifecycleState
                : "";
        child.found.put("lifecycleState", state);
        next(
            child,
            WireJson.object("lifecycleState", state),
            "whetherLifecycleStateIsStandby",
            pace.other(),
            now);
      }
      case "whetherLifecycleStateIsStandby" -> {
        JsonObject out = new JsonObject();
        switch (child.found.getOrDefault("lifecycleState", "")) {
          case Member.STANDBY -> next(child, out, "runCommand", 0, now);
          case Member.PROTECTED ->
              next(child, out, "setInstancesProtectionToFalse", pace.other(), now);
          default -> next(child, out, "enterStandby", pace.enterStandby(), now);
        }
      }
      case "setInstancesProtectionToFalse" -> {
        fleet.protect(group, List.of(instance), false);
        next(child, new JsonObject(), "enterStandby", pace.enterStandby(), now);
      }
      case "enterStandby" -> {
        fleet.enterStandby(group, List.of(instance));
        next(child, new JsonObject(), "runCommand", 0, now);
      }
      case "runCommand" -> {
        CommandRun run =
            assistant.run(
                child.regionId,
                child.parameter("commandType"),
                player.world.script(child.script),
                child.id,
                child.parameter("workingDir"),
                seconds(child),
                List.of(instance),
                now);
        child.found.put("invokeId", run.invokeId);
        next(
            child,
            WireJson.object("commandId", run.commandId, "invokeId", run.invokeId),
            "untilInvocationReady",
            Times.NEVER,
            now);
        child.due(run.on(instance).finishedAt);
      }
      case "untilInvocationReady" -> {
        CommandRun run = command(child);
        // ACS::ESS::RunCommand stops waiting, and fails, when the older field says Failed.
        if (run.on(instance).recordStatus(now).equals("Failed")) {
          fail(
              child,
              instance,
              "the script did not end within " + seconds(child) + " seconds (Timeout)",
              "{\"InvokeStatus\":\"Failed\"}",
              now);
        } else {
          next(child, new JsonObject(), "describeInvocationResults", pace.other(), now);
        }
      }
      case "describeInvocationResults" ->
          next(
              child,
              WireJson.object("invocationResult", base64(command(child).on(instance).output)),
              "checkInvocationResult",
              pace.other(),
              now);
      case "checkInvocationResult" -> {
        int exit = command(child).on(instance).exitCode;
        if (exit != 0) {
          fail(child, instance, "the script ended with exit code " + exit, "{}", now);
        } else {
          next(child, new JsonObject(), "exitStandBy", pace.exitStandby(), now);
        }
      }
      case "exitStandBy" -> {
        fleet.exitStandby(group, List.of(instance));
        player.succeed(child, "{}", now);
        TaskRun last = player.begin(child, "setInstancesProtectionToTrue", pace.other(), now);
        if (!child.parameter("lifecycleState").equals(Member.PROTECTED)) {
          player.end(child, last, "Skipped", "", "{}", now);
          done(child, instance, now);
        }
      }
      case "setInstancesProtectionToTrue" -> {
        fleet.protect(group, List.of(instance), true);
        player.succeed(child, "{}", now);
        done(child, instance, now);
      }
      default -> throw new IllegalStateException(child.current);
    }
  }

  private void next(
      RunningExecution child, JsonObject outputs, String task, long length, long now) {
    player.succeed(child, WireJson.text(outputs), now);
    player.begin(child, task, length, now);
  }

  private void done(RunningExecution child, String instance, long now) {
    child.outputs =
        WireJson.text(WireJson.object("invocationOutput", command(child).on(instance).output));
    player.finish(child, "Success", "", now);
  }

  private void fail(RunningExecution child, String instance, String why, String out, long now) {
    String message = "Instance " + instance + ", task " + child.current + ": " + why;
    player.end(child, child.task(child.current), "Failed", message, out, now);
    player.finish(child, "Failed", message, now);
  }

  private static int seconds(RunningExecution child) {
    String given = child.parameter("timeout");
    return given.isEmpty() ? TaskPace.SCRIPT_SECONDS : Integer.parseInt(given);
  }

  private CommandRun command(RunningExecution child) {
    CommandRun run = player.world.commands.get(child.found.getOrDefault("invokeId", ""));
    if (run == null) {
      throw new ApiError(404, "InvalidInvoke.NotFound", "The invocation is not kept any more.");
    }
    return run;
  }

  static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
