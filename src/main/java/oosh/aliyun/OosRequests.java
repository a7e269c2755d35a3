package oosh.aliyun;

import com.aliyuncs.oos.model.v20190601.GenerateExecutionPolicyRequest;
import com.aliyuncs.oos.model.v20190601.StartExecutionRequest;
import com.aliyuncs.oos.model.v20190601.ValidateTemplateContentRequest;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.util.Map;
import oosh.rollout.OnFailure;
import oosh.rollout.cloud.StartRequest;

/**
 * Requests to OOS. Long and private parameters go into the form body: the SDK puts every parameter
 * into the address, which gateways cut at a few kilobytes and proxies write into their logs.
 */
final class OosRequests {
  private static final Gson GSON =
      new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

  private OosRequests() {}

  /** A parameter that is a list or a map: OOS takes it as JSON text. */
  static String json(Object value) {
    return GSON.toJson(value);
  }

  /** What lists the children of an execution, in the order in which they began. */
  static Map<String, String> childrenOf(String parentId) {
    return Map.of(
        "ParentExecutionId", parentId, "SortField", "StartDate", "SortOrder", "Ascending");
  }

  /** What lists the tasks of an execution and of its children. */
  static Map<String, String> tasksOf(String executionId) {
    return Map.of(
        "ExecutionId", executionId,
        "IncludeChildTaskExecution", "true",
        "SortField", "StartDate",
        "SortOrder", "Ascending");
  }

  static StartExecutionRequest start(StartRequest start) {
    return new StartFormRequest(start);
  }

  private static final class StartFormRequest extends StartExecutionRequest {
    StartFormRequest(StartRequest start) {
      if (start.content().isEmpty()) {
        setTemplateName(start.template());
        if (!start.version().isEmpty()) {
          setTemplateVersion(start.version());
        }
      } else {
        putBodyParameter("TemplateContent", (Object) start.content());
      }
      setClientToken(start.clientToken());
      if (start.onFailure() != OnFailure.STOP) {
        setMode(start.onFailure().word());
      }
      putBodyParameter("Parameters", (Object) GSON.toJson(start.parameters()));
      if (!start.tags().isEmpty()) {
        putBodyParameter("Tags", (Object) GSON.toJson(start.tags()));
      }
      if (!start.description().isEmpty()) {
        putBodyParameter("Description", (Object) start.description());
      }
    }
  }

  /** The SDK's own request has no role, and takes no template that goes along. */
  static GenerateExecutionPolicyRequest policy(String template, String content, String role) {
    return new PolicyFormRequest(template, content, role);
  }

  private static final class PolicyFormRequest extends GenerateExecutionPolicyRequest {
    PolicyFormRequest(String template, String content, String role) {
      if (content.isEmpty()) {
        setTemplateName(template);
      } else {
        putBodyParameter("TemplateContent", (Object) content);
      }
      if (!role.isEmpty()) {
        putQueryParameter("RamRole", role);
      }
    }
  }

  static ValidateTemplateContentRequest validation(String content) {
    return new ValidationFormRequest(content);
  }

  private static final class ValidationFormRequest extends ValidateTemplateContentRequest {
    ValidationFormRequest(String content) {
      putBodyParameter("Content", (Object) content);
    }
  }
}
