package oosh.aliyun;

import com.aliyuncs.oos.model.v20190601.CancelExecutionRequest;
import com.aliyuncs.oos.model.v20190601.GenerateExecutionPolicyRequest;
import com.aliyuncs.oos.model.v20190601.GetTemplateRequest;
import com.aliyuncs.oos.model.v20190601.ListExecutionLogsRequest;
import com.aliyuncs.oos.model.v20190601.ListExecutionsRequest;
import com.aliyuncs.oos.model.v20190601.ListTaskExecutionsRequest;
import com.aliyuncs.oos.model.v20190601.NotifyExecutionRequest;
import com.aliyuncs.oos.model.v20190601.StartExecutionRequest;
import com.aliyuncs.oos.model.v20190601.ValidateTemplateContentRequest;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.util.List;
import java.util.function.Consumer;
import oosh.rollout.OnFailure;
import oosh.rollout.cloud.NotifyType;
import oosh.rollout.cloud.StartRequest;
import org.jspecify.annotations.Nullable;

/**
 * Requests to OOS. Long and private parameters go into the form body: the SDK puts every parameter
 * into the address, which gateways cut at a few kilobytes and proxies write into their logs.
 */
final class OosRequests {
  private static final Gson GSON =
      new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

  /** The least MaxResults of ListExecutions (source: the API reference). */
  static final int MIN_PAGE = 10;

  private OosRequests() {}

  /**
   * @param filter sets which executions are listed
   * @param limit so many entries are enough
   * @param token NextToken; "" for the first page
   */
  static ListExecutionsRequest executions(
      Consumer<ListExecutionsRequest> filter, int limit, String token) {
    ListExecutionsRequest request = new ListExecutionsRequest();
    filter.accept(request);
    request.setMaxResults(Math.min(RpcService.TOKEN_PAGE, Math.max(MIN_PAGE, limit)));
    request.setNextToken(orNull(token));
    return request;
  }

  static Consumer<ListExecutionsRequest> childrenOf(String parentId) {
    return request -> {
      request.setParentExecutionId(parentId);
      request.setSortField("StartDate");
      request.setSortOrder("Ascending");
    };
  }

  static ListTaskExecutionsRequest tasks(String executionId, String token) {
    ListTaskExecutionsRequest request = new ListTaskExecutionsRequest();
    request.setExecutionId(executionId);
    request.setIncludeChildTaskExecution(true);
    request.setSortField("StartDate");
    request.setSortOrder("Ascending");
    request.setMaxResults(RpcService.TOKEN_PAGE);
    request.setNextToken(orNull(token));
    return request;
  }

  static ListExecutionLogsRequest logs(String executionId, String token) {
    ListExecutionLogsRequest request = new ListExecutionLogsRequest();
    request.setExecutionId(executionId);
    request.setMaxResults(RpcService.TOKEN_PAGE);
    request.setNextToken(orNull(token));
    return request;
  }

  /**
   * @param version "" for the newest
   */
  static GetTemplateRequest template(String name, String version) {
    GetTemplateRequest request = new GetTemplateRequest();
    request.setTemplateName(name);
    request.setTemplateVersion(orNull(version));
    return request;
  }

  static CancelExecutionRequest cancellation(String id) {
    CancelExecutionRequest request = new CancelExecutionRequest();
    request.setExecutionId(id);
    return request;
  }

  static NotifyExecutionRequest notification(String id, NotifyType type, List<String> tasks) {
    NotifyExecutionRequest request = new NotifyExecutionRequest();
    request.setExecutionId(id);
    request.setNotifyType(type.word());
    if (!tasks.isEmpty()) {
      request.setTaskExecutionIds(GSON.toJson(tasks));
    }
    return request;
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
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
