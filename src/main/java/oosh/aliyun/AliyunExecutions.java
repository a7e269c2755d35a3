package oosh.aliyun;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import oosh.aliyun.CallFailureException.FailureReason;
import oosh.rollout.ParallelReads;
import oosh.rollout.Problem;
import oosh.rollout.cloud.CommandOutput;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.Executions;
import oosh.rollout.cloud.LogLine;
import oosh.rollout.cloud.NotifyType;
import oosh.rollout.cloud.StartRequest;
import oosh.rollout.cloud.TaskExecution;
import oosh.rollout.cloud.Template;
import oosh.rollout.update.UpdateMethod;
import org.jspecify.annotations.Nullable;

/** OOS, API 2019-06-01, in one region. */
final class AliyunExecutions implements Executions {
  /**
   * Lists the executions of the public rolling-update templates, by what their names have in
   * common; OOS matches parts.
   */
  private static final Map<String, String> PUBLIC =
      Map.of("TemplateName", "ACS-ESS-RollingUpdateBy");

  /** Lists the executions of oosh's own templates, and of others that are not public. */
  private static final Map<String, String> OWN =
      Map.of("Tags", OosRequests.json(Map.of(UpdateMethod.LISTED, UpdateMethod.YES)));

  private static final String STARTED_AFTER = "StartDateAfter";

  /** More than are started in an account within a few seconds, of all templates (assumed). */
  private static final int JUST_NOW = 20;

  /** ListExecutions' filter Status for executions that have not ended (source: API reference). */
  private static final List<String> UNFINISHED = List.of("Running", "Waiting");

  /** More than anybody has in flight in a region. */
  private static final int MAX_LISTED = 1_000;

  private static final Comparator<Execution> NEWEST_FIRST =
      Comparator.comparing(
          Execution::created, Comparator.nullsLast(Comparator.<Instant>reverseOrder()));

  private static final Duration START = Duration.ofSeconds(20);

  private final ParallelReads readers;
  private final RpcService oos;
  private final ExecutionParser parser;
  private final CommandOutputReader outputs;

  AliyunExecutions(RpcClient caller, ParallelReads readers) {
    this.readers = readers;
    this.oos = RpcService.oos(caller);
    this.parser = new ExecutionParser(oos);
    this.outputs = new CommandOutputReader(oos, RpcService.ecs(caller));
  }

  @Override
  public Execution start(StartRequest start) {
    return oos.change(
        "StartExecution",
        "start the execution",
        "type the same command again: it asks OOS first and cannot start a second execution",
        START,
        () -> OosRequests.start(start),
        answer -> {
          if (!(answer.get("Execution") instanceof JsonObject execution)
              || !JsonFields.text(execution, "ExecutionId").matches(RpcService.ID)) {
            throw CallFailureException.of(FailureReason.NO_ID, oos.host(), 200);
          }
          return parser.execution(execution);
        });
  }

  @Override
  public Optional<Execution> find(String id) {
    checkId(id);
    return list(
            "read execution " + id,
            // A child's id must be found too.
            Map.of("ExecutionId", id, "IncludeChildExecution", "true"),
            parser::execution,
            1)
        .stream()
        .filter(e -> e.id().equals(id))
        .findFirst();
  }

  @Override
  public List<Execution> children(String parentId) {
    checkId(parentId);
    return list(
        "read the children of " + parentId,
        OosRequests.childrenOf(parentId),
        parser::child,
        Integer.MAX_VALUE);
  }

  @Override
  public Map<String, String> outputs(String parentId) {
    checkId(parentId);
    return outputs.listed(parentId);
  }

  @Override
  public CommandOutput output(String childExecutionId, String instance) {
    checkId(childExecutionId);
    return outputs.of(childExecutionId, instance);
  }

  @Override
  public List<Execution> recent(@Nullable Instant since, int limit) {
    if (limit <= 0) {
      return List.of();
    }
    List<Execution> all = new ArrayList<>(roots(since, null, limit, PUBLIC));
    all.addAll(roots(since, null, limit, OWN));
    all.sort(NEWEST_FIRST);
    return List.copyOf(all.subList(0, Math.min(limit, all.size())));
  }

  /**
   * The newest page, where what has just begun stands, and whatever runs or waits however old it
   * is: an execution that paused a week ago has left the newest page.
   */
  @Override
  public List<Execution> unfinished() {
    List<ParallelReads.PendingRead<List<Execution>>> lists = new ArrayList<>();
    lists.add(readers.begin(() -> roots(null, null, RpcService.MIN_PAGE, PUBLIC)));
    for (String status : UNFINISHED) {
      lists.add(readers.begin(() -> roots(null, status, MAX_LISTED, PUBLIC)));
    }
    // Nothing but oosh makes these: a page of the newest holds what can be under way.
    lists.add(readers.begin(() -> roots(null, null, RpcService.TOKEN_PAGE, OWN)));
    Map<String, Execution> byId = new LinkedHashMap<>();
    lists.forEach(list -> list.get().forEach(e -> byId.putIfAbsent(e.id(), e)));
    return byId.values().stream().filter(e -> !e.status().isFinal()).toList();
  }

  @Override
  public List<Execution> recentUnfinished() {
    return roots(null, null, JUST_NOW, Map.of()).stream()
        .filter(e -> !e.status().isFinal())
        .toList();
  }

  @Override
  public Page since(Instant since) {
    List<Execution> newest = roots(since, null, RpcService.TOKEN_PAGE, Map.of());
    return new Page(newest, newest.size() < RpcService.TOKEN_PAGE);
  }

