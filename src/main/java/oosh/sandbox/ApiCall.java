package oosh.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One call as the actions see it: the parameters of query and form, and how to read them. */
record ApiCall(String version, String action, Map<String, String> parameters) {
  @Nullable String get(String name) {
    String value = parameters.get(name);
    return value == null || value.isEmpty() ? null : value;
  }

  String get(String name, String byDefault) {
    String value = get(name);
    return value == null ? byDefault : value;
  }

  String required(String name) {
    String value = get(name);
    if (value == null) {
      throw ApiError.missing(name);
    }
    return value;
  }

  String region() {
    return get("RegionId", "cn-hangzhou");
  }

  boolean flag(String name) {
    String value = get(name, "false");
    if (value.equals("true") || value.equals("false")) {
      return value.equals("true");
    }
    throw ApiError.invalid("The parameter \"" + name + "\" must be true or false.");
  }

  int number(String name, int byDefault, int least, int most) {
    String value = get(name);
    if (value == null) {
      return byDefault;
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException refused) {
      throw ApiError.invalid("The parameter \"" + name + "\" must be a whole number.");
    }
    throw ApiError.invalid(
        "The parameter \"" + name + "\" must be between " + least + " and " + most + ".");
  }

  /** A value out of a few; null when it is not given. */
  @Nullable String oneOf(String name, List<String> allowed) {
    String value = get(name);
    if (value != null && !allowed.contains(value)) {
      throw ApiError.invalid(
          "The parameter \"" + name + "\" must be one of " + String.join(", ", allowed) + ".");
    }
    return value;
  }

  /** {@code Name.1}, {@code Name.2}, …, or one JSON array under {@code Name}; without repeats. */
  List<String> list(String... names) {
    List<String> values = new ArrayList<>();
    for (String name : names) {
      SortedMap<Integer, String> numbered = new TreeMap<>();
      parameters.forEach(
          (key, value) -> {
            if (key.startsWith(name + ".")
                && key.substring(name.length() + 1).matches("\\d{1,4}")) {
              numbered.put(Integer.valueOf(key.substring(name.length() + 1)), value);
            }
          });
      values.addAll(numbered.values());
      String whole = get(name);
      if (whole != null) {
        List<String> parsed = WireJson.parseStrings(whole);
        values.addAll(parsed == null ? List.of(whole) : parsed);
      }
    }
    return values.stream().distinct().toList();
  }
}
