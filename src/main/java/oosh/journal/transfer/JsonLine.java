package oosh.journal.transfer;

import com.google.gson.JsonObject;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import oosh.journal.Json;
import oosh.json.StrictJson;
import org.springframework.jdbc.support.JdbcUtils;

/*
 * {"oosh":"journal","schema":1,"exported":"2026-11-23T12:00:00Z"}
 * {"table":"script","sha256":"aebc9f…","bytes":214,"content":"#!/bin/sh -e\n…"}
 * {"table":"execution","token":"oosh-1","state":"STARTED","isRollback":false,…}
 * {"table":"outcome","executionId":"exec-1","instance":"i-1","status":"Success"}
 * {"table":"outputText","sha256":"5bed2c…","content":"web is up\n"}
 * {"table":"output","executionId":"exec-1","position":0,"instance":"i-1","sha256":"5bed2c…",…}
 * {"table":"goodVersion","grp":"asg-1","name":"2.4.1","executionId":"exec-1",…}
 * {"table":"freezeWindow","spec":"Fri 18:00 - Mon 08:00","zoneId":"Asia/Shanghai","pattern":"*",…}
 * {"table":"end","scripts":1,"executions":1}
 */
/**
 * A line of an exported journal: one flat JSON object. Its fields are the table's columns, in
 * camelCase; values are texts, whole numbers and booleans, times are texts in ISO 8601 and UTC, and
 * what is null is left out. Half of a character, as a text that was cut can end with, is U+FFFD.
 */
final class JsonLine {
  /** The most that a line may have in bytes; a script is a few thousand. */
  public static final int MAX_BYTES = 1 << 20;

  /** The field with the name of a line's table. */
  public static final String TABLE = "table";

  /** What could act on a terminal, and Gson leaves as it is. */
  private static final Pattern RAW =
      Pattern.compile(
          "[\\x7f-\\x9f\\u061c\\u200b\\u200e\\u200f\\u202a-\\u202e\\u2060-\\u2069\\ufeff]");

  /**
   * Half of a character, whose other half was cut off. It means nothing, UTF-8 cannot hold it, and
   * readers of JSON refuse it, escaped or not; Gson does where it is strict.
   */
  private static final Pattern HALF = Pattern.compile("[\\ud800-\\udfff]");

  private JsonLine() {}

  /** A line that is not as an export writes it; the message says in which way. */
  public static final class MalformedLineException extends Exception {
    private static final long serialVersionUID = 1L;

    public MalformedLineException(String why) {
      super(why, null, false, false);
    }

    /** Throws it unless the line is as it must be. */
    static void unless(boolean wellFormed, String why) throws MalformedLineException {
      if (!wellFormed) {
        throw new MalformedLineException(why);
      }
    }
  }

  /**
   * Writes fields, of a map or a record, each a String, Long or Boolean, as a line without its end.
   */
  public static String write(Object fields) {
    return RAW.matcher(HALF.matcher(Json.GSON.toJson(fields)).replaceAll("\ufffd"))
        .replaceAll(c -> String.format(Locale.ROOT, "\\\\u%04x", (int) c.group().charAt(0)));
  }

  /** Reads the fields of a line; a value that an export does not write is of another type. */
  public static Map<String, Object> read(String line) throws MalformedLineException {
    try {
      if (StrictJson.read(line) instanceof JsonObject object) {
        return StrictJson.values(object);
      }
      throw new MalformedLineException("it is not a JSON object");
    } catch (StrictJson.InvalidJsonException e) {
      throw new MalformedLineException(String.valueOf(e.getMessage()));
    }
  }

  /** {@code author_user} is {@code authorUser}. */
  public static String field(String column) {
    return JdbcUtils.convertUnderscoreNameToPropertyName(column);
  }

  /** Whether a field of an execution names a script by its hash. */
  public static boolean namesScript(String field) {
    return field.endsWith("Sha");
  }
}
