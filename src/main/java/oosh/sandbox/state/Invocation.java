package oosh.sandbox.state;

import java.util.LinkedHashMap;
import java.util.Map;
import oosh.sandbox.api.VendorTimes;
import oosh.sandbox.jail.JailResult;

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

    /** How long after its end the instance's service goes down, by order; -1 if it does not. */
    public int downAfterSeconds = -1;

    /** What the instance's service answers meanwhile, by order; "" for what its file says. */
    public String held = "";

    public JailResult result = new JailResult(0, "", 0, false);

    public boolean running(long now) {
      return finishedAt > now;
    }
  }

  public InstanceInvocation on(String instanceId) {
    InstanceInvocation run = instances.get(instanceId);
    if (run == null) {
      throw new IllegalStateException("no run of " + invokeId + " on " + instanceId);
    }
    return run;
  }
}
