package oosh.rollout;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is staged for the next launch. A null says "not staged": the template's default will hold.
 *
 * @param other values of {@code stage set}, by parameter name: String, Long, Boolean, List of
 *     String
 * @param tuning what only oosh's own template can do
 */
public record Staging(
    @Nullable Script script,
    @Nullable Script rollbackScript,
    @Nullable CommandType commandType,
    @Nullable Batches batches,
    @Nullable BatchPause pause,
    @Nullable OnFailure onFailure,
    @Nullable String role,
    @Nullable Suspend suspend,
    Map<String, Object> other,
    Tuning tuning) {
  public static final Staging EMPTY =
      new Staging(null, null, null, null, null, null, null, null, Map.of(), Tuning.NONE);

  public Staging {
    other = Collections.unmodifiableMap(new LinkedHashMap<>(other));
  }

  /** How many things are staged: the number behind the prompt's dot. */
  public int count() {
    int n = other.size() + tuning.count();
    for (Object o :
        new Object[] {script, rollbackScript, batches, pause, onFailure, role, suspend}) {
      n += o == null ? 0 : 1;
    }
    return n;
  }

  public CommandType commandTypeOrDefault() {
    return commandType == null ? CommandType.SHELL : commandType;
  }

  public Batches batchesOrDefault() {
    return batches == null ? Batches.DEFAULT : batches;
  }

  public BatchPause pauseOrDefault() {
    return pause == null ? BatchPause.NEVER : pause;
  }

  public OnFailure onFailureOrDefault() {
    return onFailure == null ? OnFailure.STOP : onFailure;
  }

  public Suspend suspendOrDefault() {
    return suspend == null ? Suspend.ALL : suspend;
  }

  public Staging withScript(@Nullable Script s, @Nullable CommandType type) {
    return new Staging(
        s, rollbackScript, type, batches, pause, onFailure, role, suspend, other, tuning);
  }

  public Staging withRollbackScript(@Nullable Script s) {
    return new Staging(
        script, s, commandType, batches, pause, onFailure, role, suspend, other, tuning);
  }

  public Staging withBatches(@Nullable Batches b) {
    return new Staging(
        script, rollbackScript, commandType, b, pause, onFailure, role, suspend, other, tuning);
  }

  public Staging withPause(@Nullable BatchPause p) {
    return new Staging(
        script, rollbackScript, commandType, batches, p, onFailure, role, suspend, other, tuning);
  }

  public Staging withOnFailure(@Nullable OnFailure f) {
    return new Staging(
        script, rollbackScript, commandType, batches, pause, f, role, suspend, other, tuning);
  }

  public Staging withRole(@Nullable String r) {
    return new Staging(
        script, rollbackScript, commandType, batches, pause, onFailure, r, suspend, other, tuning);
  }

  public Staging withSuspend(@Nullable Suspend s) {
    return new Staging(
        script, rollbackScript, commandType, batches, pause, onFailure, role, s, other, tuning);
  }

  /** With that template parameter set, or without it if {@code value} is null. */
  public Staging withOther(String name, @Nullable Object value) {
    Map<String, Object> copy = new LinkedHashMap<>(other);
    if (value == null) {
      copy.remove(name);
    } else {
      copy.put(name, value);
    }
    return new Staging(
        script,
        rollbackScript,
        commandType,
        batches,
        pause,
        onFailure,
        role,
        suspend,
        copy,
        tuning);
  }

  /** What is staged and that method cannot do, in words; "" if nothing is. */
  public String beyond(UpdateMethod method) {
    List<String> words = new ArrayList<>();
    if (!method.own() && !tuning.isEmpty()) {
      words.add(tuning.words());
    }
    List<String> known = method.otherParameters().stream().map(TemplateParameter::name).toList();
    other.keySet().stream().filter(name -> !known.contains(name)).forEach(words::add);
    return String.join(", ", words);
  }

  public Staging withTuning(Tuning t) {
    return new Staging(
        script, rollbackScript, commandType, batches, pause, onFailure, role, suspend, other, t);
  }

  /**
   * What was launched, staged again: its script, its way back, its batches and its parameters.
   *
   * @param launch as the journal has it, with its script's text
   * @param sent the template's parameters as they were sent
   */
  static Staging again(Entry launch, Map<String, Object> sent) {
    Set<ScalingProcess> processes = EnumSet.noneOf(ScalingProcess.class);
    if (sent.get("enterProcess") instanceof List<?> words) {
      words.forEach(w -> ScalingProcess.of(String.valueOf(w)).ifPresent(processes::add));
    }
    Staging staging =
        EMPTY
            .withScript(launch.script(), launch.commandType())
            .withRollbackScript(launch.rollbackScript())
            .withBatches(launch.batches())
            .withPause(launch.pause())
            .withRole(launch.role().isEmpty() ? null : launch.role())
            .withSuspend(new Suspend(processes))
            .withTuning(launch.tuning());
    for (TemplateParameter p : launch.method().otherParameters()) {
      Object value = sent.get(p.name());
      // What was sent because the template wants a value was not staged.
      if (value != null && !value.equals("") && !value.equals((long) Plan.SCRIPT_SECONDS)) {
        staging = staging.withOther(p.name(), value);
      }
    }
    return staging;
  }
}
