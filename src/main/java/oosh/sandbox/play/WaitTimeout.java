package oosh.sandbox.play;

import oosh.sandbox.state.EmulatedExecution;

/** A WaitFor task that waits in vain, because a fault was ordered. */
final class WaitTimeout {
  /** Assumed: how long the vendor's WaitFor tasks look before they give up. */
  static final long MILLIS = 600_000;

  /** Under which key an execution keeps what does not happen. */
  private static final String KEY = "hangs";

  private WaitTimeout() {}

  /**
   * @param what the state that is not reached, such as "the container group is not Running"
   */
  static void order(EmulatedExecution child, String what) {
    child.found.put(KEY, what);
  }

  static boolean isAhead(EmulatedExecution child) {
    return child.found.containsKey(KEY);
  }

  /**
   * @throws TaskFailedException when the state was ordered not to be reached
   */
  static TaskTransition check(EmulatedExecution child) {
    String what = child.found.get(KEY);
    if (what != null) {
      throw new TaskFailedException(what + " after " + MILLIS / 1000 + " seconds");
    }
    return TaskTransition.on();
  }
}
