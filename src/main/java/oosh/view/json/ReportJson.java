package oosh.view.json;

import com.google.gson.JsonObject;
import java.util.Optional;
import oosh.rollout.record.HealStepRecord;
import oosh.rollout.record.ReleaseTag;
import oosh.rollout.record.StoredOutputs;
import oosh.view.ExecutionView;
import oosh.view.HistoryView;
import oosh.view.LogsView;
import oosh.view.OutputsView;
import oosh.view.ReportData;

/** The JSON answer of a report. */
public final class ReportJson {
  private ReportJson() {}

  /**
   * {@code {executionId, execution, launch, silence, instances, outputs, rollbacks, source, healed,
   * runs, names, log}}: each as its own verb gives it, those that are not known left out.
   */
  public static JsonObject of(ReportData facts) {
    JsonObject json = new JsonObject();
    json.addProperty("executionId", facts.id());
    facts.progress().ifPresent(p -> json.add("execution", ExecutionView.json(Optional.empty(), p)));
    facts.entry().ifPresent(e -> json.add("launch", HistoryView.json(e)));
    JsonOutput.put(json, "silence", facts.silence());
    JsonOutput.put(json, "instances", ExecutionView.json(facts.outcomes()));
    StoredOutputs outputs = facts.outputs();
    if (outputs != null) {
      json.add("outputs", OutputsView.json(outputs.outputs(), OutputsView.ComparisonMode.MASKED));
    }
    json.add("rollbacks", HistoryView.json(facts.rollbacks()));
    facts.source().ifPresent(e -> json.add("source", HistoryView.json(e)));
    json.add("healed", JsonOutput.array(facts.healed(), ReportJson::json));
    json.add("runs", JsonOutput.tree(facts.runs()));
    json.add("names", JsonOutput.tree(facts.names().stream().map(ReleaseTag::name).toList()));
    json.add("log", LogsView.json(facts.log()));
    return json;
  }

  private static JsonObject json(HealStepRecord step) {
    JsonObject json = new JsonObject();
    json.addProperty("at", step.at().toString());
    json.addProperty("kind", step.step().kind().name());
    json.add("subjects", JsonOutput.tree(step.step().subjects()));
    JsonOutput.put(json, "from", step.step().from());
    JsonOutput.put(json, "to", step.step().to());
    json.addProperty("outcome", step.outcome().name());
    JsonOutput.put(json, "why", step.why());
    json.addProperty("user", step.author().user());
    json.addProperty("host", step.author().host());
    return json;
  }
}
