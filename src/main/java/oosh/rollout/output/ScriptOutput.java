package oosh.rollout.output;

import oosh.rollout.cloud.ExecutionStatus;

/**
 * What the script printed on one instance.
 *
 * @param text as it came, not made safe for a screen; its SHA-256 where it was left out
 * @param leftOut its length in characters where there was no room for it, else 0
 * @param dropped bytes that Cloud Assistant says it dropped after what it kept; 0 if none, {@link
 *     oosh.rollout.cloud.CommandOutput#UNKNOWN} where it may have dropped some
 * @param failure why the instance failed, in OOS's words; "" if it did not, or where the journal
 *     alone tells of it
 * @param undo whether it is of the rollback that OOS ran in the launch itself
 */
public record ScriptOutput(
    String instance,
    ExecutionStatus status,
    String text,
    int leftOut,
    long dropped,
    String failure,
    boolean undo) {
  public ScriptOutput(String instance, ExecutionStatus status, String text) {
    this(instance, status, text, 0, 0);
  }

  public ScriptOutput(
      String instance, ExecutionStatus status, String text, int leftOut, long dropped) {
    this(instance, status, text, leftOut, dropped, "", false);
  }

  public ScriptOutput withText(String other) {
    return new ScriptOutput(instance, status, other, leftOut, dropped, failure, undo);
  }

  public ScriptOutput withFailure(String why) {
    return new ScriptOutput(instance, status, text, leftOut, dropped, why, undo);
  }

  public ScriptOutput ofUndo() {
    return new ScriptOutput(instance, status, text, leftOut, dropped, failure, true);
  }
}
