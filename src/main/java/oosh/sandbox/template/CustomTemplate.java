package oosh.sandbox.template;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import oosh.sandbox.api.ApiException;
import oosh.sandbox.api.WireJson;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * A template that a caller has sent, read and checked. The sandbox runs templates that are made of
 * a few kinds of task, and names what it cannot run in any other; it is no interpreter of the
 * template language (source of the language: OOS help, "Tasks", "Loop", "ACS::Sleep",
 * "ACS::CheckFor"; the public repository aliyun/oos-templates).
 */
public final class CustomTemplate {
  static final String FORMAT = "OOS-2019-06-01";

  /** Where OnError and OnSuccess may go besides a task. */
  public static final String END = "ACS::END";

  public static final String NEXT = "ACS::NEXT";

  private static final Set<String> SYSTEM =
      Set.of("ACS::ExecutionId", "ACS::RegionId", "ACS::TaskLoopItem");

  private static final Set<String> OF_A_TASK =
      Set.of(
          "Name", "Action", "Description", "Properties", "OnError", "OnSuccess", "Loop", "Outputs");

  /**
   * The tasks that the sandbox can run: their action, the API that the action calls, whether they
   * are looped, and the permission that they need.
   */
  public enum TaskKind {
    SUSPEND("ACS::ExecuteAPI", "ESS SuspendProcesses", false, "ess:SuspendProcesses"),
    RESUME("ACS::ExecuteAPI", "ESS ResumeProcesses", false, "ess:ResumeProcesses"),
    TAG("ACS::ExecuteAPI", "ECS TagResources", true, "ecs:TagResources"),
    RUN_COMMAND("ACS::ESS::RunCommand", "", true, ""),
    SLEEP("ACS::Sleep", "", false, ""),
    CHECK_STATUS("ACS::CheckFor", "OOS ListExecutions", false, "oos:ListExecutions");

    private final String action;
    private final String api;
    private final boolean looped;
    final String permission;

    TaskKind(String action, String api, boolean looped, String permission) {
      this.action = action;
      this.api = api;
      this.looped = looped;
      this.permission = permission;
    }

    @Override
    public String toString() {
      return (action + " " + api).strip() + (looped ? " in a loop" : "");
    }
  }

  /**
   * @param onError a task's name, {@link #END} or {@link #NEXT}
   * @param properties what the action is given, references unresolved
   * @param loop empty outside loops
   */
  public record CustomTemplateTask(
      String name,
      TaskKind kind,
      String action,
      String onError,
      String onSuccess,
      JsonObject properties,
      JsonObject loop) {}

  public final DeclaredParameters parameters;
  public final List<CustomTemplateTask> tasks;
  public final String ramRole;
  public final String description;

  private CustomTemplate(
      DeclaredParameters parameters,
      List<CustomTemplateTask> tasks,
      String ramRole,
      String description) {
    this.parameters = parameters;
    this.tasks = List.copyOf(tasks);
    this.ramRole = ramRole;
    this.description = description;
  }

  /**
   * Reads it.
   *
   * @throws ApiException InvalidTemplate.Content (assumed code) for what is no template, or none
   *     that the sandbox can run
   */
  public static CustomTemplate of(String text) {
    JsonObject json = isJson(text) ? WireJson.parseObject(text) : yaml(text);
    if (json == null) {
      throw wrong("it is neither a JSON object nor a mapping in YAML");
    }
    if (!FORMAT.equals(WireJson.string(json, "FormatVersion"))) {
      throw wrong("its FormatVersion is not " + FORMAT);
    }
    DeclaredParameters parameters =
        new DeclaredParameters("", json.has("Parameters") ? object(json, "Parameters") : none());
    if (!(json.get("Tasks") instanceof JsonArray array) || array.isEmpty()) {
      throw wrong("it has no Tasks");
    }
    Map<String, CustomTemplateTask> tasks = new LinkedHashMap<>();
    for (JsonElement each : array) {
      if (!(each instanceof JsonObject task)) {
        throw wrong("a task is no JSON object");
      }
      CustomTemplateTask read = task(task, parameters);
      if (tasks.put(read.name(), read) != null) {
        throw wrong("two tasks are called " + read.name());
      }
    }
    for (CustomTemplateTask task : tasks.values()) {
      for (String target : List.of(task.onError(), task.onSuccess())) {
        if (!target.equals(END) && !target.equals(NEXT) && !tasks.containsKey(target)) {
          throw wrong("task " + task.name() + " goes to " + target + ", which is no task");
        }
      }
    }
    return new CustomTemplate(
        parameters,
        List.copyOf(tasks.values()),
        WireJson.string(json, "RamRole"),
        WireJson.string(json, "Description"));
  }

  /** What OOS calls the TemplateFormat of a text. */
  public static String format(String text) {
    return isJson(text) ? "JSON" : "YAML";
  }

  private static boolean isJson(String text) {
    return text.stripLeading().startsWith("{");
  }

  private static @Nullable JsonObject yaml(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(0);
    try {
      Object value = new Yaml(new SafeConstructor(options)).load(text);
      return value instanceof Map && WireJson.GSON.toJsonTree(value) instanceof JsonObject object
          ? object
          : null;
    } catch (YAMLException | IllegalArgumentException notOne) {
      return null;
    }
  }

  private static ApiException wrong(String why) {
    return ApiException.of("InvalidTemplate.Content", why + ".");
  }

