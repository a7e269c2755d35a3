package oosh.rollout.record;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import oosh.rollout.cloud.OriginTags;
import oosh.rollout.cloud.StartRequest;
import oosh.rollout.hold.Exemption;
import oosh.rollout.update.OoshTemplate;
import oosh.rollout.update.Rollout;
import oosh.rollout.update.Script;
import oosh.rollout.update.UpdateMethod;
import oosh.rollout.update.UpdateSpec;
import oosh.rollout.wave.WaveClaim;
import org.jspecify.annotations.Nullable;

/**
 * What is about to be asked of OOS, written down before it is asked.
 *
 * @param token the ClientToken: a repeated question with it is answered with the same execution
 * @param planned when the group was read for the plan: whatever was started on the group since then
 *     is not in it
 * @param groupSnapshot the group as the plan saw it; null without a snapshot
 * @param overrideReason why it is to be started although another start or execution conflicts; ""
 *     if it is not
 * @param exemption what it passes by
 * @param wave what makes it a start of a rollout over many groups; null if it is none
 */
public record Intent(
    String token,
    Rollout rollout,
    Initiator author,
    Instant at,
    Instant planned,
    @Nullable GroupSnapshot groupSnapshot,
    String overrideReason,
    Exemption exemption,
    @Nullable WaveClaim wave) {
  /** The key of the tag that every execution of oosh carries; its value is the token. */
  public static final String TAG = "oosh";

  /** An intent that passes by no lock and no freeze, unless it is a rollback. */
  public Intent(
      String token,
      Rollout rollout,
      Initiator author,
      Instant at,
      Instant planned,
      @Nullable GroupSnapshot groupSnapshot,
      String overrideReason) {
    this(token, rollout, author, at, planned, groupSnapshot, overrideReason, Exemption.NONE, null);
  }

  /** An intent that does not override a conflict. */
  public Intent(String token, Rollout rollout, Initiator author, Instant at) {
    this(token, rollout, author, at, at, null, "");
  }

  /** Whether it is a rollback, or was typed as one: no lock and no freeze keeps it back. */
  public boolean goesBack() {
    return rollout.sourceExecutionId() != null || exemption.goesBack();
  }

  /** Why it is started although something is in its way, for the record; "" if nothing is. */
  public String passedBy() {
    String through =
        exemption.throughFreeze().isEmpty() ? "" : "through " + exemption.throughFreeze();
    String alone = exemption.alone().isEmpty() ? "" : "alone: " + exemption.alone();
    return Stream.of(overrideReason, through, alone)
        .filter(reason -> !reason.isEmpty())
        .collect(Collectors.joining("; "));
  }

  /** What StartExecution is asked. */
  public StartRequest start() {
    UpdateMethod method = rollout.context().method();
    String content = rollout.content();
    return new StartRequest(
        method.template(),
        method.version(),
        content,
        rollout.parameters(),
        rollout.spec().onFailureOrDefault(),
        token,
        tags(content),
        rollout.reason());
  }

  private Map<String, String> tags(String content) {
    UpdateSpec spec = rollout.spec();
    Script ran = rollout.sourceExecutionId() == null ? spec.script() : spec.rollbackScript();
    Map<String, String> tags = tags(token, rollout.context().method(), content);
    tags.putAll(
        OriginTags.of(
            author.user(),
            author.host(),
            ran == null ? null : ran.name(),
            ran == null ? "" : ran.shortSha()));
    if (wave != null) {
      tags.put(OriginTags.WAVE, wave.wave());
    }
    return tags;
  }

  /**
   * By these an execution is found again; one of a template that is not public has no name to go
   * by. One that can be stopped between batches has the tag for that.
   *
   * @param content of the template that goes along; "" if none does
   */
  public static Map<String, String> tags(String token, UpdateMethod method, String content) {
    Map<String, String> tags = new LinkedHashMap<>(method.tags());
    tags.put(TAG, token);
    if (OoshTemplate.hasBrake(content)) {
      tags.put(OoshTemplate.BRAKE, OoshTemplate.GO);
    }
    return tags;
  }
}
