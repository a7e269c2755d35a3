package oosh.rollout.output;

import oosh.rollout.cloud.ExecutionStatus;

/**
 * What the script printed on one instance.
 *
 * @param text as it came, not made safe for a screen; its SHA-256 where it was left out
 * @param leftOut its length in characters where there was no room for it, else 0
 * @param dropped bytes that Cloud Assistant says it dropped after what it kept; 0 if none, {@link
 *     #UNKNOWN} where it kept as much as it keeps and could not be asked
 * @param failure why the instance failed, in OOS's words; "" if it did not, or where the journal
 *     alone tells of it
 */
public record ScriptOutput(
    String instance,
    ExecutionStatus status,
    String text,
    int leftOut,
    long dropped,
    String failure) {
  /** What Cloud Assistant keeps of an output, in bytes (source: ECS DescribeInvocations, 2021). */
  public static final int KEPT_BYTES = 24 * 1024;

  /** It may have dropped something: the output is as long as any that was cut. */
  public static final long UNKNOWN = -1;

  public ScriptOutput(String instance, ExecutionStatus status, String text) {
    this(instance, status, text, 0, 0);
  }

  public ScriptOutput(
      String instance, ExecutionStatus status, String text, int leftOut, long dropped) {
    this(instance, status, text, leftOut, dropped, "");
  }

  public ScriptOutput withText(String other) {
    return new ScriptOutput(instance, status, other, leftOut, dropped, failure);
  }

  public ScriptOutput withFailure(String why) {
    return new ScriptOutput(instance, status, text, leftOut, dropped, why);
  }
}
