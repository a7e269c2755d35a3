package oosh.sandbox;

import org.jspecify.annotations.Nullable;

/** One task execution: a task of the template, or one turn of a loop task. */
final class TaskRun {
  String id = "";
  String executionId = "";
  String name = "";
  String action = "";
  String status = "Running";
  String statusMessage = "";
  String properties = "{}";
  String outputs = "{}";

  /** Set on the turns of a loop: the loop task's id, the item, the batch counted from 1. */
  @Nullable String parentTaskId;

  @Nullable String childExecutionId;
  @Nullable String loopItem;
  int loopBatch;

  /** Set on a loop task: how many turns there are. */
  int loopSize = -1;

  long createdAt;
  long endedAt = Times.NEVER;
  long updatedAt;

  boolean failed() {
    return status.equals("Failed");
  }

  boolean running() {
    return status.equals("Running");
  }
}