  /** Root executions only: OOS lists no children unless it is asked for them. */
  private List<Execution> roots(
      @Nullable Instant since, @Nullable String status, int limit, Map<String, String> of) {
    Map<String, String> asked = new HashMap<>(of);
    asked.put("SortField", "StartDate");
    asked.put("SortOrder", "Descending");
    if (status != null) {
      asked.put("Status", status);
    }
    if (since != null) {
      asked.put(STARTED_AFTER, seconds(since));
    }
    return list("list the executions", asked, parser::execution, limit);
  }

  @Override
  public List<Execution> tagged(String key, String value, Instant since) {
    return list(
            "look for the execution",
            Map.of("Tags", OosRequests.json(Map.of(key, value)), STARTED_AFTER, seconds(since)),
            parser::execution,
            MAX_LISTED)
        .stream()
        // A service that did not heed the tag would list others' executions.
        .filter(e -> value.equals(e.tags().get(key)))
        .toList();
  }

  private static String seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private <T> List<T> list(
      String doing, Map<String, String> filter, Function<JsonObject, T> entry, int limit) {
    return oos.list("ListExecutions", doing, filter, "Executions", entry, limit);
  }

  @Override
  public List<TaskExecution> tasks(String executionId) {
    checkId(executionId);
    return oos.list(
        "ListTaskExecutions",
        "read the tasks of " + executionId,
        OosRequests.tasksOf(executionId),
        "TaskExecutions",
        parser::task,
        Integer.MAX_VALUE);
  }

  @Override
  public List<LogLine> logs(String executionId) {
    checkId(executionId);
    return oos.list(
        "ListExecutionLogs",
        "read the log of " + executionId,
        Map.of("ExecutionId", executionId),
        "ExecutionLogs",
        ExecutionParser::logLine,
        Integer.MAX_VALUE);
  }

  @Override
  public List<String> missingRights(String template, String content, String role) {
    return oos.read(
        "GenerateExecutionPolicy",
        "read the rights of the role",
        () -> OosRequests.policy(template, content, role),
        ExecutionParser::missingRights);
  }

  @Override
  public Optional<String> refusal(String content) {
    try {
      JsonObject unused =
          oos.read(
              "ValidateTemplateContent",
              "check the template",
              () -> OosRequests.validation(content),
              answer -> answer);
      return Optional.empty();
    } catch (Problem p) {
      String code = p.service();
      if (p.kind() != Problem.Kind.REFUSED || code == null || CallFailureMapper.isOfARight(code)) {
        throw p;
      }
      return Optional.of(p.why());
    }
  }

  @Override
  public Optional<Template> template(String name, String version) {
    if (!name.matches("[A-Za-z0-9_-]{1,200}") || !version.matches("[A-Za-z0-9._-]{0,64}")) {
      throw Problem.usage(
          "\"" + CallFailureMapper.clean(name) + "\" is not a valid template name",
          "it has 1 to 200 letters, digits, hyphens and underscores",
          "use method template NAME, or NAME@v2 for a version");
    }
    try {
      return Optional.of(
          oos.read(
              "GetTemplate",
              "read the template " + name,
              version.isEmpty()
                  ? Map.of("TemplateName", name)
                  : Map.of("TemplateName", name, "TemplateVersion", version),
              answer ->
                  TemplateContentParser.of(
                          name,
                          JsonFields.text(
                              JsonFields.objectIn(answer, "Template"), "TemplateVersion"),
                          JsonFields.jsonText(answer, "Content"))
                      .orElseThrow(oos::badShape)));
    } catch (Problem p) {
      String said = p.service();
      if (said != null && said.startsWith("EntityNotExists.Template")) {
        return Optional.empty();
      }
      throw p;
    }
  }

  @Override
  public void cancel(String id) {
    checkId(id);
    oos.change(
        "CancelExecution",
        "cancel " + id,
        "watch " + id,
        RpcService.READ,
        Map.of("ExecutionId", id));
  }

  @Override
  public void tag(String id, String key, String value) {
    checkId(id);
    oos.change(
        "TagResources",
        "tag " + id,
        "show " + id,
        RpcService.READ,
        Map.of(
            "ResourceType", "execution",
            "ResourceIds", OosRequests.json(List.of(id)),
            "Tags", OosRequests.json(Map.of(key, value))));
  }

  @Override
  public void notify(String id, NotifyType type, List<String> taskExecutionIds) {
    checkId(id);
    Map<String, String> signal =
        new HashMap<>(Map.of("ExecutionId", id, "NotifyType", type.word()));
    if (!taskExecutionIds.isEmpty()) {
      signal.put("TaskExecutionIds", OosRequests.json(taskExecutionIds));
    }
    notify(id, type, signal);
  }

  @Override
  public void answer(String id, NotifyType answer, String note) {
    checkId(id);
    Map<String, String> signal =
        new HashMap<>(Map.of("ExecutionId", id, "NotifyType", answer.word()));
    if (!note.isEmpty()) {
      signal.put("NotifyNote", note);
    }
    notify(id, answer, signal);
  }

  private void notify(String id, NotifyType type, Map<String, String> signal) {
    oos.change(
        "NotifyExecution",
        "send " + type.word() + " to " + id,
        "watch " + id,
        RpcService.READ,
        signal);
  }

  private static void checkId(String id) {
    if (!id.matches(RpcService.ID)) {
      throw Problem.usage(
          "\"" + CallFailureMapper.clean(id) + "\" is not a valid execution id",
          "an id looks like exec-1a2b3c4d5e6f",
          "history lists the executions that were launched from here");
    }
  }
}
