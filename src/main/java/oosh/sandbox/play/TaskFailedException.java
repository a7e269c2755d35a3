package oosh.sandbox.play;

import java.util.Objects;

/** A task that has not found what it waited or looked for; no call was refused. */
final class TaskFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String outputs;

  TaskFailedException(String why, String outputs) {
    super(why);
    this.outputs = outputs;
  }

  TaskFailedException(String why) {
    this(why, "{}");
  }

  String why() {
    return Objects.requireNonNull(getMessage());
  }

  /** The outputs of the failed task, as JSON. */
  String outputs() {
    return outputs;
  }
}
