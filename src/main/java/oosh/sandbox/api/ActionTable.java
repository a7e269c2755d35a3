package oosh.sandbox.api;

import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The actions of a product, in the versions of its API that the sandbox has.
 *
 * @param shapes the objects in answers, by their names; see {@link Shapes}
 */
record ActionTable(
    String product,
    Map<String, Version> versions,
    Map<String, JsonObject> shapes,
    List<ActionRow> actions) {
  /** The products, each a resource {@code actions/NAME.json}. */
  static final List<String> PRODUCTS =
      List.of("oos", "ess", "ecs", "ram", "sts", "slb", "alb", "nlb", "cms");

  /** How a version of an API writes and pages its lists. */
  static final class Version {
    /** Whether the list of an answer is a bare array; else it is an object around the array. */
    boolean flat;

    /** The numbers that page a list, unless a row has them: the default, the least, the most. */
    Map<String, List<Integer>> numbers = Map.of();

    /** The number of items on a page. */
    String size = "PageSize";

    /** The number of the page, unless a token names it. */
    String page = "PageNumber";

    /** The parameter and the field that name the next page; "" where a number does. */
    String token = "";

    /**
     * What the answer of a list has besides: TotalCount, Total, IsTruncated, or a number that
     * pages.
     */
    List<String> facts = List.of();

    List<Integer> bounds(ActionRow row, String number) {
      return row.numbers.getOrDefault(number, numbers.getOrDefault(number, List.of()));
    }
  }

  static ActionTable of(String product) {
    return WireJson.resource("actions/" + product + ".json", ActionTable.class);
  }

  /** The actions by their names. */
  Map<String, ActionRow> rows() {
    Map<String, ActionRow> rows = new LinkedHashMap<>();
    actions.forEach(row -> rows.put(row.action, row));
    return rows;
  }
}
