package oosh.sandbox.api;

import com.google.gson.JsonObject;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** All actions of all versions of all APIs: their rows, and what answers them. */
public final class ApiActions {
  /** An action that can be called. */
  public final class Entry {
    private final ActionTable table;
    private final ActionTable.Version version;
    private final ActionRow row;
    private final ApiAction action;

    private Entry(ActionTable table, ActionTable.Version version, ActionRow row, ApiAction action) {
      this.table = table;
      this.version = version;
      this.row = row;
      this.action = action;
    }

    /** The refusal of a caller who lacks the permission; OOS has a code of its own. */
    public ApiException denial() {
      return table.product().equals("OOS")
          ? ApiException.of("User.NoPermission", row.action)
          : ApiException.of("Forbidden.RAM", "User not authorized to operate on the resource.");
    }

    /** The refusal of a call that asks for nothing wrong. */
    public ApiException refusal() {
      return ApiException.of(row.refusal, "that was ordered.");
    }

    /** {@code ess:DescribeScalingGroups}: the right that a caller needs. */
    public String right() {
      return table.product().toLowerCase(Locale.ROOT) + ":" + row.action;
    }

    /** The Parameters of a template's task, as a caller of this action would send them. */
    public Map<String, String> parameters(JsonObject given) {
      return TaskParameters.flat(row, given);
    }

    public boolean changes() {
      return row.access == ActionRow.Access.CHANGE;
    }

    private ApiCall call(Map<String, String> parameters) {
      Shapes shapes = new Shapes(table.shapes(), version.flat);
      ApiCall call = new ApiCall(row, version, shapes, parameters);
      call.check();
      return call;
    }

    /** The answer without its RequestId, to a caller that holds the lock and saves the state. */
    public JsonObject answerUnderLock(Map<String, String> parameters) {
      return action.answer(call(parameters));
    }

    /** The answer without its RequestId. */
    public JsonObject answer(Map<String, String> parameters) {
      ApiCall call = call(parameters);
      return switch (row.access) {
        case NONE -> action.answer(call);
        case READ -> state.read(() -> action.answer(call));
        case CHANGE -> state.change(() -> action.answer(call));
      };
    }
  }

  /** The versions that OOS calls (assumed: those that a task's Service stands for). */
  private static final Map<String, String> OF_SERVICES =
      Map.of(
          "SLB", "2014-05-15",
          "ALB", "2020-06-16",
          "NLB", "2022-04-30",
          "CMS", "2019-01-01",
          "ECS", "2014-05-26",
          "ESS", "2014-08-28",
          "OOS", "2019-06-01");

  private final Map<String, Map<String, Entry>> versions = new HashMap<>();
  private final StateAccess state;

  public ApiActions(StateAccess state) {
    this.state = state;
  }

  /**
   * Adds a product with all its versions.
   *
   * @throws IllegalStateException when the actions are not those of the table's rows
   */
  public void add(String product, Map<String, ApiAction> actions) {
    ActionTable table = ActionTable.of(product);
    if (!table.rows().keySet().equals(actions.keySet())) {
      throw new IllegalStateException(table.rows().keySet() + " are not " + actions.keySet());
    }
    for (Map.Entry<String, ActionTable.Version> version : table.versions().entrySet()) {
      Map<String, Entry> entries = new HashMap<>();
      for (ActionRow row : table.actions()) {
        ApiAction action = Objects.requireNonNull(actions.get(row.action));
        entries.put(row.action, new Entry(table, version.getValue(), row, action));
      }
      versions.put(version.getKey(), entries);
    }
  }

  /**
   * The action that a task of a template calls; the case of both names does not matter (source: OOS
   * help, ACS::ExecuteApi).
   */
  public Optional<Entry> ofService(String service, String api) {
    String version = OF_SERVICES.getOrDefault(service.toUpperCase(Locale.ROOT), "");
    return versions.getOrDefault(version, Map.of()).values().stream()
        .filter(entry -> entry.row.action.equalsIgnoreCase(api))
        .findFirst();
  }

  /** Whether any API has an action of this name, or one that takes the right of this name. */
  public boolean knows(String name) {
    return versions.values().stream()
        .flatMap(actions -> actions.entrySet().stream())
        .anyMatch(each -> name.equals(each.getKey()) || name.equals(each.getValue().right()));
  }

  /**
   * @throws ApiException NoSuchVersion, InvalidAction.NotFound (400)
   */
  public Entry find(String version, String action) {
    Map<String, Entry> actions = ApiException.found(versions.get(version), "NoSuchVersion");
    return ApiException.found(actions.get(action), "InvalidAction.NotFound");
  }
}
