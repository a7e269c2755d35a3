package oosh.sandbox;

/** A scaling group's lifecycle hook; the sandbox keeps it, and never calls it. */
final class LifecycleHook {
  String id = "";
  String name = "";
  String transition = "";
  String metadata = "";
  String arn = "";
  String defaultResult = "CONTINUE";
  int heartbeatSeconds = 600;
}
