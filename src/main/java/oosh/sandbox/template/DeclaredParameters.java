package oosh.sandbox.template;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.annotations.SerializedName;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import oosh.sandbox.api.ApiException;
import oosh.sandbox.api.WireJson;
import org.jspecify.annotations.Nullable;

/** The parameters that a template declares, and the check of what a caller hands to it. */
public final class DeclaredParameters {
  private static final List<String> TYPES = List.of("String", "Number", "Boolean", "List", "Json");

  /** A parameter that a template declares; without a default it must be given. */
  private static final class DeclaredParameter {
    @SerializedName("Type")
    String type = "String";

    @SerializedName("Default")
    @Nullable JsonElement byDefault;

    /** Empty for any. */
    @SerializedName("AllowedValues")
    List<String> allowed = List.of();

    @SerializedName("MinValue")
    @Nullable BigDecimal min;

    @SerializedName("MaxValue")
    @Nullable BigDecimal max;
  }

  /** A String's default that is the region of the execution. */
  private static final String REGION = "{{ ACS::RegionId }}";

  private final String template;
  private final JsonObject json;
  private final Map<String, DeclaredParameter> declared = new LinkedHashMap<>();

  /**
   * As a template's text declares them.
   *
   * @param template its name, for what is said of a wrong parameter
   * @throws ApiException InvalidParameter for a declaration that the sandbox does not understand
   */
  DeclaredParameters(String template, JsonObject json) {
    this.template = template;
    this.json = json.deepCopy();
    for (String name : json.keySet()) {
      DeclaredParameter parameter = declaration(name, this.json.get(name));
      this.json.getAsJsonObject(name).addProperty("Type", parameter.type);
      declared.put(name, parameter);
    }
  }

  private static DeclaredParameter declaration(String name, JsonElement json) {
    try {
      DeclaredParameter parameter =
          WireJson.GSON.fromJson(json.getAsJsonObject(), DeclaredParameter.class);
      if (TYPES.contains(parameter.type)) {
        return parameter;
      }
    } catch (JsonParseException | IllegalStateException refused) {
      throw ApiException.invalid("The parameter " + name + " of the template is not valid.");
    }
    throw ApiException.invalid("The parameter " + name + " of the template has an unknown Type.");
  }

  public boolean has(String name) {
    return declared.containsKey(name);
  }

  /**
   * The caller's parameters, checked, with every default filled in. That the real service keeps the
   * defaulted set is assumed; the rollback path of the public templates reads it. That it refuses
   * unknown names is assumed too.
   *
   * @param regionId what a default that names the region becomes (that it is resolved is assumed)
   * @throws ApiException InvalidParameter or MissingParameter
   */
  public JsonObject checked(@Nullable String text, String regionId) {
    JsonObject given =
        text == null || text.isEmpty() ? new JsonObject() : WireJson.parseObject(text);
    if (given == null) {
      throw ApiException.invalid("The parameter \"Parameters\" is not a JSON object.");
    }
    for (String name : given.keySet()) {
      if (!has(name)) {
        throw ApiException.invalid(
            "The parameter \"" + name + "\" is not defined in template " + template + ".");
      }
    }
    JsonObject full = new JsonObject();
    declared.forEach(
        (name, parameter) -> {
          JsonElement value = given.get(name);
          if (value == null || value.isJsonNull()) {
            value = parameter.byDefault;
          }
          if (value == null) {
            throw ApiException.missing("Parameters." + name);
          }
          if (value.equals(new JsonPrimitive(REGION))) {
            value = new JsonPrimitive(regionId);
          }
          full.add(name, value(name, parameter, value.deepCopy()));
        });
    return full;
  }

  private static JsonElement value(String name, DeclaredParameter declared, JsonElement given) {
    if (declared.type.equals("Number")) {
      return WireJson.GSON.toJsonTree(number(name, declared, given));
    }
    boolean single = given.isJsonPrimitive();
    boolean list = declared.type.equals("List");
    // Assumed: a lone value stands for a list of one, since lifecycleState's own default does.
    JsonElement value = single && list ? WireJson.array(List.of(given.getAsString())) : given;
    boolean right =
        switch (declared.type) {
          case "List" -> value.isJsonArray();
          case "Boolean" -> single && value.getAsJsonPrimitive().isBoolean();
          case "Json" -> value.isJsonObject() || value.isJsonArray();
          default -> single && value.getAsJsonPrimitive().isString();
        };
    if (!right) {
      throw ApiException.invalid("The parameter \"" + name + "\" must be a " + declared.type + ".");
    }
    if (!declared.allowed.isEmpty()) {
      List<String> texts = list ? WireJson.strings(value) : List.of(value.getAsString());
      if (texts == null || !declared.allowed.containsAll(texts)) {
        throw ApiException.invalid(
            "The parameter \"%s\" must be one of %s; it is %s."
                .formatted(name, String.join(", ", declared.allowed), value));
      }
    }
    return value;
  }

  private static int number(String name, DeclaredParameter declared, JsonElement value) {
    BigDecimal number;
    try {
      number = new BigDecimal(value.isJsonPrimitive() ? value.getAsString() : "-");
      int whole = number.intValueExact();
      if ((declared.min == null || declared.min.compareTo(number) <= 0)
          && (declared.max == null || declared.max.compareTo(number) >= 0)) {
        return whole;
      }
    } catch (NumberFormatException | ArithmeticException notWhole) {
      throw ApiException.invalid("The parameter \"" + name + "\" must be a whole number.");
    }
    throw ApiException.invalid(
        "The parameter \"%s\" must be between %s and %s."
            .formatted(name, declared.min, declared.max));
  }

  /** As a template's text declares them. */
  public JsonObject json() {
    return json;
  }
}
