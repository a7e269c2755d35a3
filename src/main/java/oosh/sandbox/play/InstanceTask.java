package oosh.sandbox.play;

import oosh.sandbox.api.ApiException;
import oosh.sandbox.state.EmulatedExecution;

/** What a task of the vendor's actions does to an instance. */
interface InstanceTask {
  /**
   * Ends the task that is due.
   *
   * @throws ApiException what a call was refused with; the task fails
   * @throws TaskFailedException what else makes it fail
   */
  TaskTransition end(EmulatedExecution child, String instance, long now);
}
