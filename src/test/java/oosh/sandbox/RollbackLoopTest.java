package oosh.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import oosh.sandbox.api.SandboxCaller;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batches that are loops of their own, and behind OnError the loops of their rollback. */
class RollbackLoopTest {
  private static final String ALL =
      "{\"Mode\": \"Concurrency\", \"Concurrency\": 9, \"MaxErrors\": %s}";

  private static final String WELL = "InService InService InService InService InService InService";

  private Sandbox sandbox = Sandbox.open(SandboxOptions.inSteps());
  private SandboxCaller caller = new SandboxCaller(sandbox);
  private GateFixture gates = new GateFixture(caller);

  @AfterEach
  void close() {
    sandbox.close();
  }

  private void pass(int seconds) {
    sandbox.advance(Duration.ofSeconds(seconds));
  }

  private static String template(String updateErrors, String rollbackRate, String onError) {
    String gate =
        GateFixture.task(
            "gateBatch2",
            "ACS::WaitFor",
            GateFixture.HEALTH.formatted("{{ACS::TaskLoopItem}}"),
            """
            "Retries": 1, "DelayType": "Constant", "Delay": 10, "OnError": "rollbackBatch2",
            "Loop": {"Items": ["i-bp1c", "i-bp1d"], "RateControl": {"Mode": "Concurrency",
              "Concurrency": 2, "MaxErrors": 0}}
            """);
    return GateFixture.text(
        processes("suspend", "SuspendProcesses", "\"OnError\": \"ACS::END\""),
        GateFixture.run(
            "updateBatch1", "script", "targets1", ALL.formatted(updateErrors), "rollbackBatch1"),
        GateFixture.run("updateBatch2", "script", "targets2", ALL.formatted("0"), "rollbackBatch2"),
        gate,
        processes("resume", "ResumeProcesses", "\"OnSuccess\": \"ACS::END\""),
        GateFixture.run("rollbackBatch2", "rollbackScript", "targets2", rollbackRate, onError),
        GateFixture.run("rollbackBatch1", "rollbackScript", "targets1", rollbackRate, onError),
        processes("resumeBehindFailure", "ResumeProcesses", ""),
        GateFixture.task(
            "endAsFailed",
            "ACS::CheckFor",
            """
            "Service": "OOS", "API": "ListExecutions",
            "Parameters": {"ExecutionId": "{{ ACS::ExecutionId }}"},
            "PropertySelector": "Executions[].Status", "DesiredValues": ["Failed"]
            """,
            ""));
  }

  private static String processes(String name, String api, String beside) {
    return GateFixture.task(
        name,
        "ACS::ExecuteAPI",
        "\"Service\": \"ESS\", \"API\": \"%s\", \"Parameters\": {\"ScalingGroupId\": \"{{ group }}\","
                .formatted(api)
            + " \"Process\": [\"ScaleIn\"]}",
        beside);
  }

  private static String tolerant() {
    return template("0", ALL.formatted("\"100%\""), "ACS::NEXT");
  }

  private void breakInstance(String id) {
    caller.control(
        "POST",
        "faults",
        "{\"instance\":\"" + id + "\",\"kind\":\"fail\",\"exitCode\":3,\"output\":\"boom\"}");
  }

  private List<String> scripts(String id) {
    return caller.children(id, "SortOrder", "Ascending").stream()
        .map(child -> child.getAsJsonObject("Parameters"))
        .map(
            given ->
                given.get("commandContent").getAsString().replace("echo ", "")
                    + " "
                    + given.get("instanceId").getAsString())
        .toList();
  }

