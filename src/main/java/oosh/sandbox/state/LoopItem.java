package oosh.sandbox.state;

/** One item of an execution's loop: which instance, as it was found, in which batch (from 1). */
public final class LoopItem {
  public String instanceId;
  public String lifecycleState;
  public int batch;
  public String taskId = "";
  public String childId = "";
  public String output = "";

  public LoopItem(String instanceId, String lifecycleState) {
    this.instanceId = instanceId;
    this.lifecycleState = lifecycleState;
  }
}
