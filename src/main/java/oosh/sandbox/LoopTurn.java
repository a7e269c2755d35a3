package oosh.sandbox;

/** One item of an execution's loop: which instance, as it was found, in which batch (from 1). */
final class LoopTurn {
  String instanceId = "";
  String lifecycleState = "";
  int batch;
  String taskId = "";
  String childId = "";
  String output = "";
}
