package oosh.sandbox.play;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import oosh.sandbox.api.WireJson;
import oosh.sandbox.state.EmulatedExecution;
import oosh.sandbox.state.EmulatedInstance;
import oosh.sandbox.state.LoopItem;
import oosh.sandbox.template.PublicTemplate;

/** Which instances the loop of a public template is over. */
final class LoopItems {
  private LoopItems() {}

  /** Those of a group; a template without a choice of states takes only what is in service. */
  static void find(
      EmulatedExecution root, PublicTemplate template, List<EmulatedInstance> members) {
    List<String> states =
        template.parameters().has("lifecycleState")
            ? root.parameterList("lifecycleState")
            : List.of(EmulatedInstance.IN_SERVICE);
    root.turns.clear();
    for (EmulatedInstance member : members) {
      if (states.contains(member.lifecycleState)) {
        add(root, member.id, member.lifecycleState);
      }
    }
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
    states.forEach((id, state) -> add(root, id, state));
  }

  private static void add(EmulatedExecution root, String instanceId, String state) {
    LoopItem turn = new LoopItem();
    turn.instanceId = instanceId;
    turn.lifecycleState = state;
    root.turns.add(turn);
  }

  /** What the task that found them answers: with their states, where these can be chosen. */
  static String told(EmulatedExecution root, PublicTemplate template) {
    JsonArray instances = new JsonArray();
    for (LoopItem turn : root.turns) {
      if (template.parameters().has("lifecycleState")) {
        instances.add(
            WireJson.object("InstanceId", turn.instanceId, "LifecycleState", turn.lifecycleState));
      } else {
        instances.add(turn.instanceId);
      }
    }
    JsonObject out = new JsonObject();
    out.add("instanceIds", instances);
    return WireJson.text(out);
  }
}
