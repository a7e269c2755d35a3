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
 * @param script null where the method runs none, or none is needed
 * @param other the template's parameters that were staged, the payload's among them
 * @param back what a rollback sends instead of them, or beside them, as it was staged
 * @param before the same as it was found before the launch, for where nothing was staged
 * @param targets the instances by name, where the template is oosh's own; empty for the public one,
 *     which looks for them itself
 */
public record Launch(
    Context context,
    int instances,
    @Nullable Script script,
    @Nullable Script rollbackScript,
    CommandType commandType,
    BatchSizing batches,
    BatchPause pause,
    OnFailure onFailure,
    String role,
    Set<ScalingProcess> suspend,
    Map<String, Object> other,
    String reason,
    RolloutStrategy tuning,
    List<Target> targets,
    Map<String, Object> back,
    Map<String, Object> before)
    implements Rollout {
  public Launch {
    back = Collections.unmodifiableMap(new LinkedHashMap<>(back));
    before = Collections.unmodifiableMap(new LinkedHashMap<>(before));
    targets = List.copyOf(targets);
    suspend = Set.copyOf(suspend);
    other = Collections.unmodifiableMap(new LinkedHashMap<>(other));
  }

  /** One of a script alone. */
  public Launch(
      Context context,
      int instances,
      Script script,
      @Nullable Script rollbackScript,
      CommandType commandType,
      BatchSizing batches,
      BatchPause pause,
      OnFailure onFailure,
      String role,
      Set<ScalingProcess> suspend,
      Map<String, Object> other,
      String reason,
      RolloutStrategy tuning,
      List<Target> targets) {
    this(
        context,
        instances,
        script,
        rollbackScript,
        commandType,
        batches,
        pause,
        onFailure,
        role,
        suspend,
        other,
        reason,
        tuning,
        targets,
        Map.of(),
        Map.of());
  }

  /** One that ends at the first failure, as OOS does unless it is told otherwise. */
  public Launch(
      Context context,
      int instances,
      Script script,
      @Nullable Script rollbackScript,
      CommandType commandType,
      BatchSizing batches,
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
        RolloutStrategy.NONE,
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
        ? BatchSizing.sizes(instances, batchNumber())
        : tuning.sizes(instances);
  }

  /** How long the script has on each instance, in seconds. */
  public long scriptSeconds() {
    return other.get("timeout") instanceof Long seconds ? seconds : Script.TIMEOUT_SECONDS;
  }

  @Override
  public Map<String, Object> content() {
    return context.method().usesOoshTemplate() ? OoshTemplate.content(this) : Map.of();
  }

  @Override
  public Map<String, Object> parameters() {
    if (context.method().usesOoshTemplate()) {
      return OoshTemplate.parameters(this);
    }
    UpdateMethod method = context.method();
    Map<String, Object> p = new LinkedHashMap<>();
    p.put("invokeType", "invoke");
    p.put("scalingGroupId", group());
    put(p, "commandType", commandType.word());
    String noScript =
        method.payload().filter(Payload::fetched).isPresent() ? Payload.NO_SCRIPT : "";
    if (script != null || !noScript.isEmpty()) {
      put(p, "invokeScript", script == null ? noScript : script.text());
    }
    if (rollbackScript != null || method.runsOnlyScript() || !noScript.isEmpty()) {
      put(p, "rollbackScript", rollbackScript == null ? noScript : rollbackScript.text());
    }
    // A template that oosh does not know may have a role of its own to fall back to.
    if (!role.isEmpty() || !method.isUserTemplate()) {
      put(p, "OOSAssumeRole", role);
    }
    // An absent list means "all five" to the template, so an empty one must be sent as such.
    put(p, "exitProcess", ProcessSuspension.words(suspend));
    put(p, "enterProcess", ProcessSuspension.words(suspend));
    put(p, "batchNumber", batchNumber());
    put(p, "batchPauseOption", pause.word());
    if (!tuning.maxErrors().isEmpty()) {
      put(p, "maxErrors", Long.parseLong(tuning.maxErrors()));
    }
    p.putAll(other);
    method.payload().ifPresent(payload -> wayBack(payload, p));
    return p;
  }

  /**
   * What only a rollback reads goes along, so that OOS knows it too. The download templates want it
   * of a launch as well: where nobody has said it, they are sent what the launch itself takes, as
   * the vendor's own plugin does (source: aliyun's Jenkins plugin, OssUploadAndOosExecStep,
   * 2023-04).
   */
  private void wayBack(Payload payload, Map<String, Object> p) {
    for (String name : payload.back()) {
      Object value = back.get(name);
      if (p.containsKey(name) || payload.parameters().contains(name)) {
        continue;
      }
      if (value != null) {
        put(p, name, value);
      } else if (payload.fetched()) {
        put(p, name, p.getOrDefault(Payload.launched(name), ""));
      }
    }
  }

  private void put(Map<String, Object> p, String name, Object value) {
    if (context.method().declares(name)) {
      p.put(name, value);
    }
  }

  /** The same with what was found there before. */
  Launch with(Map<String, Object> found) {
    return new Launch(
        context,
        instances,
        script,
        rollbackScript,
        commandType,
        batches,
        pause,
        onFailure,
        role,
        suspend,
        other,
        reason,
        tuning,
        targets,
        back,
        found);
  }

  /** The lifecycle states in which instances take part, by the parameters of a launch. */
  static List<String> states(Map<String, Object> other) {
    return other.get("lifecycleState") instanceof List<?> chosen
        ? chosen.stream().map(String::valueOf).toList()
        : List.of("InService");
  }
}
