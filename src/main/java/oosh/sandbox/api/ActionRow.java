package oosh.sandbox.api;

import com.google.gson.annotations.SerializedName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an action of an API is: a row of the tables beside this class.
 *
 * @param access what the action does to the state of the sandbox
 * @param required the parameters that every call must have
 * @param texts the parameters that are one text each; {@code N} stands for a number in a name
 * @param lists the parameters that are {@code Name.1}, {@code Name.2}, …, or one JSON array
 * @param flags the parameters that are true or false
 * @param numbers the whole numbers: the default, the least and the most
 * @param oneOf the parameters that are one of a few texts
 * @param defaults the values of parameters that are not given
 * @param paged whether the numbers that page all lists of the version are parameters as well
 * @param errors the codes of refusals besides those of every action, such as InvalidParameter
 * @param note the source of what is assumed
 */
record ActionRow(
    String action,
    Access access,
    List<String> required,
    Set<String> texts,
    Set<String> lists,
    Set<String> flags,
    Map<String, List<Integer>> numbers,
    Map<String, List<String>> oneOf,
    Map<String, String> defaults,
    boolean paged,
    Set<String> errors,
    String note) {
  /** What an action does to the state of the sandbox. */
  enum Access {
    @SerializedName("none")
    NONE,
    @SerializedName("read")
    READ,
    @SerializedName("change")
    CHANGE
  }

  /** What a row leaves out is empty. */
  ActionRow {
    required = required == null ? List.of() : List.copyOf(required);
    texts = texts == null ? Set.of() : Set.copyOf(texts);
    lists = lists == null ? Set.of() : Set.copyOf(lists);
    flags = flags == null ? Set.of() : Set.copyOf(flags);
    numbers = numbers == null ? Map.of() : Map.copyOf(numbers);
    oneOf = oneOf == null ? Map.of() : Map.copyOf(oneOf);
    defaults = defaults == null ? Map.of() : Map.copyOf(defaults);
    errors = errors == null ? Set.of() : Set.copyOf(errors);
    note = note == null ? "" : note;
  }

  /** The row with the numbers that page the lists of a version. */
  ActionRow pagedBy(Map<String, List<Integer>> paging) {
    if (!paged) {
      return this;
    }
    Map<String, List<Integer>> all = new HashMap<>(numbers);
    all.putAll(paging);
    return new ActionRow(
        action, access, required, texts, lists, flags, all, oneOf, defaults, true, errors, note);
  }

  @Nullable String byDefault(String parameter) {
    return defaults.get(parameter);
  }

  /**
   * @throws IllegalStateException when a handler reads a parameter that the row does not have
   */
  void check(String parameter, Set<String> kind) {
    if (!kind.contains(parameter) && !kind.contains(parameter.replaceAll("\\.\\d+\\.", ".N."))) {
      throw new IllegalStateException("the table of " + action + " has no such " + parameter);
    }
  }

  /** All that a caller may give as one text. */
  Set<String> single() {
    Set<String> all = new HashSet<>(texts);
    all.addAll(oneOf.keySet());
    all.addAll(flags);
    all.addAll(numbers.keySet());
    return all;
  }
}
