package oosh.sandbox;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The play of the public template ACS-ESS-RollingUpdateByRunCommandInScalingGroup: its tasks by
 * their own names, its invoke and its rollback path (source: the repository aliyun/oos-templates).
 */
final class RollingUpdate implements Play {
  /** Assumed: no source tells how a paused execution spells the reason it waits. */
  static final String BATCH_PAUSE = "BatchPause";

  static final String FAILURE_PAUSE = "FailurePause";

  private final Player player;
  private final Loop loop;

  RollingUpdate(Player player) {
    this.player = player;
    this.loop = new Loop(player, this::loopFailed);
  }

  @Override
  public void step(RunningExecution root, long now) {
    try {
      play(root, now);
    } catch (ApiError refused) {
      fail(root, refused.codeAndText(), now);
    }
  }

  private void play(RunningExecution root, long now) {
    Rights.check(player.world, root, root.current);
    Fleet fleet = player.fleet;
    String groupId = root.parameter("scalingGroupId");
    switch (root.current) {
      case "" -> {
        root.status = "Running";
        begin(root, "choiceNextTask", now);
      }
      case "choiceNextTask" ->
          next(
              root,
              root.parameter("invokeType").equals("rollback")
                  ? "getExecutionInstanceIds"
                  : "getInstance",
              now);
      case "getInstance" -> {
        find(root, fleet.groupById(groupId));
        JsonArray instances = new JsonArray();
        root.turns.forEach(
            t ->
                instances.add(
                    WireJson.object(
                        "InstanceId", t.instanceId, "LifecycleState", t.lifecycleState)));
        JsonObject out = new JsonObject();
        out.add("instances", instances);
        player.succeed(root, WireJson.text(out), now);
        begin(root, "whetherTheScalingGroupInstanceIsEmpty", now);
      }
      case "whetherTheScalingGroupInstanceIsEmpty" -> {
        if (root.turns.isEmpty()) {
          // ACS::END: a group without such instances is a success without outputs.
          player.succeed(root, "{}", now);
          player.finish(root, "Success", "", now);
        } else {
          next(root, "whetherTosuspendProcess", now);
        }
      }
      case "whetherTosuspendProcess" -> {
        root.enterProcess = new ArrayList<>(root.parameterList("enterProcess"));
        root.exitProcess = new ArrayList<>(root.parameterList("exitProcess"));
        if (root.enterProcess.isEmpty()) {
          player.succeed(root, "{}", now);
          startLoop(root, "invokeByRunCommand", now);
        } else {
          next(root, "suspendProcess", now);
        }
      }
      case "suspendProcess", "suspendProcessWithRollBack" -> {
        // The rollback path has no guard for an empty list: ESS refuses it, and so the rollback.
        fleet.suspend(groupId, root.enterProcess);
        player.succeed(root, "{}", now);
        startLoop(
            root,
            root.current.equals("suspendProcess") ? "invokeByRunCommand" : "rollbackByRunCommand",
            now);
      }
      case "invokeByRunCommand", "rollbackByRunCommand" -> afterLoop(root, now);
      case "tagInstance" -> tag(root, now);
      case "whetherToResumeProcesses", "whetherToResumeProcessesWithRollback" -> {
        if (root.exitProcess.isEmpty()) {
          player.succeed(root, "{}", now);
          success(root, now);
        } else {
          next(
              root,
              root.current.equals("whetherToResumeProcesses")
                  ? "resumeProcesses"
                  : "resumeProcessesWithRollback",
              now);
        }
      }
      case "resumeProcesses", "resumeProcessesWithRollback" -> {
        fleet.resume(groupId, root.exitProcess);
        player.succeed(root, "{}", now);
        success(root, now);
      }
      case "getExecutionInstanceIds" -> {
        findOfSource(root);
        JsonObject out = new JsonObject();
        out.add("instanceIds", WireJson.array(root.turns.stream().map(t -> t.instanceId).toList()));
        player.succeed(root, WireJson.text(out), now);
        begin(root, "getExistInstanceIds", now);
      }
      case "getExistInstanceIds" -> {
        // Tests that ECS knows the instance, not that it is still in the group.
        root.turns.removeIf(t -> !player.world.members.containsKey(t.instanceId));
        next(root, "getRollbackProcess", now);
      }
      case "getRollbackProcess" -> {
        RunningExecution source = player.world.executions.get(root.parameter("sourceExecutionId"));
        if (source != null) {
          root.enterProcess = new ArrayList<>(source.parameterList("enterProcess"));
          root.exitProcess = new ArrayList<>(source.parameterList("exitProcess"));
        }
        next(root, "suspendProcessWithRollBack", now);
      }
      default -> throw new IllegalStateException(root.current);
    }
  }

  @Override
  public void childEnded(RunningExecution root, RunningExecution child, long now) {
    if (!root.ended()) {
      loop.childEnded(root, child, now);
    }
  }

  @Override
  public void approve(RunningExecution root, long now) {
    loop.approve(root, now);
  }

