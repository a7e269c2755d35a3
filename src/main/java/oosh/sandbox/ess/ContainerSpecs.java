package oosh.sandbox.ess;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import oosh.sandbox.api.ApiCall;
import oosh.sandbox.api.ApiException;
import oosh.sandbox.api.WireJson;

/**
 * The containers of a container group or of a scaling configuration, each an object with a Name.
 */
public final class ContainerSpecs {
  public static final String RENEW = "RenewUpdate";

  private ContainerSpecs() {}

  /**
   * The containers after an update. Each is identified by its name; what an incremental update
   * leaves out stays as before, and a renewing update keeps nothing (source: ESS's SDK,
   * ModifyEciScalingConfiguration, 2026-06).
   *
   * @param change a list of containers, or a single container
   * @throws ApiException InvalidParameter for what is neither, or for a container without a name
   */
  public static JsonArray updated(JsonArray before, JsonElement change, String type) {
    JsonArray list = change instanceof JsonArray array ? array : new JsonArray();
    if (change instanceof JsonObject one && !one.isEmpty()) {
      list.add(one);
    }
    Map<String, JsonObject> after = new java.util.LinkedHashMap<>();
    if (!type.equals(RENEW)) {
      before.forEach(each -> put(after, each));
    }
    list.forEach(each -> put(after, each));
    if (list.isEmpty()) {
      throw ApiException.missing("Container.1.Name");
    }
    return WireJson.GSON.toJsonTree(after.values()).getAsJsonArray();
  }

  /**
   * As DescribeEciScalingConfigurations writes containers: lists in the plural, nothing nested, and
   * an empty list where there is none (source: the vendor's SDK of ESS 2022-02-22, 2026-06).
   */
  static JsonArray described(JsonArray containers) {
    JsonArray described = new JsonArray();
    for (JsonElement each : containers) {
      JsonObject flat = new JsonObject();
      for (String list : List.of("Args", "Commands", "EnvironmentVars", "Ports", "VolumeMounts")) {
        flat.add(list, new JsonArray());
      }
      describe(each.getAsJsonObject(), "", flat);
      described.add(flat);
    }
    return described;
  }

  private static void describe(JsonObject part, String before, JsonObject flat) {
    part.asMap()
        .forEach(
            (name, value) -> {
              if (value instanceof JsonObject inner) {
                describe(inner, before + name, flat);
              } else {
                flat.add(before + name + (value.isJsonArray() ? "s" : ""), value.deepCopy());
              }
            });
  }

  private static void put(Map<String, JsonObject> into, JsonElement container) {
    if (!(container instanceof JsonObject object) || WireJson.string(object, "Name").isEmpty()) {
      throw ApiException.invalid("A container is an object with a Name.");
    }
    JsonObject whole =
        into.computeIfAbsent(WireJson.string(object, "Name"), name -> new JsonObject());
    object.asMap().forEach((key, value) -> whole.add(key, value.deepCopy()));
  }

  /** {@code Container.1.Image} and its like, or one JSON array under {@code Container}. */
  static JsonArray of(ApiCall call) {
    String whole = call.get("Container");
    if (whole != null) {
      if (WireJson.parse(whole) instanceof JsonArray array) {
        return array;
      }
      throw ApiException.invalid("The parameter \"Container\" is not a JSON array.");
    }
    JsonArray array = new JsonArray();
    for (Map<String, String> fields : call.objects("Container")) {
      JsonObject container = new JsonObject();
      fields.forEach(container::addProperty);
      array.add(container);
    }
    return array;
  }
}
