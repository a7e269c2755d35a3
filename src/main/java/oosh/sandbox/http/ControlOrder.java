package oosh.sandbox.http;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import oosh.sandbox.api.ApiException;
import oosh.sandbox.api.WireJson;
import oosh.sandbox.state.EmulatedInstance;

/**
 * Reads the body of an order of the control API; any mistake in it is refused with
 * InvalidParameter.
 */
final class ControlOrder {
  /** A little more than ESS lets a group have. */
  static final int MOST_INSTANCES = 1_100;

  private ControlOrder() {}

  /** Refuses an order with any other field. */
  static void only(JsonObject order, Set<String> names) {
    for (String name : order.keySet()) {
      if (!names.contains(name)) {
        throw ApiException.invalid("There is no field \"" + name + "\".");
      }
    }
  }

  static List<String> strings(JsonObject order, String name) {
    JsonElement told = order.get(name);
    if (told == null) {
      return new ArrayList<>();
    }
    List<String> strings = WireJson.strings(told);
    if (strings == null) {
      throw ApiException.invalid("\"" + name + "\" is not a list of strings.");
    }
    return strings;
  }

  static String text(JsonObject order, String name) {
    return order.get(name) instanceof JsonPrimitive p && p.isString() ? p.getAsString() : "";
  }

  static String lifecycleState(String state) {
    if (!EmulatedInstance.LIFECYCLE_STATES.contains(state)) {
      throw ApiException.invalid("There is no lifecycle state " + state + ".");
    }
    return state;
  }
}
