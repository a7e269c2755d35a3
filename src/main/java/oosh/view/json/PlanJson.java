package oosh.view.json;

import com.google.gson.JsonObject;
import java.util.Locale;
import java.util.Set;
import oosh.rollout.Warning;
import oosh.rollout.plan.CommandTime;
import oosh.rollout.plan.Plan;
import oosh.rollout.plan.Rollback;
import oosh.rollout.update.Gates;
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
    json.addProperty("severe", plan.isSevere());
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
    if (rollout instanceof Launch launch && plan.time() != null) {
      json.add("time", JsonOutput.tree(TimeJson.of(plan.time(), launch)));
      watched(json, launch);
    }
    json.add("suspends", JsonOutput.tree(GroupView.ordered(plan.suspends())));
    json.add("leftSuspended", JsonOutput.tree(GroupView.ordered(plan.leftSuspended())));
    json.addProperty(
        "onFailure",
        rollout.spec().gates().rollsBack()
            ? "rollback"
            : rollout.spec().onFailureOrDefault().option());
    if (rollout.spec().strategy().endNotice() != null) {
      json.add("noticeByOos", JsonOutput.tree(rollout.spec().strategy().endNotice()));
    }
    JsonOutput.put(json, "approval", rollout.spec().strategy().approval());
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
    JsonOutput.put(json, "mark", plan.mark().word());
    return json;
  }

  /** What its gates behind a batch look at, and how often a bake does. */
  private static void watched(JsonObject json, Launch launch) {
    Gates gates = launch.spec().gates();
    if (!gates.afterBatch().isEmpty()) {
      json.add(
          "watched",
          JsonOutput.tree(
              launch.watched().instances().entrySet().stream()
                  .map(e -> new SourceJson(e.getKey().name(), e.getValue()))
                  .toList()));
      JsonOutput.put(json, "watchedRules", launch.watched().rules());
      JsonOutput.put(json, "unhealthyBefore", launch.watched().unhealthy());
    }
    if (!gates.bake().isZero()) {
      json.addProperty("bakeLooks", launch.template().looks());
    }
  }

  /**
   * @param instances those that it counts
   */
  private record SourceJson(String name, Set<String> instances) {}

  private record TimeJson(
      long scriptSeconds,
      String source,
      long gateSeconds,
      long limitSeconds,
      long leastSeconds,
      long mostSeconds) {
    static TimeJson of(CommandTime time, Launch launch) {
      return new TimeJson(
          time.script(),
          time.source().name().toLowerCase(Locale.ROOT).replace('_', '-'),
          time.gates().seconds(),
          time.limit(),
          CommandTime.least(launch).toSeconds(),
          time.most(launch).toSeconds());
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
