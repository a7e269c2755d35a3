package oosh.aliyun;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import oosh.json.StrictJson;
import oosh.rollout.cloud.Counters;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.cloud.LogLine;
import oosh.rollout.cloud.TaskExecution;
import org.jspecify.annotations.Nullable;

/** OOS's answers as values: executions, their tasks and logs, and the rights that a role lacks. */
final class ExecutionParser {
  /**
   * Of a child's parameters these are kept: the others hold the script once more, and ten thousand
   * children would hold it ten thousand times.
   */
  private static final Set<String> CHILD_PARAMETERS = Set.of("instanceId", "lifecycleState");

  /** A reason is a sentence or two; of a longer one this much is kept. */
  private static final int MAX_REASON = 2000;

  private final RpcService oos;

  ExecutionParser(RpcService oos) {
    this.oos = oos;
  }

  Execution execution(JsonObject o) {
    return execution(o, JsonFields.objectIn(o, "Parameters"));
  }

  Execution child(JsonObject o) {
    JsonObject all = JsonFields.objectIn(o, "Parameters");
    JsonObject kept = new JsonObject();
    CHILD_PARAMETERS.stream().filter(all::has).forEach(name -> kept.add(name, all.get(name)));
    return execution(o, kept);
  }

  private Execution execution(JsonObject o, JsonObject parameters) {
    String parent = JsonFields.text(o, "ParentExecutionId");
    Instant created = JsonFields.time(o, "CreateDate");
    Map<String, String> tags = new LinkedHashMap<>();
    JsonObject tagged = JsonFields.objectIn(o, "Tags");
    tagged.keySet().forEach(name -> tags.put(name, JsonFields.jsonText(tagged, name)));
    return new Execution(
        oos.id(o, "ExecutionId"),
        JsonFields.text(o, "TemplateName"),
        new ExecutionStatus(JsonFields.text(o, "Status")),
        reason(o),
        JsonFields.text(o, "WaitingStatus"),
        StrictJson.values(parameters),
        currentTasks(o),
        parent.isEmpty() ? null : parent,
        bounded(o, "ExecutedBy"),
        bounded(o, "Description"),
        tags,
        created == null ? JsonFields.time(o, "StartDate") : created,
        JsonFields.time(o, "EndDate"),
        counters(o));
  }

  /**
   * Reads the counters, of which the SDK for Java makes texts; null unless all three are whole
   * numbers that can be counters. OOS may say more of them.
   */
  private static @Nullable Counters counters(JsonObject o) {
    JsonObject counters = JsonFields.objectIn(o, "Counters");
    List<Long> numbers =
        Stream.of("Failed", "Success", "Total")
            .flatMap(name -> JsonFields.whole(JsonFields.text(counters, name)).stream())
            .toList();
    return numbers.size() == 3 && Counters.count(numbers.get(0), numbers.get(1), numbers.get(2))
        ? new Counters(
            numbers.get(0).intValue(), numbers.get(1).intValue(), numbers.get(2).intValue())
        : null;
  }

  private static String reason(JsonObject o) {
    return bounded(o, "StatusMessage");
  }

  private static String bounded(JsonObject o, String name) {
    String reason = JsonFields.text(o, name);
    return reason.length() <= MAX_REASON ? reason : reason.substring(0, MAX_REASON) + "…";
  }

  private static List<String> currentTasks(JsonObject o) {
    return JsonFields.objects(o.get("CurrentTasks")).orElse(List.of()).stream()
        .map(task -> JsonFields.text(task, "TaskName"))
        .filter(name -> !name.isEmpty())
        .toList();
  }

  TaskExecution task(JsonObject o) {
    return new TaskExecution(
        oos.id(o, "TaskExecutionId"),
        JsonFields.text(o, "ExecutionId"),
        JsonFields.text(o, "TaskName"),
        JsonFields.text(o, "TaskAction"),
        new ExecutionStatus(JsonFields.text(o, "Status")),
        reason(o),
        JsonFields.jsonText(o, "LoopItem"),
        JsonFields.count(o, "LoopBatchNumber"),
        JsonFields.text(o, "ChildExecutionId"),
        JsonFields.time(o, "StartDate"),
        JsonFields.time(o, "EndDate"));
  }

  static LogLine logLine(JsonObject o) {
    return new LogLine(
        JsonFields.text(o, "Timestamp"),
        JsonFields.text(o, "LogType"),
        JsonFields.text(o, "TaskExecutionId"),
        JsonFields.text(o, "Message"));
  }

  /**
   * A list of Action, ServiceName and Resources (source: OOS's SDK, GenerateExecutionPolicy,
   * 2025-05), or a policy with such statements; whether the service's name stands before each
   * action is not said.
   */
  static List<String> missingRights(JsonObject answer) {
    JsonElement policy = JsonFields.parsed(answer, "MissingPolicy");
    Set<String> rights = new LinkedHashSet<>();
    for (JsonObject statement :
        JsonFields.objects(policy instanceof JsonObject o ? o.get("Statement") : policy)
            .orElse(List.of())) {
      String service = JsonFields.text(statement, "ServiceName").toLowerCase(Locale.ROOT);
      for (String name : JsonFields.texts(statement.get("Action"))) {
        rights.add(service.isEmpty() || name.contains(":") ? name : service + ":" + name);
      }
    }
    rights.remove("");
    return List.copyOf(rights);
  }
}
