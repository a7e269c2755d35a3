package oosh.rollout.record;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An execution that was started from this journal and whose end this journal has not seen. It keeps
 * other starts from its group, whether OOS lists it or not.
 *
 * @param entry with its execution id
 * @param answered when StartExecution named it; null once OOS has listed it
 */
public record OpenExecution(JournalEntry entry, @Nullable Instant answered) {
  public OpenExecution {
    if (entry.executionId() == null) {
      throw new IllegalArgumentException("no execution: " + entry);
    }
  }

  /** The execution's id. */
  public String id() {
    return String.valueOf(entry.executionId());
  }

  /**
   * Until when OOS may list it for the first time.
   *
   * @return a time long past once OOS has listed it
   */
  public Instant listedBy() {
    return answered == null ? Instant.MIN : answered.plus(OosTiming.LISTED_WITHIN);
  }
}
