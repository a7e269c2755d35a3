package oosh.sandbox.api;

import com.google.gson.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

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

    /** The answer without its RequestId. */
    public JsonObject answer(Map<String, String> parameters) {
      Shapes shapes = new Shapes(table.shapes(), version.flat);
      ApiCall call = new ApiCall(row, version, shapes, parameters);
      call.check();
      return switch (row.access) {
        case NONE -> action.answer(call);
        case READ -> state.read(() -> action.answer(call));
        case CHANGE -> state.change(() -> action.answer(call));
      };
    }
  }

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

  /** Whether any API has an action of this name. */
  public boolean knows(String action) {
    return versions.values().stream().anyMatch(actions -> actions.containsKey(action));
  }

  /**
   * @throws ApiException NoSuchVersion, InvalidAction.NotFound (400)
   */
  public Entry find(String version, String action) {
    Map<String, Entry> actions = ApiException.found(versions.get(version), "NoSuchVersion");
    return ApiException.found(actions.get(action), "InvalidAction.NotFound");
  }
}
