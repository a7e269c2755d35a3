package oosh.sandbox.state;

import oosh.sandbox.api.VendorTimes;
import org.jspecify.annotations.Nullable;

/** One task execution: a task of the template, or one turn of a loop task. */
public final class EmulatedTask {
  public String id = "";
  public String name = "";
  public String action = "";
  public String status = "Running";
  public String statusMessage = "";
  public String outputs = "{}";

  /** Set on the turns of a loop: the loop task's id, the item, the batch counted from 1. */
  public @Nullable String parentTaskId;

  public @Nullable String childExecutionId;
  public @Nullable String loopItem;
  public int loopBatch;

  /** Set on a loop task: how many turns there are. */
  public int loopSize = -1;

  public long createdAt;
  public long endedAt = VendorTimes.NEVER;
  public long updatedAt;

  public boolean failed() {
    return status.equals("Failed");
  }

  public boolean succeeded() {
    return status.equals("Success") || status.equals("Skipped");
  }

  public boolean running() {
    return status.equals("Running");
  }
}