  private static ApiException cannot(String task, String why) {
    return ApiException.of(
        "InvalidTemplate.Content", "the sandbox cannot run task " + task + ": " + why + ".");
  }

  private static CustomTemplateTask task(JsonObject json, DeclaredParameters parameters) {
    String name = WireJson.string(json, "Name");
    if (!name.matches("[A-Za-z0-9_-]{1,200}")) {
      throw wrong("\"" + name + "\" is no name for a task");
    }
    for (String key : json.keySet()) {
      if (!OF_A_TASK.contains(key)) {
        throw cannot(name, "it does not know " + key);
      }
    }
    JsonObject properties = json.has("Properties") ? object(json, "Properties") : none();
    JsonObject loop = json.has("Loop") ? object(json, "Loop") : none();
    TaskKind kind = kind(name, WireJson.string(json, "Action"), properties, json.has("Loop"));
    check(name, properties, parameters, kind.looped);
    if (kind.looped) {
      rate(name, loop);
      JsonObject known = loop.deepCopy();
      // Outputs of a loop are not put together, so they are not checked.
      known.remove("Outputs");
      check(name, known, parameters, false);
    }
    return new CustomTemplateTask(
        name,
        kind,
        kind.action,
        json.has("OnError") ? WireJson.string(json, "OnError") : END,
        json.has("OnSuccess") ? WireJson.string(json, "OnSuccess") : NEXT,
        properties,
        loop);
  }

  /**
   * Names of actions, services and calls are case-insensitive (source: OOS help, ACS::ExecuteApi).
   */
  private static TaskKind kind(String name, String action, JsonObject properties, boolean looped) {
    String api = WireJson.string(properties, "Service") + " " + WireJson.string(properties, "API");
    for (TaskKind kind : TaskKind.values()) {
      if (kind.action.equalsIgnoreCase(action)
          && (kind.api.isEmpty() || kind.api.equalsIgnoreCase(api))
          && kind.looped == looped) {
        if (kind == TaskKind.CHECK_STATUS
            && !WireJson.string(properties, "PropertySelector").equals("Executions[].Status")) {
          throw cannot(name, "of ACS::CheckFor it knows Executions[].Status alone");
        }
        return kind;
      }
    }
    String known =
        Stream.of(TaskKind.values()).map(TaskKind::toString).collect(Collectors.joining(", "));
    String asked = (action + " " + api).strip() + (looped ? " in a loop" : "");
    throw cannot(name, "it knows " + known + "; not " + asked);
  }

  private static void rate(String name, JsonObject loop) {
    if (!loop.has("Items")) {
      throw wrong("the loop of task " + name + " has no Items");
    }
    JsonElement rate = loop.get("RateControl");
    if (rate != null && !rate.isJsonObject() && !reference(rate)) {
      throw wrong("the RateControl of task " + name + " is neither an object nor a reference");
    }
  }

  private static boolean reference(JsonElement element) {
    return element.isJsonPrimitive()
        && TemplateReferences.PATTERN.matcher(element.getAsString()).matches();
  }

  /** Every reference must lead somewhere, and of functions there is one. */
  private static void check(
      String task, JsonElement element, DeclaredParameters parameters, boolean inLoop) {
    if (element.isJsonArray()) {
      element.getAsJsonArray().forEach(each -> check(task, each, parameters, inLoop));
    } else if (element instanceof JsonObject object) {
      for (Map.Entry<String, JsonElement> each : object.entrySet()) {
        if (each.getKey().startsWith("Fn::") && !each.getKey().equals("Fn::Select")) {
          throw cannot(task, "of functions it knows Fn::Select, not " + each.getKey());
        }
        check(task, each.getValue(), parameters, inLoop);
      }
    } else if (element.isJsonPrimitive()) {
      Matcher found = TemplateReferences.PATTERN.matcher(element.getAsString());
      while (found.find()) {
        String name = found.group(1);
        if (name.equals("ACS::TaskLoopItem") ? !inLoop : !known(name, parameters)) {
          throw wrong("task " + task + " refers to " + name + ", which nothing declares");
        }
      }
    }
  }

  private static boolean known(String name, DeclaredParameters parameters) {
    return parameters.has(name) || SYSTEM.contains(name);
  }

  public CustomTemplateTask task(String name) {
    return tasks.stream()
        .filter(t -> t.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no task " + name));
  }

  /** The task after that one; null after the last. */
  public @Nullable CustomTemplateTask after(CustomTemplateTask task) {
    int next = tasks.indexOf(task) + 1;
    return next < tasks.size() ? tasks.get(next) : null;
  }

  /**
   * {@code PT5M} or {@code 5M} as milliseconds: a second or longer (source: OOS help, "ACS::Sleep",
   * 2025-03-11).
   */
  public static long millis(String duration) {
    try {
      Duration length = Duration.parse((duration.matches("\\d.*") ? "PT" : "") + duration);
      if (length.compareTo(Duration.ofSeconds(1)) >= 0) {
        return length.toMillis();
      }
    } catch (DateTimeParseException | ArithmeticException notOne) {
      // Said below.
    }
    throw ApiException.invalid("\"" + duration + "\" is no Duration such as PT5M.");
  }

  private static JsonObject object(JsonObject json, String name) {
    if (json.get(name) instanceof JsonObject object) {
      return object;
    }
    throw wrong(name + " is no JSON object");
  }

  private static JsonObject none() {
    return new JsonObject();
  }
}
