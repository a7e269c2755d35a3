package oosh.sandbox.oos;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import oosh.sandbox.api.ApiAction;
import oosh.sandbox.api.ApiCall;
import oosh.sandbox.api.ApiException;
import oosh.sandbox.api.Regions;
import oosh.sandbox.api.Sha256;
import oosh.sandbox.api.WireJson;
import oosh.sandbox.play.Engine;
import oosh.sandbox.state.EmulatedExecution;
import oosh.sandbox.state.EmulatedTask;
import oosh.sandbox.state.SandboxState;
import oosh.sandbox.state.StoredTemplate;
import oosh.sandbox.template.CustomTemplate;
import oosh.sandbox.template.DeclaredParameters;
import oosh.sandbox.template.PublicTemplate;
import oosh.sandbox.template.PublicTemplates;
import org.jspecify.annotations.Nullable;

/** The actions of OOS, version 2019-06-01. */
public final class OosActions {
  private final Engine engine;
  private final SandboxState world;
  private final OosListActions lists;

  public OosActions(Engine engine) {
    this.engine = engine;
    this.world = engine.world;
    this.lists = new OosListActions(engine);
  }

  public Map<String, ApiAction> actions() {
    Map<String, ApiAction> actions = new LinkedHashMap<>(lists.actions());
    actions.putAll(new OosTemplateActions(engine).actions());
    actions.put("StartExecution", this::start);
    actions.put("CancelExecution", this::cancel);
    actions.put("NotifyExecution", this::notify);
    actions.put("DeleteExecutions", this::delete);
    actions.put("GetExecutionTemplate", this::executionTemplate);
    actions.put("DescribeRegions", call -> regions());
    return actions;
  }

  private JsonObject start(ApiCall call) {
    String token = call.get("ClientToken");
    String request = Sha256.hex(WireJson.text(WireJson.GSON.toJsonTree(meant(call))));
    SandboxState.@Nullable ClientTokenUse used = token == null ? null : world.tokens.get(token);
    if (used != null) {
      EmulatedExecution before = world.executions.get(used.executionId());
      if (!used.request().equals(request) || before == null) {
        throw new ApiException(
            400,
            "IdempotentParameterMismatch",
            "The request uses the same client token as a previous, but non-identical request.");
      }
      return answer(before);
    }
    if (token != null && token.length() > 64) {
      throw ApiException.invalid("The parameter \"ClientToken\" is longer than 64 characters.");
    }
    if (call.get("TemplateURL") != null) {
      throw ApiException.invalid("The sandbox fetches no TemplateURL.");
    }
    String content = call.get("TemplateContent");
    if (content != null && call.get("TemplateName") != null) {
      throw ApiException.invalid("TemplateName and TemplateContent exclude each other.");
    }
    StoredTemplate named =
        content == null
            ? engine.shelf.template(call.required("TemplateName"), call.region())
            : null;
    String version = StoredTemplate.FIRST;
    if (named != null) {
      if (!named.type.equals(StoredTemplate.AUTOMATION)) {
        throw ApiException.invalid(
            "The template " + named.name + " is a package; it is not executed.");
      }
      StoredTemplate.StoredTemplateVersion wanted =
          engine.shelf.version(named, call.get("TemplateVersion"));
      version = wanted.version;
      content = PublicTemplates.named(named.name).isPresent() ? null : wanted.content;
    }
    String mode = call.oneOf("Mode");
    String loopMode = call.oneOf("LoopMode");
    String safety = call.oneOf("SafetyCheck");
    Map<String, String> tags = OosTags.ofNewExecution(call.get("Tags"));
    DeclaredParameters declared =
        content == null
            ? PublicTemplates.named(call.required("TemplateName")).orElseThrow().parameters()
            : CustomTemplate.of(content).parameters;
    JsonObject parameters = declared.checked(call.get("Parameters"), call.region());
    // Assumed: one that was sent along has no name.
    EmulatedExecution execution =
        engine.player.create(null, named == null ? "" : named.name, parameters, engine.now());
    execution.templateVersion = version;
    if (content != null) {
      execution.content = world.keepScript(content);
    }
    execution.regionId = call.region();
    execution.mode = Objects.requireNonNull(mode);
    execution.loopMode = Objects.requireNonNull(loopMode);
    // The default stops before what is called Delete, Remove, Terminate or Drop (source: OOS help,
    // "Risk", 2019-08-10): no task of the sandbox is called so.
    execution.safetyCheck = Objects.requireNonNull(safety);
    execution.tags = tags;
    execution.description = call.get("Description", "");
    if (token != null) {
      world.tokens.put(token, new SandboxState.ClientTokenUse(execution.id, request));
    }
    return answer(execution);
  }

  private JsonObject answer(EmulatedExecution execution) {
    JsonObject answer = new JsonObject();
    answer.add("Execution", OosResponses.started(execution, world));
    return answer;
  }

