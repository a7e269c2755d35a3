package oosh.rollout;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is staged for the next launch. A null says "not staged": the template's default will hold.
 *
 * @param other values of {@code stage set}, by parameter name: String, Long, Boolean, List of
 *     String
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
    Map<String, Object> other) {
  public static final Staging EMPTY =
      new Staging(null, null, null, null, null, null, null, null, Map.of());

  public Staging {
    other = Collections.unmodifiableMap(new LinkedHashMap<>(other));
  }

  /** How many things are staged: the number behind the prompt's dot. */
  public int count() {
    int n = other.size();
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
    return new Staging(s, rollbackScript, type, batches, pause, onFailure, role, suspend, other);
  }

  public Staging withRollbackScript(@Nullable Script s) {
    return new Staging(script, s, commandType, batches, pause, onFailure, role, suspend, other);
  }

  public Staging withBatches(@Nullable Batches b) {
    return new Staging(
        script, rollbackScript, commandType, b, pause, onFailure, role, suspend, other);
  }

  public Staging withPause(@Nullable BatchPause p) {
    return new Staging(
        script, rollbackScript, commandType, batches, p, onFailure, role, suspend, other);
  }

  public Staging withOnFailure(@Nullable OnFailure f) {
    return new Staging(
        script, rollbackScript, commandType, batches, pause, f, role, suspend, other);
  }

  public Staging withRole(@Nullable String r) {
    return new Staging(
        script, rollbackScript, commandType, batches, pause, onFailure, r, suspend, other);
  }

  public Staging withSuspend(@Nullable Suspend s) {
    return new Staging(
        script, rollbackScript, commandType, batches, pause, onFailure, role, s, other);
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
        script, rollbackScript, commandType, batches, pause, onFailure, role, suspend, copy);
  }
}
