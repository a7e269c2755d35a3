package oosh.sandbox.play;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import oosh.sandbox.api.ApiException;
import oosh.sandbox.api.VendorTimes;
import oosh.sandbox.api.WireJson;
import oosh.sandbox.state.EmulatedExecution;
import oosh.sandbox.state.EmulatedTask;
import oosh.sandbox.state.LoopItem;
import oosh.sandbox.template.InstanceActions;

/** The loop of a template over instances: batches, pauses, and what happens on a failure. */
final class BatchLoop {
  /** What becomes of the execution when its loop has failed. */
  interface LoopFailureHandler {
    void loopFailed(EmulatedExecution root, String message, long now);
  }

  private final ExecutionLifecycle lifecycle;
  private final LoopFailureHandler failed;

  BatchLoop(ExecutionLifecycle lifecycle, LoopFailureHandler failed) {
    this.lifecycle = lifecycle;
    this.failed = failed;
  }

  static boolean isLoop(EmulatedExecution root) {
    return root.loop.equals(root.current);
  }

  /**
   * Begins a loop over the execution's turns, with what it holds for each of them.
   *
   * @param sizes the sizes of its batches
   */
  void start(EmulatedExecution root, String task, List<Integer> sizes, long now) {
    EmulatedTask run = lifecycle.begin(root, task, VendorTimes.NEVER, now);
    run.loopSize = root.turns.size();
    root.loop = task;
    root.batch = 0;
    int at = 0;
    for (int batch = 1; batch <= sizes.size(); batch++) {
      for (int i = 0; i < sizes.get(batch - 1) && at < root.turns.size(); i++) {
        root.turns.get(at++).batch = batch;
      }
    }
    // Source: OOS help, "Loop tasks": at most 1,000 items.
    if (root.turns.size() > 1_000) {
      throw ApiException.invalid("A loop has at most 1000 items.");
    }
    if (root.turns.isEmpty()) {
      finish(root, now);
    } else {
      nextBatch(root, now);
    }
  }

  /** Assumed rounding of Fn::CalculateBatch: sizes differ by at most one, the larger first. */
  static List<Integer> even(int items, int batches) {
    int number = Math.max(1, Math.min(batches, items));
    List<Integer> sizes = new ArrayList<>();
    for (int batch = 1; batch <= number; batch++) {
      sizes.add(items / number + (batch <= items % number ? 1 : 0));
    }
    return sizes;
  }

  /** Continues a batch pause (source: OOS help, "NotifyExecution", 2019-09). */
  void approve(EmulatedExecution root, long now) {
    if (!root.waitingStatus.equals(EmulatedExecution.BATCH_PAUSE)) {
      throw ApiException.invalid("The execution waits for RetryTask or SkipTask, not for Approve.");
    }
    root.resume();
    nextBatch(root, now);
  }

  void nextBatch(EmulatedExecution root, long now) {
    root.batch++;
    root.task(root.current).loopBatch = root.batch;
    startTurns(root, 0, now);
  }

  /**
   * Starts turns of the batch until as many run as may.
   *
   * @param running how many run already
   * @return whether it has started any
   */
  private boolean startTurns(EmulatedExecution root, int running, long now) {
    EmulatedTask loop = root.task(root.current);
    int free = root.concurrency == 0 ? Integer.MAX_VALUE : root.concurrency - running;
    boolean started = false;
    for (LoopItem turn : root.turns) {
      if (free > 0 && turn.batch == root.batch && turn.taskId.isEmpty()) {
        EmulatedTask run = lifecycle.newTask(root, root.current, now);
        run.parentTaskId = loop.id;
        run.loopItem = turn.instanceId;
        run.loopBatch = turn.batch;
        turn.taskId = run.id;
        startChild(root, turn, run, now);
        started = true;
        free--;
      }
    }
    return started;
  }

  private void startChild(EmulatedExecution root, LoopItem turn, EmulatedTask run, long now) {
    JsonObject parameters = root.childParameters.deepCopy();
    parameters.addProperty("instanceId", turn.instanceId);
    if (parameters.has("lifecycleState")) {
      parameters.addProperty("lifecycleState", turn.lifecycleState);
    }
    EmulatedExecution child = lifecycle.create(root, action(root), parameters, now);
    child.script = root.childScript;
    run.childExecutionId = child.id;
    run.status = "Running";
    run.statusMessage = "";
    run.endedAt = VendorTimes.NEVER;
    run.updatedAt = now;
    turn.childId = child.id;
  }

