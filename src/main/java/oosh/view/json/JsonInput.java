package oosh.view.json;

import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import oosh.rollout.Problem;
import oosh.view.text.TextSanitizer;

/** JSON that a person has written, as Java's values. */
public final class JsonInput {
  /** Deeper than any configuration, shallow enough for any stack. */
  private static final int MAX_DEPTH = 32;

  private JsonInput() {}

  /**
   * String, Long, Double, Boolean, List and Map, the order of fields kept.
   *
   * @param name of what it is for, or of its file
   * @throws Problem USAGE if it is not exactly one value of JSON, or has a null in it
   */
  public static Object of(String name, String text) {
    JsonReader json = new JsonReader(new StringReader(text));
    json.setStrictness(Strictness.STRICT);
    json.setNestingLimit(MAX_DEPTH);
    try {
      Object value = value(name, json);
      if (json.peek() != JsonToken.END_DOCUMENT) {
        throw new JsonParseException("more than one value");
      }
      return value;
    } catch (EOFException e) {
      throw bad(name, "it is cut off, or empty");
    } catch (MalformedJsonException | JsonParseException | NumberFormatException e) {
      throw bad(name, "it is no JSON near " + json.getPath());
    } catch (IOException e) {
      throw bad(name, "it is no JSON");
    }
  }

  private static Object value(String name, JsonReader json) throws IOException {
    switch (json.peek()) {
      case BEGIN_OBJECT -> {
        Map<String, Object> object = new LinkedHashMap<>();
        json.beginObject();
        while (json.hasNext()) {
          String field = json.nextName();
          if (object.put(field, value(name, json)) != null) {
            throw bad(name, "it has \"" + field + "\" twice");
          }
        }
        json.endObject();
        return object;
      }
      case BEGIN_ARRAY -> {
        List<Object> list = new ArrayList<>();
        json.beginArray();
        while (json.hasNext()) {
          list.add(value(name, json));
        }
        json.endArray();
        return list;
      }
      case BOOLEAN -> {
        return json.nextBoolean();
      }
      case NUMBER -> {
        String digits = json.nextString();
        return digits.matches("-?\\d{1,18}") ? (Object) Long.valueOf(digits) : finite(name, digits);
      }
      case NULL ->
          throw bad(name, "there is a null at " + json.getPath() + ": leave that field out");
      default -> {
        return json.nextString();
      }
    }
  }

  private static Object finite(String name, String digits) {
    double number = Double.parseDouble(digits);
    if (!Double.isFinite(number)) {
      throw bad(name, "a number in it is too large");
    }
    return number;
  }

  private static Problem bad(String name, String why) {
    return Problem.usage(
        "cannot read " + TextSanitizer.line(name) + " as JSON",
        why,
        "python3 -m json.tool tells the place");
  }
}
