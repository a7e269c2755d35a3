package oosh.sandbox;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which instances the loop of a public template is over. */
final class LoopTurns {
  private LoopTurns() {}

  /** Those of a group; a template without a choice of states takes only what is in service. */
  static void find(RunningExecution root, PublicTemplate template, List<Member> members) {
    List<String> states =
        template.parameters().has("lifecycleState")
            ? root.parameterList("lifecycleState")
            : List.of(Member.IN_SERVICE);
    root.turns.clear();
    for (Member member : members) {
      if (states.contains(member.lifecycleState)) {
        add(root, member.id, member.lifecycleState);
      }
    }
  }

  /**
   * A rollback's: those of the source's children, with the states they were found in. Assumed: the
   * listing is paged to its end, and an instance that was retried counts once.
   */
  static void ofSource(RunningExecution root, List<RunningExecution> children) {
    Map<String, String> states = new LinkedHashMap<>();
    for (RunningExecution child : children) {
      states.putIfAbsent(child.parameter("instanceId"), child.parameter("lifecycleState"));
    }
    root.turns.clear();
    states.forEach((id, state) -> add(root, id, state));
  }

  private static void add(RunningExecution root, String instanceId, String state) {
    LoopTurn turn = new LoopTurn();
    turn.instanceId = instanceId;
    turn.lifecycleState = state;
    root.turns.add(turn);
  }

  /** What the task that found them answers: with their states, where these can be chosen. */
  static String told(RunningExecution root, PublicTemplate template) {
    JsonArray instances = new JsonArray();
    for (LoopTurn turn : root.turns) {
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
