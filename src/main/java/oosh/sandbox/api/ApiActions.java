package oosh.sandbox.api;

import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/** All actions of all versions of all APIs: their rows, and what answers them. */
public final class ApiActions {
  /**
   * An action that can be called.
   *
   * @param product as its table calls it, such as OOS
   */
  public record Entry(String product, ActionRow row, ApiAction handler, StateAccess state) {
    /** The answer without its RequestId. */
    public JsonObject answer(CallParameters given) {
      ApiCall call = new ApiCall(row, given);
      return switch (row.access()) {
        case NONE -> handler.answer(call);
        case READ -> state.read(() -> handler.answer(call));
        case CHANGE -> state.change(() -> handler.answer(call));
      };
    }
  }

  private final Map<String, Map<String, Entry>> versions = new LinkedHashMap<>();
  private final StateAccess state;

  public ApiActions(StateAccess state) {
    this.state = state;
  }

  /**
   * Adds a version of an API.
   *
   * @throws IllegalStateException when the handlers are not those of the table's rows
   */
  public void add(ActionTable table, String version, Map<String, ApiAction> handlers) {
    Map<String, ActionRow> rows = table.rows(version);
    if (!rows.keySet().equals(handlers.keySet())) {
      throw new IllegalStateException(rows.keySet() + " are not " + handlers.keySet());
    }
    Map<String, Entry> entries = new LinkedHashMap<>();
    handlers.forEach(
        (name, handler) ->
            entries.put(name, new Entry(table.product(), checkedRow(rows, name), handler, state)));
    versions.put(version, entries);
  }

  private static ActionRow checkedRow(Map<String, ActionRow> rows, String name) {
    ActionRow row = rows.get(name);
    if (row == null) {
      throw new IllegalStateException("no row of " + name);
    }
    return row;
  }

  /** Whether any API has an action of this name. */
  public boolean knows(String action) {
    return versions.values().stream().anyMatch(actions -> actions.containsKey(action));
  }

  /**
   * @throws ApiException NoSuchVersion, InvalidAction.NotFound (400)
   */
  public Entry find(String version, String action) {
    Map<String, Entry> actions = versions.get(version);
    if (actions == null) {
      throw new ApiException(400, "NoSuchVersion", "The specified version does not exist.");
    }
    Entry found = actions.get(action);
    if (found == null) {
      // Source: OOS help, "CancelExecution", 2019-09.
      throw new ApiException(
          400,
          "InvalidAction.NotFound",
          "Specified api is not found, please check your url and method.");
    }
    return found;
  }
}
