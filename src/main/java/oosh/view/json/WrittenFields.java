package oosh.view.json;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import oosh.json.StrictJson;

/**
 * An object of a document that oosh has written; empty where the document has none. What is not as
 * it was written ends in a RuntimeException.
 */
record WrittenFields(Map<String, Object> values) {
  static WrittenFields of(JsonObject json) {
    return new WrittenFields(StrictJson.values(json));
  }

  WrittenFields of(String name) {
    Map<String, Object> fields = new LinkedHashMap<>();
    if (values.get(name) instanceof Map<?, ?> object) {
      object.forEach((field, value) -> fields.put(String.valueOf(field), value));
    }
    return new WrittenFields(fields);
  }

  Optional<String> some(String name) {
    return Optional.ofNullable(values.get(name)).map(String.class::cast);
  }

  String text(String name) {
    return some(name).orElse("");
  }

  String need(String name) {
    return some(name).orElseThrow();
  }

  int positive(String name) {
    int number = natural(name);
    if (number > 0) {
      return number;
    }
    throw new IllegalArgumentException(name);
  }

  /** A whole number that is not negative. */
  int natural(String name) {
    if (values.get(name) instanceof Long number && number >= 0) {
      return Math.toIntExact(number);
    }
    throw new IllegalArgumentException(name);
  }

  /** The objects of a list. */
  List<WrittenFields> all(String name) {
    List<WrittenFields> all = new ArrayList<>();
    for (Object one : (List<?>) values.getOrDefault(name, List.of())) {
      all.add(new WrittenFields(Map.of(name, one)).of(name));
    }
    return all;
  }

  /** The texts of a list. */
  List<String> texts(String name) {
    return ((List<?>) values.getOrDefault(name, List.of()))
        .stream().map(String.class::cast).toList();
  }

  /**
   * @throws IllegalArgumentException if there is another field
   */
  void requireOnly(List<String> names) {
    for (String name : values.keySet()) {
      if (!names.contains(name)) {
        throw new IllegalArgumentException(name);
      }
    }
  }

  Map<String, String> words() {
    return values.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, e -> (String) e.getValue(), (a, b) -> b, LinkedHashMap::new));
  }
}
