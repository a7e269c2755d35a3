package oosh.rollout.cloud;

import java.util.Set;

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

  /** The statuses of an execution to which nothing more can be done. */
  private static final Set<String> FINAL =
      Set.of(SUCCESS.word, FAILED.word, CANCELLED.word, SKIPPED.word);

  /** Nothing more can be done to it. */
  public boolean isFinal() {
    return FINAL.contains(word);
  }

  public boolean isSuccess() {
    return word.equals(SUCCESS.word);
  }

  public boolean isFailed() {
    return word.equals(FAILED.word);
  }

  /** It waits for a person: a batch pause or a failure pause. */
  public boolean isWaiting() {
    return word.equals(WAITING.word);
  }

  @Override
  public String toString() {
    return word;
  }
}
