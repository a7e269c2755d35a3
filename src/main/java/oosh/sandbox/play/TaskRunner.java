package oosh.sandbox.play;

import oosh.sandbox.api.ApiException;
import oosh.sandbox.state.EmulatedExecution;

/** Runs a few of the tasks of the vendor's actions for one instance. */
interface TaskRunner {
  boolean runs(String task);

  /**
   * Ends the task that is due.
   *
   * @throws ApiException what a call was refused with; the task fails
   * @throws TaskFailedException what else makes it fail
   */
  TaskTransition end(EmulatedExecution child, String instance, long now);
}
