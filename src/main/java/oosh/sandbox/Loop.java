package oosh.sandbox;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Optional;

/** The loop of the template over instances: batches, pauses, and what happens on a failure. */
final class Loop {
  private final Player player;

  Loop(Player player) {
    this.player = player;
  }

  static boolean isLoop(String task) {
    return task.equals("invokeByRunCommand") || task.equals("rollbackByRunCommand");
  }

  void start(RunningExecution root, String task, long now) {
    TaskRun run = player.begin(root, task, Times.NEVER, now);
    run.loopSize = root.turns.size();
    split(root.turns, Integer.parseInt(root.parameter("batchNumber")));
    root.batch = 0;
    // Source: OOS help, "Loop tasks": at most 1,000 items.
    if (root.turns.size() > 1_000) {
      throw ApiError.invalid("A loop has at most 1000 items.");
    }
    if (root.turns.isEmpty()) {
      finish(root, now);
    } else {
      nextBatch(root, now);
    }
  }

  /** Assumed rounding of Fn::CalculateBatch: sizes differ by at most one, the larger first. */
  static void split(List<LoopTurn> turns, int batches) {
    int number = Math.max(1, Math.min(batches, turns.size()));
    int at = 0;
    for (int batch = 1; batch <= number; batch++) {
      int size = turns.size() / number + (batch <= turns.size() % number ? 1 : 0);
      for (int i = 0; i < size; i++) {
        turns.get(at++).batch = batch;
      }
    }
  }

  void nextBatch(RunningExecution root, long now) {
    root.batch++;
    TaskRun loop = root.task(root.current);
    for (LoopTurn turn : root.turns) {
      if (turn.batch == root.batch) {
        TaskRun run = player.newTask(root, root.current, now);
        run.parentTaskId = loop.id;
        run.loopItem = turn.instanceId;
        run.loopBatch = turn.batch;
        turn.taskId = run.id;
        startChild(root, turn, run, now);
      }
    }
  }

  private void startChild(RunningExecution root, LoopTurn turn, TaskRun run, long now) {
    boolean rollback = root.current.equals("rollbackByRunCommand");
    JsonObject parameters =
        WireJson.object(
            "regionId",
            root.regionId,
            "instanceId",
            turn.instanceId,
            "scalingGroupId",
            root.parameter("scalingGroupId"),
            // The template's rollback always runs a shell script, also on Windows.
            "commandType",
            rollback ? "RunShellScript" : root.parameter("commandType"),
            "lifecycleState",
            turn.lifecycleState,
            "workingDir",
            "",
            "rollBack",
            String.valueOf(rollback));
    parameters.addProperty("timeout", TaskPace.SCRIPT_SECONDS);
    RunningExecution child = player.create(root, parameters, now);
    child.script =
        player.world.keepScript(root.parameter(rollback ? "rollbackScript" : "invokeScript"));
    run.childExecutionId = child.id;
    run.status = "Running";
    run.statusMessage = "";
    run.endedAt = Times.NEVER;
    run.updatedAt = now;
    turn.childId = child.id;
  }

  void childEnded(RunningExecution root, RunningExecution child, long now) {
    Optional<LoopTurn> found =
        root.turns.stream().filter(t -> t.childId.equals(child.id)).findFirst();
    if (found.isEmpty()) {
      return;
    }
    LoopTurn turn = found.get();
    turn.output = output(child);
    player.end(
        root, root.taskById(turn.taskId), child.status, child.statusMessage, child.outputs, now);
    batchMoved(root, now);
  }

  private static String output(RunningExecution child) {
    JsonObject outputs = WireJson.parseObject(child.outputs);
    return outputs != null && outputs.has("invocationOutput")
        ? outputs.get("invocationOutput").getAsString()
        : "";
  }

  /** Assumed: running siblings of a failed instance finish; later batches do not start. */
  private void batchMoved(RunningExecution root, long now) {
    List<TaskRun> started = started(root);
    if (started.stream().anyMatch(TaskRun::running)) {
      return;
    }
    List<TaskRun> failed = started.stream().filter(run -> !good(run)).toList();
    if (!failed.isEmpty()) {
      String message = "Task " + root.current + " failed: " + failed.get(0).statusMessage;
      if (failed.size() > 1) {
        message += " (and " + (failed.size() - 1) + " more)";
      }
      if (root.mode.equals(RollingUpdate.FAILURE_PAUSE)) {
        root.statusMessage = message;
        player.wait(root, RollingUpdate.FAILURE_PAUSE, now);
      } else {
        player.end(root, root.task(root.current), "Failed", message, "{}", now);
        player.finish(root, "Failed", message, now);
      }
      return;
    }
    root.statusMessage = "";
    int last = root.turns.get(root.turns.size() - 1).batch;
    if (root.batch == last) {
      finish(root, now);
    } else if (pauses(root)) {
      player.wait(root, RollingUpdate.BATCH_PAUSE, now);
    } else {
      nextBatch(root, now);
    }
  }

  private static boolean good(TaskRun run) {
    return run.status.equals("Success") || run.status.equals("Skipped");
  }

  private static List<TaskRun> started(RunningExecution root) {
    return root.turns.stream()
        .filter(t -> !t.taskId.isEmpty())
        .map(t -> root.taskById(t.taskId))
        .toList();
  }

  /** Assumed: the template's own option wins over LoopMode; never after the last batch. */
  private static boolean pauses(RunningExecution root) {
    String option = root.parameter("batchPauseOption");
    if (option.equals("Automatic")) {
      option = root.loopMode;
    }
    return option.equals("EveryBatchPause")
        || (option.equals("FirstBatchPause") && root.batch == 1);
  }

  /** Ends the loop task; what follows it is due at once. */
  private void finish(RunningExecution root, long now) {
    JsonObject outputs = new JsonObject();
    outputs.add("commandOutputs", WireJson.array(root.turns.stream().map(t -> t.output).toList()));
    player.succeed(root, WireJson.text(outputs), now);
    root.dueAt = now;
  }

  /**
   * RetryTask runs the instance again, as a new child execution. SkipTask leaves it in Standby and
   * counts it as done (source: ESS help, "Rolling update"); that its task then reads Skipped is
   * assumed.
   */
  void settle(RunningExecution root, List<String> taskIds, boolean retry, long now) {
    List<LoopTurn> failed =
        root.turns.stream()
            .filter(t -> !t.taskId.isEmpty() && root.taskById(t.taskId).failed())
            .toList();
    List<LoopTurn> meant =
        taskIds.isEmpty() ? failed : failed.stream().filter(t -> names(t, taskIds)).toList();
    if (meant.isEmpty()) {
      throw ApiError.invalid("No failed task of this execution has such a TaskExecutionId.");
    }
    root.status = "Running";
    root.waitingStatus = "";
    root.statusMessage = "";
    for (LoopTurn turn : meant) {
      TaskRun run = root.taskById(turn.taskId);
      if (retry) {
        startChild(root, turn, run, now);
      } else {
        run.status = "Skipped";
        run.updatedAt = now;
        root.log(run.id, "Task " + run.name + " is skipped.", now);
      }
    }
    batchMoved(root, now);
  }

  /** The id may be that of the loop's turn, of its child, or of the child's failed task. */
  private boolean names(LoopTurn turn, List<String> ids) {
    RunningExecution child = player.world.executions.get(turn.childId);
    return ids.contains(turn.taskId)
        || ids.contains(turn.childId)
        || (child != null && child.tasks.stream().anyMatch(t -> ids.contains(t.id)));
  }
}
