package oosh.rollout.record;

import java.util.ArrayList;
import java.util.List;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.TaskExecution;
import oosh.rollout.update.GateTasks;

/**
 * A look of a gate that failed.
 *
 * @param name of the load balancer or listener; {@code alarm} for the alarm rules
 * @param baking whether it failed in a bake
 * @param instance "" for the alarm rules
 */
public record GateFailure(String name, int batch, boolean baking, String instance, String message) {
  /** Those of an execution: of a loop its items, which name the instance. */
  static List<GateFailure> of(Execution execution, List<TaskExecution> tasks) {
    List<String> names = execution.listParameter("gateNames");
    List<GateFailure> failures = new ArrayList<>();
    for (TaskExecution task : tasks) {
      GateTasks.GateTask gate = GateTasks.of(task.name()).orElse(null);
      if (gate == null || !task.status().isFailed()) {
        continue;
      }
      boolean alarm = gate.source() == 0;
      if (alarm || !task.loopItem().isEmpty()) {
        String name =
            alarm
                ? "alarm"
                : gate.source() <= names.size() ? names.get(gate.source() - 1) : task.name();
        failures.add(
            new GateFailure(
                name, gate.batch(), gate.look() > 0, task.loopItem(), task.statusMessage()));
      }
    }
    return failures;
  }

  /** What the gates of an execution look at now, in words; "" if they do not. */
  public static String now(Execution execution) {
    return execution.currentTasks().stream()
        .flatMap(task -> GateTasks.of(task).stream())
        .findFirst()
        .map(
            gate ->
                gate.look() > 0
                    ? "bakes batch " + gate.batch()
                    : "waits for the gates behind batch " + gate.batch())
        .orElse("");
  }
}
