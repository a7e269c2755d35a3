package oosh.sandbox.oos;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Map;
import oosh.sandbox.api.Sha256;
import oosh.sandbox.api.VendorTimes;
import oosh.sandbox.api.WireJson;
import oosh.sandbox.state.EmulatedExecution;
import oosh.sandbox.state.EmulatedTask;
import oosh.sandbox.state.SandboxState;
import oosh.sandbox.state.StoredTemplate;
import oosh.sandbox.template.CustomTemplate;

/** How OOS writes executions, task executions and templates down. */
final class OosResponses {
  private OosResponses() {}

  /**
   * Common to both calls, without Parameters: StartExecution has a text, ListExecutions an object.
   */
  private static JsonObject execution(EmulatedExecution e, SandboxState world) {
    JsonObject json =
        WireJson.object(
            "ExecutionId",
            e.id,
            "TemplateName",
            e.templateName,
            "TemplateId",
            StoredTemplate.id(e.templateName),
            "TemplateVersion",
            e.templateVersion,
            "Mode",
            e.mode,
            "SafetyCheck",
            e.safetyCheck,
            "Status",
            e.status,
            "StatusMessage",
            e.statusMessage,
            "Outputs",
            e.outputs,
            "ParentExecutionId",
            e.parentId == null ? "" : e.parentId,
            "RamRole",
            ramRole(e),
            "ResourceGroupId",
            "",
            "ExecutedBy",
            StoredTemplate.CALLER,
            "Description",
            e.description,
            "CreateDate",
            VendorTimes.seconds(e.createdAt),
            "StartDate",
            VendorTimes.seconds(e.createdAt),
            "EndDate",
            VendorTimes.seconds(e.endedAt),
            "UpdateDate",
            VendorTimes.seconds(e.updatedAt));
    json.addProperty("IsParent", !world.children(e.id).isEmpty());
    json.add("Tags", tags(e.tags));
    json.add("Counters", counters(e));
    JsonArray current = new JsonArray();
    e.tasks.stream()
        .filter(t -> t.parentTaskId == null && (t.running() || (e.waiting() && t.failed())))
        .forEach(
            t ->
                current.add(
                    WireJson.object(
                        "TaskExecutionId", t.id, "TaskName", t.name, "TaskAction", t.action)));
    json.add("CurrentTasks", current);
    return json;
  }

  static String ramRole(EmulatedExecution e) {
    return e.parameter("OOSAssumeRole");
  }

  static JsonObject started(EmulatedExecution e, SandboxState world) {
    JsonObject json = execution(e, world);
    json.addProperty("LoopMode", e.loopMode);
    json.addProperty("Parameters", WireJson.text(e.parameters));
    return json;
  }

  static JsonObject listed(EmulatedExecution e, SandboxState world) {
    JsonObject json = execution(e, world);
    JsonObject parameters = e.parameters;
    if (!e.script.isEmpty()) {
      parameters = e.parameters.deepCopy();
      parameters.addProperty("commandContent", world.script(e.script));
    }
    json.add("Parameters", parameters);
    json.addProperty("Category", "Other");
    // Assumed: both fields have the reason; the vendor's spelling is not published.
    json.addProperty("StatusReason", e.waitingStatus);
    json.addProperty("WaitingStatus", e.waitingStatus);
    JsonObject resources = new JsonObject();
    for (EmulatedExecution child : world.children(e.id)) {
      int before = resources.has(child.status) ? resources.get(child.status).getAsInt() : 0;
      resources.addProperty(child.status, before + 1);
    }
    json.addProperty("ResourceStatus", WireJson.text(resources));
    json.addProperty("Targets", "[]");
    for (String trigger :
        new String[] {
          "LastTriggerTime", "LastTriggerStatus", "LastSuccessfulTriggerTime", "NextScheduleTime"
        }) {
      json.addProperty(trigger, "");
    }
    return json;
  }

  /** Assumed: a root counts its loop's items, a child its tasks. */
  private static JsonObject counters(EmulatedExecution e) {
    int failed = 0;
    int success = 0;
    int total = 0;
    boolean loop = !e.turns.isEmpty();
    for (EmulatedTask t : e.tasks) {
      if (loop ? t.childExecutionId != null : t.parentTaskId == null) {
        failed += t.failed() ? 1 : 0;
        success += t.status.equals("Success") || t.status.equals("Skipped") ? 1 : 0;
        total++;
      }
    }
    JsonObject json = new JsonObject();
    json.addProperty("Failed", failed);
    json.addProperty("Success", success);
    json.addProperty("Total", loop ? e.turns.size() : total);
    return json;
  }

  static JsonObject tags(Map<String, String> tags) {
    JsonObject json = new JsonObject();
    tags.forEach(json::addProperty);
    return json;
  }

  static JsonObject task(EmulatedTask t, EmulatedExecution e) {
    JsonObject json =
        WireJson.object(
            "TaskExecutionId",
            t.id,
            "ExecutionId",
            t.executionId,
            "ParentTaskExecutionId",
            t.parentTaskId == null ? "" : t.parentTaskId,
            "ChildExecutionId",
            t.childExecutionId == null ? "" : t.childExecutionId,
            "TaskName",
            t.name,
            "TaskAction",
            t.action,
            "TemplateId",
            StoredTemplate.id(e.templateName),
            "Status",
            t.status,
            "StatusMessage",
            t.statusMessage,
            "Properties",
            t.properties,
            "Outputs",
            t.outputs,
            "LoopItem",
            t.loopItem == null ? "" : t.loopItem,
            "CreateDate",
            VendorTimes.seconds(t.createdAt),
            "StartDate",
            VendorTimes.seconds(t.createdAt),
            "EndDate",
            VendorTimes.seconds(t.endedAt),
            "UpdateDate",
            VendorTimes.seconds(t.updatedAt));
    if (t.loopItem != null) {
      json.addProperty("LoopBatchNumber", t.loopBatch);
    }
    if (t.loopSize >= 0) {
      // Assumed keys: the fields of Loop are not published.
      JsonObject loop = new JsonObject();
      loop.addProperty("Total", t.loopSize);
      loop.addProperty("Batch", e.batch);
      json.add("Loop", loop);
    }
    json.add("ExtraData", new JsonObject());
    return json;
  }

  static JsonObject template(
      StoredTemplate template, StoredTemplate.StoredTemplateVersion version) {
    JsonObject json =
        WireJson.object(
            "TemplateName",
            template.name,
            "TemplateId",
            StoredTemplate.id(template.name),
            "TemplateVersion",
            version.version,
            "VersionName",
            version.versionName,
            "TemplateFormat",
            CustomTemplate.format(version.content),
            "TemplateType",
            template.type,
            "ShareType",
            template.share,
            "Hash",
            Sha256.hex(version.content),
            "Description",
            version.description,
            "CreatedBy",
            template.createdBy,
            "CreatedDate",
            VendorTimes.seconds(template.createdAt),
            "UpdatedBy",
            template.createdBy,
            "UpdatedDate",
            VendorTimes.seconds(version.updatedAt));
    json.addProperty("HasTrigger", false);
    json.add("Tags", tags(template.tags));
    return json;
  }
}
