package oosh.sandbox.oos;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import oosh.sandbox.api.ApiAction;
import oosh.sandbox.api.ApiCall;
import oosh.sandbox.api.ApiException;
import oosh.sandbox.api.Principal;
import oosh.sandbox.api.Regions;
import oosh.sandbox.api.WireJson;
import oosh.sandbox.play.Engine;
import oosh.sandbox.state.EmulatedExecution;
import oosh.sandbox.state.SandboxState;
import oosh.sandbox.state.StoredTemplate;
import oosh.sandbox.template.PublicTemplates;
import oosh.sandbox.template.TemplateStore;
import org.jspecify.annotations.Nullable;

/** The actions of OOS, version 2019-06-01. */
public final class OosActions {
  private final Engine engine;
  private final SandboxState state;
  private final OosListActions lists;
  private final Function<String, Principal> callers;

  /**
   * @param callers who has a key, by its id
   */
  public OosActions(Engine engine, Function<String, Principal> callers) {
    this.engine = engine;
    this.callers = callers;
    this.state = engine.state;
    this.lists = new OosListActions(engine);
  }

  public Map<String, ApiAction> actions() {
    Map<String, ApiAction> actions = new LinkedHashMap<>(lists.actions());
    actions.putAll(new OosTemplateActions(engine).actions());
    actions.putAll(new OosTagActions(state).actions());
    actions.put("StartExecution", this::start);
    actions.put("CancelExecution", ApiAction.change(this::cancel));
    actions.put("NotifyExecution", ApiAction.change(this::notify));
    actions.put("DeleteExecutions", ApiAction.change(this::delete));
    actions.put("GetExecutionTemplate", this::executionTemplate);
    actions.put("DescribeRegions", call -> call.array("Regions", "Region", Regions.ALL));
    return actions;
  }

  private JsonObject start(ApiCall call) {
    String token = call.get("ClientToken");
    String request = call.hash("ClientToken");
    SandboxState.@Nullable ClientTokenUse used = token == null ? null : state.tokens.get(token);
    if (used != null) {
      EmulatedExecution before = state.executions.get(used.executionId());
      if (!used.request().equals(request) || before == null) {
        throw ApiException.of("IdempotentParameterMismatch");
      }
      return answer(call, before);
    }
    if (token != null && token.length() > 64) {
      throw ApiException.invalid("The parameter \"ClientToken\" is longer than 64 characters.");
    }
    if (call.get("TemplateURL") != null) {
      throw ApiException.invalid("The sandbox fetches no TemplateURL.");
    }
    if (call.get("TemplateContent") != null && call.get("TemplateName") != null) {
      throw ApiException.invalid("TemplateName and TemplateContent exclude each other.");
    }
    TemplateStore.ExecutedTemplate executed = engine.templates.executed(call);
    Map<String, String> tags = OosTags.ofExecution(call.get("Tags"));
    JsonObject parameters =
        executed.read().parameters().checked(call.get("Parameters"), call.region());
    EmulatedExecution execution =
        engine.lifecycle.create(null, executed.name(), parameters, engine.now());
    execution.templateVersion = executed.version();
    if (!executed.content().isEmpty()) {
      execution.content = state.keepScript(executed.content());
    }
    execution.regionId = call.region();
    execution.mode = call.required("Mode");
    execution.loopMode = call.required("LoopMode");
    // The default stops before what is called Delete, Remove, Terminate or Drop (source: OOS help,
    // "Risk", 2019-08-10): no task of the sandbox is called so.
    execution.safetyCheck = call.required("SafetyCheck");
    execution.executedBy = caller(call).executedBy();
    execution.tags = tags;
    execution.description = call.get("Description", "");
    if (token != null) {
      state.tokens.put(token, new SandboxState.ClientTokenUse(execution.id, request));
    }
    return answer(call, execution);
  }

  private JsonObject answer(ApiCall call, EmulatedExecution execution) {
    JsonObject started = call.shaped("StartedExecution", new ExecutionItem(execution, state));
    return WireJson.wrapped("Execution", started);
  }

  private Principal caller(ApiCall call) {
    return callers.apply(call.required("AccessKeyId"));
  }

  private EmulatedExecution execution(ApiCall call) {
    String id = call.required("ExecutionId");
    return ApiException.found(state.executions.get(id), "EntityNotExists.Execution", id);
  }

  private void cancel(ApiCall call) {
    EmulatedExecution execution = execution(call);
    if (execution.ended()) {
      throw ApiException.invalid("The execution has ended already: " + execution.status + ".");
    }
    if (execution.child()) {
      throw ApiException.invalid("The sandbox cancels whole executions only.");
    }
    engine.lifecycle.cancel(execution, engine.now());
  }

  private void notify(ApiCall call) {
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
    String note = call.get("NotifyNote", "");
    switch (type) {
      case "Approve" -> engine.runner(execution).approve(execution, caller(call), note, now);
      case "Reject" -> engine.runner(execution).reject(execution, caller(call), note, now);
      case "RetryTask" -> engine.runner(execution).retryOrSkip(execution, taskIds, true, now);
      case "SkipTask" -> engine.runner(execution).retryOrSkip(execution, taskIds, false, now);
      default ->
          throw ApiException.invalid("The NotifyType " + type + " is not supported in this mode.");
    }
  }

  private void delete(ApiCall call) {
    List<String> ids = WireJson.parseStrings(call.required("ExecutionIds"));
    if (ids == null || ids.size() > 100) {
      throw ApiException.invalid("\"ExecutionIds\" must be a JSON array of at most 100 ids.");
    }
    for (String id : ids) {
      EmulatedExecution execution = state.executions.get(id);
      if (execution != null && !execution.ended()) {
        throw ApiException.invalid("The execution " + id + " has not ended.");
      }
    }
    for (String id : ids) {
      state.remove(id);
      state.tokens.values().removeIf(use -> use.executionId().equals(id));
    }
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
                .map(PublicTemplates::content)
                .orElse("{}")
            : state.script(execution.content);
    StoredTemplate none = new StoredTemplate();
    none.name = execution.templateName;
    none.createdAt = execution.createdAt;
    StoredTemplate template =
        engine.templates.find(execution.templateName, execution.regionId).orElse(none);
    return OosTemplateActions.withContent(call, new TemplateItem(template, played));
  }
}
