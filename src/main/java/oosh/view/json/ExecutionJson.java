package oosh.view.json;

import com.google.gson.JsonObject;
import oosh.rollout.cloud.Execution;
import oosh.rollout.record.Progress;
import oosh.view.GateView;
import oosh.view.PayloadView;

/** What several JSON answers show of an execution and of its instances. */
public final class ExecutionJson {
  /** What a list shows of an execution. */
  public static JsonObject brief(Execution e) {
    JsonObject json = new JsonObject();
    json.addProperty("executionId", e.id());
    json.addProperty("status", e.status().word());
    JsonOutput.put(json, "statusMessage", PayloadView.address(e.statusMessage()));
    JsonOutput.put(json, "waitingStatus", e.waitingStatus());
    json.addProperty("template", e.templateName());
    JsonOutput.put(json, "group", e.group());
    JsonOutput.put(json, "created", e.created());
    JsonOutput.put(json, "ended", e.ended());
    return json;
  }

  public static JsonObject instance(Progress.InstanceProgress i) {
    JsonObject json = new JsonObject();
    json.addProperty("instance", i.id());
    json.addProperty("status", i.status().word());
    JsonOutput.put(json, "task", i.task());
    JsonOutput.put(json, "message", PayloadView.address(i.message()));
    JsonOutput.put(json, "childExecutionId", i.childExecutionId());
    JsonOutput.put(json, "started", i.started());
    JsonOutput.put(json, "ended", i.ended());
    return json;
  }

  /**
   * What its gates found, what approvals it asked for, and what OOS rolled back; left out where
   * there is nothing.
   */
  public static void gates(JsonObject json, Progress progress) {
    approvals(json, progress);
    if (!progress.gateFailures().isEmpty()) {
      JsonOutput.put(json, "gateFailures", progress.gateFailures());
      // Behind a failure OOS says last that the launch is to end as failed.
      json.addProperty("statusMessage", GateView.failed(progress));
    }
    json.addProperty("rolledBackByOos", progress.rolledBack());
    json.add("rolledBack", JsonOutput.array(progress.undone(), ExecutionJson::instance));
    if (progress.undone().isEmpty()) {
      json.remove("rolledBackByOos");
      json.remove("rolledBack");
    }
  }

  /** Left out where there is none. */
  private static void approvals(JsonObject json, Progress progress) {
    if (!progress.approvals().isEmpty()) {
      json.add(
          "approvals",
          JsonOutput.array(
              progress.approvals(),
              a -> {
                JsonObject each = new JsonObject();
                each.addProperty("beforeBatch", a.before());
                each.addProperty("status", a.status().word());
                each.add("approvers", JsonOutput.tree(a.approvers()));
                each.addProperty("needed", a.needed());
                each.add("approved", JsonOutput.tree(a.approved()));
                JsonOutput.put(each, "said", a.said());
                JsonOutput.put(each, "ended", a.ended());
                return each;
              }));
    }
  }

  /** Left out where it is not known. */
  public static void planned(JsonObject json, Progress progress) {
    if (!progress.guessed()) {
      json.addProperty("planned", progress.planned());
    }
  }

  private ExecutionJson() {}
}
