package oosh.sandbox.play;

import java.util.List;
import oosh.sandbox.state.EmulatedExecution;

/**
 * How an execution of a template goes: what happens when something is due, has ended, or is told.
 */
public interface TemplateRunner {
  /** Ends the task that is due and begins the next one. */
  void step(EmulatedExecution root, long now);

  /** A child has ended: the loop goes on, pauses, ends or fails. */
  void childEnded(EmulatedExecution root, EmulatedExecution child, long now);

  /** Goes on at a batch pause. */
  void approve(EmulatedExecution root, long now);

  /** RetryTask or SkipTask at a failure pause, of the given tasks or (assumed) of all failed. */
  void retryOrSkip(EmulatedExecution root, List<String> taskIds, boolean retry, long now);
}
