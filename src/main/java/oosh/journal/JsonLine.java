package oosh.journal;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import oosh.json.StrictJson;

/*
 * {"oosh":"journal","schema":1,"exported":"2026-11-23T12:00:00Z"}
 * {"table":"script","sha256":"aebc9f…","bytes":214,"content":"#!/bin/sh -e\n…"}
 * {"table":"execution","token":"oosh-1","state":"STARTED","isRollback":false,…}
 * {"table":"outputText","sha256":"5bed2c…","content":"web is up\n"}
 * {"table":"output","executionId":"exec-1","position":0,"instance":"i-1","sha256":"5bed2c…",…}
 * {"table":"goodVersion","grp":"asg-1","name":"2.4.1","executionId":"exec-1",…}
 * {"table":"end","scripts":1,"executions":1}
 */
/**
 * A line of an exported journal: one flat JSON object. Its fields are the table's columns, in
 * camelCase; values are texts, whole numbers and booleans, times are texts in ISO 8601 and UTC, and
 * what is null is left out. Half of a character, as a text that was cut can end with, is U+FFFD.
 */
public final class JsonLine {
  /** The most that a line may have in bytes; a script is a few thousand. */
  public static final int MAX_BYTES = 1 << 20;

  /** The field that tells what a line is. */
  public static final String TABLE = "table";

  /** What a field holds that none of ours does: an object, a list, a number with a fraction. */
  static final Object OTHER = new Object();

  /** What could act on a terminal, and Gson leaves as it is. */
  private static final Pattern RAW =
      Pattern.compile(
          "[\\x7f-\\x9f\\u061c\\u200b\\u200e\\u200f\\u202a-\\u202e\\u2060-\\u2069\\ufeff]");

  /**
   * Half of a character, whose other half was cut off. It means nothing, UTF-8 cannot hold it, and
   * readers of JSON refuse it, escaped or not; Gson does where it is strict.
   */
  private static final Pattern HALF = Pattern.compile("[\\ud800-\\udfff]");

  private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");

  private JsonLine() {}

  /** A line that is not as an export writes it; the message says in which way. */
  public static final class MalformedLineException extends Exception {
    private static final long serialVersionUID = 1L;

    public MalformedLineException(String why) {
      super(why, null, false, false);
    }
  }

  public static String write(Map<String, Object> fields) {
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      json.setHtmlSafe(false);
      json.beginObject();
      for (Map.Entry<String, Object> field : fields.entrySet()) {
        json.name(field.getKey());
        if (field.getValue() instanceof Boolean b) {
          json.value(b.booleanValue());
        } else if (field.getValue() instanceof Number n) {
          json.value(n);
        } else {
          json.value(field.getValue().toString());
        }
      }
      json.endObject();
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return RAW.matcher(HALF.matcher(text.toString()).replaceAll("\ufffd"))
        .replaceAll(c -> String.format(Locale.ROOT, "\\\\u%04x", (int) c.group().charAt(0)));
  }

  /** The fields of a line: a String, Long or Boolean each, or {@link #OTHER}. */
  public static Map<String, Object> read(String line) throws MalformedLineException {
    JsonElement json;
    try {
      json = StrictJson.read(line);
    } catch (StrictJson.InvalidJsonException e) {
      throw new MalformedLineException(String.valueOf(e.getMessage()));
    }
    if (!(json instanceof JsonObject object)) {
      throw new MalformedLineException("it is not a JSON object");
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    object
        .asMap()
        .forEach(
            (name, value) -> {
              if (!value.isJsonNull()) {
                fields.put(name, value(value));
              }
            });
    return fields;
  }

  private static Object value(JsonElement json) {
    if (!(json instanceof JsonPrimitive p)) {
      return OTHER;
    }
    if (p.isBoolean()) {
      return p.getAsBoolean();
    }
    return p.isString()
        ? p.getAsString()
        : WHOLE.matcher(p.getAsString()).matches() ? (Object) p.getAsLong() : OTHER;
  }

  /** {@code author_user} is {@code authorUser}. */
  public static String field(String column) {
    StringBuilder name = new StringBuilder();
    for (String part : column.toLowerCase(Locale.ROOT).split("_", -1)) {
      name.append(name.isEmpty() || part.isEmpty() ? part : upperFirst(part));
    }
    return name.toString();
  }

  private static String upperFirst(String part) {
    return Character.toUpperCase(part.charAt(0)) + part.substring(1);
  }

  /** Whether a field of an execution names a script by its hash. */
  public static boolean namesScript(String field) {
    return field.endsWith("Sha");
  }
}
