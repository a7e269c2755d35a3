package oosh.sandbox.template;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import oosh.sandbox.api.ApiActions;
import oosh.sandbox.api.ApiException;
import oosh.sandbox.api.WireJson;
import oosh.sandbox.template.EmulatedTemplate.TaskKind;
import oosh.sandbox.template.EmulatedTemplate.TemplateTask;

/** Reads and checks the tasks of a caller's template, and names what the sandbox cannot run. */
final class CustomTaskReader {
  /** The kinds of task outside loops, and in a loop. */
  private static final Set<TaskKind> SINGLE =
      EnumSet.of(
          TaskKind.CALL,
          TaskKind.WAIT_FOR,
          TaskKind.CHECK_FOR,
          TaskKind.SLEEP,
          TaskKind.PAUSE,
          TaskKind.NOTIFY,
          TaskKind.APPROVE);

  private static final Set<TaskKind> LOOPED =
      EnumSet.of(TaskKind.CALL, TaskKind.WAIT_FOR, TaskKind.CHECK_FOR, TaskKind.UPDATE);

  private static final Set<TaskKind> CALLS =
      EnumSet.of(TaskKind.CALL, TaskKind.WAIT_FOR, TaskKind.CHECK_FOR);

  private static final Set<String> SYSTEM =
      Set.of("ACS::ExecutionId", "ACS::RegionId", "ACS::TaskLoopItem");

  private static final Set<String> OF_A_TASK =
      Set.of(
          "Name",
          "Action",
          "Description",
          "Properties",
          "OnError",
          "OnSuccess",
          // Source: OOS help, "Tasks" in its newest form; it changes nothing here.
          "IsCritical",
          "Loop",
          "Outputs",
          "When");

  /** Source: OOS help, "Tasks", 2025-12; there is Json, too, which the sandbox leaves out. */
  private static final Set<String> OUTPUT_TYPES = Set.of("String", "Number", "Boolean", "List");

  private static final Set<String> OF_A_CALL = Set.of("Service", "API", "Parameters");

  private static final Set<String> OF_A_LOOK =
      Set.of("PropertySelector", "DesiredValues", "NotDesiredValues", "StopRetryValues");

  private final DeclaredParameters parameters;
  private final Set<String> outputs;
  private final ApiActions apis;

  /**
   * @param outputs of the template's tasks: {@link #outputs}
   */
  CustomTaskReader(DeclaredParameters parameters, Set<String> outputs, ApiActions apis) {
    this.parameters = parameters;
    this.outputs = outputs;
    this.apis = apis;
  }

  static ApiException wrong(String why) {
    return ApiException.of("InvalidTemplate.Content", why + ".");
  }

  private static ApiException cannot(String task, String why) {
    return ApiException.of(
        "InvalidTemplate.Content", "the sandbox cannot run task " + task + ": " + why + ".");
  }

  /** The outputs that tasks declare, as other tasks refer to them: {@code task.output}. */
  static Set<String> outputs(JsonArray tasks) {
    Set<String> outputs = new HashSet<>();
    for (JsonElement each : tasks) {
      if (each instanceof JsonObject task
          && TaskKind.CALL.action.equalsIgnoreCase(WireJson.string(task, "Action"))) {
        String name = WireJson.string(task, "Name");
        ofCall(task).keySet().forEach(output -> outputs.add(name + "." + output));
      }
    }
    return outputs;
  }

  /** The Outputs of a call outside loops; those of a loop are not put together. */
  private static JsonObject ofCall(JsonObject task) {
    return task.has("Loop") ? new JsonObject() : object(task, "Outputs");
  }

  /** An object; an empty one where there is none. */
  static JsonObject object(JsonObject json, String name) {
    JsonElement found = json.has(name) ? json.get(name) : new JsonObject();
    if (found instanceof JsonObject object) {
      return object;
    }
    throw wrong(name + " is no JSON object");
  }

