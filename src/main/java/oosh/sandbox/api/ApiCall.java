package oosh.sandbox.api;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call of an action. A handler reads only parameters that the row of the action has; what the row
 * says of a parameter holds, or the call is refused with MissingParameter or InvalidParameter.
 */
public record ApiCall(ActionRow row, CallParameters given) {
  /** The value, or else the row's default; null when there is neither. */
  public @Nullable String get(String name) {
    String value = given(name);
    return value == null ? row.byDefault(name) : value;
  }

  public String get(String name, String byDefault) {
    String value = get(name);
    return value == null ? byDefault : value;
  }

  /** The value that the caller has given; null when there is none. */
  public @Nullable String given(String name) {
    row.check(name, row.single());
    return given.get(name);
  }

  public String required(String name) {
    row.check(name, row.single());
    return given.required(name);
  }

  /** The caller's region; that there is a default is the sandbox's. */
  public String region() {
    return get("RegionId", "");
  }

  public boolean flag(String name) {
    row.check(name, row.flags());
    return given.flag(name);
  }

  public int number(String name) {
    return number(name, bounds(name).get(0));
  }

  /** A number with the row's bounds and another default. */
  public int number(String name, int byDefault) {
    List<Integer> bounds = bounds(name);
    return given.number(name, byDefault, bounds.get(1), bounds.get(2));
  }

  private List<Integer> bounds(String name) {
    row.check(name, row.numbers().keySet());
    return row.numbers().getOrDefault(name, List.of());
  }

  /** One of the row's texts, by default the row's default; null when there is neither. */
  public @Nullable String oneOf(String name) {
    row.check(name, row.oneOf().keySet());
    String value = given.oneOf(name, row.oneOf().getOrDefault(name, List.of()));
    return value == null ? row.byDefault(name) : value;
  }

  public List<String> list(String... names) {
    for (String name : names) {
      row.check(name, row.lists());
    }
    return given.list(names);
  }

  /** {@code Name.1.Field} and its like: the fields under each number. */
  public Collection<Map<String, String>> objects(String name) {
    row.check(name, row.single());
    return given.objects(name);
  }
}
