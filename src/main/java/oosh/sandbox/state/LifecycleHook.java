package oosh.sandbox.state;

/** A scaling group's lifecycle hook; the sandbox keeps it, and never calls it. */
public final class LifecycleHook {
  public String id = "";
  public String name = "";
  public String transition = "";
  public String metadata = "";
  public String arn = "";
  public String defaultResult = "CONTINUE";
  public int heartbeatSeconds = 600;
}
