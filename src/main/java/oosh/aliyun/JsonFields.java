package oosh.aliyun;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import oosh.json.StrictJson;
import org.jspecify.annotations.Nullable;

/**
 * Fields of a service's answer. A field that is missing or of another type reads as absent: the
 * caller checks the fields that must be there.
 */
public final class JsonFields {
  /** More than the vendor lets any group or execution hold; beyond it a number is no count. */
  private static final int MAX_COUNT = 1_000_000;

  /** A time before the first or after the last is none that a calendar here can show. */
  private static final Instant FIRST = Instant.EPOCH;

  private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

  private JsonFields() {}

  /** The field's text, or null. */
  static @Nullable String textOrNull(JsonObject o, String name) {
    return o.get(name) instanceof JsonPrimitive p ? p.getAsString() : null;
  }

  /** The field's text; "" if there is none. */
  public static String text(JsonObject o, String name) {
    String text = textOrNull(o, name);
    return text == null ? "" : text;
  }

  /** The field as text, JSON if it is an object or a list; "" if there is none. */
  static String jsonText(JsonObject o, String name) {
    JsonElement e = o.get(name);
    if (e == null || e.isJsonNull()) {
      return "";
    }
    return e instanceof JsonPrimitive p ? p.getAsString() : e.toString();
  }

  /** The field's whole number; 0 if there is none. */
  static int number(JsonObject o, String name) {
    return whole(text(o, name)).filter(v -> v == v.intValue()).map(Long::intValue).orElse(0);
  }

  /** How many, from 0 to 1,000,000; 0 if the field is missing or says anything else. */
  static int count(JsonObject o, String name) {
    int n = number(o, name);
    return n < 0 || n > MAX_COUNT ? 0 : n;
  }

  /**
   * The field's time, in UTC; null if there is none, OOS wrote it otherwise, or it is not from 1970
   * to 9999.
   */
  static @Nullable Instant time(JsonObject o, String name) {
    String text = text(o, name);
    try {
      Instant time = text.isEmpty() ? null : Instant.parse(text);
      return time == null || time.isBefore(FIRST) || time.isAfter(LAST) ? null : time;
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  /** The field's value, also if it is written as JSON text; null if there is none. */
  static @Nullable JsonElement parsed(JsonObject o, String name) {
    JsonElement e = o.get(name);
    if (!(e instanceof JsonPrimitive p && p.isString())) {
      return e;
    }
    try {
      return StrictJson.read(p.getAsString());
    } catch (StrictJson.InvalidJsonException notJson) {
      return null;
    }
  }

  /**
   * The field's object, also if it is written as text, as StartExecution does; else an empty one.
   */
  static JsonObject objectIn(JsonObject o, String name) {
    return parsed(o, name) instanceof JsonObject found ? found : new JsonObject();
  }

  /** The objects of a list; empty if the field is no list, or a list with something else in it. */
  public static Optional<List<JsonObject>> objects(@Nullable JsonElement list) {
    return list instanceof JsonArray array
            && array.asList().stream().allMatch(JsonElement::isJsonObject)
        ? Optional.of(array.asList().stream().map(JsonElement::getAsJsonObject).toList())
        : Optional.empty();
  }

  /** The texts of a list, or the text in place of a list; what else stands there is left out. */
  static List<String> texts(@Nullable JsonElement list) {
    return (list instanceof JsonArray array ? array.asList().stream() : Stream.ofNullable(list))
        .filter(JsonElement::isJsonPrimitive)
        .map(JsonElement::getAsString)
        .toList();
  }

  /** Whether a text or a field's name in it, at any depth, matches. */
  static boolean holdsText(JsonElement e, Predicate<String> matches) {
    if (e instanceof JsonObject o) {
      return o.entrySet().stream()
          .anyMatch(f -> matches.test(f.getKey()) || holdsText(f.getValue(), matches));
    }
    return e instanceof JsonArray array
        ? array.asList().stream().anyMatch(item -> holdsText(item, matches))
        : e instanceof JsonPrimitive p && p.isString() && matches.test(p.getAsString());
  }

  static Optional<Long> whole(String text) {
    try {
      return Optional.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
