package oosh.rollout.audit;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of the journal that is only appended to. A line about a change of the journal is written
 * in the transaction of that change; {@link #add} writes about anything else.
 */
public interface AuditTrail {
  /**
   * Adds a line about what the journal itself has no part of.
   *
   * @param subject what it was done to: an execution's id, say
   * @param detail a reason, or what else there is to say; "" if nothing is
   */
  void add(AuditAction action, String region, String group, String subject, String detail);

  /**
   * The newest lines, newest first.
   *
   * @param since only those of that time and later
   * @param group only those of that group
   * @param limit at most so many
   */
  List<AuditEntry> newest(@Nullable Instant since, @Nullable String group, int limit);
}
