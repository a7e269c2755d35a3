package oosh.view;

import com.google.gson.JsonObject;
import oosh.rollout.Execution;
import oosh.rollout.Progress;

/** What several JSON answers show of an execution and of its instances. */
public final class ExecutionJson {
  /** What a list shows of an execution. */
  public static JsonObject brief(Execution e) {
    JsonObject json = new JsonObject();
    json.addProperty("executionId", e.id());
    json.addProperty("status", e.status().word());
    Json.put(json, "statusMessage", PayloadView.address(e.statusMessage()));
    Json.put(json, "waitingStatus", e.waitingStatus());
    json.addProperty("template", e.templateName());
    Json.put(json, "group", e.group());
    Json.put(json, "created", Json.time(e.created()));
    Json.put(json, "ended", Json.time(e.ended()));
    return json;
  }

  static JsonObject instance(Progress.InstanceProgress i) {
    JsonObject json = new JsonObject();
    json.addProperty("instance", i.id());
    json.addProperty("status", i.status().word());
    Json.put(json, "task", i.task());
    Json.put(json, "message", PayloadView.address(i.message()));
    Json.put(json, "childExecutionId", i.childExecutionId());
    Json.put(json, "started", Json.time(i.started()));
    Json.put(json, "ended", Json.time(i.ended()));
    return json;
  }

  /** Left out where nobody knows. */
  static void planned(JsonObject json, Progress progress) {
    if (!progress.guessed()) {
      json.addProperty("planned", progress.planned());
    }
  }

  private ExecutionJson() {}
}
