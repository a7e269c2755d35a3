package oosh.view.wave;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.List;
import oosh.rollout.Problem;
import oosh.rollout.plan.WavePlan;
import oosh.rollout.wave.RolloutFile;
import oosh.rollout.wave.Wave;
import oosh.rollout.wave.WaveHours;
import oosh.view.ProblemView;
import oosh.view.json.JsonOutput;
import oosh.view.json.PlanJson;

/** The JSON answer of the plan of a rollout file. */
public final class WavePlanJson {
  private WavePlanJson() {}

  /**
   * {@code {file, method, script, rollbackScript, maxFailures, profile, groups, instances, serving,
   * outOfService, severe, confirm, waves: [{number, region, select, atOnce, bakeSeconds, hours,
   * open, opens, groups: [{position, group, name, instances, confirmed, plan, problem}]}],
   * problems}}: each plan as that of a launch on one group.
   */
  public static JsonObject of(WavePlan plan, Instant now) {
    RolloutFile file = plan.file();
    JsonObject json = new JsonObject();
    json.addProperty("file", file.name());
    json.addProperty("method", file.method().word());
    JsonOutput.put(json, "script", file.spec().script());
    JsonOutput.put(json, "rollbackScript", file.spec().rollbackScript());
    json.addProperty("maxFailures", file.maxFailures());
    WavePlanView.plan(plan)
        .ifPresent(p -> json.addProperty("profile", p.rollout().context().profile()));
    json.addProperty("groups", plan.groups().size());
    json.addProperty("instances", plan.instances());
    json.addProperty("serving", WavePlanView.serving(plan));
    json.addProperty("outOfService", WavePlanView.mostOut(plan));
    json.addProperty("severe", !plan.severe().isEmpty());
    JsonOutput.put(
        json,
        "confirm",
        plan.severe().stream()
            .filter(g -> !g.group().confirmed())
            .map(g -> g.group().group())
            .toList());
    json.add("waves", JsonOutput.array(file.waves(), w -> json(w, WavePlanView.of(plan, w), now)));
    JsonOutput.put(json, "problems", errors(plan.problems()));
    return json;
  }

  private static JsonObject json(Wave wave, List<WavePlan.OfGroup> groups, Instant now) {
    JsonObject json = new JsonObject();
    json.addProperty("number", wave.number());
    json.addProperty("region", wave.region());
    json.addProperty("select", wave.groups().text());
    json.addProperty("atOnce", wave.atOnce());
    json.addProperty("bakeSeconds", wave.bake().toSeconds());
    WaveHours hours = wave.hours();
    if (hours != null) {
      json.addProperty("hours", hours.text());
      json.addProperty("open", hours.isOpen(now));
      hours.next(now).ifPresent(t -> json.addProperty("opens", t.toString()));
    }
    json.add("groups", JsonOutput.array(groups, WavePlanJson::json));
    return json;
  }

  private static JsonObject json(WavePlan.OfGroup g) {
    JsonObject json = new JsonObject();
    json.addProperty("position", g.group().position());
    json.addProperty("group", g.group().group());
    JsonOutput.put(json, "name", g.group().name());
    json.addProperty("instances", g.group().instances());
    json.addProperty("confirmed", g.group().confirmed());
    if (g.plan() != null) {
      json.add("plan", PlanJson.of(g.plan()));
    }
    if (g.problem() != null) {
      json.add("problem", error(g.problem()));
    }
    return json;
  }

  private static JsonArray errors(List<Problem> problems) {
    return JsonOutput.array(problems, WavePlanJson::error);
  }

  private static JsonObject error(Problem problem) {
    return ProblemView.json(problem).entrySet().iterator().next().getValue().getAsJsonObject();
  }
}
