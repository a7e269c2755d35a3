package oosh.sandbox;

import java.util.LinkedHashMap;
import java.util.Map;

/** One Cloud Assistant invocation: a script sent to one or more instances. */
final class CommandRun {
  String invokeId = "";
  String commandId = "";
  String regionId = "";
  String name = "";
  String type = "";

  /** The script, by its key in {@link World#scripts}. */
  String script = "";

  String workingDir = "";
  int timeoutSeconds;
  long createdAt;
  Map<String, OnInstance> instances = new LinkedHashMap<>();

  /** What became of it on one instance; still running while {@link #finishedAt} lies ahead. */
  static final class OnInstance {
    long finishedAt = Times.NEVER;
    int exitCode;
    String output = "";
    int dropped;
    boolean timedOut;

    boolean running(long now) {
      return finishedAt > now;
    }

    /** The newer field of ECS: Running, Success, Failed (exit code not 0) or Timeout. */
    String invocationStatus(long now) {
      if (running(now)) {
        return "Running";
      }
      return timedOut ? "Timeout" : exitCode == 0 ? "Success" : "Failed";
    }

    /** The older field of ECS: an exit code other than 0 still counts as Finished. */
    String recordStatus(long now) {
      if (running(now)) {
        return "Running";
      }
      return timedOut ? "Failed" : "Finished";
    }

    String errorCode(long now) {
      return switch (invocationStatus(now)) {
        case "Timeout" -> "ExecutionTimeout";
        case "Failed" -> "ExitCodeNonzero";
        default -> "";
      };
    }
  }

  OnInstance on(String instanceId) {
    OnInstance run = instances.get(instanceId);
    if (run == null) {
      throw new IllegalStateException("no run of " + invokeId + " on " + instanceId);
    }
    return run;
  }

  boolean running(long now) {
    return instances.values().stream().anyMatch(run -> run.running(now));
  }

  /** The whole invocation, older field: Running, Finished, Failed or PartialFailed. */
  String invokeStatus(long now) {
    if (running(now)) {
      return "Running";
    }
    long failed =
        instances.values().stream().filter(run -> run.recordStatus(now).equals("Failed")).count();
    return failed == 0 ? "Finished" : failed == instances.size() ? "Failed" : "PartialFailed";
  }

  /** The whole invocation, newer field. */
  String invocationStatus(long now) {
    if (running(now)) {
      return "Running";
    }
    long failed =
        instances.values().stream()
            .filter(run -> !run.invocationStatus(now).equals("Success"))
            .count();
    return failed == 0 ? "Success" : failed == instances.size() ? "Failed" : "PartialFailed";
  }
}
