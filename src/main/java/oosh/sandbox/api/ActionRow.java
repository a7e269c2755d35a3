package oosh.sandbox.api;

import com.google.gson.annotations.SerializedName;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What an action of an API is: a row of a table. What a row leaves out is empty. */
final class ActionRow {
  /** What an action does to the state of the sandbox. */
  enum Access {
    @SerializedName("none")
    NONE,
    @SerializedName("read")
    READ,
    @SerializedName("change")
    CHANGE
  }

  String action = "";
  Access access = Access.NONE;

  /** The parameters that every call must have. */
  List<String> required = List.of();

  /** Further parameters that are one text each; {@code N} stands for a number in a name. */
  Set<String> texts = Set.of();

  /** The parameters that are {@code Name.1}, {@code Name.2}, …, or one JSON array. */
  Set<String> lists = Set.of();

  /** The parameters that are true or false. */
  Set<String> flags = Set.of();

  /** The whole numbers: the default, the least and the most. */
  Map<String, List<Integer>> numbers = Map.of();

  /** The parameters that are one of a few texts. */
  Map<String, List<String>> oneOf = Map.of();

  /** The values of parameters that are not given. */
  Map<String, String> defaults = Map.of();

  /**
   * The parameters that narrow a list, each with what an item must have: a value that is equal,
   * after {@code ~} one that contains it, after {@code <=} and {@code >=} a moment. A value is a
   * path of {@link Values}, or a text after {@code =}.
   */
  Map<String, String> filters = Map.of();

  /** The values by which SortField sorts a list, the first by default. */
  Map<String, String> sort = Map.of();

  /** The field of the answer that has the list; "" for an action that answers no list. */
  String list = "";

  /** The shape of an item of the list, and the value by which a token of a page names an item. */
  String item = "";

  String key = "id";

  /** What the answer of a list has besides; see {@link ActionTable.Version#facts}. */
  List<String> facts = List.of();

  /**
   * The codes of refusals besides those of every action, such as InvalidParameter. Nothing here
   * reads them: the caller of the tests holds each refusal against them.
   */
  Set<String> errors = Set.of();

  /** The code by which an ordered fault refuses the action. */
  String refusal = "InvalidParameter";

  /** The source of what is assumed. */
  String note = "";

  /** All that a caller may give. */
  Set<String> parameters() {
    Set<String> all = new HashSet<>(texts);
    all.add("RegionId");
    all.addAll(required);
    all.addAll(lists);
    all.addAll(flags);
    all.addAll(numbers.keySet());
    all.addAll(oneOf.keySet());
    all.addAll(filters.keySet());
    return all;
  }
}
