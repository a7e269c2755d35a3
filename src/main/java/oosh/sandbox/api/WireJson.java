package oosh.sandbox.api;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** JSON in and out: strict when read; raw UTF-8, never HTML-escaped, when written. */
public final class WireJson {
  public static final Gson GSON =
      new GsonBuilder().setStrictness(Strictness.STRICT).disableHtmlEscaping().create();

  private WireJson() {}

  public static String text(JsonElement element) {
    return GSON.toJson(element);
  }

  /** A resource of JSON, as a type that Gson reads. */
  public static <T> T resource(String path, Class<T> type) {
    return GSON.fromJson(Resources.text(path), type);
  }

  /** Reads one JSON value and nothing after it; null when the text is not that. */
  public static @Nullable JsonElement parse(String text) {
    try (JsonReader reader = new JsonReader(new StringReader(text))) {
      reader.setStrictness(Strictness.STRICT);
      JsonElement element = GSON.fromJson(reader, JsonElement.class);
      return element != null && reader.peek() == JsonToken.END_DOCUMENT ? element : null;
    } catch (JsonParseException | IOException | IllegalStateException refused) {
      return null;
    }
  }

  public static @Nullable JsonObject parseObject(String text) {
    JsonElement element = parse(text);
    return element != null && element.isJsonObject() ? element.getAsJsonObject() : null;
  }

  /** A JSON array of strings, or null when the text is anything else. */
  public static @Nullable List<String> parseStrings(String text) {
    JsonElement element = parse(text);
    return element == null ? null : strings(element);
  }

  public static @Nullable List<String> strings(JsonElement element) {
    if (!element.isJsonArray()) {
      return null;
    }
    List<String> strings = new ArrayList<>();
    for (JsonElement each : element.getAsJsonArray()) {
      if (!each.isJsonPrimitive()) {
        return null;
      }
      strings.add(each.getAsString());
    }
    return strings;
  }

  /** A field's text; empty when there is none, or it is no single value. */
  public static String string(JsonObject json, String name) {
    return json.has(name) && json.get(name).isJsonPrimitive() ? json.get(name).getAsString() : "";
  }

  /** The Base64 of a text in UTF-8: how scripts and outputs travel. */
  public static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  public static JsonArray array(Iterable<String> strings) {
    JsonArray array = new JsonArray();
    strings.forEach(array::add);
    return array;
  }

  /** An object of a single field. */
  public static JsonObject wrapped(String field, JsonElement value) {
    JsonObject object = new JsonObject();
    object.add(field, value);
    return object;
  }

  /** An object of strings from alternating names and values. */
  public static JsonObject object(String... namesAndValues) {
    JsonObject object = new JsonObject();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      object.addProperty(namesAndValues[i], namesAndValues[i + 1]);
    }
    return object;
  }
}
