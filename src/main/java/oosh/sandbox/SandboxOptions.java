package oosh.sandbox;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import oosh.sandbox.http.CallerCredentials;
import oosh.sandbox.state.TaskDurations;
import org.jspecify.annotations.Nullable;

/**
 * How to open a sandbox.
 *
 * @param port 0 for a free one
 * @param stateFile where the world outlives the process; null for memory only
 * @param stepTime whether time stands still but for {@link Sandbox#advance}
 * @param idleExit after how long without a request and without work it ends; null for never
 * @param keys who may ask as well; null for nobody
 * @param guarded whether nobody may ask with the published keys {@code sandbox}
 * @param paced whether tasks take time in real time; without, a rollout ends as soon as it can
 * @param scripts whether scripts are run, where that can be done
 */
public record SandboxOptions(
    int port,
    @Nullable Path stateFile,
    boolean stepTime,
    @Nullable Duration idleExit,
    @Nullable CallerCredentials keys,
    boolean guarded,
    boolean paced,
    boolean scripts) {
  /** Everybody may ask with {@code sandbox}. */
  public SandboxOptions(
      int port, @Nullable Path stateFile, boolean stepTime, @Nullable Duration idleExit) {
    this(port, stateFile, stepTime, idleExit, null, false, true, true);
  }

  /** The same, and these keys may ask as well. */
  public SandboxOptions with(CallerCredentials more) {
    return new SandboxOptions(port, stateFile, stepTime, idleExit, more, guarded, paced, scripts);
  }

  /** The same, but for those only who have its own keys. */
  public SandboxOptions guard() {
    return new SandboxOptions(port, stateFile, stepTime, idleExit, keys, true, paced, scripts);
  }

  /** The same as fast as it goes: tasks take no time, and scripts are not run. */
  public SandboxOptions withoutPacing() {
    return new SandboxOptions(port, stateFile, stepTime, idleExit, keys, guarded, false, false);
  }

  List<CallerCredentials> known(CallerCredentials own) {
    List<CallerCredentials> known = new ArrayList<>(List.of(own));
    if (!guarded) {
      known.add(CallerCredentials.PUBLISHED);
    }
    if (keys != null) {
      known.add(keys);
    }
    return List.copyOf(known);
  }

  TaskDurations pace() {
    return stepTime ? TaskDurations.STEP : paced ? TaskDurations.REAL : TaskDurations.NONE;
  }

  /** A free port, no file, step time: what a test wants. */
  public static SandboxOptions inSteps() {
    return new SandboxOptions(0, null, true, null);
  }

  /** A free port, no file, real time. */
  public static SandboxOptions inRealTime() {
    return new SandboxOptions(0, null, false, null);
  }
}
