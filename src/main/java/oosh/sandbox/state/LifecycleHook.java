package oosh.sandbox.state;

/** A scaling group's lifecycle hook; the sandbox keeps it, and never calls it. */
public final class LifecycleHook {
  public String id = "";
  public String name = "";
  public String metadata = "";
  public String arn = "";
}
