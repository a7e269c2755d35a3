package oosh.journal;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import oosh.json.StrictJson;
import oosh.rollout.cloud.StartRequest;
import oosh.rollout.update.Script;
import org.jspecify.annotations.Nullable;

/**
 * A start's parameters as the journal keeps them: a JSON object in the order in which they are
 * sent, so that they can be sent again to the letter. A script's text stands in it as {@code
 * {"script": SHA-256}}: the texts are kept once, in a table of their own. A template that goes
 * along stands in it as an object, or as a text where an object would not be the same to the
 * letter.
 */
public final class SentParametersCodec {
  private static final String SCRIPT = "script";

  /** Stands around an object that could be taken for one of these two itself. */
  private static final String JSON = "json";

  private SentParametersCodec() {}

  public static String text(Map<String, Object> parameters, @Nullable Script... scripts) {
    Map<String, Object> stored = new LinkedHashMap<>();
    parameters.forEach(
        (name, value) ->
            stored.put(
                name,
                name.equals(StartRequest.CONTENT)
                    ? content(String.valueOf(value))
                    : Stream.of(scripts)
                        .filter(s -> s != null && !value.equals("") && value.equals(s.text()))
                        .findFirst()
                        .map(s -> (Object) Map.of(SCRIPT, s.sha256()))
                        .orElseGet(() -> isReference(value) ? Map.of(JSON, value) : value)));
    return Json.GSON.toJson(stored);
  }

  /** An object where that is written as the text again, to the letter; else the text. */
  private static Object content(String text) {
    JsonElement json = StrictJson.read(text);
    return Json.GSON.toJson(json).equals(text) ? json : text;
  }

  private static boolean isReference(@Nullable Object value) {
    return value instanceof Map<?, ?> m
        && m.size() == 1
        && (m.containsKey(SCRIPT) || m.containsKey(JSON));
  }

  /**
   * Parameters without scripts as the journal keeps them: an object on a line, without the empty
   * objects at the end; "" for none.
   */
  public static String lines(List<Map<String, Object>> values) {
    return values.stream()
        .map(v -> text(v))
        .collect(Collectors.joining("\n"))
        .replaceFirst("(\n?\\{\\})+$", "");
  }

  /**
   * The parameters on a line of {@link #lines}, counted from 0.
   *
   * @throws RuntimeException if the text is not from there
   */
  static Map<String, Object> line(String text, int number) {
    String[] lines = text.split("\n", -1);
    return number < lines.length && !text.isEmpty() ? read(lines[number]) : Map.of();
  }

  /**
   * @throws RuntimeException if the text is not from {@link #text}
   */
  static Map<String, Object> read(String text, @Nullable Script... scripts) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    StrictJson.read(text)
        .getAsJsonObject()
        .asMap()
        .forEach(
            (name, json) ->
                parameters.put(
                    name,
                    name.equals(StartRequest.CONTENT) && json.isJsonObject()
                        ? Json.GSON.toJson(json)
                        : value(json, scripts)));
    return parameters;
  }

  private static Object value(JsonElement json, @Nullable Script... scripts) {
    if (json instanceof JsonObject object && isReference(StrictJson.value(object))) {
      if (object.has(JSON)) {
        return Objects.requireNonNull(StrictJson.value(object.get(JSON)));
      }
      String sha = object.get(SCRIPT).getAsString();
      return Stream.of(scripts)
          .filter(s -> s != null && s.sha256().equals(sha))
          .map(s -> Objects.requireNonNull(s).text())
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("no script " + sha));
    }
    return Objects.requireNonNull(StrictJson.value(json));
  }
}
