package oosh.view.format;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import oosh.view.json.JsonOutput;
import oosh.view.text.TextSanitizer;

/**
 * A JSON answer as rows: each element of an array is one, anything else is one alone.
 *
 * @param columns the names of the columns; empty where the rows are no objects
 * @param cells as many in each row as there are columns; each fit for one line of a screen
 */
record AnswerRows(List<String> columns, List<List<String>> cells) {

  /**
   * @param columns the fields to show, with dots where they lie within others; empty for all
   * @param declared all fields that answers like this may have, by kind of answer, in their order
   */
  static AnswerRows of(JsonElement answer, List<String> columns, List<List<String>> declared) {
    List<JsonElement> rows =
        answer instanceof JsonArray array
            ? array.asList()
            : answer.isJsonNull() || answer.equals(new JsonObject()) ? List.of() : List.of(answer);
    List<String> names = columns.isEmpty() ? names(rows, declared) : columns;
    return new AnswerRows(names, rows.stream().map(row -> cells(row, names)).toList());
  }

  /** The same fields in the same order, whichever of them the rows at hand have. */
  private static List<String> names(List<JsonElement> rows, List<List<String>> declared) {
    Set<String> there = new LinkedHashSet<>();
    for (JsonElement row : rows) {
      if (row instanceof JsonObject object) {
        there.addAll(object.keySet());
      }
    }
    return declared.stream()
        .filter(fields -> fields.containsAll(there))
        .findFirst()
        .orElseGet(() -> new ArrayList<>(there));
  }

  private static List<String> cells(JsonElement row, List<String> names) {
    if (row instanceof JsonObject object) {
      return names.stream().map(name -> word(field(object, name))).toList();
    }
    if (row instanceof JsonArray array) {
      return array.asList().stream().map(AnswerRows::word).toList();
    }
    return List.of(word(row));
  }

  private static JsonElement field(JsonObject object, String name) {
    if (object.has(name)) {
      return object.get(name);
    }
    int dot = name.indexOf('.');
    return dot > 0 && object.get(name.substring(0, dot)) instanceof JsonObject within
        ? field(within, name.substring(dot + 1))
        : JsonNull.INSTANCE;
  }

  private static String word(JsonElement value) {
    String word =
        value.isJsonNull()
            ? ""
            : value.isJsonPrimitive() ? value.getAsString() : JsonOutput.line(value);
    return TextSanitizer.unsigned(TextSanitizer.line(word));
  }
}