  @Test
  void aGateThatFailsRollsBackBothBatchesAndTheExecutionFails() {
    gates.health("i-bp1d", "Unhealthy");
    String id = gates.start(tolerant());
    pass(23);
    assertThat(caller.tasks(id)).endsWith("gateBatch2 Failed", "rollbackBatch2 Running");
    pass(300);
    assertThat(caller.status(id)).isEqualTo("Failed");
    assertThat(gates.said(id))
        .isEqualTo(
            "Task endAsFailed: CheckFor.NotDesired: the value is Running, not one of [Failed]");
    assertThat(caller.tasks(id))
        .containsExactly(
            "suspend Success",
            "updateBatch1 Success",
            "updateBatch2 Success",
            "gateBatch2 Failed",
            "rollbackBatch2 Success",
            "rollbackBatch1 Success",
            "resumeBehindFailure Success",
            "endAsFailed Failed");
    assertThat(scripts(id))
        .containsExactly(
            "new i-bp1a",
            "new i-bp1b",
            "new i-bp1c",
            "new i-bp1d",
            "old i-bp1c",
            "old i-bp1d",
            "old i-bp1a",
            "old i-bp1b");
    assertThat(gates.all(id))
        .contains(
            "updateBatch1 i-bp1a Success",
            "updateBatch2 i-bp1d Success",
            "gateBatch2 i-bp1d Failed",
            "rollbackBatch2 i-bp1d Success",
            "rollbackBatch1 i-bp1a Success");
    assertThat(caller.states(GateFixture.GROUP)).isEqualTo(WELL);
    assertThat(caller.suspended(GateFixture.GROUP)).isZero();
    JsonObject counters = caller.execution(id).getAsJsonObject("Counters");
    assertThat(counters.get("Total").getAsInt()).isEqualTo(8);
    assertThat(counters.get("Success").getAsInt()).isEqualTo(8);
    assertThat(
            caller
                .call(
                    SandboxCaller.OOS,
                    "ListExecutions",
                    "ResourceId",
                    "i-bp1c",
                    "Depth",
                    "RootDepth")
                .text())
        .contains(id);
  }

  @Test
  void anInstanceThatIsInStandbyAlreadyIsRolledBackAsItIsAndReturned() {
    breakInstance("i-bp1d");
    String id = gates.start(tolerant());
    pass(11);
    assertThat(caller.states(GateFixture.GROUP))
        .isEqualTo("InService InService Standby Standby InService InService");
    caller.control("DELETE", "faults", "");
    pass(300);
    assertThat(caller.tasks(id)).contains("updateBatch2 Failed", "rollbackBatch2 Success");
    assertThat(caller.states(GateFixture.GROUP)).isEqualTo(WELL);
    JsonObject child = caller.children(id, "SortOrder", "Ascending").get(5);
    assertThat(child.getAsJsonObject("Parameters").get("instanceId").getAsString())
        .isEqualTo("i-bp1d");
    assertThat(caller.tasks(child.get("ExecutionId").getAsString()))
        .noneMatch(task -> task.startsWith("enterStandby"))
        .contains("exitStandBy Success");
    assertThat(caller.status(id)).isEqualTo("Failed");
  }

  @Test
  void aRollbackLoopWhoseEveryItemFailsIsASuccessWithAllErrorsAllowed() {
    for (String instance : List.of("i-bp1a", "i-bp1b", "i-bp1c", "i-bp1d")) {
      breakInstance(instance);
    }
    String id = gates.start(template("2", ALL.formatted("\"100%\""), "ACS::NEXT"));
    pass(300);
    assertThat(gates.all(id))
        .contains(
            "updateBatch1 Success",
            "updateBatch2 Failed",
            "rollbackBatch2 Success",
            "rollbackBatch2 i-bp1c Failed",
            "rollbackBatch2 i-bp1d Failed",
            "rollbackBatch1 Success",
            "endAsFailed Failed");
    assertThat(caller.status(id)).isEqualTo("Failed");
    assertThat(caller.suspended(GateFixture.GROUP)).isZero();
  }

  @Test
  void aRollbackLoopThatFailsGoesOnWithTheNextTask() {
    breakInstance("i-bp1c");
    for (String onError : List.of("ACS::NEXT", "resumeBehindFailure")) {
      String id = gates.start(template("0", ALL.formatted("0"), onError));
      pass(300);
      assertThat(caller.tasks(id)).contains("rollbackBatch2 Failed", "resumeBehindFailure Success");
      assertThat(caller.tasks(id).contains("rollbackBatch1 Success"))
          .isEqualTo(onError.equals("ACS::NEXT"));
      assertThat(caller.status(id)).isEqualTo("Failed");
    }
  }

  @Test
  void asManyRunAtOnceAsConcurrencySays() {
    gates.health("i-bp1d", "Unhealthy");
    String id =
        gates.start(template("0", ALL.replace("9", "1").formatted("\"100%\""), "ACS::NEXT"));
    pass(24);
    assertThat(gates.all(id)).endsWith("rollbackBatch2 Running", "rollbackBatch2 i-bp1c Running");
    pass(6);
    assertThat(gates.all(id))
        .endsWith(
            "rollbackBatch2 Running",
            "rollbackBatch2 i-bp1c Success",
            "rollbackBatch2 i-bp1d Running");
    pass(300);
    assertThat(caller.states(GateFixture.GROUP)).isEqualTo(WELL);
    assertThat(caller.status(id)).isEqualTo("Failed");
  }

