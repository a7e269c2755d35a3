package oosh.rollout.wave;

import java.time.Instant;
import oosh.rollout.cloud.ExecutionStatus;
import org.jspecify.annotations.Nullable;

/**
 * A start on a group of a rollout, as the journal has it.
 *
 * @param never whether it certainly never reached OOS
 * @param executionId null until OOS has named it
 * @param status as last seen; null until seen
 * @param forgotten whether OOS no longer knew it before its end was seen
 * @param at when it was meant
 * @param ended as OOS says; null before
 * @param succeeded instances that ended in Success, as last seen
 * @param total instances that were to be touched
 * @param why the reason if it was refused or its result is unknown; "" otherwise
 */
public record GroupStart(
    String token,
    boolean never,
    @Nullable String executionId,
    @Nullable ExecutionStatus status,
    boolean forgotten,
    Instant at,
    @Nullable Instant ended,
    int succeeded,
    int total,
    String why) {
  /** Whether it has an execution that may still run. */
  public boolean unended() {
    return executionId != null && !forgotten && (status == null || !status.isFinal());
  }

  GroupStart asNever() {
    return new GroupStart(
        token, true, executionId, status, forgotten, at, ended, succeeded, total, why);
  }

  boolean isWaiting() {
    return status != null && status.isWaiting();
  }

  public boolean isSuccess() {
    return status != null && status.isSuccess();
  }
}
