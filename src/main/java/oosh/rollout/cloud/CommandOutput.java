package oosh.rollout.cloud;

/**
 * What a script printed on an instance, as Cloud Assistant keeps it.
 *
 * @param text not made safe for a screen
 * @param dropped bytes that Cloud Assistant dropped after the text; 0 if none, {@link #UNKNOWN}
 *     where it may have dropped some
 */
public record CommandOutput(String text, long dropped) {
  /** What Cloud Assistant keeps of an output, in bytes (source: ECS DescribeInvocations, 2021). */
  public static final int KEPT_BYTES = 24 * 1024;

  public static final long UNKNOWN = -1;
}
