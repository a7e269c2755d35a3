package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import oosh.rollout.cloud.StartRequest;
import oosh.rollout.record.History;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.update.ProbedScript;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gates as they are staged, planned, sent, kept and read back. */
class GateVerbsTest extends ShellFixture {
  private static final String GATED =
      STAGED + "stage gate http 8080/health --times 2; stage drain 30s; ";

  @TempDir Path folder;

  private JournalEntry newest() {
    return entries().get(0);
  }

  private List<JournalEntry> entries() {
    return backends
        .journal()
        .history()
        .list(new History.Query(WEB.profile(), WEB.region(), GROUP, null, null, 10));
  }

  @Test
  void theJournalHasTheScriptAndOosHasItWithItsGates() {
    assertThat(runEach(GATED + "launch -y -m x")).as(said::toString).isZero();
    String sent = executions().get(0).parameter("invokeScript");
    ProbedScript read = ProbedScript.of("deploy.sh", sent);
    assertThat(read.text()).isEqualTo(sent).contains("\nprobe 'http 8080/health' 5 2 120 no http");
    assertThat(newest().spec().script()).isEqualTo(read.script());
    assertThat(newest().spec().gates()).isEqualTo(read.gates());
    assertThat(run("history")).isZero();
    assertThat(oneLine()).contains("deploy.sh aebc9f");
    assertThat(run("coverage")).isZero();
    assertThat(oneLine()).contains("deploy.sh (sha aebc9f)", "6 of 6 instances have it");
    assertThat(ProbedScript.of("", executions().get(0).parameter("rollbackScript")).script().text())
        .isEqualTo(newest().spec().rollbackScript().text());
  }

  @Test
  void aRollbackSendsItsScriptWithTheGatesOfTheLaunch() {
    assertThat(runEach(GATED + "launch -y -m x; unstage --all; rollback -y -m y")).isZero();
    assertThat(oneLine()).contains("probe http 8080/health: 200, 2 times in a row");
    assertThat(executions().get(0).parameter("rollbackScript"))
        .isEqualTo(executions().get(1).parameter("rollbackScript"))
        .contains("\nprobe 'http 8080/health'");
    assertThat(newest().spec().rollbackScript().name()).isEqualTo("undo.sh");
  }

  @Test
  void aLaunchThatOnlyOosKnowsIsReadWithoutItsGates() {
    assertThat(runEach(GATED + "launch -y -m x")).isZero();
    StartRequest known =
        backends.journal().history().startRequestOf(executions().get(0).id()).orElseThrow();
    String other =
        cloud()
            .executions()
            .start(
                new StartRequest(
                    known.template(),
                    known.version(),
                    known.content(),
                    known.parameters(),
                    known.onFailure(),
                    "of-another-journal",
                    Map.of(),
                    "by hand"))
            .id();
    assertThat(runEach("watch " + other + "; history")).isZero();
    assertThat(oneLine()).contains("invokeScript aebc9f");
    assertThat(newest().executionId()).isEqualTo(other);
    assertThat(newest().spec().gates().gates()).hasSize(1);
    assertThat(run("rollback " + other + " -y -m y")).as(said::toString).isZero();
    assertThat(executions().get(0).parameter("rollbackScript")).contains("\nprobe 'http 8080");
  }

  @Test
  void thePlanAddsTheTimesAndSaysWhereTheyAreFrom() {
    assertThat(runEach(GATED + "plan")).isZero();
    assertThat(oneLine())
        .contains(
            "drain 30s: each instance waits that long in Standby before its script",
            "probe http 8080/health: 200, 2 times in a row within 2m 00s, asked every 5s; the"
                + " instance returns to service only then",
            "at most 210 of 600 s on each instance: script 60 s (assumed),"
                + " drain 30 s, probes 120 s; the whole launch at least 1m 30s, at most 10m 30s,"
                + " besides the moves to Standby and back",
            " bytes; ",
            " of 18,432 bytes are sent");
    assertThat(runEach("unstage gate; unstage drain; launch -y -m x")).isZero();
    assertThat(runEach(GATED + "plan")).isZero();
    assertThat(oneLine()).contains("(the longest so far), drain 30 s, probes 120 s");
    assertThat(runEach("stage set timeout 900; plan")).isZero();
    assertThat(oneLine())
        .contains("method run-script-oosh", "at most 1050 s on each instance: script 900 s");
    assertThat(oneLine()).contains("OOS gives it 1050 s");
    assertThat(run("launch -y -m x")).isZero();
    assertThat(executions().get(0).parameters().get("timeout")).isEqualTo(1050L);
    // Another launch of it does not take the gates for a part of the script's time.
    assertThat(run("tag " + executions().get(0).id() + " good")).isZero();
    assertThat(run("rollback --to good -y -m again")).as(said::toString).isZero();
    assertThat(executions().get(0).parameters().get("timeout")).isEqualTo(1050L);
  }