  /**
   * @throws ApiException InvalidTemplate.Content for what is no task, or none that the sandbox runs
   */
  TemplateTask read(JsonObject json) {
    String name = WireJson.string(json, "Name");
    if (!name.matches("[A-Za-z0-9_-]{1,200}")) {
      throw wrong("\"" + name + "\" is no name for a task");
    }
    JsonObject properties = object(json, "Properties");
    JsonObject loop = object(json, "Loop");
    boolean looped = json.has("Loop");
    String action = WireJson.string(json, "Action");
    TaskKind kind = kind(name, action, looped);
    for (String key : json.keySet()) {
      boolean waits = kind == TaskKind.WAIT_FOR && RetryDelays.KEYS.contains(key);
      if (!OF_A_TASK.contains(key) && !waits) {
        throw cannot(name, "it does not know " + key);
      }
    }
    check(name, properties, looped);
    if (kind == TaskKind.PAUSE && !properties.isEmpty()) {
      throw wrong("task " + name + ": " + kind.action + " has no Properties");
    }
    if (kind == TaskKind.NOTIFY || kind == TaskKind.APPROVE) {
      checkNotify(name, properties);
    }
    if (kind == TaskKind.APPROVE && !properties.has("Approvers")) {
      throw cannot(name, "it plays no approval without Approvers");
    }
    String right = CALLS.contains(kind) ? called(name, kind, properties) : "";
    JsonObject selected = kind == TaskKind.CALL ? ofCall(json) : new JsonObject();
    checkOutputs(name, selected);
    if (json.has("When")) {
      checkWhen(name, json.get("When"));
    }
    if (looped) {
      loop(name, kind, loop);
    }
    return new TemplateTask(
        name,
        kind,
        kind == TaskKind.UPDATE ? kind.action : action,
        json.has("OnSuccess") ? WireJson.string(json, "OnSuccess") : EmulatedTemplate.NEXT,
        json.has("OnError") ? WireJson.string(json, "OnError") : EmulatedTemplate.END,
        properties,
        loop,
        retry(name, json),
        right,
        object(json, "When"),
        selected);
  }

  /**
   * Names of actions, services and calls are case-insensitive (source: OOS help, ACS::ExecuteApi).
   */
  private static TaskKind kind(String name, String action, boolean looped) {
    Set<TaskKind> known = looped ? LOOPED : SINGLE;
    for (TaskKind kind : known) {
      if (kind.action.equalsIgnoreCase(action)) {
        return kind;
      }
    }
    String all = known.stream().map(kind -> kind.action).collect(Collectors.joining(", "));
    throw cannot(
        name, (looped ? "in a loop" : "outside loops") + " it knows " + all + "; not " + action);
  }

  /**
   * Source: OOS help, "ACS::Notify" (2024-06): the URI is required. That ACS::Approve needs a
   * WebHook, too, is assumed.
   */
  private static void checkNotify(String name, JsonObject properties) {
    if (!WireJson.string(properties, "NotifyType").equals("WebHook")) {
      throw cannot(name, "of NotifyType it knows WebHook");
    }
    JsonObject hook = object(properties, "WebHook");
    if (WireJson.string(hook, "URI").isBlank() || !hook.has("Content")) {
      throw wrong("the WebHook of task " + name + " has no URI or no Content");
    }
    object(hook, "Headers");
  }

  /** The right that a call needs. */
  private String called(String name, TaskKind kind, JsonObject properties) {
    boolean looks = kind != TaskKind.CALL;
    for (String key : properties.keySet()) {
      boolean known = OF_A_CALL.contains(key) || (looks && OF_A_LOOK.contains(key));
      if (!known || (key.equals("StopRetryValues") && kind != TaskKind.WAIT_FOR)) {
        throw cannot(name, "of " + kind.action + " it does not know " + key);
      }
    }
    String service = WireJson.string(properties, "Service");
    String api = WireJson.string(properties, "API");
    ApiActions.Entry entry =
        apis.ofService(service, api)
            .orElseThrow(() -> cannot(name, "it serves no " + service + ":" + api));
    if (entry.changes() && entry.right().startsWith("oos:")) {
      throw cannot(name, "a template of it does not call " + service + ":" + api);
    }
    object(properties, "Parameters");
    if (looks) {
      look(name, kind, properties);
    }
    return entry.right();
  }

  private static void look(String name, TaskKind kind, JsonObject properties) {
    String selector = WireJson.string(properties, "PropertySelector");
    if (selector.isBlank()) {
      throw wrong("task " + name + " has no PropertySelector");
    }
    checkSelector("PropertySelector of task " + name, selector);
    if (!properties.has("DesiredValues") && !properties.has("NotDesiredValues")) {
      throw wrong(
          "task "
              + name
              + " of "
              + kind.action
              + " has neither DesiredValues nor NotDesiredValues");
    }
    for (String key : new TreeSet<>(OF_A_LOOK)) {
      JsonElement values = properties.get(key);
      if (key.endsWith("Values") && values != null && !values.isJsonArray() && !reference(values)) {
        throw wrong("the " + key + " of task " + name + " are neither a list nor a reference");
      }
    }
  }

