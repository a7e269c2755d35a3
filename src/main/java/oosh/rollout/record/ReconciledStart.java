package oosh.rollout.record;

import oosh.rollout.cloud.Execution;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an unanswered start after OOS was asked about it.
 *
 * @param execution what it became; null unless ADOPTED
 * @param why in words, for those that stay open; "" otherwise
 */
public record ReconciledStart(
    OpenIntent unanswered, ReconciliationOutcome fate, @Nullable Execution execution, String why) {
  /** How the question ended. */
  public enum ReconciliationOutcome {
    /** OOS has its execution, and the journal has it now. */
    ADOPTED,
    /** OOS does not have it and will not: it was never started. */
    NEVER_STARTED,
    /** OOS does not list it, but was asked so recently that it may yet. */
    TOO_EARLY,
    /** OOS could not be asked. */
    UNREACHABLE,
    /** Another process is sending it at this moment. */
    UNDER_WAY
  }

  /** Whether nobody can say yet what became of it. */
  public boolean open() {
    return fate != ReconciliationOutcome.ADOPTED && fate != ReconciliationOutcome.NEVER_STARTED;
  }
}
