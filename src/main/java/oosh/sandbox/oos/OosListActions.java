package oosh.sandbox.oos;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import oosh.sandbox.api.ApiAction;
import oosh.sandbox.api.ApiCall;
import oosh.sandbox.api.ApiException;
import oosh.sandbox.api.VendorTimes;
import oosh.sandbox.api.WireJson;
import oosh.sandbox.play.Engine;
import oosh.sandbox.state.EmulatedExecution;
import oosh.sandbox.state.EmulatedTask;
import oosh.sandbox.state.ExecutionLogLine;
import oosh.sandbox.state.FaultInjection;
import oosh.sandbox.state.SandboxState;
import oosh.sandbox.state.StoredTemplate;
import org.jspecify.annotations.Nullable;

/** The lists of OOS: executions, task executions, log lines, results by instance. */
final class OosListActions {

  private final Engine engine;
  private final SandboxState world;

  OosListActions(Engine engine) {
    this.engine = engine;
    this.world = engine.world;
  }

  Map<String, ApiAction> actions() {
    Map<String, ApiAction> actions = new LinkedHashMap<>();
    actions.put("ListExecutions", this::executions);
    actions.put("ListTaskExecutions", this::taskExecutions);
    actions.put("ListExecutionLogs", this::logs);
    actions.put("ListResourceExecutionStatus", this::resources);
    return actions;
  }

  private JsonObject executions(ApiCall call) {
    String depth = call.oneOf("Depth");
    if (depth != null && call.get("IncludeChildExecution") != null) {
      // Source: the Go SDK's comment on Depth: they exclude each other; the words are
      // assumed.
      throw ApiException.invalid("\"Depth\" and \"IncludeChildExecution\" exclude each other.");
    }
    boolean include = call.flag("IncludeChildExecution") || "FirstChildDepth".equals(depth);
    boolean named = call.get("ExecutionId") != null || call.get("ParentExecutionId") != null;
    boolean children = depth == null ? include || named : include;
    Map<String, String> tags = OosTags.of(call.get("Tags"));
    List<String> categories = call.list("Categories");
    long youngest = engine.now() - FaultInjection.lateness(world.faults, !tags.isEmpty());
    Predicate<EmulatedExecution> fits =
        e ->
            (children || !e.child())
                && (!"FirstChildDepth".equals(depth) || !e.child() || firstChild(e))
                && world.rootOf(e).createdAt <= youngest
                && e.regionId.equals(call.region())
                && is(call, "ExecutionId", e.id)
                && is(call, "ParentExecutionId", e.parentId == null ? "" : e.parentId)
                && is(call, "Status", e.status)
                && e.templateName.contains(call.get("TemplateName", ""))
                && is(call, "Mode", e.mode)
                && is(call, "Category", "Other")
                && (categories.isEmpty() || categories.contains("Other"))
                && is(call, "ExecutedBy", StoredTemplate.CALLER)
                && is(call, "RamRole", OosResponses.ramRole(e))
                && is(call, "Description", e.description)
                && is(call, "ResourceGroupId", "")
                && is(call, "ResourceTemplateName", "")
                && (call.get("ResourceId") == null || touches(e, call.get("ResourceId", "")))
                && e.tags.entrySet().containsAll(tags.entrySet())
                && between(call, "StartDate", e.createdAt)
                && between(call, "EndDate", e.endedAt);
    List<EmulatedExecution> found = new ArrayList<>(among(call).stream().filter(fits).toList());
    sort(call, found, e -> e.createdAt, e -> e.endedAt, e -> e.status);
    return OosPage.of(call, found, "Executions", e -> e.id, e -> OosResponses.listed(e, world));
  }

  private boolean firstChild(EmulatedExecution e) {
    EmulatedExecution parent = world.parentOf(e);
    return parent != null && !parent.child();
  }

  /** Those that the call names by their id or their parent's; all of them otherwise. */
  private Collection<EmulatedExecution> among(ApiCall call) {
    String id = call.get("ExecutionId");
    String parent = call.get("ParentExecutionId");
    if (id != null) {
      EmulatedExecution named = world.executions.get(id);
      return named == null ? List.of() : List.of(named);
    }
    return parent == null || parent.isEmpty() ? world.executions.values() : world.children(parent);
  }

  private static boolean touches(EmulatedExecution e, String instanceId) {
    return e.parameter("instanceId").equals(instanceId)
        || e.turns.stream().anyMatch(t -> t.instanceId.equals(instanceId) && !t.taskId.isEmpty());
  }

