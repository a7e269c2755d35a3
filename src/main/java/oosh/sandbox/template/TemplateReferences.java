package oosh.sandbox.template;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import oosh.sandbox.api.ApiException;
import oosh.sandbox.api.WireJson;
import oosh.sandbox.state.EmulatedExecution;
import org.jspecify.annotations.Nullable;

/**
 * The references of a template to parameters of its execution and to outputs of its tasks, and
 * Fn::Select and Fn::Equals.
 */
public final class TemplateReferences {
  /** {@code {{ name }}}, {@code {{ ACS::ExecutionId }}}. */
  static final Pattern PATTERN = Pattern.compile("\\{\\{\\s*([A-Za-z0-9_:.-]+)\\s*}}");

  private TemplateReferences() {}

  /**
   * A value with its references resolved: a text that is one reference becomes what it refers to.
   *
   * @param item what ACS::TaskLoopItem stands for; null outside loops
   */
  public static JsonElement resolve(
      JsonElement element, EmulatedExecution execution, @Nullable JsonElement item) {
    if (element instanceof JsonArray array) {
      JsonArray resolved = new JsonArray();
      array.forEach(each -> resolved.add(resolve(each, execution, item)));
      return resolved;
    }
    if (element instanceof JsonObject object) {
      if (object.has("Fn::Select")) {
        JsonArray arguments = object.getAsJsonArray("Fn::Select");
        JsonElement from = resolve(arguments.get(1), execution, item);
        String key = arguments.get(0).getAsString();
        if (!(from instanceof JsonObject fields) || !fields.has(key)) {
          throw ApiException.invalid("Fn::Select finds no " + key + ".");
        }
        return fields.get(key);
      }
      JsonObject resolved = new JsonObject();
      object.asMap().forEach((key, value) -> resolved.add(key, resolve(value, execution, item)));
      return resolved;
    }
    if (!element.isJsonPrimitive() || !element.getAsJsonPrimitive().isString()) {
      return element;
    }
    String text = element.getAsString();
    Matcher whole = PATTERN.matcher(text);
    if (whole.matches()) {
      return referred(whole.group(1), execution, item);
    }
    String replaced =
        PATTERN
            .matcher(text)
            .replaceAll(
                found -> Matcher.quoteReplacement(text(referred(found.group(1), execution, item))));
    return WireJson.GSON.toJsonTree(replaced);
  }

  /** A value as a text: a string without quotes, a list or an object as its JSON. */
  public static String text(JsonElement value) {
    return value.isJsonPrimitive() ? value.getAsString() : WireJson.text(value);
  }

  /** Whether the Fn::Equals of a When holds: its texts are the same, references resolved. */
  public static boolean holds(JsonObject when, EmulatedExecution execution) {
    JsonArray texts = resolve(when.getAsJsonArray("Fn::Equals"), execution, null).getAsJsonArray();
    return text(texts.get(0)).equals(text(texts.get(1)));
  }

  private static JsonElement referred(
      String name, EmulatedExecution execution, @Nullable JsonElement item) {
    return switch (name) {
      case "ACS::ExecutionId" -> WireJson.GSON.toJsonTree(execution.id);
      case "ACS::RegionId" -> WireJson.GSON.toJsonTree(execution.regionId);
      case "ACS::TaskLoopItem" -> item == null ? WireJson.GSON.toJsonTree("") : item;
      default ->
          execution.parameters.has(name) ? execution.parameters.get(name) : output(execution, name);
    };
  }

  /**
   * An output of a task's newest run. Assumed: that of a task that has not run, or has failed, is
   * an empty text.
   */
  private static JsonElement output(EmulatedExecution execution, String name) {
    String[] parts = name.split("\\.", 2);
    JsonElement found =
        execution
            .newestRun(parts[0])
            .map(run -> WireJson.parseObject(run.outputs))
            .map(outputs -> outputs.get(parts[parts.length - 1]))
            .orElse(null);
    return found == null ? new JsonPrimitive("") : found;
  }
}
