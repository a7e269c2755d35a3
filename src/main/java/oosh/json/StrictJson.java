package oosh.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.ToNumberPolicy;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON value by the letter of the standard; a field that an object has twice is an error.
 */
public final class StrictJson {
  /** Deeper than any service answers or any person writes, shallow enough for any stack. */
  private static final int MAX_DEPTH = 64;

  /**
   * More than a full page of any list holds, a hundred executions on a thousand instances each
   * included. A value of one byte takes a hundred in memory: 16 MiB of zeros would be 1 GiB.
   */
  static final int MAX_VALUES = 250_000;

  /** Where Gson says that it stopped. */
  private static final Pattern PLACE = Pattern.compile("line (\\d+) column (\\d+)");

  private final JsonReader json;
  private int seen;

  private StrictJson(String text) {
    json = new JsonReader(new StringReader(text));
    json.setStrictness(Strictness.STRICT);
    json.setNestingLimit(MAX_DEPTH);
  }

  /**
   * The text is not exactly one JSON value. The message begins with "it" and says why; the message
   * and the place quote no value of the text.
   */
  public static final class InvalidJsonException extends JsonParseException {
    private static final long serialVersionUID = 1L;

    private final String place;

    private InvalidJsonException(String why, String place) {
      super(why);
      this.place = place;
    }

    /** {@code line 3, column 7}; "" if it is not known. */
    public String place() {
      return place;
    }
  }

  /**
   * The value that the text is.
   *
   * @throws InvalidJsonException if it is not exactly one, or exceeds the bounds
   */
  public static JsonElement read(String text) {
    StrictJson reader = new StrictJson(text);
    try {
      JsonElement value = reader.element();
      if (reader.json.peek() != JsonToken.END_DOCUMENT) {
        throw new InvalidJsonException("it has more than one value", "");
      }
      return value;
    } catch (EOFException e) {
      throw new InvalidJsonException("it is cut off, or empty", "");
    } catch (IOException | NumberFormatException e) {
      Matcher place = PLACE.matcher(String.valueOf(e.getMessage()));
      throw new InvalidJsonException(
          "it is not valid JSON near " + reader.json.getPath(),
          place.find() ? "line " + place.group(1) + ", column " + place.group(2) : "");
    }
  }

  /** The JSON object that the text is; empty if it is not exactly one. */
  public static Optional<JsonObject> object(String text) {
    try {
      return read(text) instanceof JsonObject o ? Optional.of(o) : Optional.empty();
    } catch (InvalidJsonException e) {
      return Optional.empty();
    }
  }

  /** The JSON object that the bytes are; empty if they are not exactly one in UTF-8. */
  public static Optional<JsonObject> object(byte[] bytes) {
    try {
      return object(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private JsonElement element() throws IOException {
    if (++seen > MAX_VALUES) {
      throw new InvalidJsonException("it has more than " + MAX_VALUES + " values", "");
    }
    return switch (json.peek()) {
      case BEGIN_OBJECT -> object();
      case BEGIN_ARRAY -> array();
      case BOOLEAN -> new JsonPrimitive(json.nextBoolean());
      case NUMBER -> new JsonPrimitive(ToNumberPolicy.LAZILY_PARSED_NUMBER.readNumber(json));
      case NULL -> {
        json.nextNull();
        yield JsonNull.INSTANCE;
      }
      default -> new JsonPrimitive(json.nextString());
    };
  }

  private JsonObject object() throws IOException {
    JsonObject object = new JsonObject();
    json.beginObject();
    while (json.hasNext()) {
      String name = json.nextName();
      if (object.has(name)) {
        throw new InvalidJsonException("it has \"" + name + "\" twice", "");
      }
      object.add(name, element());
    }
    json.endObject();
    return object;
  }

  private JsonArray array() throws IOException {
    JsonArray array = new JsonArray();
    json.beginArray();
    while (json.hasNext()) {
      array.add(element());
    }
    json.endArray();
    return array;
  }

  /** The object's fields as {@link #value} gives them, in their order; nulls are left out. */
  public static Map<String, Object> values(JsonObject object) {
    Map<String, Object> values = new LinkedHashMap<>();
    object
        .asMap()
        .forEach(
            (name, field) -> {
              Object value = value(field);
              if (value != null) {
                values.put(name, value);
              }
            });
    return values;
  }

  /**
   * The value as String, Long, Double, Boolean, List or Map; null for JSON's null, which a list or
   * a map leaves out. A number that no double holds stays the text that it was: JSON has no word
   * for infinity.
   */
  public static @Nullable Object value(JsonElement json) {
    if (json instanceof JsonObject object) {
      return values(object);
    }
    if (json instanceof JsonArray array) {
      List<Object> list = new ArrayList<>();
      for (JsonElement item : array) {
        Object value = value(item);
        if (value != null) {
          list.add(value);
        }
      }
      return list;
    }
    if (!(json instanceof JsonPrimitive p)) {
      return null;
    }
    return p.isBoolean() ? (Object) p.getAsBoolean() : p.isNumber() ? number(p) : p.getAsString();
  }

  private static Object number(JsonPrimitive p) {
    String digits = p.getAsString();
    try {
      return Long.valueOf(digits);
    } catch (NumberFormatException fraction) {
      double number = Double.parseDouble(digits);
      return Double.isFinite(number) ? (Object) number : digits;
    }
  }
}
