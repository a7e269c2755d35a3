package oosh.rollout.cloud;

/**
 * How far an execution is, as OOS counts it: the number of its tasks by status (source: OOS's SDK
 * for Go, ListExecutions, 2025-05, with the example {@code {"Failed":0,"Success":1,"Total":2}}).
 * Assumed: of a rolling update OOS counts the items of its loops over instances, a rollback behind
 * a failed gate among them, and what is skipped counts as a success; nobody has seen on the real
 * service when the counters move. The rest of the total runs, waits or was cancelled.
 *
 * @param failed ended in a failure
 * @param success ended well, or skipped
 * @param total all that there are to be; 0 before the instances are found
 */
public record Counters(int failed, int success, int total) {
  /** More than OOS lets an execution loop over, many times. */
  private static final int MOST = 1_000_000;

  /**
   * @throws IllegalArgumentException for numbers that count nothing; see {@link #count}
   */
  public Counters {
    if (!count(failed, success, total)) {
      throw new IllegalArgumentException(failed + ", " + success + " of " + total);
    }
  }

  /** Whether these can be counters: none is negative, and no more have ended than there are. */
  public static boolean count(long failed, long success, long total) {
    return failed >= 0 && success >= 0 && total >= 0 && total <= MOST && failed <= total - success;
  }
}