  private String action(EmulatedExecution root) {
    return lifecycle.template(root).task(root.loop).action();
  }

  void childEnded(EmulatedExecution root, EmulatedExecution child, long now) {
    Optional<LoopItem> found =
        root.turns.stream().filter(t -> t.childId.equals(child.id)).findFirst();
    if (found.isEmpty()) {
      return;
    }
    LoopItem turn = found.get();
    turn.output = child.output(InstanceActions.named(action(root)).output());
    lifecycle.end(
        root, root.taskById(turn.taskId), child.status, child.statusMessage, child.outputs, now);
    batchMoved(root, now);
  }

  /** Assumed: running siblings of a failed instance finish; later ones do not start. */
  private void batchMoved(EmulatedExecution root, long now) {
    List<EmulatedTask> started =
        root.turns.stream()
            .filter(t -> !t.taskId.isEmpty())
            .map(t -> root.taskById(t.taskId))
            .toList();
    int running = (int) started.stream().filter(EmulatedTask::running).count();
    List<EmulatedTask> bad =
        started.stream().filter(run -> !run.running() && !run.succeeded()).toList();
    boolean more = bad.size() <= root.maxErrors && startTurns(root, running, now);
    if (more || running > 0) {
      return;
    }
    if (bad.size() > root.maxErrors) {
      String message = "Task " + root.current + " failed: " + bad.get(0).statusMessage;
      if (bad.size() > 1) {
        message += " (and " + (bad.size() - 1) + " more)";
      }
      if (root.mode.equals(EmulatedExecution.FAILURE_PAUSE)) {
        root.statusMessage = message;
        lifecycle.wait(root, EmulatedExecution.FAILURE_PAUSE, now);
      } else {
        lifecycle.end(root, root.task(root.current), "Failed", message, "{}", now);
        failed.loopFailed(root, message, now);
      }
      return;
    }
    root.statusMessage = "";
    int last = root.turns.get(root.turns.size() - 1).batch;
    if (root.batch == last) {
      finish(root, now);
    } else if (pauses(root)) {
      lifecycle.wait(root, EmulatedExecution.BATCH_PAUSE, now);
    } else {
      nextBatch(root, now);
    }
  }

  /** Assumed: the template's own option wins over LoopMode; never after the last batch. */
  private static boolean pauses(EmulatedExecution root) {
    String option = root.batchPause;
    if (option.equals("Automatic")) {
      option = root.loopMode;
    }
    return option.equals("EveryBatchPause")
        || (option.equals("FirstBatchPause") && root.batch == 1);
  }

  /** Ends the loop task; what follows it is due at once. */
  private void finish(EmulatedExecution root, long now) {
    JsonObject outputs = new JsonObject();
    String gathered = InstanceActions.named(action(root)).gathered();
    if (!gathered.isEmpty()) {
      outputs.add(gathered, LoopItems.outputs(root));
    }
    lifecycle.succeed(root, WireJson.text(outputs), now);
    root.due(now);
  }

  /**
   * RetryTask runs the instance again, as a new child execution. SkipTask leaves it in Standby and
   * counts it as done (source: ESS help, "Rolling update"); that its task then reads Skipped is
   * assumed.
   */
  void retryOrSkip(EmulatedExecution root, List<String> taskIds, boolean retry, long now) {
    List<LoopItem> unsettled =
        root.turns.stream()
            .filter(t -> !t.taskId.isEmpty() && root.taskById(t.taskId).failed())
            .toList();
    List<LoopItem> items =
        taskIds.isEmpty() ? unsettled : unsettled.stream().filter(t -> names(t, taskIds)).toList();
    if (items.isEmpty()) {
      throw ApiException.invalid("No failed task of this execution has such a TaskExecutionId.");
    }
    root.resume();
    for (LoopItem turn : items) {
      EmulatedTask run = root.taskById(turn.taskId);
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
  private boolean names(LoopItem turn, List<String> ids) {
    EmulatedExecution child = lifecycle.state.executions.get(turn.childId);
    return ids.contains(turn.taskId)
        || ids.contains(turn.childId)
        || (child != null && ids.stream().anyMatch(child.tasks::containsKey));
  }
}
