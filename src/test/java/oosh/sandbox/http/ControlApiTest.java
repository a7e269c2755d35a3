package oosh.sandbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.List;
import oosh.sandbox.Sandbox;
import oosh.sandbox.SandboxOptions;
import oosh.sandbox.api.SandboxCaller;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a person may do to instances, ordered over the control API. */
class ControlApiTest {
  private static final String WEB =
      "{\"invokeType\":\"invoke\",\"scalingGroupId\":\"asg-bp1web\",\"batchNumber\":1,"
          + "\"invokeScript\":\"true\"}";

  private final Sandbox sandbox = Sandbox.open(SandboxOptions.inSteps().withoutPacing());
  private final SandboxCaller caller = new SandboxCaller(sandbox);

  @AfterEach
  void close() {
    sandbox.close();
  }

  private SandboxCaller.Reply order(String instance, String field, String value) {
    return caller.control(
        "POST",
        "world",
        String.format("{\"instance\":\"%s\",\"%s\":\"%s\"}", instance, field, value));
  }

  private String message(String execution) {
    return caller.execution(execution).get("StatusMessage").getAsString();
  }

  private List<String> listed(String... filter) {
    String[] all = {"ScalingGroupId", "asg-bp1web", "PageSize", "50"};
    String[] more = new String[all.length + filter.length];
    System.arraycopy(all, 0, more, 0, all.length);
    System.arraycopy(filter, 0, more, all.length, filter.length);
    return SandboxCaller.objects(
            caller
                .call(SandboxCaller.ESS, "DescribeScalingInstances", more)
                .json()
                .getAsJsonObject("ScalingInstances")
                .getAsJsonArray("ScalingInstance"))
        .stream()
        .map(i -> i.get("InstanceId").getAsString())
        .toList();
  }

  @Test
  void instancesThatJoinOrLeaveAreCountedAndNotUpdated() {
    order("i-bp1a", "lifecycleState", "Pending");
    order("i-bp1b", "lifecycleState", "Removing");
    assertThat(caller.states("asg-bp1web"))
        .isEqualTo("Pending Removing InService InService InService InService");
    JsonObject group =
        caller
            .call(SandboxCaller.ESS, "DescribeScalingGroups", "ScalingGroupId.1", "asg-bp1web")
            .json()
            .getAsJsonObject("ScalingGroups")
            .getAsJsonArray("ScalingGroup")
            .get(0)
            .getAsJsonObject();
    assertThat(
            List.of("Active", "Pending", "PendingWait", "Removing", "Total").stream()
                .map(which -> group.get(which + "Capacity").getAsInt()))
        .containsExactly(4, 1, 0, 1, 6);
    String id = caller.start(WEB);
    sandbox.advance(Duration.ofSeconds(100));
    assertThat(caller.status(id)).isEqualTo("Success");
    assertThat(caller.children(id)).hasSize(4);
    assertThat(order("i-bp1a", "lifecycleState", "Gone").code()).isEqualTo("InvalidParameter");
  }

  @Test
  void anUnhealthyInstanceIsListedAsSuch() {
    order("i-bp1c", "healthStatus", "Unhealthy");
    assertThat(listed("HealthStatus", "Unhealthy")).containsExactly("i-bp1c");
    assertThat(listed("HealthStatus", "Healthy")).hasSize(5);
    order("i-bp1c", "healthStatus", "Healthy");
    assertThat(listed("HealthStatus", "Unhealthy")).isEmpty();
    assertThat(order("i-bp1c", "healthStatus", "Fine").code()).isEqualTo("InvalidParameter");
  }

  @Test
  void aStoppedInstanceRunsNoScript() {
    order("i-bp1a", "status", "Stopped");
    String id = caller.start(WEB);
    sandbox.advance(Duration.ofSeconds(100));
    assertThat(caller.status(id)).isEqualTo("Failed");
    assertThat(message(id)).contains("i-bp1a, task runCommand: InvalidInstance.NotRunning");
    assertThat(order("eci-bp1a", "status", "Stopped").code()).isEqualTo("InvalidParameter");
  }

  @Test
  void anInstanceThatHasLeftItsGroupFailsItsLaterTasks() {
    String id = caller.start(WEB);
    sandbox.advance(Duration.ofSeconds(100));
    order("i-bp1b", "detached", "true");
    assertThat(listed()).hasSize(5).doesNotContain("i-bp1b");
    String back =
        caller.start(
            "{\"invokeType\":\"rollback\",\"scalingGroupId\":\"asg-bp1web\",\"batchNumber\":1,"
                + "\"rollbackScript\":\"true\",\"sourceExecutionId\":\""
                + id
                + "\"}");
    sandbox.advance(Duration.ofSeconds(100));
    assertThat(caller.status(back)).isEqualTo("Failed");
    assertThat(message(back)).contains("i-bp1b, task enterStandby: InvalidInstanceId.NotFound");
  }

  @Test
  void anInstanceThatLeavesUnderAScriptFailsAfterIt() {
    caller.control(
        "POST",
        "faults",
        "{\"instance\":\"i-bp1b\",\"kind\":\"hang\",\"output\":\"\",\"times\":1}");
    String id = caller.start(WEB.replace("}", ",\"rollbackScript\":\"\"}"));
    sandbox.advance(Duration.ofSeconds(100));
    order("i-bp1b", "detached", "true");
    sandbox.advance(Duration.ofSeconds(601));
    assertThat(caller.status(id)).isEqualTo("Failed");
    assertThat(message(id)).contains("i-bp1b");
  }
}
