package oosh.view.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Objects;
import oosh.json.StrictJson;
import oosh.rollout.Problem;
import oosh.view.text.TextSanitizer;

/** JSON that a person has written, as Java's values. */
public final class JsonInput {
  private JsonInput() {}

  /**
   * String, Long, Double, Boolean, List and Map, the order of fields kept.
   *
   * @param name of what it is for, or of its file
   * @throws Problem USAGE if it is not exactly one value of JSON, or has a null in it
   */
  public static Object of(String name, String text) {
    try {
      JsonElement json = StrictJson.read(text);
      check(name, "$", json);
      return Objects.requireNonNull(StrictJson.value(json));
    } catch (StrictJson.InvalidJsonException e) {
      throw bad(name, String.valueOf(e.getMessage()));
    }
  }

  /** What JSON can say, and a parameter of a template cannot be. */
  private static void check(String name, String path, JsonElement json) {
    if (json instanceof JsonObject object) {
      object.asMap().forEach((field, value) -> check(name, path + "." + field, value));
    } else if (json instanceof JsonArray array) {
      for (int i = 0; i < array.size(); i++) {
        check(name, path + "[" + i + "]", array.get(i));
      }
    } else if (json.isJsonNull()) {
      throw bad(name, "there is a null at " + path + ": leave that field out");
    } else if (json instanceof JsonPrimitive p
        && p.isNumber()
        && !Double.isFinite(p.getAsDouble())) {
      throw bad(name, "a number in it is too large");
    }
  }

  private static Problem bad(String name, String why) {
    return Problem.usage(
        "cannot read " + TextSanitizer.line(name) + " as JSON",
        why,
        "python3 -m json.tool shows the place");
  }
}
