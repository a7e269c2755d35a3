package oosh.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.zip.GZIPInputStream;
import oosh.sandbox.api.SandboxCaller;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong while the sandbox plays stops no other execution, and is told. */
@Timeout(60)
class ClockTest {
  private static final String WEB =
      "{\"invokeType\":\"invoke\",\"scalingGroupId\":\"asg-bp1web\",\"batchNumber\":1,"
          + "\"invokeScript\":\"true\"}";

  @TempDir Path folder;

  @Test
  void continuesWhileItsStateCannotBeSavedAndSavesItLater() throws Exception {
    Path state = folder.resolve("state.json");
    try (Sandbox sandbox =
        Sandbox.open(new SandboxOptions(0, state, false, null).withoutPacing())) {
      SandboxCaller caller = new SandboxCaller(sandbox);
      byte[] before = Files.readAllBytes(state);
      // Where the new file is written, there is something that cannot be overwritten.
      Path block = Files.createDirectories(folder.resolve("state.json.new/block"));
      SandboxCaller.Reply refused =
          caller.call(
              SandboxCaller.OOS,
              "StartExecution",
              "TemplateName",
              "ACS-ESS-RollingUpdateByRunCommandInScalingGroup",
              "Parameters",
              WEB);
      assertThat(refused.http()).isEqualTo(500);
      assertThat(refused.text()).contains("The sandbox did it and cannot save its state: ");
      String id =
          SandboxCaller.objects(
                  caller
                      .call(SandboxCaller.OOS, "ListExecutions")
                      .json()
                      .getAsJsonArray("Executions"))
              .get(0)
              .get("ExecutionId")
              .getAsString();
      await().atMost(Duration.ofSeconds(30)).until(() -> caller.status(id).equals("Success"));
      assertThat(state).hasBinaryContent(before);
      assertThat(unsaved(caller)).contains("state.json.new");

      Files.delete(block);
      await().atMost(Duration.ofSeconds(30)).until(() -> unsaved(caller).isEmpty());
      try (InputStream kept = new GZIPInputStream(Files.newInputStream(state))) {
        assertThat(new String(kept.readAllBytes(), StandardCharsets.UTF_8)).contains(id);
      }
    }
  }

  private static String unsaved(SandboxCaller caller) {
    return caller.control("GET", "status", "").json().get("unsaved").getAsString();
  }

  @Test
  void aDefectEndsTheExecutionThatItIsMetInAndNoOther() {
    try (Sandbox sandbox = Sandbox.open(SandboxOptions.inSteps().withoutPacing())) {
      SandboxCaller caller = new SandboxCaller(sandbox);
      String id =
          caller.startOf(
              "ACS-ESS-RollingUpdateByConfigureOOSPackage",
              "{\"invokeType\":\"invoke\",\"scalingGroupId\":\"asg-bp1web\",\"batchNumber\":1,"
                  + "\"packageName\":\"ACS-Extension-demo-agent\"}");
      String other = caller.start(WEB.replace("web", "api"));
      sandbox.advance(Duration.ofSeconds(4));
      // All are released while something is under way on them.
      caller.control("POST", "world", "{\"group\":\"asg-bp1web\",\"instances\":0}");
      sandbox.advance(Duration.ofMinutes(10));
      assertThat(caller.status(id)).isEqualTo("Failed");
      assertThat(caller.status(other)).isEqualTo("Success");
    }
  }
}
