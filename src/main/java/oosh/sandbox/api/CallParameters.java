package oosh.sandbox.api;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The parameters of query and form, and how to read them. */
public record CallParameters(Map<String, String> values) {
  public @Nullable String get(String name) {
    String value = values.get(name);
    return value == null || value.isEmpty() ? null : value;
  }

  public String get(String name, String byDefault) {
    String value = get(name);
    return value == null ? byDefault : value;
  }

  public String required(String name) {
    String value = get(name);
    if (value == null) {
      throw ApiException.missing(name);
    }
    return value;
  }

  boolean flag(String name) {
    String value = get(name, "false");
    if (value.equals("true") || value.equals("false")) {
      return value.equals("true");
    }
    throw ApiException.invalid("The parameter \"" + name + "\" must be true or false.");
  }

  public int number(String name, int byDefault, int least, int most) {
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
      throw ApiException.invalid("The parameter \"" + name + "\" must be a whole number.");
    }
    throw ApiException.invalid(
        "The parameter \"" + name + "\" must be between " + least + " and " + most + ".");
  }

  /** A value out of a few; null when it is not given. */
  @Nullable String oneOf(String name, List<String> allowed) {
    String value = get(name);
    if (value != null && !allowed.contains(value)) {
      throw ApiException.invalid(
          "The parameter \"" + name + "\" must be one of " + String.join(", ", allowed) + ".");
    }
    return value;
  }

  /** {@code Name.1}, {@code Name.2}, …, or one JSON array under {@code Name}; without repeats. */
  List<String> list(String... names) {
    List<String> all = new ArrayList<>();
    for (String name : names) {
      SortedMap<Integer, String> numbered = new TreeMap<>();
      values.forEach(
          (key, value) -> {
            if (key.startsWith(name + ".")
                && key.substring(name.length() + 1).matches("\\d{1,4}")) {
              numbered.put(Integer.valueOf(key.substring(name.length() + 1)), value);
            }
          });
      all.addAll(numbered.values());
      String whole = get(name);
      if (whole != null) {
        List<String> parsed = WireJson.parseStrings(whole);
        all.addAll(parsed == null ? List.of(whole) : parsed);
      }
    }
    return all.stream().distinct().toList();
  }

  /** {@code Name.1.Field} and its like: the fields under each number. */
  Collection<Map<String, String>> objects(String name) {
    Pattern pattern = Pattern.compile(Pattern.quote(name) + "\\.(\\d{1,3})\\.(.+)");
    SortedMap<Integer, Map<String, String>> numbered = new TreeMap<>();
    values.forEach(
        (key, value) -> {
          Matcher matcher = pattern.matcher(key);
          if (matcher.matches()) {
            numbered
                .computeIfAbsent(Integer.valueOf(matcher.group(1)), n -> new LinkedHashMap<>())
                .put(matcher.group(2), value);
          }
        });
    return numbered.values();
  }
}
