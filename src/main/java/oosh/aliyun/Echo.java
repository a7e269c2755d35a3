package oosh.aliyun;

import com.aliyuncs.auth.BasicCredentials;
import com.aliyuncs.auth.StaticCredentialsProvider;
import com.aliyuncs.http.HttpRequest;
import com.aliyuncs.http.HttpResponse;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import oosh.rollout.Problem;

/**
 * A service that is not there: requests are built, signed and answered, and nothing leaves this
 * process. By it the JVM has loaded and compiled what a call takes before the first that matters.
 */
final class Echo extends Transport {
  private static final HttpHeaders JSON =
      HttpHeaders.of(Map.of("Content-Type", List.of("application/json")), (name, value) -> true);

  private static final byte[] ANSWER =
      """
      {"RequestId": "0", "Execution": {"ExecutionId": "exec-0", "Status": "Running"},
       "Executions": [{"ExecutionId": "exec-0", "Status": "Success", "Parameters": "{}",
         "CreateDate": "2026-01-01T00:00:00Z", "TemplateName": "ACS-ESS-RollingUpdateBy"}],
       "ScalingGroups": {"ScalingGroup": []}, "ScalingInstances": {"ScalingInstance": [
         {"InstanceId": "i-0", "LifecycleState": "InService", "HealthStatus": "Healthy"}]},
       "MissingPolicy": "{}", "TotalCount": 0, "PageNumber": 1, "PageSize": 50}
      """
          .getBytes(StandardCharsets.UTF_8);

  Echo(Line line) {
    super(line, () -> null, MAX_BODY);
  }

  @Override
  public HttpResponse syncInvoke(HttpRequest request) {
    return screened(request, "localhost", 200, JSON, ANSWER);
  }

  /** What asks it, with keys that are nobody's. */
  static Caller caller(Caller like) {
    return like.with(
        new StaticCredentialsProvider(new BasicCredentials("practice", "practice")),
        new Echo(like.line()));
  }

  /** Does it, whatever comes of it. */
  static void quietly(Runnable work) {
    try {
      work.run();
    } catch (Problem odd) {
      // The answer fits none of the questions well, and nobody waits for it.
      return;
    }
  }
}
