package oosh.rollout.cloud;

/**
 * A line of OOS's own execution log.
 *
 * @param time as OOS writes it: its own example is malformed, so it is text
 */
public record LogLine(String time, String type, String task, String message) {
  public LogLine withMessage(String other) {
    return new LogLine(time, type, task, other);
  }
}
