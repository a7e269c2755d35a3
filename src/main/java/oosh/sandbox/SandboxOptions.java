package oosh.sandbox;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import oosh.sandbox.http.CallerCredentials;
import oosh.sandbox.state.FurtherGroups;
import oosh.sandbox.state.TaskDurations;
import org.jspecify.annotations.Nullable;

/**
 * How to open a sandbox.
 *
 * @param port 0 for a free one
 * @param stateFile where the state outlives the process; null for memory only
 * @param stepTime whether time passes only by {@link Sandbox#advance}
 * @param idleExit the time without a request and without work after which it ends; null for never
 * @param keys further credentials of callers; null for none
 * @param guarded whether the published credentials {@code sandbox} are refused
 * @param paced whether tasks take time in real time; without, a rollout ends as soon as possible
 * @param scripts whether scripts are run, where that can be done
 * @param users names of further RAM users, who get keys of their own
 * @param further groups that a new state has besides the usual ones
 */
public record SandboxOptions(
    int port,
    @Nullable Path stateFile,
    boolean stepTime,
    @Nullable Duration idleExit,
    @Nullable CallerCredentials keys,
    boolean guarded,
    boolean paced,
    boolean scripts,
    List<String> users,
    FurtherGroups further) {
  /** Source: RAM help, "CreateUser", 2025. */
  private static final String USER = "[A-Za-z0-9._-]{1,64}";

  /** Refuses what is no name of a RAM user, and what is named twice. */
  public SandboxOptions {
    users = List.copyOf(users);
    for (String user : users) {
      if (!user.matches(USER) || user.equals("sandbox")) {
        throw new IllegalArgumentException(
            "a user has up to 64 letters, digits, '.', '_' and '-', and is not sandbox");
      }
    }
    if (users.stream().distinct().count() < users.size()) {
      throw new IllegalArgumentException("a user is named twice");
    }
  }

  /** Without further users and groups. */
  public SandboxOptions(
      int port,
      @Nullable Path stateFile,
      boolean stepTime,
      @Nullable Duration idleExit,
      @Nullable CallerCredentials keys,
      boolean guarded,
      boolean paced,
      boolean scripts) {
    this(
        port,
        stateFile,
        stepTime,
        idleExit,
        keys,
        guarded,
        paced,
        scripts,
        List.of(),
        FurtherGroups.NONE);
  }

  /** Accepts the published credentials {@code sandbox}, and runs scripts. */
  public SandboxOptions(
      int port, @Nullable Path stateFile, boolean stepTime, @Nullable Duration idleExit) {
    this(port, stateFile, stepTime, idleExit, null, false, true, true);
  }

  /** These options without the published credentials. */
  public SandboxOptions guard() {
    return new SandboxOptions(
        port, stateFile, stepTime, idleExit, keys, true, paced, scripts, users, further);
  }

  /** These options with tasks that take no time, and scripts that are not run. */
  public SandboxOptions withoutPacing() {
    return new SandboxOptions(
        port, stateFile, stepTime, idleExit, keys, guarded, false, false, users, further);
  }

  /** These options with further users. */
  public SandboxOptions withUsers(String... names) {
    return new SandboxOptions(
        port,
        stateFile,
        stepTime,
        idleExit,
        keys,
        guarded,
        paced,
        scripts,
        List.of(names),
        further);
  }

  /**
   * These options with further groups, each of so many instances, by turns in its regions: {@code
   * fleet-001} in cn-hangzhou, {@code fleet-002} in ap-southeast-1. A state that was kept has the
   * groups that it had.
   */
  public SandboxOptions withGroups(int groups, int instances) {
    return new SandboxOptions(
        port,
        stateFile,
        stepTime,
        idleExit,
        keys,
        guarded,
        paced,
        scripts,
        users,
        new FurtherGroups(groups, instances));
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

  /** A free port, no state file, step time. */
  public static SandboxOptions inSteps() {
    return new SandboxOptions(0, null, true, null);
  }
}
