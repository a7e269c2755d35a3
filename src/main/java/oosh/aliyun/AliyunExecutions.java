package oosh.aliyun;

import com.aliyuncs.AcsRequest;
import com.aliyuncs.oos.model.v20190601.CancelExecutionRequest;
import com.aliyuncs.oos.model.v20190601.GenerateExecutionPolicyRequest;
import com.aliyuncs.oos.model.v20190601.GetTemplateRequest;
import com.aliyuncs.oos.model.v20190601.ListExecutionLogsRequest;
import com.aliyuncs.oos.model.v20190601.ListExecutionsRequest;
import com.aliyuncs.oos.model.v20190601.ListTaskExecutionsRequest;
import com.aliyuncs.oos.model.v20190601.NotifyExecutionRequest;
import com.aliyuncs.oos.model.v20190601.StartExecutionRequest;
import com.aliyuncs.oos.model.v20190601.ValidateTemplateContentRequest;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import oosh.json.StrictJson;
import oosh.rollout.OnFailure;
import oosh.rollout.ParallelReads;
import oosh.rollout.Problem;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.ExecutionStatus;
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
  /** What the names of the public rolling-update templates have in common; OOS matches parts. */
  private static final String TEMPLATES = "ACS-ESS-RollingUpdateBy";

  /** The range of MaxResults in ListExecutions (source: the API reference). */
  private static final int MIN_PAGE = 10;

  /** More than are started in an account within a few seconds, of all templates (assumed). */
  private static final int JUST_NOW = 20;

  private static final int MAX_PAGE = 100;

  /** In characters: what is kept of the outputs of all child executions. */
  private static final int MOST_OUTPUTS = 4 * 1024 * 1024;

  /** Words of ListExecutions' filter Status for what goes on (source: the API reference). */
  private static final List<String> UNFINISHED = List.of("Running", "Waiting");

  /** More than anybody has in flight in a region. */
  private static final int MAX_LISTED = 1_000;

  /** A loop of the service's making ends here: 20,000 entries. */
  private static final int MAX_PAGES = 200;

  /**
   * Of a child's parameters these are kept: the others hold the script once more, and ten thousand
   * children would hold it ten thousand times.
   */
  private static final Set<String> CHILD_PARAMETERS = Set.of("instanceId", "lifecycleState");

  /** A reason is a sentence or two; of a longer one in a list, this much is kept. */
  private static final int MAX_REASON = 2000;

  /** What the tasks of one execution may have put out, in characters; a hundred full scripts'. */
  private static final int MAX_OUTPUTS = 4 * 1024 * 1024;

  /** What an execution's or a task execution's id is made of (assumed: none with more is known). */
  private static final String ID = "[A-Za-z0-9._#-]{1,128}";

  private static final Comparator<Execution> NEWEST_FIRST =
      Comparator.comparing(
          Execution::created, Comparator.nullsLast(Comparator.<Instant>reverseOrder()));

  private static final Duration READ = Duration.ofSeconds(10);

  /** For all pages of a list together; each page has a deadline of its own. */
  private static final Duration WHOLE_LIST = Duration.ofMinutes(5);

  private static final Duration START = Duration.ofSeconds(20);

  private static final Gson GSON =
      new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

  private final RpcClient caller;
  private final ParallelReads readers;
  private final String host;

  AliyunExecutions(RpcClient caller) {
    this(caller, ParallelReads.IN_TURN);
  }

  AliyunExecutions(RpcClient caller, ParallelReads readers) {
    this.caller = caller;
    this.readers = readers;
    this.host = Endpoints.oos(caller.region());
  }

  /**
   * The SDK puts every parameter into the address, which gateways cut at a few kilobytes and
   * proxies write into their logs; this one puts the long and the private ones into the form body.
   */
  private static final class StartFormRequest extends StartExecutionRequest {
    StartFormRequest(StartRequest start) {
      if (start.content().isEmpty()) {
        setTemplateName(start.template());
        if (!start.version().isEmpty()) {
          setTemplateVersion(start.version());
        }
      } else {
        putBodyParameter("TemplateContent", (Object) start.content());
      }
      setClientToken(start.clientToken());
      if (start.onFailure() != OnFailure.STOP) {
        setMode(start.onFailure().word());
      }
      putBodyParameter("Parameters", (Object) GSON.toJson(start.parameters()));
      if (!start.tags().isEmpty()) {
        putBodyParameter("Tags", (Object) GSON.toJson(start.tags()));
      }
      if (!start.description().isEmpty()) {
        putBodyParameter("Description", (Object) start.description());
      }
    }
  }

  @Override
  public Execution start(StartRequest start) {
    CallFailureMapper.CallDescription asked =
        new CallFailureMapper.CallDescription(
            "oos:StartExecution",
            "start the execution",
            true,
            "the same command again: it asks OOS first, and starts nothing twice");
    return caller.call(
        asked,
        host,
        START,
        () -> new StartFormRequest(start),
        answer -> {
          if (!(answer.get("Execution") instanceof JsonObject execution)
              || !JsonFields.text(execution, "ExecutionId").matches(ID)) {
            throw CallFailureException.of(CallFailureException.FailureReason.NO_ID, host, 200);
          }
          return execution(execution);
        });
  }

  @Override
  public Optional<Execution> find(String id) {
    checkId(id);
    List<Execution> found =
        pages(
            CallFailureMapper.CallDescription.reading("oos:ListExecutions", "read execution " + id),
            token -> {
              ListExecutionsRequest request = new ListExecutionsRequest();
              request.setExecutionId(id);
              // A child's id must be found too.
              request.setIncludeChildExecution(true);
              request.setNextToken(token);
              return request;
            },
            "Executions",
            this::execution,
            1);
    return found.stream().filter(e -> e.id().equals(id)).findFirst();
  }

  @Override
  public List<Execution> children(String parentId) {
    return children(parentId, this::child);
  }

  @Override
  public Map<String, String> outputs(String parentId) {
    Map<String, String> all = new LinkedHashMap<>();
    AtomicInteger room = new AtomicInteger(MOST_OUTPUTS);
    children(
        parentId,
        o -> {
          String outputs = JsonFields.jsonText(o, "Outputs");
          boolean well = new ExecutionStatus(JsonFields.text(o, "Status")).isSuccess();
          if (well && !outputs.isEmpty() && room.addAndGet(-outputs.length()) >= 0) {
            all.put(needId(o, "ExecutionId"), outputs);
          }
          return all;
        });
    return all;
  }

  private <T> List<T> children(String parentId, Function<JsonObject, T> child) {
    checkId(parentId);
    return pages(
        CallFailureMapper.CallDescription.reading(
            "oos:ListExecutions", "read the children of " + parentId),
        token -> {
          ListExecutionsRequest request = new ListExecutionsRequest();
          request.setParentExecutionId(parentId);
          request.setSortField("StartDate");
          request.setSortOrder("Ascending");
          request.setMaxResults(MAX_PAGE);
          request.setNextToken(token);
          return request;
        },
        "Executions",
        child,
        Integer.MAX_VALUE);
  }

  @Override
  public List<Execution> recent(@Nullable Instant since, int limit) {
    if (limit <= 0) {
      return List.of();
    }
    List<Execution> all = new ArrayList<>(roots(since, null, limit, TemplateFilter.PUBLIC));
    all.addAll(roots(since, null, limit, TemplateFilter.OWN));
    all.sort(NEWEST_FIRST);
    return List.copyOf(all.subList(0, Math.min(limit, all.size())));
  }

  /**
   * The newest page, where what has just begun stands, and whatever runs or waits however old it
   * is: one paused for a week has long left the newest page.
   */
  @Override
  public List<Execution> unfinished() {
    List<ParallelReads.PendingRead<List<Execution>>> lists = new ArrayList<>();
    lists.add(readers.begin(() -> roots(null, null, MIN_PAGE, TemplateFilter.PUBLIC)));
    for (String status : UNFINISHED) {
      lists.add(readers.begin(() -> roots(null, status, MAX_LISTED, TemplateFilter.PUBLIC)));
    }
    // Nothing but oosh makes these: a page of the newest holds what can be under way.
    lists.add(readers.begin(() -> roots(null, null, MAX_PAGE, TemplateFilter.OWN)));
    Map<String, Execution> byId = new LinkedHashMap<>();
    lists.forEach(list -> list.get().forEach(e -> byId.putIfAbsent(e.id(), e)));
    return byId.values().stream().filter(e -> !e.status().isFinal()).toList();
  }

  @Override
  public List<Execution> recentUnfinished() {
    return roots(null, null, JUST_NOW, TemplateFilter.ANY_TEMPLATE).stream()
        .filter(e -> !e.status().isFinal())
        .toList();
  }

  @Override
  public Page since(Instant since) {
    List<Execution> newest = roots(since, null, MAX_PAGE, TemplateFilter.ANY_TEMPLATE);
    return new Page(newest, newest.size() < MAX_PAGE);
  }

  /** The templates whose executions are listed. */
  private enum TemplateFilter {
    PUBLIC,
    /** oosh's own, and others that are not public. */
    OWN,
    ANY_TEMPLATE
  }

  /** Root executions only: that is what OOS gives unless asked for children. */
  private List<Execution> roots(
      @Nullable Instant since, @Nullable String status, int limit, TemplateFilter of) {
    return pages(
        CallFailureMapper.CallDescription.reading("oos:ListExecutions", "list the executions"),
        token -> {
          ListExecutionsRequest request = new ListExecutionsRequest();
          switch (of) {
            case PUBLIC -> request.setTemplateName(TEMPLATES);
            case OWN -> request.setTags(Map.of(UpdateMethod.LISTED, UpdateMethod.YES));
            case ANY_TEMPLATE -> {}
          }
          request.setStatus(status);
          request.setSortField("StartDate");
          request.setSortOrder("Descending");
          if (since != null) {
            request.setStartDateAfter(since.truncatedTo(ChronoUnit.SECONDS).toString());
          }
          request.setMaxResults(Math.min(MAX_PAGE, Math.max(MIN_PAGE, limit)));
          request.setNextToken(token);
          return request;
        },
        "Executions",
        o -> execution(o, StrictJson.values(JsonFields.objectIn(o, "Parameters")), false),
        limit);
  }

  @Override
  public List<Execution> tagged(String key, String value, Instant since) {
    List<Execution> found =
        pages(
            CallFailureMapper.CallDescription.reading(
                "oos:ListExecutions", "look for the execution"),
            token -> {
              ListExecutionsRequest request = new ListExecutionsRequest();
              request.setTags(Map.of(key, value));
              request.setStartDateAfter(since.truncatedTo(ChronoUnit.SECONDS).toString());
              request.setMaxResults(MAX_PAGE);
              request.setNextToken(token);
              return request;
            },
            "Executions",
            this::execution,
            MAX_LISTED);
    // A service that did not heed the tag would list others' executions.
    return found.stream().filter(e -> value.equals(e.tags().get(key))).toList();
  }

  @Override
  public List<TaskExecution> tasks(String executionId) {
    checkId(executionId);
    AtomicInteger room = new AtomicInteger(MAX_OUTPUTS);
    return pages(
        CallFailureMapper.CallDescription.reading(
            "oos:ListTaskExecutions", "read the tasks of " + executionId),
        token -> {
          ListTaskExecutionsRequest request = new ListTaskExecutionsRequest();
          request.setExecutionId(executionId);
          request.setIncludeChildTaskExecution(true);
          request.setSortField("StartDate");
          request.setSortOrder("Ascending");
          request.setMaxResults(MAX_PAGE);
          request.setNextToken(token);
          return request;
        },
        "TaskExecutions",
        o -> task(o, room),
        Integer.MAX_VALUE);
  }

  @Override
  public long droppedOutputBytes(String invokeId, String instance) {
    return new CloudAssistantClient(caller).dropped(invokeId, instance);
  }

  @Override
  public List<LogLine> logs(String executionId) {
    checkId(executionId);
    return pages(
        CallFailureMapper.CallDescription.reading(
            "oos:ListExecutionLogs", "read the log of " + executionId),
        token -> {
          ListExecutionLogsRequest request = new ListExecutionLogsRequest();
          request.setExecutionId(executionId);
          request.setMaxResults(MAX_PAGE);
          request.setNextToken(token);
          return request;
        },
        "ExecutionLogs",
        o ->
            new LogLine(
                JsonFields.text(o, "Timestamp"),
                JsonFields.text(o, "LogType"),
                JsonFields.text(o, "TaskExecutionId"),
                JsonFields.text(o, "Message")),
        Integer.MAX_VALUE);
  }

  /** The SDK's own request has no role, and takes no template that goes along. */
  private static final class PolicyFormRequest extends GenerateExecutionPolicyRequest {
    PolicyFormRequest(String template, String content, String role) {
      if (content.isEmpty()) {
        setTemplateName(template);
      } else {
        putBodyParameter("TemplateContent", (Object) content);
      }
      if (!role.isEmpty()) {
        putQueryParameter("RamRole", role);
      }
    }
  }

  @Override
  public List<String> missingRights(String template, String content, String role) {
    JsonObject answer =
        caller.call(
            CallFailureMapper.CallDescription.reading(
                "oos:GenerateExecutionPolicy", "read the rights of the role"),
            host,
            READ,
            () -> new PolicyFormRequest(template, content, role),
            found -> found);
    return missing(JsonFields.jsonText(answer, "MissingPolicy"));
  }

  /**
   * A list of Action, ServiceName and Resources (source: OOS's SDK, GenerateExecutionPolicy,
   * 2025-05), or a policy with such statements; whether the service's name stands before each
   * action is not said.
   */
  private static List<String> missing(String text) {
    JsonElement policy;
    try {
      policy = text.isEmpty() ? new JsonArray() : StrictJson.read(text);
    } catch (StrictJson.InvalidJsonException e) {
      return List.of();
    }
    List<JsonObject> statements =
        JsonFields.objects(policy instanceof JsonObject o ? o.get("Statement") : policy);
    Set<String> rights = new LinkedHashSet<>();
    for (JsonObject statement : statements == null ? List.<JsonObject>of() : statements) {
      String service = JsonFields.text(statement, "ServiceName").toLowerCase(Locale.ROOT);
      JsonElement actions = statement.get("Action");
      List<JsonElement> list =
          actions instanceof JsonArray a ? a.asList() : Stream.ofNullable(actions).toList();
      for (JsonElement action : list) {
        if (action.isJsonPrimitive()) {
          String name = action.getAsString();
          rights.add(service.isEmpty() || name.contains(":") ? name : service + ":" + name);
        }
      }
    }
    rights.remove("");
    return List.copyOf(rights);
  }

  /** The SDK's own request sends the text in the address. */
  private static final class ValidateInBody extends ValidateTemplateContentRequest {
    ValidateInBody(String content) {
      putBodyParameter("Content", (Object) content);
    }
  }

  @Override
  public Optional<String> refusal(String content) {
    try {
      caller.call(
          CallFailureMapper.CallDescription.reading(
              "oos:ValidateTemplateContent", "check the template"),
          host,
          READ,
          () -> new ValidateInBody(content),
          found -> found);
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
          "\"" + CallFailureMapper.clean(name) + "\" is no template's name",
          "it has 1 to 200 letters, digits, hyphens and underscores",
          "use method template NAME, or NAME@v2 for a version");
    }
    try {
      return Optional.of(
          caller.call(
              CallFailureMapper.CallDescription.reading(
                  "oos:GetTemplate", "read the template " + name),
              host,
              READ,
              () -> {
                GetTemplateRequest request = new GetTemplateRequest();
                request.setTemplateName(name);
                request.setTemplateVersion(version.isEmpty() ? null : version);
                return request;
              },
              answer ->
                  TemplateContentParser.of(
                          name,
                          JsonFields.text(
                              JsonFields.objectIn(answer, "Template"), "TemplateVersion"),
                          JsonFields.jsonText(answer, "Content"))
                      .orElseThrow(
                          () ->
                              CallFailureException.of(
                                  CallFailureException.FailureReason.BAD_SHAPE, host, 200))));
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
    caller.call(
        new CallFailureMapper.CallDescription(
            "oos:CancelExecution", "cancel " + id, true, "watch " + id),
        host,
        READ,
        () -> {
          CancelExecutionRequest request = new CancelExecutionRequest();
          request.setExecutionId(id);
          return request;
        },
        answer -> answer);
  }

  @Override
  public void notify(String id, NotifyType type, List<String> taskExecutionIds) {
    checkId(id);
    caller.call(
        new CallFailureMapper.CallDescription(
            "oos:NotifyExecution", "send " + type.word() + " to " + id, true, "watch " + id),
        host,
        READ,
        () -> {
          NotifyExecutionRequest request = new NotifyExecutionRequest();
          request.setExecutionId(id);
          request.setNotifyType(type.word());
          if (!taskExecutionIds.isEmpty()) {
            request.setTaskExecutionIds(GSON.toJson(taskExecutionIds));
          }
          return request;
        },
        answer -> answer);
  }

  private static void checkId(String id) {
    if (!id.matches(ID)) {
      throw Problem.usage(
          "\"" + CallFailureMapper.clean(id) + "\" is no execution's id",
          "an id looks like exec-1a2b3c4d5e6f",
          "history lists the executions that were launched here");
    }
  }

  /** Follows NextToken until it is empty or there is enough; a token seen before ends it. */
  private <T> List<T> pages(
      CallFailureMapper.CallDescription asked,
      Function<@Nullable String, AcsRequest<?>> request,
      String field,
      Function<JsonObject, T> item,
      int limit) {
    List<T> items = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    String token = null;
    Instant end = caller.now().plus(WHOLE_LIST);
    for (int page = 1; page <= MAX_PAGES; page++) {
      String asking = token;
      JsonObject answer =
          caller.call(
              asked,
              host,
              READ,
              () -> request.apply(asking),
              found -> {
                List<JsonObject> objects = JsonFields.objects(found.get(field));
                if (objects == null) {
                  throw CallFailureException.of(
                      CallFailureException.FailureReason.BAD_SHAPE, host, 200);
                }
                for (JsonObject o : objects) {
                  items.add(item.apply(o));
                }
                return found;
              });
      token = JsonFields.text(answer, "NextToken");
      if (token.isEmpty() || items.size() >= limit) {
        return items.size() > limit ? List.copyOf(items.subList(0, limit)) : List.copyOf(items);
      }
      if (!seen.add(token)) {
        break;
      }
      if (caller.now().isAfter(end)) {
        throw Problem.of(
            Problem.Kind.UNREACHABLE,
            "cannot " + asked.doing(),
            "the service has told " + items.size() + " entries in five minutes, and not all",
            "try again when the service or the network is faster");
      }
    }
    throw Problem.of(
        Problem.Kind.UNREACHABLE,
        "cannot " + asked.doing(),
        "the service's pages go round in a circle",
        "try again in a minute");
  }

  private Execution execution(JsonObject o) {
    return execution(o, StrictJson.values(JsonFields.objectIn(o, "Parameters")), true);
  }

  /** One of ten thousand, perhaps: without what nobody reads of a child in a list. */
  private Execution child(JsonObject o) {
    JsonObject all = JsonFields.objectIn(o, "Parameters");
    JsonObject kept = new JsonObject();
    CHILD_PARAMETERS.stream().filter(all::has).forEach(name -> kept.add(name, all.get(name)));
    return execution(o, StrictJson.values(kept), false);
  }

  /**
   * @param whole whether to keep outputs and the answer itself, which are long
   */
  private Execution execution(JsonObject o, Map<String, Object> parameters, boolean whole) {
    String parent = JsonFields.text(o, "ParentExecutionId");
    Instant created = JsonFields.time(o, "CreateDate");
    return new Execution(
        needId(o, "ExecutionId"),
        JsonFields.text(o, "TemplateName"),
        new ExecutionStatus(JsonFields.text(o, "Status")),
        whole ? JsonFields.text(o, "StatusMessage") : reason(o),
        JsonFields.text(o, "WaitingStatus"),
        parameters,
        counters(JsonFields.objectIn(o, "Counters")),
        whole ? JsonFields.jsonText(o, "Outputs") : "",
        currentTasks(o),
        parent.isEmpty() ? null : parent,
        JsonFields.text(o, "ExecutedBy"),
        JsonFields.text(o, "Description"),
        texts(JsonFields.objectIn(o, "Tags")),
        created == null ? JsonFields.time(o, "StartDate") : created,
        JsonFields.time(o, "EndDate"),
        whole ? GSON.toJson(o) : "");
  }

  private static String reason(JsonObject o) {
    String reason = JsonFields.text(o, "StatusMessage");
    return reason.length() <= MAX_REASON ? reason : reason.substring(0, MAX_REASON) + "…";
  }

  /**
   * A round of a loop goes without its outputs: they are its child's, where they are asked for.
   *
   * @param room for outputs, in characters
   */
  private TaskExecution task(JsonObject o, AtomicInteger room) {
    String item = JsonFields.jsonText(o, "LoopItem");
    String outputs = item.isEmpty() ? JsonFields.jsonText(o, "Outputs") : "";
    if (room.addAndGet(-outputs.length()) < 0) {
      throw CallFailureException.of(CallFailureException.FailureReason.TOO_LARGE, host, 200);
    }
    return new TaskExecution(
        needId(o, "TaskExecutionId"),
        JsonFields.text(o, "ExecutionId"),
        JsonFields.text(o, "TaskName"),
        JsonFields.text(o, "TaskAction"),
        new ExecutionStatus(JsonFields.text(o, "Status")),
        reason(o),
        item,
        JsonFields.count(o, "LoopBatchNumber"),
        JsonFields.text(o, "ChildExecutionId"),
        outputs,
        JsonFields.time(o, "StartDate"),
        JsonFields.time(o, "EndDate"));
  }

  /** An id goes to the screen, into the journal and into the next call: it must be one. */
  private String needId(JsonObject o, String name) {
    String id = JsonFields.text(o, name);
    if (!id.matches(ID)) {
      throw CallFailureException.of(CallFailureException.FailureReason.BAD_SHAPE, host, 200);
    }
    return id;
  }

  private static Map<String, Long> counters(JsonObject o) {
    Map<String, Long> counters = new LinkedHashMap<>();
    for (String name : o.keySet()) {
      JsonFields.whole(JsonFields.text(o, name)).ifPresent(n -> counters.put(name, n));
    }
    return counters;
  }

  private static Map<String, String> texts(JsonObject o) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (String name : o.keySet()) {
      texts.put(name, JsonFields.jsonText(o, name));
    }
    return texts;
  }

  private static List<String> currentTasks(JsonObject o) {
    List<String> names = new ArrayList<>();
    if (o.get("CurrentTasks") instanceof JsonArray tasks) {
      for (JsonElement e : tasks) {
        if (e instanceof JsonObject task && !JsonFields.text(task, "TaskName").isEmpty()) {
          names.add(JsonFields.text(task, "TaskName"));
        }
      }
    }
    return names;
  }
}