  @Override
  public void settle(RunningExecution root, List<String> taskIds, boolean retry, long now) {
    if (!root.waitingStatus.equals(FAILURE_PAUSE)) {
      throw ApiError.invalid("The execution does not wait because of a failed task.");
    }
    if (root.turns.stream().allMatch(t -> t.taskId.isEmpty())
        || !Loop.isLoop(root)
        || !root.task(root.current).running()) {
      TaskRun failed = root.task(root.current);
      resume(root);
      if (retry) {
        begin(root, root.current, now);
      } else {
        failed.status = "Skipped";
        failed.updatedAt = now;
        skipTo(root, now);
      }
      return;
    }
    loop.settle(root, taskIds, retry, now);
  }

  private static void resume(RunningExecution root) {
    root.status = "Running";
    root.waitingStatus = "";
  }

  private void skipTo(RunningExecution root, long now) {
    switch (root.current) {
      case "suspendProcess" -> startLoop(root, "invokeByRunCommand", now);
      case "suspendProcessWithRollBack" -> startLoop(root, "rollbackByRunCommand", now);
      case "tagInstance" -> begin(root, "whetherToResumeProcesses", now);
      case "resumeProcesses", "resumeProcessesWithRollback" -> success(root, now);
      default -> player.finish(root, "Success", "", now);
    }
  }

  private void find(RunningExecution root, EmulatedGroup group) {
    List<String> states = root.parameterList("lifecycleState");
    root.turns.clear();
    for (Member member : player.fleet.members(group)) {
      if (states.contains(member.lifecycleState)) {
        turn(root, member.id, member.lifecycleState);
      }
    }
  }

  /**
   * A rollback's targets are the source's children, with the states they were found in. Assumed:
   * the listing is paged to its end, and an instance that was retried counts once.
   */
  private void findOfSource(RunningExecution root) {
    Map<String, String> states = new LinkedHashMap<>();
    for (RunningExecution child : player.world.children(root.parameter("sourceExecutionId"))) {
      states.putIfAbsent(child.parameter("instanceId"), child.parameter("lifecycleState"));
    }
    root.turns.clear();
    states.forEach((id, state) -> turn(root, id, state));
  }

  private static void turn(RunningExecution root, String instanceId, String state) {
    LoopTurn turn = new LoopTurn();
    turn.instanceId = instanceId;
    turn.lifecycleState = state;
    root.turns.add(turn);
  }

  private void startLoop(RunningExecution root, String task, long now) {
    boolean rollback = task.equals("rollbackByRunCommand");
    root.batchPause = root.parameter("batchPauseOption");
    root.maxErrors = 0;
    root.childParameters =
        WireJson.object(
            "regionId",
            root.regionId,
            "instanceId",
            "",
            "scalingGroupId",
            root.parameter("scalingGroupId"),
            // The template's rollback always runs a shell script, also on Windows.
            "commandType",
            rollback ? "RunShellScript" : root.parameter("commandType"),
            "lifecycleState",
            "",
            "workingDir",
            "",
            "rollBack",
            String.valueOf(rollback));
    // The template hands neither a time limit nor a directory on.
    root.childParameters.addProperty("timeout", TaskPace.SCRIPT_SECONDS);
    root.childScript =
        player.world.keepScript(root.parameter(rollback ? "rollbackScript" : "invokeScript"));
    loop.start(
        root,
        task,
        Loop.even(root.turns.size(), Integer.parseInt(root.parameter("batchNumber"))),
        now);
  }

  private void loopFailed(RunningExecution root, String message, long now) {
    player.finish(root, "Failed", message, now);
  }

  private void afterLoop(RunningExecution root, long now) {
    begin(
        root,
        root.current.equals("invokeByRunCommand")
            ? "tagInstance"
            : "whetherToResumeProcessesWithRollback",
        now);
  }

  /** One TagResources call an instance: task executions only, no child executions (assumed). */
  private void tag(RunningExecution root, long now) {
    TaskRun parent = root.task("tagInstance");
    parent.loopSize = root.turns.size();
    for (LoopTurn turn : root.turns) {
      TaskRun run = player.newTask(root, "tagInstance", now);
      run.parentTaskId = parent.id;
      run.loopItem = turn.instanceId;
      run.loopBatch = 1;
      Member member = player.world.members.get(turn.instanceId);
      if (member == null) {
        player.end(root, run, "Failed", "InvalidResourceId.NotFound", "{}", now);
        throw new ApiError(
            404,
            "InvalidResourceId.NotFound",
            "The specified ResourceId \"" + turn.instanceId + "\" is not found.");
      }
      member.tags.put("ess:rollingupdate", "oos:" + root.id);
      player.end(root, run, "Success", "", "{}", now);
    }
    next(root, "whetherToResumeProcesses", now);
  }

  private void begin(RunningExecution root, String task, long now) {
    player.begin(root, task, player.pace.other(), now);
  }

  private void next(RunningExecution root, String task, long now) {
    player.succeed(root, "{}", now);
    begin(root, task, now);
  }

  private void success(RunningExecution root, long now) {
    JsonObject outputs = new JsonObject();
    outputs.add("commandOutputs", WireJson.array(root.turns.stream().map(t -> t.output).toList()));
    root.outputs = WireJson.text(outputs);
    player.finish(root, "Success", "", now);
  }

  private void fail(RunningExecution root, String why, long now) {
    String message = "Task " + root.current + ": " + why;
    player.end(root, root.task(root.current), "Failed", message, "{}", now);
    if (root.mode.equals(FAILURE_PAUSE)) {
      player.wait(root, FAILURE_PAUSE, now);
    } else {
      player.finish(root, "Failed", message, now);
    }
  }
}
