package oosh.sandbox.state;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import oosh.sandbox.api.VendorTimes;

/** One Cloud Assistant invocation: a script sent to one or more instances. */
public final class Invocation {
  public String invokeId = "";
  public String commandId = "";
  public String regionId = "";
  public String name = "";
  public String type = "";

  /** The script, by its key in {@link SandboxState#scripts}. */
  public String script = "";

  public String workingDir = "";
  public int timeoutSeconds;
  public long createdAt;
  public Map<String, InstanceInvocation> instances = new LinkedHashMap<>();

  /** What became of it on one instance; still running while {@link #finishedAt} lies ahead. */
  public static final class InstanceInvocation {
    public long finishedAt = VendorTimes.NEVER;
    public int exitCode;
    public String output = "";
    public int dropped;
    public boolean timedOut;

    public boolean running(long now) {
      return finishedAt > now;
    }

    /** The newer field of ECS: Running, Success, Failed (exit code not 0) or Timeout. */
    public String invocationStatus(long now) {
      if (running(now)) {
        return "Running";
      }
      return timedOut ? "Timeout" : exitCode == 0 ? "Success" : "Failed";
    }

    /** The older field of ECS: an exit code other than 0 still counts as Finished. */
    public String recordStatus(long now) {
      if (running(now)) {
        return "Running";
      }
      return timedOut ? "Failed" : "Finished";
    }

    public String errorCode(long now) {
      return switch (invocationStatus(now)) {
        case "Timeout" -> "ExecutionTimeout";
        case "Failed" -> "ExitCodeNonzero";
        default -> "";
      };
    }
  }

  public InstanceInvocation on(String instanceId) {
    InstanceInvocation run = instances.get(instanceId);
    if (run == null) {
      throw new IllegalStateException("no run of " + invokeId + " on " + instanceId);
    }
    return run;
  }

  /** The whole invocation, older field: Running, Finished, Failed or PartialFailed. */
  public String invokeStatus(long now) {
    return whole(now, "Finished", on -> on.recordStatus(now).equals("Failed"));
  }

  /** The whole invocation, newer field: Running, Success, Failed or PartialFailed. */
  public String invocationStatus(long now) {
    return whole(now, "Success", on -> !on.invocationStatus(now).equals("Success"));
  }

  private String whole(long now, String success, Predicate<InstanceInvocation> fails) {
    if (instances.values().stream().anyMatch(on -> on.running(now))) {
      return "Running";
    }
    long failed = instances.values().stream().filter(fails).count();
    return failed == 0 ? success : failed == instances.size() ? "Failed" : "PartialFailed";
  }
}