  @Test
  void afterAFailureThatIsOneTooManyNoOtherInstanceIsBegun() {
    gates.health("i-bp1d", "Unhealthy");
    String id = gates.start(template("0", ALL.replace("9", "1").formatted("0"), "ACS::NEXT"));
    pass(13);
    breakInstance("i-bp1c");
    pass(300);
    assertThat(gates.all(id))
        .contains("rollbackBatch2 Failed", "rollbackBatch2 i-bp1c Failed")
        .doesNotContain("rollbackBatch2 i-bp1d Running", "rollbackBatch2 i-bp1d Success");
  }

  @Test
  void aRetryConcernsTheCurrentLoopAlone() {
    breakInstance("i-bp1a");
    breakInstance("i-bp1c");
    String id =
        gates.start(template("1", ALL.formatted("\"100%\""), "ACS::NEXT"), "Mode", "FailurePause");
    pass(30);
    assertThat(caller.status(id)).isEqualTo("Waiting");
    caller.control("DELETE", "faults", "");
    String earlier =
        gates.tasks(id).stream()
            .filter(t -> t.get("LoopItem").getAsString().equals("i-bp1a"))
            .findFirst()
            .orElseThrow()
            .get("TaskExecutionId")
            .getAsString();
    assertThat(notify(id, "RetryTask", "TaskExecutionId", earlier).code())
        .isEqualTo("InvalidParameter");
    assertThat(notify(id, "RetryTask").http()).isEqualTo(200);
    pass(60);
    assertThat(caller.status(id)).isEqualTo("Success");
    assertThat(gates.all(id)).contains("updateBatch1 i-bp1a Failed", "updateBatch2 i-bp1c Success");
    assertThat(scripts(id)).hasSize(5);
  }

  private SandboxCaller.Reply notify(String id, String type, String... more) {
    String[] all = new String[4 + more.length];
    System.arraycopy(new String[] {"ExecutionId", id, "NotifyType", type}, 0, all, 0, 4);
    System.arraycopy(more, 0, all, 4, more.length);
    return caller.call(SandboxCaller.OOS, "NotifyExecution", all);
  }

  @Test
  void cancellingARollbackEndsItsItems() {
    gates.health("i-bp1d", "Unhealthy");
    String id = gates.start(tolerant());
    pass(24);
    caller.call(SandboxCaller.OOS, "CancelExecution", "ExecutionId", id);
    pass(300);
    assertThat(gates.all(id))
        .endsWith(
            "rollbackBatch2 Cancelled",
            "rollbackBatch2 i-bp1c Cancelled",
            "rollbackBatch2 i-bp1d Cancelled");
    assertThat(caller.children(id)).noneMatch(c -> c.get("Status").getAsString().equals("Running"));
    assertThat(
            caller
                .call(SandboxCaller.OOS, "DeleteExecutions", "ExecutionIds", "[\"" + id + "\"]")
                .http())
        .isEqualTo(200);
  }

  @Test
  void aRollbackGoesOnAfterAKill(@TempDir Path folder) throws IOException {
    sandbox.close();
    Path file = folder.resolve("state.json.gz");
    open(file);
    gates.health("i-bp1d", "Unhealthy");
    String id = gates.start(template("0", ALL.replace("9", "1").formatted("0"), "ACS::NEXT"));
    pass(24);
    Path killed = Files.copy(file, folder.resolve("killed.json.gz"));
    sandbox.close();
    open(killed);
    pass(300);
    assertThat(scripts(id)).hasSize(8);
    assertThat(caller.status(id)).isEqualTo("Failed");
    assertThat(caller.states(GateFixture.GROUP)).isEqualTo(WELL);
  }

  /** As a sandbox has written it that knew no loops over API calls, and no Concurrency. */
  @Test
  void anOlderStateFileGoesOn(@TempDir Path folder) throws IOException {
    sandbox.close();
    Path file = folder.resolve("state.json.gz");
    open(file);
    String id = gates.start(tolerant());
    pass(3);
    Path older = folder.resolve("older.json.gz");
    try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file));
        GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(older))) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      String stripped = text.replaceAll("\"(concurrency\":\\d+|calls\":\\[\\]),", "");
      assertThat(stripped).isNotEqualTo(text).doesNotContain("\"calls\"", "\"concurrency\"");
      out.write(stripped.getBytes(StandardCharsets.UTF_8));
    }
    sandbox.close();
    open(older);
    pass(60);
    assertThat(caller.status(id)).isEqualTo("Success");
    assertThat(scripts(id)).hasSize(4);
  }

  private void open(Path file) {
    sandbox = Sandbox.open(new SandboxOptions(0, file, true, null));
    caller = new SandboxCaller(sandbox);
    gates = new GateFixture(caller);
  }
}
