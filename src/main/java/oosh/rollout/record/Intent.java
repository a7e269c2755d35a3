package oosh.rollout.record;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import oosh.rollout.cloud.StartRequest;
import oosh.rollout.update.OoshTemplate;
import oosh.rollout.update.Rollout;
import oosh.rollout.update.UpdateMethod;
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
 */
public record Intent(
    String token,
    Rollout rollout,
    Initiator author,
    Instant at,
    Instant planned,
    @Nullable GroupSnapshot groupSnapshot,
    String overrideReason) {
  /** The key of the tag that every execution of oosh carries; its value is the token. */
  public static final String TAG = "oosh";

  /** An intent that does not override a conflict. */
  public Intent(String token, Rollout rollout, Initiator author, Instant at) {
    this(token, rollout, author, at, at, null, "");
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
        tags(token, method, content),
        rollout.reason());
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