  private JsonObject taskExecutions(ApiCall call) {
    boolean include =
        call.flag("IncludeChildTaskExecution")
            || call.get("ParentTaskExecutionId") != null
            || call.get("TaskExecutionId") != null;
    List<EmulatedTask> found = new ArrayList<>();
    for (EmulatedExecution e : among(call)) {
      if (e.regionId.equals(call.region()) && is(call, "ExecutionId", e.id)) {
        for (EmulatedTask t : e.tasks) {
          if ((include || t.parentTaskId == null)
              && is(call, "TaskExecutionId", t.id)
              && is(call, "TaskName", t.name)
              && is(call, "TaskAction", t.action)
              && is(call, "ParentTaskExecutionId", t.parentTaskId == null ? "" : t.parentTaskId)
              && is(call, "Status", t.status)
              && between(call, "StartDate", t.createdAt)
              && between(call, "EndDate", t.endedAt)) {
            found.add(t);
          }
        }
      }
    }
    sort(call, found, t -> t.createdAt, t -> t.endedAt, t -> t.status);
    return OosPage.of(
        call, found, "TaskExecutions", t -> t.id, t -> OosResponses.task(t, executionOf(t)));
  }

  private EmulatedExecution executionOf(EmulatedTask task) {
    EmulatedExecution execution = world.executions.get(task.executionId);
    if (execution == null) {
      throw new IllegalStateException("no execution " + task.executionId);
    }
    return execution;
  }

  /** The lines of one execution, the oldest first. */
  private JsonObject logs(ApiCall call) {
    EmulatedExecution execution = world.executions.get(call.required("ExecutionId"));
    List<ExecutionLogLine> lines = execution == null ? List.of() : execution.logs;
    String task = call.get("TaskExecutionId");
    List<ExecutionLogLine> found =
        lines.stream()
            .filter(line -> task == null || task.equals(line.taskId()))
            .filter(line -> is(call, "LogType", "System"))
            .toList();
    JsonObject answer =
        OosPage.of(
            call,
            found,
            "ExecutionLogs",
            line -> String.valueOf(lines.indexOf(line)),
            line ->
                WireJson.object(
                    "TaskExecutionId",
                    line.taskId() == null ? "" : line.taskId(),
                    "LogType",
                    "System",
                    "Message",
                    line.message(),
                    "Timestamp",
                    VendorTimes.seconds(line.at())));
    answer.addProperty("IsTruncated", !answer.get("NextToken").getAsString().isEmpty());
    return answer;
  }

  private JsonObject resources(ApiCall call) {
    List<EmulatedExecution> children = world.children(call.required("ExecutionId"));
    return OosPage.of(
        call,
        children,
        "ResourceExecutionStatus",
        e -> e.id,
        e ->
            WireJson.object(
                "ResourceId", e.parameter("instanceId"),
                "ExecutionId", e.id,
                "ExecutionTime", VendorTimes.seconds(e.createdAt),
                "Status", e.status,
                "Outputs", e.outputs));
  }

  private static boolean is(ApiCall call, String name, String value) {
    String wanted = call.get(name);
    return wanted == null || wanted.equals(value);
  }

  /** {@code …Before} and {@code …After}, both inclusive; what has no date yet fits neither. */
  private static boolean between(ApiCall call, String name, long at) {
    Long before = moment(call, name + "Before");
    Long after = moment(call, name + "After");
    if (before == null && after == null) {
      return true;
    }
    long second = at / 1000 * 1000;
    return at != VendorTimes.NEVER
        && (before == null || second <= before)
        && (after == null || second >= after);
  }

  private static @Nullable Long moment(ApiCall call, String name) {
    String text = call.get(name);
    try {
      return text == null ? null : Instant.parse(text).toEpochMilli();
    } catch (DateTimeParseException refused) {
      throw ApiException.invalid("The parameter \"" + name + "\" is not an ISO 8601 UTC date.");
    }
  }

  /** By creation, the newest first, unless asked otherwise; ties by the order of creation. */
  private static <T> void sort(
      ApiCall call,
      List<T> found,
      Function<T, Long> created,
      Function<T, Long> ended,
      Function<T, String> status) {
    String field = call.oneOf("SortField");
    String order = call.oneOf("SortOrder");
    Comparator<T> comparator = Comparator.comparing(created);
    if ("EndDate".equals(field)) {
      comparator = Comparator.comparing(ended);
    } else if ("Status".equals(field)) {
      comparator = Comparator.comparing(status);
    }
    found.sort(comparator);
    if (!"Ascending".equals(order)) {
      java.util.Collections.reverse(found);
    }
  }
}