  private static void checkSelector(String what, String selector) {
    try {
      PropertySelector.check(selector);
    } catch (PropertySelector.SelectorException refused) {
      throw wrong("the " + what + " is not valid: " + refused.getMessage());
    }
  }

  private void checkOutputs(String task, JsonObject outputs) {
    for (String name : outputs.keySet()) {
      JsonObject output = object(outputs, name);
      String type = output.has("Type") ? WireJson.string(output, "Type") : "String";
      if (!OUTPUT_TYPES.contains(type)) {
        throw cannot(task, "of Outputs it knows " + new TreeSet<>(OUTPUT_TYPES) + ", not " + type);
      }
      String selector = WireJson.string(output, "ValueSelector");
      if (selector.isBlank()) {
        throw wrong("the output " + name + " of task " + task + " has no ValueSelector");
      }
      checkSelector("ValueSelector of " + task + "." + name, selector);
    }
    check(task, outputs, false);
  }

  private void checkWhen(String task, JsonElement when) {
    if (!(when instanceof JsonObject object)
        || object.size() != 1
        || !(object.get("Fn::Equals") instanceof JsonArray texts)
        || texts.size() != 2
        || !texts.asList().stream().allMatch(JsonElement::isJsonPrimitive)) {
      throw cannot(task, "of When it knows {\"Fn::Equals\": [a text, a text]}");
    }
    check(task, texts, false);
  }

  private JsonObject retry(String name, JsonObject json) {
    JsonObject retry = new JsonObject();
    RetryDelays.KEYS.stream().filter(json::has).forEach(key -> retry.add(key, json.get(key)));
    check(name, retry, false);
    JsonObject literal = retry.deepCopy();
    literal.asMap().values().removeIf(CustomTaskReader::reference);
    try {
      RetryDelays.of(literal);
    } catch (ApiException refused) {
      throw wrong("task " + name + ": " + refused.text().replaceFirst("\\.$", ""));
    }
    return retry;
  }

  private void loop(String name, TaskKind kind, JsonObject loop) {
    if (!loop.has("Items")) {
      throw wrong("the loop of task " + name + " has no Items");
    }
    JsonElement rate = loop.get("RateControl");
    if (rate != null && !rate.isJsonObject() && !reference(rate)) {
      throw wrong("the RateControl of task " + name + " is neither an object nor a reference");
    }
    JsonObject given = rate instanceof JsonObject object ? object : loop;
    if (kind != TaskKind.UPDATE && WireJson.string(given, "Mode").equals("Batch")) {
      throw cannot(name, "in a loop of " + kind.action + " it knows Mode Concurrency, not Batch");
    }
    JsonObject known = loop.deepCopy();
    // Outputs of a loop are not put together, so they are not checked.
    known.remove("Outputs");
    check(name, known, false);
  }

  private static boolean reference(JsonElement element) {
    return element.isJsonPrimitive()
        && TemplateReferences.PATTERN.matcher(element.getAsString()).matches();
  }

  /** Every reference must lead somewhere, and of functions there is one. */
  private void check(String task, JsonElement element, boolean inLoop) {
    if (element.isJsonArray()) {
      element.getAsJsonArray().forEach(each -> check(task, each, inLoop));
    } else if (element instanceof JsonObject object) {
      for (Map.Entry<String, JsonElement> each : object.entrySet()) {
        if (each.getKey().startsWith("Fn::") && !each.getKey().equals("Fn::Select")) {
          throw cannot(task, "of functions it knows Fn::Select, not " + each.getKey());
        }
        if (each.getKey().equals("Fn::Select") && !selects(each.getValue())) {
          throw cannot(task, "of Fn::Select it knows [\"Field\", an object]");
        }
        check(task, each.getValue(), inLoop);
      }
    } else if (element.isJsonPrimitive()) {
      Matcher found = TemplateReferences.PATTERN.matcher(element.getAsString());
      while (found.find()) {
        String name = found.group(1);
        if (name.equals("ACS::TaskLoopItem") ? !inLoop : !known(name)) {
          throw wrong("task " + task + " refers to " + name + ", which nothing declares");
        }
      }
    }
  }

  private static boolean selects(JsonElement arguments) {
    return arguments instanceof JsonArray array
        && array.size() == 2
        && array.get(0).isJsonPrimitive();
  }

  private boolean known(String name) {
    return parameters.has(name) || SYSTEM.contains(name) || outputs.contains(name);
  }
}
