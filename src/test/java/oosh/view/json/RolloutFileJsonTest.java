package oosh.view.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import oosh.rollout.OnFailure;
import oosh.rollout.Problem;
import oosh.rollout.update.Approval;
import oosh.rollout.update.BatchPause;
import oosh.rollout.update.BatchSizing;
import oosh.rollout.update.CommandType;
import oosh.rollout.update.EndNotice;
import oosh.rollout.update.Gate;
import oosh.rollout.update.Gates;
import oosh.rollout.update.ProcessSuspension;
import oosh.rollout.update.RolloutStrategy;
import oosh.rollout.update.Script;
import oosh.rollout.update.TargetFilter;
import oosh.rollout.update.UpdateMethod;
import oosh.rollout.update.UpdateSpec;
import oosh.rollout.wave.GroupSelector;
import oosh.rollout.wave.RolloutFile;
import oosh.rollout.wave.Wave;
import oosh.rollout.wave.WaveHours;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the journal keeps of a rollout file. */
class RolloutFileJsonTest {
  private static final String ID = "wave-0123456789abcdef";

  private static Script script(String name, String text) {
    return Script.ofText(name, text);
  }

  /** All that can be set, although no file sets all of it. */
  static RolloutFile full() {
    Gates gates =
        Gates.NONE
            .with(
                new Gate(
                    Gate.Kind.HTTP,
                    "8080/health?a=1&b=2",
                    null,
                    204,
                    Duration.ofSeconds(7),
                    2,
                    Duration.ofMinutes(3),
                    true))
            .with(Gate.of(Gate.Kind.SCRIPT, "probe.sh", script("probe.sh", "exit 0 # é\n")))
            .with(Gate.of(Gate.Kind.LB, "", null))
            .withDrain(Duration.ofSeconds(30))
            .withBake(Duration.ofMinutes(10))
            .withRollback(true);
    RolloutStrategy strategy =
        RolloutStrategy.NONE
            .withSteps("1,5,20%")
            .withWaitBetweenBatches(Duration.ofMinutes(5))
            .withMaxErrors("5%")
            .withOnly(
                TargetFilter.named(List.of("i-bp1*"))
                    .withZones(List.of("cn-hangzhou-h"))
                    .withTags(List.of("env=canary, all"))
                    .withOldest(2))
            .withFirst(List.of("i-bp1a", "i-bp1b"))
            .withApproval(Approval.of(List.of("alice", "bob"), 2, false, EndNotice.NOBODY))
            .withEndNotice(new EndNotice("team", "dingtalk", "3f9a1c"));
    UpdateSpec spec =
        UpdateSpec.EMPTY
            .withScript(
                script("deploy.ps1", "\ufeffecho 'a'\r\n\ttab \u0007"), CommandType.POWERSHELL)
            .withRollbackScript(script("undo.sh", "echo b\n"))
            .withBatches(BatchSizing.percent(25))
            .withPause(BatchPause.FIRST)
            .withOnFailure(OnFailure.PAUSE)
            .withRole("OOSServiceRole")
            .withSuspension(ProcessSuspension.of("ScaleIn,HealthCheck"))
            .withExtraParameters(
                Map.of(
                    "timeout",
                    60L,
                    "share",
                    0.5,
                    "save",
                    true,
                    "list",
                    List.of("a", 1L),
                    "labels",
                    Map.of("team", "web")))
            .withRollbackValues(Map.of("sourceImageId", "m-bp1old"))
            .withStrategy(strategy)
            .withGates(gates);
    return new RolloutFile(
        "web.yaml",
        UpdateMethod.RUN_SCRIPT_OOSH,
        spec,
        3,
        List.of(
            new Wave(
                1,
                "cn-hangzhou",
                new GroupSelector.Named(List.of("asg-bp1db", "应用")),
                1,
                Duration.ofDays(30),
                WaveHours.of("Fri 18:00 - Mon 08:00 America/New_York")),
            new Wave(2, "cn-shanghai", new GroupSelector.Matching("web-*"), 2, Duration.ZERO, null),
            new Wave(
                3,
                "cn-shanghai",
                new GroupSelector.Tagged("tier", "web=1"),
                500,
                Duration.ofSeconds(1),
                WaveHours.of("2026-12-24 00:00 - 2026-12-26 24:00 UTC"))));
  }

  @Test
  void keepsEverything() {
    RolloutFile file = full();
    String text = RolloutFileJson.text(file);
    assertThat(text).doesNotContain("\n");
    assertThat(RolloutFileJson.of(ID, text)).isEqualTo(file);
  }

  @Test
  void keepsAFileThatSaysLittleAndAMethodOfTheUsers() {
    RolloutFile file =
        new RolloutFile(
            "a.yaml",
            UpdateMethod.of("template my-update@v2").orElseThrow(),
            UpdateSpec.EMPTY,
            0,
            full().waves().subList(0, 1));
    assertThat(RolloutFileJson.of(ID, RolloutFileJson.text(file))).isEqualTo(file);
  }

  static Stream<String> others() {
    String text = RolloutFileJson.text(full());
    return Stream.of(
        "",
        "[]",
        "{}",
        text + " x",
        text.replace("\"maxFailures\":3", "\"maxFailures\":-1"),
        text.replace("\"maxFailures\":3", "\"maxFailures\":\"3\""),
        text.replace("\"maxFailures\":3", "\"maxFailures\":3,\"more\":1"),
        text.replace("\"maxFailures\":3,", ""),
        text.replace("\"atOnce\":2", "\"atOnce\":0"),
        text.replace("\"atOnce\":2", "\"atOnce\":2,\"atTwice\":2"),
        text.replace("\"role\":", "\"rule\":"),
        text.replace("\"key\":\"tier\"", "\"name\":\"tier\""),
        text.replace("run-script-oosh", "walk-script"),
        text.replace(" UTC", " Mars"),
        text.replace("\"pattern\":", "\"patterns\":"),
        text.replace("\"sha256\":", "\"sha512\":"));
  }

  @ParameterizedTest
  @MethodSource("others")
  void readsNothingElse(String text) {
    Problem problem = catchThrowableOfType(Problem.class, () -> RolloutFileJson.of(ID, text));
    assertThat(problem).isNotNull();
    assertThat(problem.what()).isEqualTo("cannot go on with the rollout " + ID);
    assertThat(problem.next()).isEqualTo("watch " + ID + " shows it");
  }

  @Test
  void saysThatANewerOneHasWrittenIt() {
    JsonObject json = JsonParser.parseString(RolloutFileJson.text(full())).getAsJsonObject();
    json.addProperty("ooshRollout", 2);
    json.addProperty("more", true);
    assertThat(
            catchThrowableOfType(Problem.class, () -> RolloutFileJson.of(ID, json.toString()))
                .why())
        .isEqualTo("a newer oosh has written it");
  }
}
