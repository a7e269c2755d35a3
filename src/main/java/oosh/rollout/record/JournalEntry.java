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
 * An entry of the journal: a start from here, or an execution that was started elsewhere and seen.
 *
 * @param token the ClientToken; "" if it was started elsewhere
 * @param executionId null until the service has named it
 * @param status as last seen; null until seen
 * @param spec what it was told; in a rollback without the script that ran forward. What happens at
 *     a failure is not kept, and of suspended processes only whether there were none
 * @param succeeded instances that ended in Success, as last seen
 * @param total instances that were to be touched
 * @param why the reason if it was refused or its result is unknown; "" otherwise
 * @param sourceExecutionId the execution that a rollback rolls back
 * @param overrideReason why it was started although another start or execution conflicted, or a
 *     freeze was in force; "" if nothing was in its way
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

  /** The state of a start. */
  public enum StartState {
    /** Written; it is not known yet whether it was sent. */
    INTENDED,
    STARTED,
    /** The service refused it, or was never reached: certainly not executed. */
    REFUSED,
    /** Sent, and not answered. */
    UNCERTAIN,
    /** Not answered, and OOS has no such execution. */
    NEVER_STARTED,
    /** Started elsewhere, seen in OOS. */
    SEEN
  }

  /**
   * Whether it is the rollback of that execution, for that reason. A line without a reason also
   * continues an automatic rollback.
   */
  public boolean isSameRollback(String executionId, String because) {
    return rollback
        && executionId.equals(sourceExecutionId)
        && (reason.equals(because)
            || (because.isEmpty()
                && reason.startsWith(Rollout.reasonAfterFailure(executionId, ""))));
  }

  /** Its profile, region, group and method. */
  public Context context() {
    return new Context(profile, region, group, method);
  }

  /** Whether another journal, the console or another tool has started it. */
  public boolean isFromElsewhere() {
    return state == StartState.SEEN;
  }

  /** Whether it has an execution that may still run, says the journal. */
  public boolean unended() {
    return executionId != null && !forgotten() && (status == null || !status.isFinal());
  }

  /** Whether it ended in Success although instances failed or were skipped. */
  public boolean succeededInPart() {
    return status != null && status.isSuccess() && succeeded < total;
  }

  /** {@code 4 of 6 instances}: on how many it succeeded. */
  public String succeededOf() {
    return succeeded + " of " + total + " instances";
  }

  /** Whether OOS no longer knew its execution before its end was seen here. */
  public boolean forgotten() {
    return executionId != null
        && !why.isEmpty()
        && !why.startsWith(ApprovalProgress.WAITS)
        && (status == null || !status.isFinal());
  }

  /** Why it cannot be rolled back, says the journal; empty if it can. */
  public Optional<String> rollbackObstacle() {
    if (rollback) {
      return Optional.of("is a rollback");
    }
    if (executionId == null) {
      return Optional.of("never started");
    }
    return new RollbackSupport(method, spec, suspendedNothing, false, baseline)
        .none()
        .map(n -> "cannot be rolled back");
  }

  /** Its payload in a word or two; "" if it has none, or is a rollback. */
  public String payload() {
    return rollback ? "" : method.payload().map(p -> p.describe(spec.extraParameters())).orElse("");
  }

  /** Whether it is the launch of a staged update, for that reason: the line was typed again. */
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
        && spec.gates().equals(staged.gates())
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
   * The spec for launching it again: its scripts, its batches and its parameters.
   *
   * @param sent the template's parameters as they were sent
   */
  public UpdateSpec toStage(Map<String, Object> sent) {
    Map<String, Object> extra = new LinkedHashMap<>(sent);
    // A value that was sent only because the template requires one was not staged.
    extra
        .entrySet()
        .removeIf(
            p ->
                !stagedByName(p.getKey())
                    || p.getValue().equals("")
                    || (p.getKey().equals("timeout")
                        && p.getValue().equals((long) Script.TIMEOUT_SECONDS)));
    if (!spec.gates().isEmpty()) {
      // What was sent is the gates' time as well.
      extra.remove("timeout");
      spec.timeout().ifPresent(t -> extra.put("timeout", t));
    }
    Set<ScalingProcess> suspended = EnumSet.noneOf(ScalingProcess.class);
    if (sent.get("enterProcess") instanceof List<?> words) {
      suspended.addAll(ProcessSuspension.processes(words.stream().map(String::valueOf).toList()));
    }
    // A user template may have no parameter for these.
    return spec.withBatches(isTold(sent, "batchNumber") ? spec.batches() : null)
        .withPause(isTold(sent, "batchPauseOption") ? spec.pause() : null)
        .withSuspension(isTold(sent, "enterProcess") ? new ProcessSuspension(suspended) : null)
        // Which instances had the script was of its moment, and so was who is told.
        .withStrategy(
            spec.strategy()
                .withOnly(spec.strategy().only().withSkipMatching(false))
                .withEndNotice(null))
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
