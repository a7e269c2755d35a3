package oosh.view.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import oosh.rollout.Warning;
import oosh.rollout.plan.Plan;
import oosh.rollout.plan.Rollback;
import oosh.rollout.update.Launch;
import oosh.rollout.update.Rollout;
import oosh.rollout.update.Script;
import oosh.view.GroupView;
import oosh.view.PayloadView;

/** The JSON answer of a plan. */
public final class PlanJson {
  private PlanJson() {}

  /** The plan, with {@code rollbackOnFailure} where oosh rolls back automatically. */
  public static JsonObject of(Plan plan, boolean goesBack) {
    JsonObject json = of(plan);
    if (goesBack) {
      json.addProperty("rollbackOnFailure", true);
    }
    return json;
  }

  /**
   * The plan, with {@code parameters} as OOS would get them, script texts and all; of signed
   * addresses without what signs them.
   */
  public static JsonObject of(Plan plan) {
    Rollout rollout = plan.rollout();
    JsonObject json = new JsonObject();
    json.addProperty("action", rollout instanceof Rollback ? "rollback" : "launch");
    json.add("group", GroupView.json(plan.group()));
    json.addProperty("instances", rollout.instances());
    json.addProperty("profile", rollout.context().profile());
    json.addProperty("severe", Warning.anySevere(plan.warnings()));
    json.addProperty("serving", plan.capacity().serving());
    json.addProperty("outOfService", plan.capacity().out());
    json.add("batchSizes", JsonOutput.tree(plan.batchSizes()));
    Script script = rollout.spec().script();
    if (script != null) {
      json.add("script", JsonOutput.script(script));
    }
    Script undo = rollout.spec().rollbackScript();
    if (undo != null) {
      json.add("rollbackScript", JsonOutput.script(undo));
    }
    json.add("suspends", JsonOutput.tree(GroupView.ordered(plan.suspends())));
    json.add("leftSuspended", JsonOutput.tree(GroupView.ordered(plan.leftSuspended())));
    json.addProperty("onFailure", rollout.spec().onFailureOrDefault().option());
    JsonOutput.put(json, "reason", rollout.reason());
    JsonOutput.put(json, "sourceExecutionId", rollout.sourceExecutionId());
    if (rollout instanceof Rollback rollback && rollback.rest() != null) {
      json.add("gone", JsonOutput.tree(rollback.rest().gone()));
      json.add("rolledBackAlready", JsonOutput.tree(rollback.rest().done()));
      json.addProperty("forgotten", rollback.rest().forgotten());
    }
    JsonArray warnings = new JsonArray();
    plan.warnings().forEach(w -> warnings.add(json(w)));
    json.add("warnings", warnings);
    json.addProperty("method", rollout.context().method().word());
    json.addProperty("template", rollout.context().method().template());
    JsonOutput.put(json, "templateVersion", rollout.context().method().version());
    if (!rollout.content().isEmpty()) {
      json.add("templateContent", JsonOutput.tree(rollout.content()));
    }
    json.add("parameters", PayloadView.json(rollout.parameters()));
    if (rollout instanceof Launch launch && !launch.spec().rollbackValues().isEmpty()) {
      json.add("back", PayloadView.json(launch.spec().rollbackValues()));
    }
    if (rollout instanceof Launch launch && !launch.baseline().isEmpty()) {
      json.add("before", PayloadView.json(launch.baseline()));
    }
    return json;
  }

  private static JsonObject json(Warning warning) {
    JsonObject json = new JsonObject();
    json.addProperty("code", warning.code().word());
    json.addProperty("severe", warning.code().isSevere());
    json.addProperty("text", warning.text());
    json.addProperty("remedy", warning.remedy());
    return json;
  }
}
