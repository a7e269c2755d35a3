package oosh.aliyun;

import com.aliyuncs.AcsRequest;
import com.aliyuncs.CommonRequest;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.List;

/**
 * One thing that is asked of ECS, API 2014-05-26: how much of a script's output Cloud Assistant
 * dropped. The template passes the output on and not this (source: the public action
 * ACS::ESS::RunCommand, 2024).
 */
final class CloudAssistantClient {
  private static final Duration READ = Duration.ofSeconds(10);

  private final RpcClient caller;

  private final String host;

  CloudAssistantClient(RpcClient caller) {
    this.caller = caller;
    this.host = Endpoints.ecs(caller.region());
  }

  /**
   * Bytes that were dropped (source: ECS DescribeInvocationResults, {@code Dropped}, 2021).
   *
   * @throws oosh.rollout.Problem if ECS does not say
   */
  long dropped(String invokeId, String instance) {
    return caller.call(
        CallFailureMapper.CallDescription.reading(
            "ecs:DescribeInvocationResults", "read how much of an output was dropped"),
        host,
        READ,
        () -> request(invokeId, instance),
        answer -> {
          JsonObject invocation = JsonFields.objectIn(answer, "Invocation");
          List<JsonObject> results =
              JsonFields.objects(
                  JsonFields.objectIn(invocation, "InvocationResults").get("InvocationResult"));
          if (results == null || results.isEmpty() || !results.get(0).has("Dropped")) {
            throw CallFailureException.of(CallFailureException.FailureReason.BAD_SHAPE, host, 200);
          }
          return Math.max(0L, JsonFields.number(results.get(0), "Dropped"));
        });
  }

  private static AcsRequest<?> request(String invokeId, String instance) {
    CommonRequest request = new CommonRequest();
    request.setSysProduct("Ecs");
    request.setSysVersion("2014-05-26");
    request.setSysAction("DescribeInvocationResults");
    request.putQueryParameter("InvokeId", invokeId);
    request.putQueryParameter("InstanceId", instance);
    return request.buildRequest();
  }
}
