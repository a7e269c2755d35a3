package oosh.rollout.audit;

import java.util.Locale;

/** What the audit trail tells of. The words stand in journals: none is changed or removed. */
public enum AuditAction {
  /** A start was written down, and is about to be sent. */
  INTENDED,
  /** A start went on although another start or execution was in its way. */
  OVERRIDDEN,
  /** A start that was made while the team's journal could not be reached was added to it. */
  STARTED_ALONE,
  STARTED,
  REFUSED,
  UNCERTAIN,
  NEVER_STARTED,
  /** A start without an answer got another owner, who sends it again. */
  TAKEN_OVER,
  /** OOS does not know an execution any more that was not seen to end. */
  FORGOTTEN,
  ROLLBACK_WANTED,
  ROLLBACK_DECLINED,
  HEALED,
  TAGGED,
  UNTAGGED,
  LOCKED,
  UNLOCKED,
  /** Somebody took another user's lock away. */
  UNLOCKED_BY_FORCE,
  FREEZE_ADDED,
  FREEZE_REMOVED,
  /** A plan that others must approve was saved. */
  PLAN_SAVED,
  /** A plan that others have approved was started. */
  PLAN_STARTED,
  /** A rollout over many groups was begun. */
  ROLLOUT_BEGUN,
  /** A process took the lead of a rollout. */
  ROLLOUT_LED,
  /** Somebody said what is to become of a rollout: that it goes on, pauses, stops, goes back. */
  ROLLOUT_WISHED,
  /** Somebody left a group out of a rollout. */
  GROUP_LEFT_OUT,
  /** Somebody confirmed a group of a rollout by its id. */
  GROUP_CONFIRMED,
  APPROVED,
  REJECTED,
  /** Executions of another journal were added to this one. */
  IMPORTED;

  /** {@code never-started}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
