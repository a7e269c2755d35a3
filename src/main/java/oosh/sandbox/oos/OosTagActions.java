package oosh.sandbox.oos;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import oosh.sandbox.api.ApiAction;
import oosh.sandbox.api.ApiCall;
import oosh.sandbox.api.ApiException;
import oosh.sandbox.state.EmulatedExecution;
import oosh.sandbox.state.SandboxState;

/**
 * The tags of executions, after their start. Assumed: a tag is there for the next call at once, and
 * does not change the execution's UpdateDate.
 */
final class OosTagActions {
  /** Source: OOS help, "TagResources", 2025-07. */
  private static final int MOST_IDS = 50;

  private final SandboxState state;

  OosTagActions(SandboxState state) {
    this.state = state;
  }

  Map<String, ApiAction> actions() {
    Map<String, ApiAction> actions = new LinkedHashMap<>();
    actions.put("TagResources", ApiAction.change(this::tag));
    actions.put("UntagResources", ApiAction.change(this::untag));
    actions.put("ListTagResources", ApiAction.list(this::list));
    return actions;
  }

  private void tag(ApiCall call) {
    Map<String, String> added = OosTags.ofExecution(call.required("Tags"));
    Map<EmulatedExecution, Map<String, String>> changed = new LinkedHashMap<>();
    for (EmulatedExecution execution : executions(call)) {
      Map<String, String> tags = new LinkedHashMap<>(execution.tags);
      tags.putAll(added);
      OosTags.check(tags);
      changed.put(execution, tags);
    }
    changed.forEach((execution, tags) -> execution.tags = tags);
  }

  /** A key that an execution does not have is no error (assumed). */
  private void untag(ApiCall call) {
    List<String> keys = call.list("TagKeys");
    boolean all = call.flag("All");
    if (keys.isEmpty() && !all) {
      throw ApiException.missing("TagKeys");
    }
    for (EmulatedExecution execution : executions(call)) {
      execution.tags.keySet().removeIf(key -> keys.isEmpty() || keys.contains(key));
    }
  }

  private List<EmulatedExecution> executions(ApiCall call) {
    return ids(call).stream()
        .map(
            id -> {
              EmulatedExecution found = state.executions.get(id);
              boolean here = found != null && found.regionId.equals(call.region());
              return ApiException.found(here ? found : null, "EntityNotExists.Execution", id);
            })
        .toList();
  }

  private static List<String> ids(ApiCall call) {
    List<String> ids = call.list("ResourceIds");
    if (ids.size() > MOST_IDS) {
      throw ApiException.invalid("At most " + MOST_IDS + " ids of \"ResourceIds\" are allowed.");
    }
    return ids;
  }

  record TagItem(String regionId, String id, String key, String value) {
    /** By which a token of a page names it. */
    String place() {
      return id + "/" + key;
    }
  }

  /** Those of the named executions, or of all; an id that is not known has none (assumed). */
  private Collection<?> list(ApiCall call) {
    List<String> ids = ids(call);
    Map<String, String> wanted = OosTags.of(call.get("Tags"));
    return state.executions.values().stream()
        .filter(e -> ids.isEmpty() || ids.contains(e.id))
        .filter(e -> e.tags.entrySet().containsAll(wanted.entrySet()))
        .flatMap(
            e ->
                e.tags.entrySet().stream()
                    .map(tag -> new TagItem(e.regionId, e.id, tag.getKey(), tag.getValue())))
        .toList();
  }
}
