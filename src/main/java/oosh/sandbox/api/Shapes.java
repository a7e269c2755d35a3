package oosh.sandbox.api;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Collection;
import java.util.Map;

/**
 * Writes the objects of answers. A shape has the fields of an object, each with a constant or,
 * after {@code $}, with the path of a value ({@link Values}) and how to write the value:
 *
 * <ul>
 *   <li>{@code $at:seconds}, {@code $at:minutes}: a date
 *   <li>{@code $json:text}: JSON within a text; {@code $text:base64}, {@code $text:sha256}
 *   <li>{@code $name:id}: the id of the template that is called so
 *   <li>{@code $items:Shape}: an array of objects of another shape
 *   <li>{@code $?value}: no field when the value is null; else null is an empty text
 * </ul>
 *
 * A field {@code ...} names a shape whose fields come first; a field {@code Plural.Singular} is a
 * list, which a version of an API wraps or not.
 */
final class Shapes {
  private final Map<String, JsonObject> shapes;
  private final boolean flat;

  /**
   * @param flat whether lists are bare arrays
   */
  Shapes(Map<String, JsonObject> shapes, boolean flat) {
    this.shapes = shapes;
    this.flat = flat;
  }

  JsonObject write(String shape, Object from) {
    JsonObject written = new JsonObject();
    JsonObject fields = shapes.get(shape);
    if (fields == null) {
      throw new IllegalStateException("no shape " + shape);
    }
    fields.asMap().forEach((name, field) -> put(written, name, field, from));
    return written;
  }

  private void put(JsonObject into, String name, JsonElement field, Object from) {
    String text = field.isJsonPrimitive() ? field.getAsString() : "";
    if (name.equals("...")) {
      into.asMap().putAll(write(text, from).asMap());
    } else if (!text.startsWith("$")) {
      into.add(name, field.deepCopy());
    } else if (!text.startsWith("$?")) {
      put(into, name, value(text.substring(1), from));
    } else if (!Values.text(from, text.substring(2).split(":", 2)[0]).isEmpty()) {
      put(into, name, value(text.substring(2), from));
    }
  }

  /** Puts a field; one that is called {@code Plural.Singular} as the version writes lists. */
  void put(JsonObject into, String name, JsonElement value) {
    String[] names = name.split("\\.", 2);
    into.add(names[0], names.length == 1 || flat ? value : WireJson.wrapped(names[1], value));
  }

  private JsonElement value(String field, Object from) {
    String[] parts = field.split(":", 2);
    Object value = Values.of(from, parts[0]);
    String how = parts.length == 1 ? "" : parts[1];
    if (value == null) {
      return new JsonPrimitive("");
    }
    return switch (how) {
      case "" ->
          value instanceof String word ? new JsonPrimitive(word) : WireJson.GSON.toJsonTree(value);
      case "seconds" -> new JsonPrimitive(VendorTimes.seconds((Long) value));
      case "minutes" -> new JsonPrimitive(VendorTimes.minutes((Long) value));
      case "text" -> new JsonPrimitive(WireJson.GSON.toJson(value));
      case "base64" -> new JsonPrimitive(WireJson.base64(value.toString()));
      case "sha256" -> new JsonPrimitive(Sha256.hex(value.toString()));
      case "id" -> new JsonPrimitive("t-" + Sha256.hex(value.toString()).substring(0, 16));
      default -> array(how, (Collection<?>) value);
    };
  }

  JsonArray array(String shape, Collection<?> items) {
    JsonArray array = new JsonArray();
    items.forEach(item -> array.add(write(shape, item)));
    return array;
  }
}
