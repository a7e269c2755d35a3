package oosh.sandbox.play;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import oosh.sandbox.api.ApiException;
import oosh.sandbox.api.WireJson;
import oosh.sandbox.state.EmulatedExecution;
import oosh.sandbox.template.EmulatedTemplate.TemplateTask;
import oosh.sandbox.template.RateControl;
import oosh.sandbox.template.TemplateReferences;
import org.jspecify.annotations.Nullable;

/** What the loop of a caller's task is over, and how. */
final class CustomLoop {
  /** Source: OOS help, "Loop tasks". */
  static final int MAX_ITEMS = 1_000;

  private CustomLoop() {}

  static JsonArray items(EmulatedExecution root, TemplateTask task) {
    if (resolve(task.loop().get("Items"), root, null) instanceof JsonArray items) {
      if (items.size() > MAX_ITEMS) {
        throw ApiException.invalid("A loop has at most " + MAX_ITEMS + " items.");
      }
      return items;
    }
    throw ApiException.invalid("The Items of the loop are no list.");
  }

  /** Both forms: RateControl, and the older form in the loop itself. */
  static JsonObject rate(EmulatedExecution root, TemplateTask task) {
    JsonElement rate =
        task.loop().has("RateControl") ? task.loop().get("RateControl") : task.loop();
    return resolve(rate, root, null) instanceof JsonObject object ? object : new JsonObject();
  }

  static RateControl control(EmulatedExecution root, TemplateTask task, int items) {
    return RateControl.of(rate(root, task), items);
  }

  /** How a loop names an item: its instance, its text, or else its JSON (assumed). */
  static String name(JsonElement item) {
    if (item instanceof JsonObject object && object.has("InstanceId")) {
      return WireJson.string(object, "InstanceId");
    }
    return item.isJsonPrimitive() ? item.getAsString() : WireJson.text(item);
  }

  static JsonElement resolve(
      JsonElement element, EmulatedExecution root, @Nullable JsonElement item) {
    return TemplateReferences.resolve(element, root, item);
  }
}
