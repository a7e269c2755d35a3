package oosh.rollout.record;

import oosh.rollout.cloud.Execution;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an open intent after OOS was asked about it.
 *
 * @param execution what it became; null unless ADOPTED
 * @param why OOS could not be asked; "" if it was asked
 */
public record ReconciledStart(
    OpenIntent openIntent,
    ReconciliationOutcome outcome,
    @Nullable Execution execution,
    String why) {
  /** What OOS answered. */
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

  /** An outcome without an execution. */
  public static ReconciledStart of(OpenIntent openIntent, ReconciliationOutcome outcome) {
    return new ReconciledStart(openIntent, outcome, null, "");
  }

  /** Whether it is not known yet what became of it. */
  public boolean open() {
    return outcome != ReconciliationOutcome.ADOPTED
        && outcome != ReconciliationOutcome.NEVER_STARTED;
  }
}
