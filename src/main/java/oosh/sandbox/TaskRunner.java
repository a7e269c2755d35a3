package oosh.sandbox;

/** Runs a few of the tasks of the vendor's actions for one instance. */
interface TaskRunner {
  boolean runs(String task);

  /**
   * Ends the task that is due.
   *
   * @throws ApiError what a call was refused with; the task fails
   * @throws TaskFailed what else makes it fail
   */
  Move end(RunningExecution child, String instance, long now);
}
