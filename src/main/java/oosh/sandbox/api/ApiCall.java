package oosh.sandbox.api;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A call of an action, checked against the action's row. A handler reads only parameters that the
 * row has.
 */
public final class ApiCall {
  private final ActionRow row;
  private final ActionTable.Version version;
  private final Shapes shapes;
  private final Map<String, String> values;

  ApiCall(ActionRow row, ActionTable.Version version, Shapes shapes, Map<String, String> values) {
    this.row = row;
    this.version = version;
    this.shapes = shapes;
    this.values = values;
  }

  /**
   * @throws ApiException MissingParameter or InvalidParameter for what the row does not allow
   */
  void check() {
    row.required.forEach(this::required);
    row.flags.forEach(this::flag);
    row.numbers.keySet().forEach(this::number);
    row.oneOf.forEach(this::checkOneOf);
    row.filters.forEach(
        (name, path) -> {
          if (path.startsWith("<=") || path.startsWith(">=")) {
            moment(name);
          }
        });
  }

  ActionRow row() {
    return row;
  }

  ActionTable.Version version() {
    return version;
  }

  /** An object of the answer, in a shape of the product's table. */
  public JsonObject shaped(String shape, Object from) {
    return shapes.write(shape, from);
  }

  /** An answer that is a list without pages. */
  public JsonObject array(String field, String shape, Collection<?> items) {
    JsonObject answer = new JsonObject();
    shapes.put(answer, field, shapes.array(shape, items));
    return answer;
  }

  Shapes shapes() {
    return shapes;
  }

  /** The value, or else the row's default; null when there is neither. */
  public @Nullable String get(String name) {
    String value = given(name);
    boolean anyRegion = name.equals("RegionId") && !row.required.contains(name);
    return value != null ? value : anyRegion ? Regions.DEFAULT : row.defaults.get(name);
  }

  public String get(String name, String byDefault) {
    String value = get(name);
    return value == null ? byDefault : value;
  }

  /** The value that the caller has given; null when there is none. */
  public @Nullable String given(String name) {
    known(name);
    String value = values.get(name);
    return value == null || value.isEmpty() ? null : value;
  }

  private void known(String name) {
    if (!row.parameters().contains(name.replaceAll("\\.\\d+\\.", ".N."))
        && version.bounds(row, name).isEmpty()
        && !name.equals(version.token)) {
      throw new IllegalStateException("the table of " + row.action + " has no " + name);
    }
  }

  /** The value, or else the row's default. */
  public String required(String name) {
    String value = get(name);
    if (value == null) {
      throw ApiException.missing(name);
    }
    return value;
  }

  /** The caller's region; that there is a default is the sandbox's. */
  public String region() {
    return get("RegionId", "");
  }

  public boolean flag(String name) {
    String value = get(name, "false");
    if (value.equals("true") || value.equals("false")) {
      return value.equals("true");
    }
    throw ApiException.invalid("The parameter \"" + name + "\" must be true or false.");
  }

  public int number(String name) {
    List<Integer> bounds = version.bounds(row, name);
    String value = given(name);
    if (value == null) {
      return bounds.get(0);
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= bounds.get(1) && number <= bounds.get(2)) {
        return number;
      }
    } catch (NumberFormatException refused) {
      throw ApiException.invalid("The parameter \"" + name + "\" must be a whole number.");
    }
    throw ApiException.invalid(
        "The parameter \"%s\" must be between %d and %d."
            .formatted(name, bounds.get(1), bounds.get(2)));
  }

  private void checkOneOf(String name, List<String> allowed) {
    String value = given(name);
    if (value != null && !allowed.contains(value)) {
      throw ApiException.invalid(
          "The parameter \"" + name + "\" must be one of " + String.join(", ", allowed) + ".");
    }
  }

  /** {@code Name.1}, {@code Name.2}, …, or one JSON array under {@code Name}; without repeats. */
  public List<String> list(String... names) {
    List<String> all = new ArrayList<>();
    for (String name : names) {
      String whole = given(name);
      numbered(name, "").values().forEach(each -> all.addAll(each.values()));
      if (whole != null) {
        List<String> parsed = WireJson.parseStrings(whole);
        all.addAll(parsed == null ? List.of(whole) : parsed);
      }
    }
    return all.stream().distinct().toList();
  }

  /** {@code Name.1.Field} and the like: the fields under each number. */
  public Collection<Map<String, String>> objects(String name) {
    known(name);
    return numbered(name, "\\.(.+)").values();
  }

  private SortedMap<Integer, Map<String, String>> numbered(String name, String field) {
    Pattern pattern = Pattern.compile(Pattern.quote(name) + "\\.(\\d{1,4})" + field);
    SortedMap<Integer, Map<String, String>> numbered = new TreeMap<>();
    values.forEach(
        (key, value) -> {
          Matcher found = pattern.matcher(key);
          if (found.matches()) {
            numbered
                .computeIfAbsent(Integer.valueOf(found.group(1)), n -> new LinkedHashMap<>())
                .put(found.groupCount() > 1 ? found.group(2) : "", value);
          }
        });
    return numbered;
  }

  /**
   * A hash of the call's parameters, but one. It does not depend on who signs the call, and when.
   */
  public String hash(String without) {
    Map<String, String> given = new TreeMap<>(values);
    given.keySet().retainAll(row.parameters());
    given.remove(without);
    given.remove("AccessKeyId");
    return Sha256.hex(WireJson.GSON.toJson(given));
  }

  /** Whether an item of a list has what the call's filters ask for. */
  Predicate<Object> filter() {
    List<Predicate<Object>> filters = new ArrayList<>();
    row.filters.forEach(
        (name, path) -> {
          List<String> wanted =
              row.lists.contains(name) ? list(name) : Stream.ofNullable(get(name)).toList();
          if (!wanted.isEmpty()) {
            filters.add(item -> fits(name, wanted, path, item));
          }
        });
    return item -> filters.stream().allMatch(filter -> filter.test(item));
  }

  private boolean fits(String name, List<String> wanted, String path, Object item) {
    if (path.startsWith("~")) {
      return Values.text(item, path.substring(1)).contains(wanted.get(0));
    }
    if (!path.startsWith("<=") && !path.startsWith(">=")) {
      return wanted.contains(Values.text(item, path));
    }
    // Both bounds are inclusive, in whole seconds; what has no date yet fits neither.
    long at = (Long) Values.required(item, path.substring(2));
    int order = Long.compare(at / 1000 * 1000, moment(name));
    return at != VendorTimes.NEVER && (path.startsWith("<=") ? order <= 0 : order >= 0);
  }

  private long moment(String name) {
    String text = get(name, "1970-01-01T00:00:00Z");
    try {
      return Instant.parse(text).toEpochMilli();
    } catch (DateTimeParseException refused) {
      throw ApiException.invalid("The parameter \"" + name + "\" is not an ISO 8601 UTC date.");
    }
  }
}
