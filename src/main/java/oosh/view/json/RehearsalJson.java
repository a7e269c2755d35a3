package oosh.view.json;

import com.google.gson.JsonObject;
import java.util.List;
import oosh.rollout.cloud.GroupInstance;
import oosh.rollout.plan.Coverage;
import oosh.rollout.plan.ScriptState;
import oosh.rollout.record.Progress;
import oosh.rollout.rehearsal.PlayedGate;
import oosh.rollout.rehearsal.Rehearsal;
import oosh.rollout.rehearsal.Rehearsal.ActResult;
import oosh.rollout.rehearsal.RehearsedExecution;
import oosh.rollout.rehearsal.TriedGate;
import oosh.view.DiffView;
import oosh.view.DoctorView;
import oosh.view.OutputsView;
import oosh.view.RehearsalView;

/** The JSON answer of a rehearsal. */
public final class RehearsalJson {
  private RehearsalJson() {}

  /** {@code {group, script, rollbackScript, failAt, ran, acts: […], verdict, well}}. */
  public static JsonObject of(Rehearsal rehearsal, Rehearsal.RehearsalResult result) {
    JsonObject json = new JsonObject();
    json.addProperty("group", rehearsal.group().id());
    JsonOutput.put(json, "script", rehearsal.script());
    JsonOutput.put(json, "rollbackScript", rehearsal.spec().rollbackScript());
    json.addProperty("failAt", rehearsal.failAt());
    json.add("batchSizes", JsonOutput.tree(rehearsal.plan().batchSizes()));
    json.add(
        "leftOut", JsonOutput.tree(rehearsal.leftOut().stream().map(GroupInstance::id).toList()));
    json.addProperty("ran", result.notRun().isEmpty());
    JsonOutput.put(json, "notRun", result.notRun());
    json.add("acts", JsonOutput.array(result.acts(), RehearsalJson::act));
    json.addProperty("verdict", RehearsalView.sentence(rehearsal, result));
    json.add("notes", JsonOutput.tree(RehearsalView.notes(rehearsal, result)));
    json.addProperty("well", result.well());
    return json;
  }

  private static JsonObject act(ActResult result) {
    JsonObject act = new JsonObject();
    act.addProperty("act", result.act().word());
    act.addProperty("played", !result.executions().isEmpty());
    act.addProperty("well", result.well());
    JsonOutput.put(act, "wrong", result.wrong());
    JsonOutput.put(act, "skipped", result.skipped());
    act.add("parts", JsonOutput.array(result.executions(), RehearsalJson::part));
    RehearsedExecution first = result.execution(RehearsedExecution.Kind.LAUNCH).orElse(null);
    RehearsedExecution second = result.execution(RehearsedExecution.Kind.AGAIN).orElse(null);
    if (first != null && second != null) {
      act.add(
          "runsCompared",
          DiffView.json(RehearsalView.runs(first, second), OutputsView.ComparisonMode.MASKED));
    }
    if (!result.tried().isEmpty()) {
      act.add("tried", JsonOutput.array(result.tried(), RehearsalJson::tried));
    }
    return act;
  }

  private static JsonObject tried(TriedGate tried) {
    JsonObject json = new JsonObject();
    json.addProperty("gate", tried.trial().gate().name());
    json.addProperty("ordered", tried.trial().order().name());
    json.addProperty("noticed", tried.noticed());
    json.addProperty("stopped", !tried.launch().succeeded());
    json.addProperty("provesNothing", tried.provesNothing());
    JsonOutput.put(json, "wrong", tried.wrong());
    json.add("saw", JsonOutput.tree(tried.saw()));
    return json;
  }

  private static JsonObject played(PlayedGate played) {
    JsonObject json = new JsonObject();
    json.addProperty("gate", played.gate().name());
    if (played.gate().kind().onInstance()) {
      json.add("healthy", JsonOutput.tree(played.healthy()));
      json.add("unhealthy", JsonOutput.tree(played.unhealthy()));
    } else {
      json.add("passedBatches", JsonOutput.tree(played.passed()));
      json.add("failedBatches", JsonOutput.tree(played.failed()));
    }
    return json;
  }

  private record FailedJson(String id, String message) {}

  private static JsonObject part(RehearsedExecution execution) {
    JsonObject json = new JsonObject();
    Progress last = execution.last();
    json.addProperty("kind", execution.kind().name());
    json.addProperty("status", last.execution().status().word());
    json.addProperty("aborted", execution.aborted());
    json.addProperty("succeeded", last.succeeded());
    json.addProperty("planned", last.planned());
    json.add(
        "failed",
        JsonOutput.tree(
            last.failed().stream().map(i -> new FailedJson(i.id(), i.message())).toList()));
    json.add("outputs", OutputsView.json(execution.outputs(), OutputsView.ComparisonMode.MASKED));
    if (!execution.gates().gates().isEmpty()) {
      json.add("gates", JsonOutput.array(execution.playedGates(), RehearsalJson::played));
    }
    json.add("files", JsonOutput.tree(RehearsalView.changes(execution)));
    Coverage coverage = execution.coverage();
    if (coverage != null) {
      json.add("hasIt", JsonOutput.tree(in(coverage, ScriptState.HAS_IT)));
      json.add("notReached", JsonOutput.tree(in(coverage, ScriptState.NOT_REACHED)));
    }
    JsonObject diagnosis = DoctorView.json(execution.diagnosis());
    JsonObject group = diagnosis.getAsJsonObject("group");
    // The limits are the sandbox's, not the group's.
    group.remove("minSize");
    group.remove("maxSize");
    json.add("group", group);
    json.add("leftovers", diagnosis.get("leftovers"));
    return json;
  }

  private static List<String> in(Coverage coverage, ScriptState state) {
    return coverage.instances().stream()
        .filter(i -> i.state() == state)
        // An instance that was in Standby before takes no part in any case.
        .filter(
            i -> state == ScriptState.HAS_IT || !i.instance().lifecycleState().equals("Standby"))
        .map(i -> i.instance().id())
        .toList();
  }
}
