package oosh.rollout;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One line of the journal: an execution that was meant here, or was started elsewhere and seen.
 *
 * @param token the ClientToken; "" if it was started elsewhere
 * @param executionId null until the service has named it
 * @param status as last seen; null until seen
 * @param script what ran forward; null in a rollback
 * @param rollbackScript the way back; null if there is none
 * @param succeeded instances that ended in Success, as last seen
 * @param total instances that were to be touched
 * @param why what was said when it was refused or its fate was unknown; "" otherwise
 * @param sourceExecutionId what a rollback goes back from
 * @param again why it was started although something was in the way; "" if nothing was
 * @param batches of growing ones, how many there were
 * @param other the template's parameters that were staged, the payload's among them
 * @param back what a rollback of it sends instead, or beside them; {@code before} the same as it
 *     was found before it
 */
public record JournalEntry(
    String token,
    StartState state,
    boolean rollback,
    String profile,
    String region,
    String group,
    @Nullable String executionId,
    @Nullable ExecutionStatus status,
    @Nullable Script script,
    @Nullable Script rollbackScript,
    CommandType commandType,
    BatchSizing batches,
    BatchPause pause,
    String role,
    boolean suspendedNothing,
    String reason,
    Initiator author,
    Instant at,
    @Nullable Instant ended,
    int succeeded,
    int total,
    String why,
    @Nullable String sourceExecutionId,
    String again,
    UpdateMethod method,
    RolloutStrategy tuning,
    Map<String, Object> other,
    Map<String, Object> back,
    Map<String, Object> before) {
  public JournalEntry {
    other = Collections.unmodifiableMap(new LinkedHashMap<>(other));
    back = Collections.unmodifiableMap(new LinkedHashMap<>(back));
    before = Collections.unmodifiableMap(new LinkedHashMap<>(before));
  }

  /** How far the story of a start went. */
  public enum StartState {
    /** Written down; nobody has said yet that it was sent. */
    INTENDED,
    STARTED,
    /** The service said no, or was never reached: certainly not executed. */
    REFUSED,
    /** Sent, and not answered. */
    UNCERTAIN,
    /** Not answered, and OOS, asked about it later, has no such execution. */
    NEVER_STARTED,
    /** Started elsewhere, seen in OOS. */
    SEEN
  }

  /** One by the public template. */
  public JournalEntry(
      String token,
      StartState state,
      boolean rollback,
      String profile,
      String region,
      String group,
      @Nullable String executionId,
      @Nullable ExecutionStatus status,
      @Nullable Script script,
      @Nullable Script rollbackScript,
      CommandType commandType,
      BatchSizing batches,
      BatchPause pause,
      String role,
      boolean suspendedNothing,
      String reason,
      Initiator author,
      Instant at,
      @Nullable Instant ended,
      int succeeded,
      int total,
      String why,
      @Nullable String sourceExecutionId,
      String again) {
    this(
        token,
        state,
        rollback,
        profile,
        region,
        group,
        executionId,
        status,
        script,
        rollbackScript,
        commandType,
        batches,
        pause,
        role,
        suspendedNothing,
        reason,
        author,
        at,
        ended,
        succeeded,
        total,
        why,
        sourceExecutionId,
        again,
        UpdateMethod.RUN_SCRIPT,
        RolloutStrategy.NONE,
        Map.of(),
        Map.of(),
        Map.of());
  }

  /**
   * Whether it is the way back from that execution, for that reason. One that oosh began by itself
   * is gone on with by whoever gives none.
   */
  public boolean isSameRollback(String executionId, String because) {
    return rollback
        && executionId.equals(sourceExecutionId)
        && (reason.equals(because)
            || (because.isEmpty()
                && reason.startsWith(Rollout.reasonAfterFailure(executionId, ""))));
  }

  /** Where it stands. */
  Context context() {
    return new Context(profile, region, group, method);
  }

  /** Whether it has an execution that may be under way, as far as the journal knows. */
  public boolean unended() {
    return executionId != null && why.isEmpty() && (status == null || !status.isFinal());
  }

  /** Whether it ended in Success although instances failed or were skipped. */
  public boolean succeededInPart() {
    return status != null && status.isSuccess() && succeeded < total;
  }

  /** {@code 4 of 6 instances}: on how many it succeeded. */
  public String succeededOf() {
    return succeeded + " of " + total + " instances";
  }

  /** Whether OOS had lost its execution before anybody here saw it end. */
  public boolean forgotten() {
    return executionId != null && !why.isEmpty() && (status == null || !status.isFinal());
  }

  /** Why it cannot be rolled back, as far as the journal knows; empty if it can. */
  public Optional<String> rollbackObstacle() {
    if (rollback) {
      return Optional.of("is a rollback");
    }
    if (executionId == null) {
      return Optional.of("never started");
    }
    RollbackSupport back =
        new RollbackSupport(
            method, commandType, suspendedNothing, false, rollbackScript, this.back, before);
    return back.none().map(n -> "no way back");
  }

  /** What it took along beside a script, in a word or two; "" if nothing, or in a rollback. */
  public String payload() {
    return rollback ? "" : method.payload().map(p -> p.describe(other)).orElse("");
  }
}
