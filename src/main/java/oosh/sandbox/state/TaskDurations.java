package oosh.sandbox.state;

/**
 * How long the tasks of a rolling update take, in milliseconds; made up, not measured.
 *
 * @param run a script counts as running at least (real time) or exactly (step time) so long
 * @param other every task that is neither of these
 */
public record TaskDurations(long enterStandby, long run, long exitStandby, long other) {
  /** Real time: quick enough to watch. */
  public static final TaskDurations REAL = new TaskDurations(400, 300, 400, 60);

  /** Real time, for who waits for the end of a large rollout. */
  public static final TaskDurations NONE = new TaskDurations(0, 0, 0, 0);

  /** Step time: whole seconds, so that a batch without trouble takes six. */
  public static final TaskDurations STEP = new TaskDurations(2_000, 2_000, 2_000, 0);

  /** The limit of a script: the public template leaves the child's default of 600 s. */
  public static final int SCRIPT_SECONDS = 600;
}
