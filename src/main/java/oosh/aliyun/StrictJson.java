package oosh.aliyun;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * JSON by the letter of the standard, and what is asked of it. A field that is missing or of
 * another type reads as absent: what must be there is checked by whoever needs it.
 */
final class StrictJson {
  /** Deeper than anything OOS sends, shallow enough for any stack. */
  static final int MAX_DEPTH = 64;

  /**
   * More than a full page of anything holds, a hundred executions on a thousand instances each
   * included. A value of one byte takes a hundred in memory: 16 MiB of zeros would be 1 GiB.
   */
  static final int MAX_VALUES = 250_000;

  /** More than the vendor lets any group or execution hold; beyond it a number is no count. */
  private static final int MAX_COUNT = 1_000_000;

  /** A time before the first or after the last is none that a calendar here can show. */
  private static final Instant FIRST = Instant.EPOCH;

  private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

  private StrictJson() {}

  /** Gives up when there are more values than that. */
  private static final class CountingJsonReader extends JsonReader {
    private int seen;

    CountingJsonReader(String text) {
      super(new StringReader(text));
    }

    @Override
    public JsonToken peek() throws IOException {
      if (++seen > MAX_VALUES) {
        throw new JsonParseException("too many values");
      }
      return super.peek();
    }
  }

  /** The one object that the bytes are; empty if they are not exactly one JSON object in UTF-8. */
  static Optional<JsonObject> object(byte[] bytes) {
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes))
              .toString();
      return object(text);
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** The one object that the text is; empty if it is not exactly one JSON object. */
  static Optional<JsonObject> object(String text) {
    try {
      return read(text) instanceof JsonObject o ? Optional.of(o) : Optional.empty();
    } catch (IOException | JsonParseException e) {
      return Optional.empty();
    }
  }

  /**
   * The one value that the text is.
   *
   * @throws IOException if it is cut off
   * @throws JsonParseException if it is no JSON; its message names line and column
   */
  static JsonElement read(String text) throws IOException {
    JsonReader reader = new CountingJsonReader(text);
    reader.setStrictness(Strictness.STRICT);
    reader.setNestingLimit(MAX_DEPTH);
    JsonElement element = JsonParser.parseReader(reader);
    if (reader.peek() != JsonToken.END_DOCUMENT) {
      throw new JsonParseException("more than one value");
    }
    return element;
  }

  /** The field's text, or null. */
  static @Nullable String textOrNull(JsonObject o, String name) {
    return o.get(name) instanceof JsonPrimitive p ? p.getAsString() : null;
  }

  /** The field's text; "" if there is none. */
  static String text(JsonObject o, String name) {
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
    if (!(o.get(name) instanceof JsonPrimitive p)) {
      return 0;
    }
    Optional<Long> n = whole(p.getAsString());
    return n.filter(v -> v == v.intValue()).map(Long::intValue).orElse(0);
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

  /**
   * The field's object, also if it is written as text, as StartExecution does; else an empty one.
   */
  static JsonObject objectIn(JsonObject o, String name) {
    JsonElement e = o.get(name);
    if (e instanceof JsonObject found) {
      return found;
    }
    if (e instanceof JsonPrimitive p && p.isString()) {
      return object(p.getAsString()).orElseGet(JsonObject::new);
    }
    return new JsonObject();
  }

  /** The objects of a list; null if the field is no list, or a list with something else in it. */
  static @Nullable List<JsonObject> objects(@Nullable JsonElement list) {
    if (!(list instanceof JsonArray array)) {
      return null;
    }
    List<JsonObject> objects = new ArrayList<>();
    for (JsonElement e : array) {
      if (!(e instanceof JsonObject o)) {
        return null;
      }
      objects.add(o);
    }
    return objects;
  }

  /** The object's values in the language's types; nulls are left out. */
  static Map<String, Object> values(JsonObject o) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonElement> entry : o.entrySet()) {
      Object value = value(entry.getValue());
      if (value != null) {
        values.put(entry.getKey(), value);
      }
    }
    return values;
  }

  /** The value in the language's types; null for JSON's null. */
  static @Nullable Object value(JsonElement e) {
    if (e instanceof JsonObject o) {
      return values(o);
    }
    if (e instanceof JsonArray array) {
      List<Object> list = new ArrayList<>();
      for (JsonElement item : array) {
        Object value = value(item);
        if (value != null) {
          list.add(value);
        }
      }
      return list;
    }
    if (!(e instanceof JsonPrimitive p)) {
      return null;
    }
    if (p.isBoolean()) {
      return p.getAsBoolean();
    }
    if (p.isNumber()) {
      String text = p.getAsString();
      Optional<Long> whole = whole(text);
      if (whole.isPresent()) {
        return whole.get();
      }
      double number = Double.parseDouble(text);
      // What no double can hold stays as it was written: JSON has no word for infinity.
      return Double.isFinite(number) ? (Object) number : text;
    }
    return p.getAsString();
  }

  /** Whether a text of it, or a field's name, at any depth, is such a one. */
  static boolean holdsText(JsonElement e, Predicate<String> such) {
    if (e instanceof JsonObject o) {
      return o.entrySet().stream()
          .anyMatch(f -> such.test(f.getKey()) || holdsText(f.getValue(), such));
    }
    if (e instanceof JsonArray array) {
      for (JsonElement item : array) {
        if (holdsText(item, such)) {
          return true;
        }
      }
      return false;
    }
    return e instanceof JsonPrimitive p && p.isString() && such.test(p.getAsString());
  }

  static Optional<Long> whole(String text) {
    try {
      return Optional.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
