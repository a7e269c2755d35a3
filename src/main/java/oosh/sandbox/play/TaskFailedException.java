package oosh.sandbox.play;

/** A task that has not found what it waited or looked for; no call was refused. */
final class TaskFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String why;
  private final String outputs;

  TaskFailedException(String why, String outputs) {
    super(why);
    this.why = why;
    this.outputs = outputs;
  }

  TaskFailedException(String why) {
    this(why, "{}");
  }

  String why() {
    return why;
  }

  /** The outputs of the failed task, as JSON. */
  String outputs() {
    return outputs;
  }
}
