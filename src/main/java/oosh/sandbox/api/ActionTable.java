package oosh.sandbox.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The actions of a product, in the versions of its API that the sandbox has.
 *
 * @param versions for each version the numbers that page all its lists: the default, the least and
 *     the most
 */
public record ActionTable(
    String product, Map<String, Map<String, List<Integer>>> versions, List<ActionRow> actions) {
  /** The products, each a resource {@code actions/NAME.json}. */
  public static final List<String> PRODUCTS = List.of("oos", "ess", "ecs", "eci", "ram");

  public static ActionTable of(String product) {
    return WireJson.resource("actions/" + product + ".json", ActionTable.class);
  }

  /** The actions of a version, by their names; empty for a version that the table does not have. */
  public Map<String, ActionRow> rows(String version) {
    Map<String, List<Integer>> paging = versions.get(version);
    Map<String, ActionRow> rows = new LinkedHashMap<>();
    if (paging != null) {
      actions.forEach(row -> rows.put(row.action(), row.pagedBy(paging)));
    }
    return rows;
  }
}
