package oosh.sandbox;

import java.util.List;

/**
 * How an execution of a template goes: what happens when something is due, has ended, or is told.
 */
interface Play {
  /** Ends the task that is due and begins the next one. */
  void step(RunningExecution root, long now);

  /** A child has ended: the loop goes on, pauses, ends or fails. */
  void childEnded(RunningExecution root, RunningExecution child, long now);

  /** Goes on at a batch pause. */
  void approve(RunningExecution root, long now);

  /** RetryTask or SkipTask at a failure pause, of the given tasks or (assumed) of all failed. */
  void settle(RunningExecution root, List<String> taskIds, boolean retry, long now);
}
