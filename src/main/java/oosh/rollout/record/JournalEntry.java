package oosh.rollout.record;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.cloud.ScalingProcess;
import oosh.rollout.update.Context;
import oosh.rollout.update.ProcessSuspension;
import oosh.rollout.update.RollbackSupport;
import oosh.rollout.update.Rollout;
import oosh.rollout.update.Script;
import oosh.rollout.update.UpdateMethod;
import oosh.rollout.update.UpdateSpec;
import org.jspecify.annotations.Nullable;

/**
 * One line of the journal: an execution that was meant here, or was started elsewhere and seen.
 *
 * @param token the ClientToken; "" if it was started elsewhere
 * @param executionId null until the service has named it
 * @param status as last seen; null until seen
 * @param spec what it was told; in a rollback without the script that ran forward. What happens at
 *     a failure is not kept, and of suspended processes only whether there were none
 * @param succeeded instances that ended in Success, as last seen
 * @param total instances that were to be touched
 * @param why what was said when it was refused or its fate was unknown; "" otherwise
 * @param sourceExecutionId what a rollback goes back from
 * @param overrideReason why it was started although something was in the way; "" if nothing was
 * @param baseline what was found on the instances before it: what a rollback sends where no value
 *     was staged for it
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
    UpdateSpec spec,
    boolean suspendedNothing,
    String reason,
    Initiator author,
    Instant at,
    @Nullable Instant ended,
    int succeeded,
    int total,
    String why,
    @Nullable String sourceExecutionId,
    String overrideReason,
    UpdateMethod method,
    Map<String, Object> baseline) {
  public JournalEntry {
    baseline = Collections.unmodifiableMap(new LinkedHashMap<>(baseline));
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
  public Context context() {
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
    return new RollbackSupport(method, spec, suspendedNothing, false, baseline)
        .none()
        .map(n -> "no way back");
  }

  /** What it took along beside a script, in a word or two; "" if nothing, or in a rollback. */
  public String payload() {
    return rollback ? "" : method.payload().map(p -> p.describe(spec.extraParameters())).orElse("");
  }

  /** Whether it is the launch of what is staged, for that reason: the same line typed again. */
  public boolean isLaunchOf(UpdateSpec staged, Context at, String because) {
    return !rollback
        && group.equals(at.group())
        && method.equals(at.method())
        && spec.extraParameters().equals(staged.extraParameters())
        && spec.rollbackValues().equals(method.rollbackValues(staged.rollbackValues()))
        && Objects.equals(sha(spec.script()), sha(staged.script()))
        && Objects.equals(sha(spec.rollbackScript()), sha(staged.rollbackScript()))
        && spec.commandType() == staged.commandType()
        && spec.strategy().equals(staged.strategy())
        && (!staged.strategy().steps().isEmpty()
            || spec.batchesOrDefault().equals(staged.batchesOrDefault()))
        && spec.pauseOrDefault() == staged.pauseOrDefault()
        && spec.role().equals(staged.role())
        && reason.equals(because);
  }

  private static @Nullable String sha(@Nullable Script script) {
    return script == null ? null : script.sha256();
  }

  /**
   * What to stage for launching it again: its scripts, its batches and its parameters.
   *
   * @param sent the template's parameters as they were sent
   */
  public UpdateSpec toStage(Map<String, Object> sent) {
    Map<String, Object> extra = new LinkedHashMap<>(sent);
    // What was sent because the template wants a value was not staged.
    extra
        .entrySet()
        .removeIf(
            p ->
                !stagedByName(p.getKey())
                    || p.getValue().equals("")
                    || (p.getKey().equals("timeout")
                        && p.getValue().equals((long) Script.TIMEOUT_SECONDS)));
    Set<ScalingProcess> suspended = EnumSet.noneOf(ScalingProcess.class);
    if (sent.get("enterProcess") instanceof List<?> words) {
      suspended.addAll(ProcessSuspension.processes(words.stream().map(String::valueOf).toList()));
    }
    // A template that oosh does not know may have no word for these.
    return spec.withBatches(isTold(sent, "batchNumber") ? spec.batches() : null)
        .withPause(isTold(sent, "batchPauseOption") ? spec.pause() : null)
        .withSuspension(isTold(sent, "enterProcess") ? new ProcessSuspension(suspended) : null)
        .withExtraParameters(extra);
  }

  private boolean isTold(Map<String, Object> sent, String parameter) {
    return !method.isUserTemplate() || sent.containsKey(parameter);
  }

  private boolean stagedByName(String parameter) {
    return method.usesOoshTemplate()
        ? method.otherParameters().stream().anyMatch(p -> p.name().equals(parameter))
        : method.verb(parameter).isEmpty()
            || method.payload().filter(p -> p.parameters().contains(parameter)).isPresent();
  }
}
