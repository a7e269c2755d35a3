package oosh.sandbox.play;

import java.util.List;
import java.util.Map;
import oosh.sandbox.api.ApiException;
import oosh.sandbox.state.EmulatedExecution;
import oosh.sandbox.state.EmulatedTask;
import org.jspecify.annotations.Nullable;

/**
 * Runs an execution's template: what happens when a task is due, when a child has ended, and when
 * the user decides.
 */
public abstract class TemplateRunner {
  final ExecutionLifecycle lifecycle;
  final BatchLoop loop;

  TemplateRunner(ExecutionLifecycle lifecycle) {
    this.lifecycle = lifecycle;
    this.loop =
        new BatchLoop(
            lifecycle, (root, message, now) -> orFail(root, now, () -> failed(root, message, now)));
  }

  /**
   * Begins a task.
   *
   * @param task null for the first
   */
  abstract void begin(EmulatedExecution root, @Nullable String task, long now);

  /** Carries out the task that is due, ends the task and begins the next. */
  abstract void run(EmulatedExecution root, long now);

  /** Begins the task after the task under way, which was skipped. */
  abstract void beginNext(EmulatedExecution root, long now);

  /** The task under way has failed, and the execution does not wait. */
  abstract void failed(EmulatedExecution root, String message, long now);

  /** Ends the task that is due and begins the next one. */
  final void step(EmulatedExecution root, long now) {
    orFail(
        root,
        now,
        () -> {
          if (root.current.isEmpty()) {
            root.status = "Running";
            begin(root, null, now);
          } else {
            run(root, now);
          }
        });
  }

  /** A refusal fails the task under way. */
  private void orFail(EmulatedExecution root, long now, Runnable step) {
    try {
      step.run();
    } catch (ApiException refused) {
      String message = "Task " + root.current + ": " + refused.codeAndText();
      lifecycle.end(root, root.task(root.current), "Failed", message, "{}", now);
      if (root.mode.equals(EmulatedExecution.FAILURE_PAUSE)) {
        root.statusMessage = message;
        lifecycle.wait(root, EmulatedExecution.FAILURE_PAUSE, now);
      } else {
        orFail(root, now, () -> failed(root, message, now));
      }
    }
  }

  /** A child has ended: the loop continues, pauses, ends or fails. */
  final void childEnded(EmulatedExecution root, EmulatedExecution child, long now) {
    if (!root.ended()) {
      loop.childEnded(root, child, now);
    }
  }

  /** Continues at a batch pause. */
  public final void approve(EmulatedExecution root, long now) {
    loop.approve(root, now);
  }

  /** RetryTask or SkipTask at a failure pause, of the given tasks or (assumed) of all failed. */
  public final void retryOrSkip(
      EmulatedExecution root, List<String> taskIds, boolean retry, long now) {
    if (!root.waitingStatus.equals(EmulatedExecution.FAILURE_PAUSE)) {
      throw ApiException.invalid("The execution does not wait because of a failed task.");
    }
    EmulatedTask task = root.task(root.current);
    if (BatchLoop.isLoop(root) && task.running()) {
      loop.retryOrSkip(root, taskIds, retry, now);
      return;
    }
    root.status = "Running";
    root.waitingStatus = "";
    root.statusMessage = "";
    if (retry) {
      orFail(root, now, () -> begin(root, task.name, now));
    } else {
      task.status = "Skipped";
      task.updatedAt = now;
      orFail(root, now, () -> beginNext(root, now));
    }
  }

  /** One call of TagResources: a task execution, no child execution (assumed). */
  final void tag(EmulatedExecution root, String instanceId, Map<String, String> tags, long now) {
    EmulatedTask item = lifecycle.newTask(root, root.current, now);
    item.parentTaskId = root.task(root.current).id;
    item.loopItem = instanceId;
    item.loopBatch = 1;
    if (!lifecycle.fleet.knowsInstance(instanceId)) {
      lifecycle.end(root, item, "Failed", "InvalidResourceId.NotFound", "{}", now);
      throw ApiException.of("InvalidResourceId.NotFound", instanceId);
    }
    lifecycle.fleet.member(instanceId).tags.putAll(tags);
    lifecycle.end(root, item, "Success", "", "{}", now);
  }
}
