package oosh.sandbox;

/**
 * How long the tasks of a rolling update take, in milliseconds; made up, not measured.
 *
 * @param run a script counts as running at least (real time) or exactly (step time) so long
 * @param other every task that is neither of these
 */
record TaskPace(long enterStandby, long run, long exitStandby, long other) {
  /** Real time: quick enough to watch. */
  static final TaskPace REAL = new TaskPace(400, 300, 400, 60);

  /** Real time, for who waits for the end of a large rollout. */
  static final TaskPace NONE = new TaskPace(0, 0, 0, 0);

  /** Step time: whole seconds, so that a batch without trouble takes six. */
  static final TaskPace STEP = new TaskPace(2_000, 2_000, 2_000, 0);

  /** The limit of a script: the public template leaves the child's default of 600 s. */
  static final int SCRIPT_SECONDS = 600;
}