  @Test
  void unstageTakesAwayOneGateOrOneKind() {
    assertThat(
            runEach(
                "stage gate http 80/a; stage gate http 80/b; stage gate tcp 22; stage gate lb;"
                    + " unstage gate http 80/b"))
        .isZero();
    assertThat(oneLine()).contains("unstaged gate http 80/b");
    assertThat(runEach("unstage gate lb; show")).isZero();
    assertThat(oneLine())
        .contains("probe http 80/a", "probe tcp 22")
        .doesNotContain("80/b", "gate lb");
    assertThat(runEach("unstage gate http; unstage gate alarm")).isEqualTo(1);
    assertThat(oneLine()).contains("gate alarm is not staged", "staged are gate tcp 22");
    assertThat(runEach("unstage script deploy.sh")).isEqualTo(2);
  }

  @Test
  void refusesWhatCannotFitIntoTheTime() {
    assertThat(runEach(STAGED + "stage gate tcp 80 --within 541s; launch -y -m x")).isEqualTo(1);
    assertThat(oneLine())
        .contains("may take 601 s together, and OOS gives them 600 s", "stage set timeout");
    assertThat(executions()).isEmpty();
    assertThat(runEach("stage gate tcp 80 --within 540s; launch -y -m x")).isZero();
  }

  @Test
  void refusesWhatIsTooLongWithItsGates() throws Exception {
    Path big = Files.writeString(folder.resolve("big.sh"), "#!/bin/sh\n" + "#".repeat(18_000));
    assertThat(runEach(GATED + "stage script " + big + "; launch -y -m x")).isEqualTo(1);
    assertThat(oneLine()).contains("bytes together, and Cloud Assistant takes 18,432");
    assertThat(executions()).isEmpty();
  }

  @Test
  void refusesOtherMethodsAndWindows() {
    String gated = "use group asg-bp1web; stage gate tcp 80; ";
    assertThat(runEach(gated + "use method replace-image; stage image m-bp1web25; launch -y -m x"))
        .isEqualTo(1);
    assertThat(oneLine()).contains("no parameter for gates", "unstage gate; or use another method");
    assertThat(
            runEach(
                "unstage image; use method run-script; stage script sessions/scripts/deploy.sh"
                    + " --type powershell; launch -y -m x"))
        .isEqualTo(1);
    assertThat(oneLine())
        .contains("drain, probes and a rollback by OOS need a shell, which Windows does not have");
    assertThat(executions()).isEmpty();
  }

  @Test
  void aProbesFileIsLookedAtLikeAScripts() throws Exception {
    Path probe = Files.writeString(folder.resolve("probe.sh"), "#!/bin/sh\ntoken=abcdefgh12345\n");
    assertThat(runEach(STAGED + "stage gate script " + probe + "; plan")).isZero();
    assertThat(oneLine()).contains("line 2 of probe.sh looks like a secret");
    Files.writeString(probe, "exit 0\n");
    assertThat(run("plan")).isZero();
    assertThat(oneLine()).contains("probe.sh as it was staged runs", "stage gate script " + probe);
  }

  @Test
  void anExitCodeMeansAProbeOnlyWhereOneWasSent() {
    String failing = "sandbox fail i-bp1c --exit 231 --times 1; launch -y -m x; ";
    assertThat(runEach(STAGED + failing + "show " + "exec-0000000000000001")).isZero();
    assertThat(oneLine()).doesNotContain("probe");
    assertThat(runEach("heal --return-failed -y; stage gate tcp 80; " + failing + "doctor"))
        .isZero();
    assertThat(oneLine()).contains("its script succeeded there, and a probe did not");
    assertThat(run("heal --return-failed --dry-run")).isZero();
    assertThat(oneLine())
        .contains("unhealthy i-bp1c: a probe found it unhealthy; returned all the same");
    assertThat(run("show " + executions().get(0).id())).isZero();
    assertThat(oneLine())
        .contains("Failed a probe found it unhealthy, exit code 231")
        .doesNotContain("task checkInvocationResult");
  }

  @Test
  void theTimeOfALaunchWithGatesSaysNothingOfTheScript() {
    assertThat(runEach(GATED + "launch -y -m x; plan")).isZero();
    assertThat(oneLine()).contains("script 60 s (assumed)");
  }

  @Test
  void refusesWhatIsNoGate() {
    for (String line :
        List.of(
            "stage gate http 80",
            "stage gate udp 80",
            "stage gate tcp 80 --expect 200",
            "stage gate tcp 80 --every x",
            "stage gate tcp 80 --times 0",
            "stage gate lb --times 2",
            "stage gate lb x",
            "stage gate alarm",
            "stage gate alarm a --within 5m",
            "stage gate http 80/x --expect 99",
            "stage gate http '80/$(x)'",
            "stage drain 0s",
            "stage drain 10m")) {
      assertThat(run(line)).as(line + said).isEqualTo(2);
      assertThat(said.toString()).as(line).contains("  why  ", "  next  stage ");
    }
    assertThat(runEach("show")).isZero();
    assertThat(oneLine()).contains("staged nothing");
  }

  @Test
  void isUnstagedByItsName() {
    assertThat(runEach("stage gate tcp 80; stage gate http 80/; stage drain 5s")).isZero();
    assertThat(runEach("unstage gate; unstage drain; show")).isZero();
    assertThat(oneLine()).contains("staged nothing");
  }
}
