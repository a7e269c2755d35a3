package oosh.sandbox.play;

import com.google.gson.JsonArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import oosh.sandbox.api.WireJson;
import oosh.sandbox.state.EmulatedExecution;
import oosh.sandbox.state.EmulatedInstance;
import oosh.sandbox.state.LoopItem;
import oosh.sandbox.template.EmulatedTemplate;

/** The instances that a loop is over. */
final class LoopItems {
  private LoopItems() {}

  /** Those of a group; a template without a choice of states takes only what is in service. */
  static void find(
      EmulatedExecution root, EmulatedTemplate template, List<EmulatedInstance> members) {
    List<String> states =
        template.parameters().has("lifecycleState")
            ? root.parameterList("lifecycleState")
            : List.of(EmulatedInstance.IN_SERVICE);
    root.turns.clear();
    members.stream()
        .filter(member -> states.contains(member.lifecycleState))
        .forEach(member -> root.turns.add(new LoopItem(member.id, member.lifecycleState)));
  }

  /**
   * A rollback's: those of the source's children, with the states they were found in. Assumed: the
   * listing is paged to its end, and an instance that was retried counts once.
   */
  static void ofSource(EmulatedExecution root, List<EmulatedExecution> children) {
    Map<String, String> states = new LinkedHashMap<>();
    for (EmulatedExecution child : children) {
      states.putIfAbsent(child.parameter("instanceId"), child.parameter("lifecycleState"));
    }
    root.turns.clear();
    states.forEach((id, state) -> root.turns.add(new LoopItem(id, state)));
  }

  /** The outputs of the task that found the instances. */
  static TaskTransition found(EmulatedExecution root, boolean withStates) {
    JsonArray instances = new JsonArray();
    for (LoopItem item : root.turns) {
      if (withStates) {
        instances.add(
            WireJson.object("InstanceId", item.instanceId, "LifecycleState", item.lifecycleState));
      } else {
        instances.add(item.instanceId);
      }
    }
    return new TaskTransition(WireJson.wrapped("instanceIds", instances), "");
  }

  /** What the action of the loop has answered for each instance. */
  static JsonArray outputs(EmulatedExecution root) {
    return WireJson.array(root.turns.stream().map(item -> item.output).toList());
  }
}
