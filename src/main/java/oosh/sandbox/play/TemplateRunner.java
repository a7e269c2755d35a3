package oosh.sandbox.play;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import oosh.sandbox.api.ApiException;
import oosh.sandbox.api.Principal;
import oosh.sandbox.api.WireJson;
import oosh.sandbox.state.ApiTurn;
import oosh.sandbox.state.EmulatedExecution;
import oosh.sandbox.state.EmulatedTask;
import oosh.sandbox.template.EmulatedTemplate;
import oosh.sandbox.template.EmulatedTemplate.TaskKind;
import oosh.sandbox.template.EmulatedTemplate.TemplateTask;
import oosh.sandbox.template.RolePermissions;

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
   * Carries out the task that is due; it says where to go where that is not its OnSuccess, or that
   * the task is {@link TaskTransition#PENDING}.
   */
  abstract TaskTransition carryOut(EmulatedExecution root, TemplateTask task, long now);

  /** Begins the loop over instances. */
  abstract void startLoop(EmulatedExecution root, TemplateTask task, long now);

  /** How long a task takes that is no loop. */
  long length(EmulatedExecution root, TemplateTask task) {
    return lifecycle.pace.other();
  }

  /**
   * Whether the When of a caller's task does not hold: the task that the text names next follows
   * (source: OOS help, "Tasks", 2025-12). Assumed: the task has no task execution then.
   */
  boolean leavesOut(EmulatedExecution root, TemplateTask task) {
    return false;
  }

  /** Whether the task's When skips it. */
  boolean skips(EmulatedExecution root, TemplateTask task) {
    return false;
  }

  /** An execution has come to its end without a failure. */
  void succeeded(EmulatedExecution root) {}

  private void begin(EmulatedExecution root, TemplateTask task, long now) {
    try {
      if (task.kind() == TaskKind.UPDATE) {
        startLoop(root, task, now);
      } else {
        lifecycle.begin(root, task.name(), length(root, task), now);
      }
    } catch (ApiException refused) {
      // A task that cannot begin is a task that has failed.
      if (!root.current.equals(task.name())) {
        lifecycle.begin(root, task.name(), lifecycle.pace.other(), now);
      }
      throw refused;
    }
    if (skips(root, task)) {
      lifecycle.end(root, root.task(task.name()), "Skipped", "", "{}", now);
      follow(root, task.onSuccess(), "Success", "", now);
    }
  }

  private void run(EmulatedExecution root, long now) {
    TemplateTask task = task(root);
    RolePermissions.check(lifecycle.state, root, task.name(), task.right());
    String next = "";
    // A loop has ended its task already.
    if (task.kind() != TaskKind.UPDATE) {
      TaskTransition ended = carryOut(root, task, now);
      if (Objects.equals(ended, TaskTransition.PENDING)) {
        return;
      }
      lifecycle.succeed(root, WireJson.text(ended.outputs()), now);
      next = ended.next();
    }
    follow(root, next.isEmpty() ? task.onSuccess() : next, "Success", "", now);
  }

  private TemplateTask task(EmulatedExecution root) {
    return lifecycle.template(root).task(root.current);
  }

  /** Begins a task, or ends the execution as it is said, or well after the last task. */
  private void follow(
      EmulatedExecution root, String where, String status, String message, long now) {
    EmulatedTemplate template = lifecycle.template(root);
    Optional<TemplateTask> next =
        switch (where) {
          case EmulatedTemplate.END -> Optional.empty();
          case EmulatedTemplate.NEXT -> template.after(task(root));
          default -> Optional.of(template.task(where));
        };
    if (where.equals(EmulatedTemplate.END) && status.equals("Failed")) {
      lifecycle.finish(root, status, message, now);
    } else {
      beginFrom(root, next, now);
    }
  }

  /** Begins the first task from there on that is not left out; ends well where there is none. */
  private void beginFrom(EmulatedExecution root, Optional<TemplateTask> from, long now) {
    Optional<TemplateTask> next = from;
    while (next.isPresent() && leavesOut(root, next.get())) {
      next = lifecycle.template(root).after(next.get());
    }
    if (next.isPresent()) {
      begin(root, next.get(), now);
    } else {
      succeeded(root);
      lifecycle.finish(root, "Success", "", now);
    }
  }

  /**
   * The task under way has failed, and the execution does not wait. OnError leads to the end, in
   * failure; or to another task, and what ends the execution then decides.
   */
  private void failed(EmulatedExecution root, String message, long now) {
    follow(root, task(root).onError(), "Failed", message, now);
  }

  /** Ends the task that is due and begins the next one. */
  final void step(EmulatedExecution root, long now) {
    orFail(
        root,
        now,
        () -> {
          if (root.current.isEmpty()) {
            root.status = "Running";
            beginFrom(root, lifecycle.template(root).tasks().stream().findFirst(), now);
          } else {
            run(root, now);
          }
        });
  }

  /** A refusal fails the task under way, and so does what it has waited for in vain. */
  private void orFail(EmulatedExecution root, long now, Runnable step) {
    try {
      step.run();
    } catch (ApiException refused) {
      fail(root, refused.codeAndText(), now);
    } catch (TaskFailedException failed) {
      fail(root, failed.why(), now);
    }
  }

  private void fail(EmulatedExecution root, String why, long now) {
    String message = "Task " + root.current + ": " + why;
    for (ApiTurn turn : root.calls) {
      EmulatedTask item = root.tasks.get(turn.taskId);
      if (item != null && item.running()) {
        lifecycle.end(root, item, "Failed", "Item " + item.loopItem + ": " + why, "{}", now);
      }
    }
    root.calls.clear();
    lifecycle.end(root, root.task(root.current), "Failed", message, "{}", now);
    if (root.mode.equals(EmulatedExecution.FAILURE_PAUSE)) {
      root.statusMessage = message;
      lifecycle.wait(root, EmulatedExecution.FAILURE_PAUSE, now);
    } else {
      orFail(root, now, () -> failed(root, message, now));
    }
  }

  /** A child has ended: the loop continues, pauses, ends or fails. */
  final void childEnded(EmulatedExecution root, EmulatedExecution child, long now) {
    if (!root.ended()) {
      loop.childEnded(root, child, now);
    }
  }

  /**
   * Continues at a batch pause, or at a task ACS::Pause; at a task ACS::Approve an approval.
   *
   * @param by who calls
   * @param note what the caller says of it; "" for nothing
   * @throws ApiException when an approval is not taken of that caller
   */
  public final void approve(EmulatedExecution root, Principal by, String note, long now) {
    if (root.waitingStatus.equals(EmulatedExecution.APPROVAL)
        && !ApprovalTask.approve(root, by, note, now)) {
      return;
    }
    if (root.waitingStatus.equals(EmulatedExecution.PAUSE)
        || root.waitingStatus.equals(EmulatedExecution.APPROVAL)) {
      String said = root.task(root.current).statusMessage;
      root.resume();
      lifecycle.succeed(root, "{}", now);
      root.task(root.current).statusMessage = said;
      orFail(root, now, () -> follow(root, task(root).onSuccess(), "Success", "", now));
    } else {
      loop.approve(root, now);
    }
  }

  /**
   * Refuses what an execution waits for: that ends it.
   *
   * @throws ApiException when that is not taken of that caller
   */
  public final void reject(EmulatedExecution root, Principal by, String note, long now) {
    boolean approval = root.waitingStatus.equals(EmulatedExecution.APPROVAL);
    if (approval) {
      ApprovalTask.check(root, by);
    }
    String status = approval ? "Cancelled" : "Failed";
    String message =
        "Rejected" + (approval ? " by " + by.name() : "") + (note.isEmpty() ? "." : ": " + note);
    for (EmulatedTask run : root.tasks.values()) {
      if (run.running()) {
        lifecycle.end(root, run, status, approval ? message : "Rejected.", "{}", now);
      }
    }
    lifecycle.finish(root, status, message, now);
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
    root.resume();
    if (retry) {
      orFail(root, now, () -> begin(root, task(root), now));
    } else {
      task.status = "Skipped";
      task.updatedAt = now;
      orFail(root, now, () -> follow(root, task(root).onSuccess(), "Success", "", now));
    }
  }
}
