package oosh.sandbox.oos;

import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import oosh.sandbox.state.EmulatedExecution;
import oosh.sandbox.state.EmulatedTask;
import oosh.sandbox.state.SandboxState;

/** An execution with what OOS answers of it besides its own fields. */
record ExecutionItem(EmulatedExecution execution, SandboxState state) {
  String ramRole() {
    return execution.parameter("OOSAssumeRole");
  }

  boolean isParent() {
    return !state.children(execution.id).isEmpty();
  }

  /** As ListExecutions has them: with the script of an execution that runs a script. */
  JsonObject parameters() {
    if (execution.script.isEmpty()) {
      return execution.parameters;
    }
    JsonObject parameters = execution.parameters.deepCopy();
    parameters.addProperty("commandContent", state.script(execution.script));
    return parameters;
  }

  /** How many children have each status. */
  Map<String, Integer> resourceStatus() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    state.children(execution.id).forEach(child -> counts.merge(child.status, 1, Integer::sum));
    return counts;
  }

  /** Assumed: a root counts the items of its loops over instances, a child counts its tasks. */
  Map<String, Integer> counters() {
    boolean loop = !execution.turns.isEmpty();
    List<EmulatedTask> counted =
        execution.tasks.values().stream()
            .filter(t -> loop ? t.childExecutionId != null : t.parentTaskId == null)
            .toList();
    long failed = counted.stream().filter(EmulatedTask::failed).count();
    long done = counted.stream().filter(EmulatedTask::succeeded).count();
    int total = loop ? Math.max(execution.turns.size(), items(counted)) : counted.size();
    return Map.of("Failed", (int) failed, "Success", (int) done, "Total", total);
  }

  /** The items of all the loops that these are of. */
  private int items(List<EmulatedTask> runs) {
    return runs.stream()
        .map(run -> run.parentTaskId)
        .distinct()
        .mapToInt(loop -> execution.taskById("" + loop).loopSize)
        .sum();
  }

  List<EmulatedTask> currentTasks() {
    return execution.tasks.values().stream()
        .filter(t -> t.parentTaskId == null)
        .filter(t -> t.running() || (execution.waiting() && t.failed()))
        .toList();
  }
}
