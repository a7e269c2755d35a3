package oosh.sandbox.template;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import oosh.sandbox.api.ApiException;
import oosh.sandbox.api.WireJson;
import oosh.sandbox.template.EmulatedTemplate.TaskKind;
import oosh.sandbox.template.EmulatedTemplate.TemplateTask;
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
  /** The kinds of task that the sandbox runs outside loops, and those that it runs in a loop. */
  private static final Set<TaskKind> SINGLE =
      EnumSet.of(TaskKind.SUSPEND, TaskKind.RESUME, TaskKind.SLEEP, TaskKind.CHECK_STATUS);

  private static final Set<TaskKind> LOOPED = EnumSet.of(TaskKind.TAG, TaskKind.UPDATE);

  private static final Set<String> SYSTEM =
      Set.of("ACS::ExecutionId", "ACS::RegionId", "ACS::TaskLoopItem");

  private static final Set<String> OF_A_TASK =
      Set.of(
          "Name", "Action", "Description", "Properties", "OnError", "OnSuccess", "Loop", "Outputs");

  private CustomTemplate() {}

  /**
   * Reads it.
   *
   * @throws ApiException InvalidTemplate.Content (assumed code) for what is no template, or none
   *     that the sandbox can run
   */
  public static EmulatedTemplate of(String text) {
    JsonObject json = isJson(text) ? WireJson.parseObject(text) : yaml(text);
    if (json == null) {
      throw wrong("it is neither a JSON object nor a mapping in YAML");
    }
    if (!EmulatedTemplate.FORMAT.equals(WireJson.string(json, "FormatVersion"))) {
      throw wrong("its FormatVersion is not " + EmulatedTemplate.FORMAT);
    }
    DeclaredParameters parameters = new DeclaredParameters("", object(json, "Parameters"));
    if (!(json.get("Tasks") instanceof JsonArray array) || array.isEmpty()) {
      throw wrong("it has no Tasks");
    }
    Map<String, TemplateTask> tasks = new LinkedHashMap<>();
    for (JsonElement each : array) {
      if (!(each instanceof JsonObject task)) {
        throw wrong("a task is no JSON object");
      }
      TemplateTask read = task(task, parameters);
      if (tasks.put(read.name(), read) != null) {
        throw wrong("two tasks are called " + read.name());
      }
    }
    for (TemplateTask task : tasks.values()) {
      for (String target : List.of(task.onError(), task.onSuccess())) {
        if (!target.equals(EmulatedTemplate.END)
            && !target.equals(EmulatedTemplate.NEXT)
            && !tasks.containsKey(target)) {
          throw wrong("task " + task.name() + " goes to " + target + ", which is no task");
        }
      }
    }
    return new EmulatedTemplate(
        "",
        WireJson.string(json, "Description"),
        WireJson.string(json, "RamRole"),
        parameters,
        List.copyOf(tasks.values()));
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

  private static TemplateTask task(JsonObject json, DeclaredParameters parameters) {
    String name = WireJson.string(json, "Name");
    if (!name.matches("[A-Za-z0-9_-]{1,200}")) {
      throw wrong("\"" + name + "\" is no name for a task");
    }
    for (String key : json.keySet()) {
      if (!OF_A_TASK.contains(key)) {
        throw cannot(name, "it does not know " + key);
      }
    }
    JsonObject properties = object(json, "Properties");
    JsonObject loop = object(json, "Loop");
    boolean looped = json.has("Loop");
    String action = WireJson.string(json, "Action");
    TaskKind kind = kind(name, action, properties, looped);
    check(name, properties, parameters, looped);
    if (looped) {
      rate(name, loop);
      JsonObject known = loop.deepCopy();
      // Outputs of a loop are not put together, so they are not checked.
      known.remove("Outputs");
      check(name, known, parameters, false);
    }
    return new TemplateTask(
        name,
        kind,
        kind == TaskKind.UPDATE ? kind.action : action,
        json.has("OnSuccess") ? WireJson.string(json, "OnSuccess") : EmulatedTemplate.NEXT,
        json.has("OnError") ? WireJson.string(json, "OnError") : EmulatedTemplate.END,
        properties,
        loop);
  }

  /**
   * Names of actions, services and calls are case-insensitive (source: OOS help, ACS::ExecuteApi).
   */
  private static TaskKind kind(String name, String action, JsonObject properties, boolean looped) {
    String call = WireJson.string(properties, "Service") + ":" + WireJson.string(properties, "API");
    Set<TaskKind> known = looped ? LOOPED : SINGLE;
    for (TaskKind kind : known) {
      if (kind.action.equalsIgnoreCase(action)
          && (kind.right.isEmpty() || kind.right.equalsIgnoreCase(call))) {
        if (kind == TaskKind.CHECK_STATUS
            && !WireJson.string(properties, "PropertySelector").equals("Executions[].Status")) {
          throw cannot(name, "of ACS::CheckFor it knows Executions[].Status alone");
        }
        return kind;
      }
    }
    String all =
        known.stream()
            .map(kind -> (kind.action + " " + kind.right).strip())
            .collect(Collectors.joining(", "));
    String asked = (action + " " + call).replaceFirst(" :$", "");
    throw cannot(
        name, (looped ? "in a loop" : "outside loops") + " it knows " + all + "; not " + asked);
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

  /** An object; an empty one where there is none. */
  private static JsonObject object(JsonObject json, String name) {
    JsonElement found = json.has(name) ? json.get(name) : new JsonObject();
    if (found instanceof JsonObject object) {
      return object;
    }
    throw wrong(name + " is no JSON object");
  }
}
