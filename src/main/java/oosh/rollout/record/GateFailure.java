package oosh.rollout.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.TaskExecution;
import oosh.rollout.update.GateTasks;
import oosh.rollout.update.OoshTemplate;

/**
 * What ended an execution between its instances: a look of a gate that failed, or a count of all
 * failures that was too high.
 *
 * @param name of the load balancer or listener; {@code alarm} and the rules for those; {@code
 *     max-errors} for the count
 * @param baking whether it failed in a bake
 * @param instance "" for the alarm rules, and where it could not look at all
 * @param message OOS's words
 */
public record GateFailure(String name, int batch, boolean baking, String instance, String message) {
  static final String MAX_ERRORS = "max-errors";

  /** Those of an execution: of a loop its items, which name the instance, or else the loop. */
  static List<GateFailure> of(Execution execution, List<TaskExecution> tasks) {
    List<String> names = execution.listParameter("gateNames");
    Set<String> loops =
        tasks.stream()
            .filter(t -> t.status().isFailed() && !t.loopItem().isEmpty())
            .map(TaskExecution::name)
            .collect(Collectors.toSet());
    List<GateFailure> failures = new ArrayList<>();
    for (TaskExecution task : tasks) {
      int counted = OoshTemplate.countsErrors(task.name());
      if (counted > 0 && task.status().isFailed()) {
        failures.add(
            new GateFailure(MAX_ERRORS, counted, false, "", tooMany(execution, tasks, task)));
      }
      GateTasks.GateTask gate = GateTasks.of(task.name()).orElse(null);
      if (gate == null || !task.status().isFailed()) {
        continue;
      }
      boolean alarm = gate.source() == 0;
      if (!task.loopItem().isEmpty() || !loops.contains(task.name())) {
        String name =
            alarm
                ? ("alarm " + String.join(", ", execution.listParameter("gateRules"))).strip()
                : gate.source() <= names.size() ? names.get(gate.source() - 1) : task.name();
        failures.add(
            new GateFailure(
                name, gate.batch(), gate.look() > 0, task.loopItem(), task.statusMessage()));
      }
    }
    return failures;
  }

  /** Why a count ended it. OOS's words about a value are not published: what failed tells. */
  private static String tooMany(
      Execution execution, List<TaskExecution> tasks, TaskExecution count) {
    long failed =
        tasks.stream()
            .filter(t -> OoshTemplate.batch(t.name()) > 0 && !t.loopItem().isEmpty())
            .filter(t -> t.status().isFailed())
            .map(TaskExecution::loopItem)
            .distinct()
            .count();
    boolean few =
        execution.parameters().get("rateControl") instanceof Map<?, ?> rate
            && rate.get("MaxErrors") instanceof Number most
            && failed <= most.longValue();
    return few
        ? "the failures could not be counted: " + count.statusMessage()
        : "more have failed than may";
  }

  public boolean isTooManyErrors() {
    return name.equals(MAX_ERRORS);
  }

  /** {@code alb lsn-1 after batch 2: i-bp1c, i-bp1d}: the first that failed; "" if none did. */
  public static String words(List<GateFailure> failures) {
    if (failures.isEmpty()) {
      return "";
    }
    GateFailure first = failures.get(0);
    String instances =
        failures.stream()
            .filter(f -> f.name().equals(first.name()) && !f.instance().isEmpty())
            .map(GateFailure::instance)
            .distinct()
            .collect(Collectors.joining(", "));
    return first.name()
        + (first.baking() ? " in the bake of batch " : " after batch ")
        + first.batch()
        + (instances.isEmpty() ? "" : ": " + instances);
  }

  /** Whether OOS's words say that a rule is in ALARM (assumed: they name the value, "alarm"). */
  public boolean inAlarm() {
    return name.startsWith("alarm") && message.contains("value is alarm");
  }

  /** What the gates of an execution look at now, in words; "" if they do not. */
  public static String now(Execution execution) {
    return execution.currentTasks().stream()
        .flatMap(task -> GateTasks.of(task).stream())
        .findFirst()
        .map(
            gate ->
                gate.look() > 0
                    ? "bakes batch " + gate.batch() + ", look " + gate.look()
                    : "waits for the gates behind batch " + gate.batch())
        .orElse("");
  }
}
