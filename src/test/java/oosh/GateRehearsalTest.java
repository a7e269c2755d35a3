package oosh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rehearsals of gates: each is played where it should pass, and where it should fail. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@Tag("endurance")
class GateRehearsalTest extends ShellFixture {
  @TempDir private Path scripts;

  GateRehearsalTest() {
    super(CheckBackends.open());
  }

  @BeforeEach
  void needsAJail() throws IOException {
    assumeTrue(
        !backends.sandboxControl().status().jail().equals("none"), "bubblewrap is not installed");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/perl")), "there is no perl here");
    file("script.sh", "echo done\n");
    file("undo.sh", "echo back\n");
    stage("use group asg-bp1web");
    stage("stage script " + scripts.resolve("script.sh"));
    stage("stage rollback " + scripts.resolve("undo.sh") + "; stage batch 3");
  }

  private void file(String name, String text) throws IOException {
    Files.writeString(scripts.resolve(name), "#!/bin/sh\nset -e\n" + text);
  }

  private void stage(String line) {
    assertThat(run(line)).as(said.toString()).isZero();
  }

  private JsonArray tried(int exitCode) {
    said.getBuffer().setLength(0);
    assertThat(run("rehearse --acts gates --output json")).as(said.toString()).isEqualTo(exitCode);
    JsonObject json = JsonParser.parseString(said.toString()).getAsJsonObject();
    return json.getAsJsonArray("acts").get(0).getAsJsonObject().getAsJsonArray("tried");
  }

  @Test
  void aProbeIsAskedOnItsPortAndFailsWhereNothingListens() {
    stage("stage gate http 80/health --expect 204; stage drain 5m");

    assertThat(run("rehearse --acts script,gates")).isZero();

    assertThat(oneLine())
        .contains("127.0.0.1:20080 answers 204", "port 80 is 20080 here")
        .contains("gate http 80/health: healthy on 6 instances")
        .contains("act 5: each gate alone, where it should fail")
        .contains("gate http 80/health at i-bp1c while nothing listens there")
        .contains("exit code 231")
        .contains("so the gate stops the rollout; i-bp1c stays in Standby")
        .contains("verdict all 2 acts passed");
  }

  @Test
  void warnsOfAProbeThatProvesNothing() throws IOException {
    file("probe.sh", "curl -s -o /dev/null http://localhost:9000/\n");
    stage("stage gate script " + scripts.resolve("probe.sh"));

    JsonArray tried = tried(0);

    assertThat(tried).hasSize(2);
    JsonObject down = tried.get(0).getAsJsonObject();
    assertThat(down.get("ordered").getAsString()).isEqualTo("DOWN");
    assertThat(down.get("noticed").getAsBoolean()).isTrue();
    assertThat(down.get("stopped").getAsBoolean()).isTrue();
    JsonObject error = tried.get(1).getAsJsonObject();
    assertThat(error.get("provesNothing").getAsBoolean()).isTrue();
    assertThat(said.toString())
        .contains("probe.sh passes at i-bp1c while the service there answers 503, so it proves");
  }

  @Test
  void oosRollsBackWhereABalancerOrAnAlarmStopsIt() {
    stage("stage gate lb; stage gate alarm web-cpu; stage bake 2m; stage on-failure rollback");

    JsonArray tried = tried(0);

    assertThat(tried).hasSize(3);
    tried.forEach(
        each -> {
          JsonObject gate = each.getAsJsonObject();
          assertThat(gate.get("noticed").getAsBoolean()).as(gate.toString()).isTrue();
          assertThat(gate.get("stopped").getAsBoolean()).as(gate.toString()).isTrue();
          assertThat(gate.has("wrong")).as(gate.toString()).isFalse();
        });
    assertThat(run("rehearse --acts failure,gates")).isZero();
    assertThat(oneLine())
        .contains("stand-ins of clb lb-bp1web, alb lsn-bp1web (sgp-bp1web)")
        .contains("lb: passed behind batch 1", "OOS rolled back 4 of 4 instances")
        .contains("so the gate stops the rollout; OOS rolled back 2 of 2 instances")
        .contains("verdict all 2 acts passed");
  }

  @Test
  void aProbeThatOnlyAdvisesIsToNoticeItAndToStopNothing() {
    stage("stage gate tcp 9000 --advise");

    JsonObject gate = tried(0).get(0).getAsJsonObject();

    assertThat(gate.get("noticed").getAsBoolean()).isTrue();
    assertThat(gate.get("stopped").getAsBoolean()).isFalse();
  }

  @Test
  void aProbeThatNeedsWhatTheJailLacksIsNotCalledHealthy() throws IOException {
    file("probe.sh", "systemctl-of-no-jail is-active web\n");
    stage("stage gate script " + scripts.resolve("probe.sh") + " --within 20s");

    assertThat(run("rehearse --acts script,gates")).isEqualTo(5);

    assertThat(oneLine())
        .contains("gate script probe.sh: not healthy on i-bp1a, i-bp1b")
        .contains("exit code 127")
        .contains("verdict in act 1 a probe did not call healthy i-bp1a, i-bp1b")
        .contains("note script probe.sh may not be possible to try here")
        .contains("act 5 was not played")
        .doesNotContain("passed");
  }

  @Test
  void hasNoSuchActWithoutAGate() {
    stage("rehearse --acts script,gates");
    assertThat(oneLine()).doesNotContain("act 5", "gate");
    assertThat(run("rehearse --acts gates")).isEqualTo(1);
    assertThat(oneLine()).contains("no gate is staged");
  }
}
