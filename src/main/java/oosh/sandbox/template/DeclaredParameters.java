package oosh.sandbox.template;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import oosh.sandbox.api.ApiException;
import oosh.sandbox.api.WireJson;
import org.jspecify.annotations.Nullable;

/** The parameters that a template declares, and the check of what a caller hands to it. */
public final class DeclaredParameters {
  static final List<String> TYPES = List.of("String", "Number", "Boolean", "List", "Json");

  /**
   * A parameter that a template declares.
   *
   * @param byDefault null for one that must be given
   * @param allowed AllowedValues; empty if any
   * @param min MinValue, max MaxValue, of a Number
   * @param description what it is for; empty if nothing is said
   */
  record DeclaredParameter(
      String name,
      String type,
      @Nullable JsonElement byDefault,
      List<String> allowed,
      @Nullable BigDecimal min,
      @Nullable BigDecimal max,
      String description) {}

  /** A String's default that is the region of the execution. */
  static final String REGION = "{{ ACS::RegionId }}";

  private final String template;
  private final List<DeclaredParameter> declared;

  /**
   * @param template its name, for what is said of a wrong parameter
   */
  DeclaredParameters(String template, List<DeclaredParameter> declared) {
    this.template = template;
    this.declared = List.copyOf(declared);
  }

  /**
   * As a template's text declares them.
   *
   * @throws ApiException InvalidParameter for a declaration that the sandbox does not understand
   */
  static DeclaredParameters of(String template, JsonObject text) {
    List<DeclaredParameter> declared = new ArrayList<>();
    text.asMap()
        .forEach(
            (name, value) -> {
              if (!(value instanceof JsonObject shape)) {
                throw ApiException.invalid(
                    "The parameter " + name + " of the template is no object.");
              }
              String type = shape.has("Type") ? shape.get("Type").getAsString() : "String";
              if (!TYPES.contains(type)) {
                throw ApiException.invalid(
                    "The parameter " + name + " of the template has an unknown Type: " + type);
              }
              List<String> allowed =
                  shape.has("AllowedValues") ? WireJson.strings(shape.get("AllowedValues")) : null;
              declared.add(
                  new DeclaredParameter(
                      name,
                      type,
                      shape.get("Default"),
                      allowed == null ? List.of() : allowed,
                      limit(shape, "MinValue"),
                      limit(shape, "MaxValue"),
                      WireJson.string(shape, "Description")));
            });
    return new DeclaredParameters(template, declared);
  }

  private static @Nullable BigDecimal limit(JsonObject shape, String name) {
    return shape.has(name) ? shape.get(name).getAsBigDecimal() : null;
  }

  List<String> names() {
    return declared.stream().map(DeclaredParameter::name).toList();
  }

  public boolean has(String name) {
    return declared.stream().anyMatch(d -> d.name().equals(name));
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
    for (DeclaredParameter each : declared) {
      JsonElement value = given.get(each.name());
      if (value == null || value.isJsonNull()) {
        value = each.byDefault();
      }
      if (value == null) {
        throw ApiException.missing("Parameters." + each.name());
      }
      if (value.equals(new JsonPrimitive(REGION))) {
        value = new JsonPrimitive(regionId);
      }
      full.add(each.name(), value(each, value.deepCopy()));
    }
    return full;
  }

  private static JsonElement value(DeclaredParameter declared, JsonElement value) {
    String name = declared.name();
    switch (declared.type()) {
      case "List" -> {
        // Assumed: a lone value stands for a list of one, since lifecycleState's own default does.
        if (value.isJsonPrimitive()) {
          value = WireJson.array(List.of(value.getAsString()));
        }
        if (!value.isJsonArray()) {
          throw ApiException.invalid("The parameter \"" + name + "\" must be a list.");
        }
        if (!declared.allowed().isEmpty()) {
          List<String> list = WireJson.strings(value);
          if (list == null) {
            throw ApiException.invalid("The parameter \"" + name + "\" must be a list of strings.");
          }
          list.forEach(each -> allow(declared, each));
        }
        return value;
      }
      case "Number" -> {
        return WireJson.GSON.toJsonTree(number(declared, value));
      }
      case "Boolean" -> {
        if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isBoolean()) {
          throw ApiException.invalid("The parameter \"" + name + "\" must be true or false.");
        }
        return value;
      }
      case "Json" -> {
        if (!value.isJsonObject() && !value.isJsonArray()) {
          throw ApiException.invalid("The parameter \"" + name + "\" must be JSON.");
        }
        return value;
      }
      default -> {
        if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isString()) {
          throw ApiException.invalid("The parameter \"" + name + "\" must be a string.");
        }
        allow(declared, value.getAsString());
        return value;
      }
    }
  }

  private static int number(DeclaredParameter declared, JsonElement value) {
    BigDecimal number;
    try {
      number = new BigDecimal(value.isJsonPrimitive() ? value.getAsString() : "-");
      int whole = number.intValueExact();
      if ((declared.min() == null || declared.min().compareTo(number) <= 0)
          && (declared.max() == null || declared.max().compareTo(number) >= 0)) {
        return whole;
      }
    } catch (NumberFormatException | ArithmeticException notWhole) {
      throw ApiException.invalid(
          "The parameter \"" + declared.name() + "\" must be a whole number.");
    }
    throw ApiException.invalid(
        "The parameter \""
            + declared.name()
            + "\" must be between "
            + declared.min()
            + " and "
            + declared.max()
            + ".");
  }

  private static void allow(DeclaredParameter declared, String value) {
    if (!declared.allowed().isEmpty() && !declared.allowed().contains(value)) {
      throw ApiException.invalid(
          "The parameter \""
              + declared.name()
              + "\" must be one of "
              + String.join(", ", declared.allowed())
              + "; it is \""
              + value
              + "\".");
    }
  }

  /** As a template's text declares them. */
  public JsonObject json() {
    JsonObject parameters = new JsonObject();
    for (DeclaredParameter each : declared) {
      JsonObject shape = WireJson.object("Type", each.type());
      if (!each.description().isEmpty()) {
        shape.addProperty("Description", each.description());
      }
      if (each.byDefault() != null) {
        shape.add("Default", each.byDefault());
      }
      if (!each.allowed().isEmpty()) {
        shape.add("AllowedValues", WireJson.array(each.allowed()));
      }
      if (each.min() != null) {
        shape.addProperty("MinValue", each.min());
      }
      if (each.max() != null) {
        shape.addProperty("MaxValue", each.max());
      }
      parameters.add(each.name(), shape);
    }
    return parameters;
  }
}
