package oosh.rollout.update;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import oosh.rollout.cloud.ScalingProcess;
import org.jspecify.annotations.Nullable;

/**
 * A rolling update, ready to be sent.
 *
 * @param suspend the processes that OOS suspends before and resumes after: those that were asked
 *     for and are running now, so what a person had suspended stays suspended
 * @param spec its batches are those of the plan
 * @param targets the instances by name, where the template is oosh's own; empty for the public one,
 *     which looks for them itself
 * @param baseline what was found on the instances before the launch, by the names of what a
 *     rollback sends: for where no value was staged
 * @param watched what its gates after a batch look at
 */
public record Launch(
    Context context,
    int instances,
    UpdateSpec spec,
    Set<ScalingProcess> suspend,
    String reason,
    List<Target> targets,
    Map<String, Object> baseline,
    Watched watched)
    implements Rollout {
  /** One without gates after a batch. */
  public Launch(
      Context context,
      int instances,
      UpdateSpec spec,
      Set<ScalingProcess> suspend,
      String reason,
      List<Target> targets,
      Map<String, Object> baseline) {
    this(context, instances, spec, suspend, reason, targets, baseline, Watched.NOTHING);
  }

  public Launch {
    baseline = Collections.unmodifiableMap(new LinkedHashMap<>(baseline));
    targets = List.copyOf(targets);
    suspend = Set.copyOf(suspend);
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
    return spec.batchesOrDefault().numberFor(instances);
  }

  /** The sizes of its batches, first one first; of the public template's as assumed. */
  public List<Integer> sizes() {
    return spec.sizes(instances);
  }

  @Override
  public String content() {
    return context.method().usesOoshTemplate() ? template().content(false) : "";
  }

  /** oosh's own template for it. */
  public OoshTemplate template() {
    return new OoshTemplate(group(), spec, suspend, targets, sizes(), watched);
  }

  @Override
  public Map<String, Object> parameters() {
    if (context.method().usesOoshTemplate()) {
      return template().parameters();
    }
    UpdateMethod method = context.method();
    Script script = spec.script();
    Script rollbackScript = spec.rollbackScript();
    Map<String, Object> p = new LinkedHashMap<>();
    p.put("invokeType", "invoke");
    p.put("scalingGroupId", group());
    put(p, "commandType", spec.commandType().word());
    String noScript =
        method.payload().filter(Payload::fetched).isPresent() ? Payload.NO_SCRIPT : "";
    if (script != null || !noScript.isEmpty()) {
      put(p, "invokeScript", script == null ? noScript : spec.sent(script));
    }
    if (rollbackScript != null || method.runsOnlyScript() || !noScript.isEmpty()) {
      put(p, "rollbackScript", rollbackScript == null ? noScript : spec.sent(rollbackScript));
    }
    // A template that oosh does not know may have a role of its own to fall back to.
    if (!spec.role().isEmpty() || !method.isUserTemplate()) {
      put(p, "OOSAssumeRole", spec.role());
    }
    // An absent list means "all five" to the template, so an empty one must be sent as such.
    put(p, "exitProcess", ProcessSuspension.words(suspend));
    put(p, "enterProcess", ProcessSuspension.words(suspend));
    put(p, "batchNumber", batchNumber());
    put(p, "batchPauseOption", spec.pauseOrDefault().word());
    String maxErrors = spec.strategy().maxErrors();
    if (!maxErrors.isEmpty()) {
      put(p, "maxErrors", Long.parseLong(maxErrors));
    }
    p.putAll(spec.extraParameters());
    method.payload().ifPresent(payload -> putRollbackValues(payload, p));
    return p;
  }

  /**
   * The parameters that only a rollback reads are sent with the launch, so that OOS keeps them. The
   * download templates require them for a launch: without rollback values they get those of the
   * launch, as the vendor's own plugin sends them (source: aliyun's Jenkins plugin,
   * OssUploadAndOosExecStep, 2023-04).
   */
  private void putRollbackValues(Payload payload, Map<String, Object> p) {
    for (String name : payload.back()) {
      Object value = spec.rollbackValues().get(name);
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

  /** This launch for that reason. */
  public Launch withReason(String because) {
    return new Launch(context, instances, spec, suspend, because, targets, baseline, watched);
  }

  /** This launch with what its gates look at. */
  public Launch withWatched(Watched found) {
    return new Launch(context, instances, spec, suspend, reason, targets, baseline, found);
  }

  /** This launch with its baseline. */
  public Launch withBaseline(Map<String, Object> found) {
    return new Launch(context, instances, spec, suspend, reason, targets, found, watched);
  }

  /** The lifecycle states in which instances take part, by the parameters of a launch. */
  public static List<String> states(Map<String, Object> extraParameters) {
    return extraParameters.get("lifecycleState") instanceof List<?> chosen
        ? chosen.stream().map(String::valueOf).toList()
        : List.of("InService");
  }
}
