package oosh.sandbox.oos;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import oosh.sandbox.api.ApiAction;
import oosh.sandbox.api.ApiCall;
import oosh.sandbox.api.ApiException;
import oosh.sandbox.play.Engine;
import oosh.sandbox.state.EmulatedExecution;
import oosh.sandbox.state.EmulatedTask;
import oosh.sandbox.state.ExecutionLogLine;
import oosh.sandbox.state.FaultInjection;
import oosh.sandbox.state.SandboxState;
import org.jspecify.annotations.Nullable;

/** The lists of OOS: executions, task executions, log lines, results by instance. */
final class OosListActions {
  private final Engine engine;
  private final SandboxState state;

  OosListActions(Engine engine) {
    this.engine = engine;
    this.state = engine.state;
  }

  Map<String, ApiAction> actions() {
    Map<String, ApiAction> actions = new LinkedHashMap<>();
    actions.put("ListExecutions", ApiAction.list(this::executions));
    actions.put("ListTaskExecutions", ApiAction.list(this::tasks));
    actions.put("ListExecutionLogs", ApiAction.list(this::logs));
    return actions;
  }

  private Collection<?> executions(ApiCall call) {
    String depth = call.get("Depth");
    if (depth != null && call.get("IncludeChildExecution") != null) {
      // Source: the Go SDK's comment on Depth: they exclude each other; the words are assumed.
      throw ApiException.invalid("\"Depth\" and \"IncludeChildExecution\" exclude each other.");
    }
    boolean firstChildren = "FirstChildDepth".equals(depth);
    boolean named = call.get("ExecutionId") != null || call.get("ParentExecutionId") != null;
    boolean children =
        call.flag("IncludeChildExecution") || firstChildren || (depth == null && named);
    Map<String, String> tags = OosTags.of(call.get("Tags"));
    String resource = call.get("ResourceId");
    long youngest = engine.now() - FaultInjection.lateness(state.faults, !tags.isEmpty());
    return among(call)
        .filter(e -> !e.child() || (children && (!firstChildren || isFirstChild(e))))
        .filter(e -> state.rootOf(e).createdAt <= youngest)
        .filter(e -> resource == null || touches(e, resource))
        .filter(e -> e.tags.entrySet().containsAll(tags.entrySet()))
        .map(e -> new ExecutionItem(e, state))
        .toList();
  }

  private boolean isFirstChild(EmulatedExecution e) {
    EmulatedExecution parent = state.parentOf(e);
    return parent != null && !parent.child();
  }

  /** The executions that the call names by their id or their parent's; otherwise all. */
  private Stream<EmulatedExecution> among(ApiCall call) {
    String id = call.get("ExecutionId");
    String parent = call.get("ParentExecutionId");
    if (id != null) {
      return Stream.ofNullable(state.executions.get(id));
    }
    return (parent == null ? state.executions.values() : state.children(parent)).stream();
  }

  private static boolean touches(EmulatedExecution e, String instanceId) {
    return e.parameter("instanceId").equals(instanceId)
        || e.tasks.values().stream().anyMatch(t -> instanceId.equals(t.loopItem));
  }

  record TaskItem(EmulatedTask task, EmulatedExecution execution) {
    @Nullable Integer loopBatchNumber() {
      return task.loopItem == null ? null : task.loopBatch;
    }

    @Nullable Map<String, Integer> loop() {
      return task.loopSize < 0 ? null : Map.of("Total", task.loopSize, "Batch", task.loopBatch);
    }
  }

  private Collection<?> tasks(ApiCall call) {
    boolean children =
        call.flag("IncludeChildTaskExecution")
            || call.get("ParentTaskExecutionId") != null
            || call.get("TaskExecutionId") != null;
    return among(call)
        .flatMap(e -> e.tasks.values().stream().map(t -> new TaskItem(t, e)))
        .filter(item -> children || item.task().parentTaskId == null)
        .toList();
  }

  record LogItem(int number, @Nullable String taskId, String message, long at) {}

  /** The lines of one execution, the oldest first. */
  private Collection<?> logs(ApiCall call) {
    EmulatedExecution execution = state.executions.get(call.required("ExecutionId"));
    List<LogItem> lines = new ArrayList<>();
    for (ExecutionLogLine line : execution == null ? List.<ExecutionLogLine>of() : execution.logs) {
      lines.add(new LogItem(lines.size(), line.taskId(), line.message(), line.at()));
    }
    return lines;
  }
}
