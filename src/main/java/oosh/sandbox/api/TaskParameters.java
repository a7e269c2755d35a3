package oosh.sandbox.api;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The Parameters of a template's task, as a call has them: texts; a list of objects as {@code
 * Tag.1.Key}; any other list or object as its JSON. A list may have its name in the plural, as
 * public templates write it: {@code ResourceIds} for {@code ResourceId.N}.
 */
final class TaskParameters {
  private TaskParameters() {}

  static Map<String, String> flat(ActionRow row, JsonObject given) {
    Map<String, String> flat = new LinkedHashMap<>();
    Set<String> known = row.parameters();
    for (Map.Entry<String, JsonElement> each : given.asMap().entrySet()) {
      String name = each.getKey();
      String singular = name.replaceFirst("s$", "");
      String called = !known.contains(name) && known.contains(singular) ? singular : name;
      put(flat, called, each.getValue());
    }
    return flat;
  }

  private static void put(Map<String, String> flat, String name, JsonElement value) {
    if (value.isJsonPrimitive()) {
      flat.put(name, value.getAsString());
      return;
    }
    if (value.isJsonNull()) {
      return;
    }
    List<JsonElement> objects = value.isJsonArray() ? value.getAsJsonArray().asList() : List.of();
    if (objects.isEmpty() || !objects.stream().allMatch(JsonElement::isJsonObject)) {
      flat.put(name, WireJson.text(value));
      return;
    }
    for (int i = 0; i < objects.size(); i++) {
      String prefix = name + "." + (i + 1) + ".";
      objects.get(i).getAsJsonObject().asMap().forEach((key, of) -> put(flat, prefix + key, of));
    }
  }
}
