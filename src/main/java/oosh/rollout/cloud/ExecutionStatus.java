package oosh.rollout.cloud;

/**
 * An execution's status: OOS's word, kept as it came. A word that oosh does not know counts as not
 * final, and is shown.
 */
public record ExecutionStatus(String word) {
  public static final ExecutionStatus STARTED = new ExecutionStatus("Started");
  public static final ExecutionStatus RUNNING = new ExecutionStatus("Running");
  public static final ExecutionStatus WAITING = new ExecutionStatus("Waiting");
  public static final ExecutionStatus SUCCESS = new ExecutionStatus("Success");
  public static final ExecutionStatus FAILED = new ExecutionStatus("Failed");
  public static final ExecutionStatus CANCELLED = new ExecutionStatus("Cancelled");
  public static final ExecutionStatus SKIPPED = new ExecutionStatus("Skipped");

  /** oosh's own word: it was started, and its end was not seen. */
  public static final ExecutionStatus UNKNOWN = new ExecutionStatus("Unknown");

  /** Nothing more can be done to it. */
  public boolean isFinal() {
    return isSuccess() || isFailed() || equals(CANCELLED) || equals(SKIPPED);
  }

  public boolean isSuccess() {
    return equals(SUCCESS);
  }

  public boolean isFailed() {
    return equals(FAILED);
  }

  /** It waits for a person: a batch pause or a failure pause. */
  public boolean isWaiting() {
    return equals(WAITING);
  }

  @Override
  public String toString() {
    return word;
  }
}
