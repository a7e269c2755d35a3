package oosh.rollout;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A rolling update, ready to be sent.
 *
 * @param suspend the processes that OOS suspends before and resumes after: those that were asked
 *     for and are running now, so what a person had suspended stays suspended
 * @param other template parameters without a verb of their own
 * @param targets the instances by name, where the template is oosh's own; empty for the public one,
 *     which looks for them itself
 */
public record Launch(
    Context context,
    int instances,
    Script script,
    @Nullable Script rollbackScript,
    CommandType commandType,
    Batches batches,
    BatchPause pause,
    OnFailure onFailure,
    String role,
    Set<ScalingProcess> suspend,
    Map<String, Object> other,
    String reason,
    Tuning tuning,
    List<Target> targets)
    implements Rollout {
  public Launch {
    targets = List.copyOf(targets);
    suspend = Set.copyOf(suspend);
    other = Collections.unmodifiableMap(new LinkedHashMap<>(other));
  }

  /** One that ends at the first failure, as OOS does unless it is told otherwise. */
  public Launch(
      Context context,
      int instances,
      Script script,
      @Nullable Script rollbackScript,
      CommandType commandType,
      Batches batches,
      BatchPause pause,
      String role,
      Set<ScalingProcess> suspend,
      Map<String, Object> other,
      String reason) {
    this(
        context,
        instances,
        script,
        rollbackScript,
        commandType,
        batches,
        pause,
        OnFailure.STOP,
        role,
        suspend,
        other,
        reason,
        Tuning.NONE,
        List.of());
  }

  @Override
  public String group() {
    return context.needGroup();
  }

  @Override
  public @Nullable String sourceExecutionId() {
    return null;
  }

  /** The number of batches that OOS is asked for. */
  public int batchNumber() {
    return batches.numberFor(instances);
  }

  /** The sizes of its batches, first one first; of the public template's as assumed. */
  public List<Integer> sizes() {
    return tuning.steps().isEmpty()
        ? Batches.sizes(instances, batchNumber())
        : tuning.sizes(instances);
  }

  /** How long the script has on each instance, in seconds. */
  public long scriptSeconds() {
    return other.get("timeout") instanceof Long seconds ? seconds : Plan.SCRIPT_SECONDS;
  }

  @Override
  public Map<String, Object> content() {
    return context.method().own() ? OwnTemplate.content(this) : Map.of();
  }

  @Override
  public Map<String, Object> parameters() {
    if (context.method().own()) {
      return OwnTemplate.parameters(this);
    }
    Map<String, Object> p = new LinkedHashMap<>();
    p.put("invokeType", "invoke");
    p.put("scalingGroupId", group());
    p.put("commandType", commandType.word());
    p.put("invokeScript", script.text());
    p.put("rollbackScript", rollbackScript == null ? "" : rollbackScript.text());
    p.put("OOSAssumeRole", role);
    // An absent list means "all five" to the template, so an empty one must be sent as such.
    p.put("exitProcess", Suspend.words(suspend));
    p.put("enterProcess", Suspend.words(suspend));
    p.put("batchNumber", batchNumber());
    p.put("batchPauseOption", pause.word());
    p.putAll(other);
    return p;
  }
}
