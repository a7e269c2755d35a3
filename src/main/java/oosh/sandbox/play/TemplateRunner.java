package oosh.sandbox.play;

import java.util.List;
import oosh.sandbox.state.EmulatedExecution;

/**
 * Runs an execution's template: what happens when a task is due, when a child has ended, and when
 * the user decides.
 */
public interface TemplateRunner {
  /** Ends the task that is due and begins the next one. */
  void step(EmulatedExecution root, long now);

  /** A child has ended: the loop continues, pauses, ends or fails. */
  void childEnded(EmulatedExecution root, EmulatedExecution child, long now);

  /** Continues at a batch pause. */
  void approve(EmulatedExecution root, long now);

  /** RetryTask or SkipTask at a failure pause, of the given tasks or (assumed) of all failed. */
  void retryOrSkip(EmulatedExecution root, List<String> taskIds, boolean retry, long now);
}
