package oosh.journal;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import oosh.json.StrictJson;
import oosh.rollout.cloud.StartRequest;
import oosh.rollout.update.Script;
import org.jspecify.annotations.Nullable;

/**
 * A start's parameters as the journal keeps them: a JSON object in the order in which they are
 * sent, so that they can be sent again to the letter. A script's text stands in it as {@code
 * {"script": SHA-256}}: the texts are kept once, in a table of their own. A template that goes
 * along stands in it as an object, not as a text.
 */
public final class SentParametersCodec {
  private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();
  private static final String SCRIPT = "script";

  /** What stands for an object that could be taken for one of these two itself. */
  private static final String JSON = "json";

  private SentParametersCodec() {}

  public static String text(
      Map<String, Object> parameters, @Nullable Script script, @Nullable Script rollbackScript) {
    JsonObject json = new JsonObject();
    parameters.forEach(
        (name, value) -> {
          Script kept = value instanceof String s ? among(s, script, rollbackScript) : null;
          if (name.equals(StartRequest.CONTENT)) {
            json.add(name, StrictJson.read(String.valueOf(value)));
          } else if (kept == null) {
            json.add(name, escaped(GSON.toJsonTree(value)));
          } else {
            JsonObject reference = new JsonObject();
            reference.addProperty(SCRIPT, kept.sha256());
            json.add(name, reference);
          }
        });
    return GSON.toJson(json);
  }

  private static JsonElement escaped(JsonElement value) {
    if (!(value instanceof JsonObject o) || o.size() != 1 || !(o.has(SCRIPT) || o.has(JSON))) {
      return value;
    }
    JsonObject escaped = new JsonObject();
    escaped.add(JSON, value);
    return escaped;
  }

  /**
   * Values that no script is among, as the journal keeps them: an object a line, the last ones only
   * as far as there is anything in them; "" for none.
   */
  public static String kept(List<Map<String, Object>> values) {
    int lines = values.size();
    while (lines > 0 && values.get(lines - 1).isEmpty()) {
      lines--;
    }
    return values.subList(0, lines).stream()
        .map(v -> text(v, null, null))
        .collect(Collectors.joining("\n"));
  }

  /**
   * What {@link #kept} wrote, or an older oosh, a {@code name=value} on each line.
   *
   * @param which of those that were given
   * @throws RuntimeException if neither did
   */
  static Map<String, Object> ofKept(String text, int which) {
    String[] lines = text.split("\n", -1);
    if (text.startsWith("{")) {
      return which < lines.length ? of(lines[which], null, null) : Map.of();
    }
    if (text.isEmpty() || which > 0) {
      return Map.of();
    }
    Map<String, Object> values = new LinkedHashMap<>();
    for (String line : lines) {
      int equals = line.indexOf('=');
      values.put(line.substring(0, equals), older(line.substring(equals + 1)));
    }
    return values;
  }

  private static Object older(String value) {
    if (value.startsWith("[") && value.endsWith("]")) {
      return List.of(value.substring(1, value.length() - 1).split(", ", -1));
    }
    return value.matches("\\d{1,18}") ? (Object) Long.valueOf(value) : value;
  }

  private static @Nullable Script among(String text, @Nullable Script... scripts) {
    for (Script s : scripts) {
      if (s != null && !text.isEmpty() && s.text().equals(text)) {
        return s;
      }
    }
    return null;
  }

  /**
   * @throws IllegalStateException if it is not what {@link #text} wrote
   */
  static Map<String, Object> of(
      String text, @Nullable Script script, @Nullable Script rollbackScript) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    for (Map.Entry<String, JsonElement> e : StrictJson.read(text).getAsJsonObject().entrySet()) {
      parameters.put(
          e.getKey(),
          e.getKey().equals(StartRequest.CONTENT)
              ? GSON.toJson(e.getValue())
              : value(e.getValue(), script, rollbackScript));
    }
    return parameters;
  }

  private static Object value(
      JsonElement json, @Nullable Script script, @Nullable Script rollbackScript) {
    if (json instanceof JsonObject escaped && escaped.has(JSON) && escaped.size() == 1) {
      return Objects.requireNonNull(StrictJson.value(escaped.get(JSON)));
    }
    if (json instanceof JsonObject object && object.has(SCRIPT) && object.size() == 1) {
      String sha = object.get(SCRIPT).getAsString();
      for (Script s : new @Nullable Script[] {script, rollbackScript}) {
        if (s != null && s.sha256().equals(sha)) {
          return s.text();
        }
      }
      throw new IllegalStateException("no script " + sha);
    }
    return Objects.requireNonNull(StrictJson.value(json));
  }
}