  /** What a repeated call must have in common with the first: all but what every call has anew. */
  private static Map<String, String> meant(ApiCall call) {
    Map<String, String> meant = new TreeMap<>();
    for (String name :
        List.of(
            "RegionId",
            "TemplateName",
            "TemplateVersion",
            "TemplateContent",
            "Parameters",
            "Mode",
            "LoopMode",
            "SafetyCheck",
            "Tags",
            "Description",
            "ParentExecutionId",
            "ResourceGroupId")) {
      String value = call.given(name);
      if (value != null) {
        meant.put(name, value);
      }
    }
    return meant;
  }

  private EmulatedExecution execution(ApiCall call) {
    String id = call.required("ExecutionId");
    EmulatedExecution execution = world.executions.get(id);
    if (execution == null) {
      // Assumed: named like EntityNotExists.Template, which is published.
      throw new ApiException(
          404, "EntityNotExists.Execution", "The execution " + id + " does not exist.");
    }
    return execution;
  }

  private JsonObject cancel(ApiCall call) {
    EmulatedExecution execution = execution(call);
    if (execution.ended()) {
      throw ApiException.invalid("The execution has ended already: " + execution.status + ".");
    }
    if (execution.child()) {
      throw ApiException.invalid("The sandbox cancels whole executions only.");
    }
    engine.player.cancel(execution, engine.now());
    return new JsonObject();
  }

  private JsonObject notify(ApiCall call) {
    EmulatedExecution execution = execution(call);
    String type = call.required("NotifyType");
    if (!execution.waiting()) {
      throw ApiException.invalid("The execution is not waiting; it is " + execution.status + ".");
    }
    List<String> taskIds = new ArrayList<>(call.list("TaskExecutionIds"));
    String taskId = call.get("TaskExecutionId");
    if (taskId != null) {
      taskIds.add(taskId);
    }
    long now = engine.now();
    switch (type) {
      case "Approve" -> engine.play(execution).approve(execution, now);
      case "Reject" -> {
        String note = call.get("NotifyNote", "");
        for (EmulatedTask run : execution.tasks) {
          if (run.running()) {
            engine.player.end(execution, run, "Failed", "Rejected.", "{}", now);
          }
        }
        engine.player.finish(
            execution, "Failed", "Rejected" + (note.isEmpty() ? "." : ": " + note), now);
      }
      case "RetryTask" -> engine.play(execution).retryOrSkip(execution, taskIds, true, now);
      case "SkipTask" -> engine.play(execution).retryOrSkip(execution, taskIds, false, now);
      default ->
          throw ApiException.invalid("The NotifyType " + type + " is not supported in this mode.");
    }
    return new JsonObject();
  }

  private JsonObject delete(ApiCall call) {
    List<String> ids = WireJson.parseStrings(call.required("ExecutionIds"));
    if (ids == null || ids.size() > 100) {
      throw ApiException.invalid("\"ExecutionIds\" must be a JSON array of at most 100 ids.");
    }
    for (String id : ids) {
      EmulatedExecution execution = world.executions.get(id);
      if (execution != null && !execution.ended()) {
        throw ApiException.invalid("The execution " + id + " has not ended.");
      }
    }
    for (String id : ids) {
      world.remove(id);
      world.tokens.values().removeIf(use -> use.executionId().equals(id));
    }
    return new JsonObject();
  }

  /** The template of the execution; {@code {}} for an action of the vendor. */
  private JsonObject executionTemplate(ApiCall call) {
    EmulatedExecution execution = execution(call);
    StoredTemplate.StoredTemplateVersion played = new StoredTemplate.StoredTemplateVersion();
    played.version = execution.templateVersion;
    played.updatedAt = execution.createdAt;
    played.content =
        execution.content.isEmpty()
            ? PublicTemplates.named(execution.templateName)
                .map(PublicTemplate::content)
                .orElse("{}")
            : world.script(execution.content);
    StoredTemplate template =
        engine.shelf.find(execution.templateName, execution.regionId).orElseGet(unnamed(execution));
    JsonObject answer = new JsonObject();
    answer.add("Template", OosResponses.template(template, played));
    answer.addProperty("Content", played.content);
    return answer;
  }

  private static Supplier<StoredTemplate> unnamed(EmulatedExecution execution) {
    return () -> {
      StoredTemplate none = new StoredTemplate();
      none.name = execution.templateName;
      none.createdAt = execution.createdAt;
      return none;
    };
  }

  private static JsonObject regions() {
    JsonArray regions = new JsonArray();
    Regions.ALL.forEach(
        (id, name) ->
            regions.add(
                WireJson.object(
                    "RegionId",
                    id,
                    "LocalName",
                    name,
                    "RegionEndpoint",
                    "oos." + id + ".aliyuncs.com")));
    JsonObject answer = new JsonObject();
    answer.add("Regions", regions);
    return answer;
  }
}
