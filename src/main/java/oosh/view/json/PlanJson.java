package oosh.view.json;

import com.google.gson.JsonObject;
import java.util.Locale;
import oosh.rollout.Warning;
import oosh.rollout.plan.CommandTime;
import oosh.rollout.plan.Plan;
import oosh.rollout.plan.Rollback;
import oosh.rollout.update.Launch;
import oosh.rollout.update.Rollout;
import oosh.view.GateView;
import oosh.view.GroupView;
import oosh.view.PayloadView;

/** The JSON answer of a plan. */
public final class PlanJson {
  private PlanJson() {}

  /** The plan, with {@code rollbackOnFailure} where oosh rolls back automatically. */
  public static JsonObject of(Plan plan, boolean automaticRollback) {
    JsonObject json = of(plan);
    if (automaticRollback) {
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
    if (plan.order() != null) {
      json.add("batches", JsonOutput.tree(plan.order().batches()));
      JsonOutput.put(json, "leftOut", plan.order().leftOut());
    }
    JsonOutput.put(json, "script", rollout.spec().script());
    JsonOutput.put(json, "rollbackScript", rollout.spec().rollbackScript());
    GateView.json(json, rollout.spec().gates());
    JsonOutput.put(json, "time", plan.time() == null ? null : TimeJson.of(plan.time()));
    json.add("suspends", JsonOutput.tree(GroupView.ordered(plan.suspends())));
    json.add("leftSuspended", JsonOutput.tree(GroupView.ordered(plan.leftSuspended())));
    json.addProperty(
        "onFailure",
        rollout.spec().gates().rollsBack()
            ? "rollback"
            : rollout.spec().onFailureOrDefault().option());
    JsonOutput.put(json, "reason", rollout.reason());
    JsonOutput.put(json, "sourceExecutionId", rollout.sourceExecutionId());
    if (rollout instanceof Rollback rollback && rollback.rest() != null) {
      json.add("gone", JsonOutput.tree(rollback.rest().gone()));
      json.add("rolledBackAlready", JsonOutput.tree(rollback.rest().done()));
      json.addProperty("forgotten", rollback.rest().forgotten());
    }
    json.add("warnings", JsonOutput.array(plan.warnings(), PlanJson::json));
    json.addProperty("method", rollout.context().method().word());
    json.addProperty("template", rollout.context().method().template());
    JsonOutput.put(json, "templateVersion", rollout.context().method().version());
    JsonOutput.put(json, "templateContent", rollout.content());
    json.add("parameters", PayloadView.json(rollout.parameters()));
    if (rollout instanceof Launch launch) {
      JsonOutput.put(json, "back", PayloadView.json(launch.spec().rollbackValues()));
      JsonOutput.put(json, "before", PayloadView.json(launch.baseline()));
    }
    return json;
  }

  private record TimeJson(long scriptSeconds, String source, long gateSeconds, long limitSeconds) {
    static TimeJson of(CommandTime time) {
      String source = time.source().name().toLowerCase(Locale.ROOT).replace('_', '-');
      return new TimeJson(time.script(), source, time.gates().seconds(), time.limit());
    }
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
