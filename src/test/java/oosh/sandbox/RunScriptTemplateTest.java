package oosh.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.zip.GZIPInputStream;
import oosh.sandbox.api.SandboxCaller;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunScriptTemplateTest {
  private static final String WEB =
      "{\"invokeType\":\"invoke\",\"scalingGroupId\":\"asg-bp1web\",\"batchNumber\":2,"
          + "\"invokeScript\":\"echo up\",\"batchPauseOption\":\"%s\"}";

  private final Sandbox sandbox = Sandbox.open(SandboxOptions.inSteps());
  private final SandboxCaller caller = new SandboxCaller(sandbox);

  @AfterEach
  void close() {
    sandbox.close();
  }

  private void pass(int seconds) {
    sandbox.advance(Duration.ofSeconds(seconds));
  }

  private void breakInstance(String id) {
    caller.control(
        "POST",
        "faults",
        "{\"instance\":\"" + id + "\",\"kind\":\"fail\",\"exitCode\":3,\"output\":\"boom\"}");
  }

  @Test
  void playsTwoBatchesInTwelveSeconds() {
    String id = caller.start(WEB.formatted("Automatic"));
    assertThat(id).isEqualTo("exec-0000000000000001");
    assertThat(caller.status(id)).isEqualTo("Started");
    pass(3);
    assertThat(caller.status(id)).isEqualTo("Running");
    assertThat(caller.states("asg-bp1web"))
        .isEqualTo("Standby Standby Standby InService InService InService");
    assertThat(caller.suspended("asg-bp1web")).isEqualTo(5);
    pass(9);
    assertThat(caller.status(id)).isEqualTo("Success");
    assertThat(caller.states("asg-bp1web")).doesNotContain("Standby");
    assertThat(caller.suspended("asg-bp1web")).isZero();
    JsonArray children =
        caller
            .call(SandboxCaller.OOS, "ListExecutions", "ParentExecutionId", id)
            .json()
            .getAsJsonArray("Executions");
    assertThat(children).hasSize(6);
    assertThat(
            children.get(0).getAsJsonObject().getAsJsonObject("Parameters").get("commandContent"))
        .hasToString("\"echo up\"");
  }

  @Test
  void aRoleThatLacksARightStopsItWhereTheRightIsNeeded() {
    caller.control("POST", "roles", "{\"role\":\"Deploy\",\"lacks\":[\"ecs:TagResources\"]}");
    String policy =
        caller
            .call(
                SandboxCaller.OOS,
                "GenerateExecutionPolicy",
                "TemplateName",
                "ACS-ESS-RollingUpdateByRunCommandInScalingGroup",
                "RamRole",
                "Deploy")
            .json()
            .get("MissingPolicy")
            .getAsString();
    assertThat(policy).contains("[\"ecs:TagResources\"]");

    String id =
        caller.start(
            WEB.formatted("Automatic").replace("{\"inv", "{\"OOSAssumeRole\":\"Deploy\",\"inv"));
    pass(100);
    assertThat(caller.status(id)).isEqualTo("Failed");
    assertThat(caller.execution(id).get("StatusMessage").getAsString())
        .contains("tagInstance", "Forbidden.RAM");
    assertThat(caller.suspended("asg-bp1web")).isEqualTo(5);
    assertThat(caller.states("asg-bp1web")).doesNotContain("Standby");
  }

  @Test
  void waitsBetweenBatchesUntilApproved() {
    String id = caller.start(WEB.formatted("EveryBatchPause"));
    pass(100);
    assertThat(caller.status(id)).isEqualTo("Waiting");
    assertThat(caller.execution(id).get("WaitingStatus").getAsString()).isEqualTo("BatchPause");
    caller.call(SandboxCaller.OOS, "NotifyExecution", "ExecutionId", id, "NotifyType", "Approve");
    pass(100);
    assertThat(caller.status(id)).isEqualTo("Success");
  }

  @Test
  void leavesStandbyAndSuspendedProcessesAfterAFailureAndRollbackHealsThem() {
    breakInstance("i-bp1b");
    String id = caller.start(WEB.formatted("Automatic"));
    pass(100);
    assertThat(caller.status(id)).isEqualTo("Failed");
    assertThat(caller.execution(id).get("StatusMessage").getAsString())
        .contains("i-bp1b", "checkInvocationResult", "exit code 3");
    assertThat(caller.states("asg-bp1web"))
        .isEqualTo("InService Standby InService InService InService InService");
    assertThat(caller.suspended("asg-bp1web")).isEqualTo(5);
    caller.control("DELETE", "faults", "");
    String rollback =
        caller.start(
            "{\"invokeType\":\"rollback\",\"scalingGroupId\":\"asg-bp1web\","
                + "\"rollbackScript\":\"echo back\",\"sourceExecutionId\":\""
                + id
                + "\"}");
    pass(100);
    assertThat(caller.status(rollback)).isEqualTo("Success");
    assertThat(caller.states("asg-bp1web")).doesNotContain("Standby");
    assertThat(caller.suspended("asg-bp1web")).isZero();
  }

  @Test
  void skippedInstanceStaysInStandbyAndRetriedOneComesBack() {
    breakInstance("i-bp1a");
    String id = caller.start(WEB.formatted("Automatic"), "Mode", "FailurePause");
    pass(100);
    assertThat(caller.status(id)).isEqualTo("Waiting");
    caller.call(SandboxCaller.OOS, "NotifyExecution", "ExecutionId", id, "NotifyType", "RetryTask");
    pass(100);
    assertThat(caller.status(id)).isEqualTo("Waiting");
    caller.call(SandboxCaller.OOS, "NotifyExecution", "ExecutionId", id, "NotifyType", "SkipTask");
    pass(100);
    assertThat(caller.status(id)).isEqualTo("Success");
    assertThat(caller.states("asg-bp1web")).startsWith("Standby InService");
  }

  @Test
  void cancelLeavesTheRunningBatchInStandby() {
    String id = caller.start(WEB.formatted("Automatic"));
    pass(3);
    caller.call(SandboxCaller.OOS, "CancelExecution", "ExecutionId", id);
    pass(100);
    assertThat(caller.status(id)).isEqualTo("Cancelled");
    assertThat(caller.states("asg-bp1web")).startsWith("Standby Standby Standby InService");
    assertThat(caller.suspended("asg-bp1web")).isEqualTo(5);
  }

  @Test
  void continuesFromItsCompressedStateFile(@TempDir Path directory) throws IOException {
    Path state = directory.resolve("state.json");
    SandboxOptions options = new SandboxOptions(0, state, true, null);
    String id;
    try (Sandbox first = Sandbox.open(options)) {
      id = new SandboxCaller(first).start(WEB.formatted("Automatic"));
      first.advance(Duration.ofSeconds(1));
    }
    try (InputStream packed = new GZIPInputStream(Files.newInputStream(state))) {
      assertThat(Files.size(state)).isLessThan(packed.readAllBytes().length / 4);
    }
    try (Sandbox again = Sandbox.open(options)) {
      again.advance(Duration.ofSeconds(2));
    }
    try (Sandbox second = Sandbox.open(options)) {
      second.advance(Duration.ofSeconds(9));
      assertThat(new SandboxCaller(second).status(id)).isEqualTo("Success");
    }
  }

  @Test
  void aThousandInstancesGoAtOnceAndAreRememberedForTheWayBack() {
    String big =
        "{\"scalingGroupId\":\"asg-bp1big\",\"enterProcess\":[\"ScaleIn\"],"
            + "\"exitProcess\":[\"ScaleIn\"],\"invokeScript\":\"true\",\"batchNumber\":1,";
    try (Sandbox hurried = Sandbox.open(SandboxOptions.inSteps().withoutPacing())) {
      SandboxCaller large = new SandboxCaller(hurried);
      large.control("POST", "world", "{\"group\":\"asg-bp1big\",\"instances\":1000}");
      String id = large.start(big + "\"invokeType\":\"invoke\"}");
      hurried.advance(Duration.ofSeconds(10));
      assertThat(large.status(id)).isEqualTo("Success");
      assertThat(large.execution(id).getAsJsonObject("Counters").get("Success").getAsInt())
          .isEqualTo(1000);
      String back =
          large.start(
              "{\"invokeType\":\"rollback\",\"scalingGroupId\":\"asg-bp1big\",\"batchNumber\":1,"
                  + "\"rollbackScript\":\"true\",\"sourceExecutionId\":\""
                  + id
                  + "\"}");
      hurried.advance(Duration.ofSeconds(10));
      assertThat(large.execution(back).get("StatusMessage").getAsString()).isEmpty();
      assertThat(large.execution(back).getAsJsonObject("Counters").get("Success").getAsInt())
          .isEqualTo(1000);
      large.start(big + "\"invokeType\":\"invoke\"}");
      assertThat(large.status(id)).isEqualTo("Success");
    }
  }

  @Test
  void protectedInstanceIsProtectedAgainAndARollbackWithoutProcessesFails() {
    String id =
        caller.start(
            "{\"invokeType\":\"invoke\",\"scalingGroupId\":\"asg-bp1db\",\"enterProcess\":[],"
                + "\"exitProcess\":[],\"invokeScript\":\"true\","
                + "\"lifecycleState\":[\"InService\",\"Protected\"]}");
    pass(100);
    assertThat(caller.status(id)).isEqualTo("Success");
    assertThat(caller.states("asg-bp1db")).isEqualTo("Protected InService InService");
    assertThat(caller.suspended("asg-bp1db")).isEqualTo(1);
    String rollback =
        caller.start(
            "{\"invokeType\":\"rollback\",\"scalingGroupId\":\"asg-bp1db\","
                + "\"rollbackScript\":\"true\",\"sourceExecutionId\":\""
                + id
                + "\"}");
    pass(100);
    assertThat(caller.execution(rollback).get("StatusMessage").getAsString())
        .contains("suspendProcessWithRollBack", "MissingParameter");
  }

  @Test
  void hangingScriptFailsAfterTenMinutes() {
    caller.control("POST", "faults", "{\"instance\":\"i-bp1a\",\"kind\":\"hang\"}");
    String id = caller.start(WEB.formatted("Automatic"));
    pass(601);
    assertThat(caller.status(id)).isEqualTo("Running");
    pass(2);
    assertThat(caller.status(id)).isEqualTo("Failed");
  }
}
