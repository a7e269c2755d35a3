package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import oosh.config.Config;
import oosh.rollout.cloud.Profile;
import oosh.rollout.record.Initiator;
import oosh.rollout.record.WantedRollback;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process that dies after an abort, before the rollback for which it has aborted. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class WantedRollbackTest extends ShellFixture {
  private static final String SOURCE = "exec-0000000000000001";
  private static final String REMINDER = "a rollback of " + SOURCE + " was requested ";

  /** No process has this number: the system's largest is smaller. */
  private static final Initiator GONE = new Initiator("li", Initiator.here().host(), 1L << 40);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"KILL", "HUP"})
  @Tag("endurance")
  void theNextShellKnowsOfIt(String signal) throws Exception {
    Path home = Files.createDirectory(folder.resolve("home"));
    try (OoshProcess sandbox = OoshProcess.sandboxInSteps(folder)) {
      assertThat(sandbox.alive()).isTrue();
      URI endpoint = OoshProcess.announced(folder);
      Map<String, String> environment =
          Map.of("OOSH_HOME", home.toString(), "OOSH_ENDPOINT", endpoint.toString());
      OoshProcess.runNoScripts(endpoint, List.of("i-bp1a", "i-bp1b"));
      theNextShellKnowsOfIt(signal, home, endpoint, environment);
    }
  }

  private static void theNextShellKnowsOfIt(
      String signal, Path home, URI endpoint, Map<String, String> environment) throws Exception {
    try (LiveBackends backends =
        new LiveBackends(new StateDirectory(home), Config.EMPTY, environment)) {
      ShellFixture shell = new ShellFixture(backends);
      assertThat(shell.run(STAGED + "stage pause first; launch -y --detach")).isZero();
      OoshProcess.advance(endpoint, 60);
      OoshProcess.failSecond(endpoint, "DescribeScalingGroups", "error500");
      dieBeforeTheStart(signal, environment);
      OoshProcess.listLate(endpoint, 0);
      for (String verb : List.of("use group asg-bp1web", "history", "doctor")) {
        assertThat(shell.run(verb)).isZero();
        assertThat(shell.oneLine())
            .as(verb)
            .contains(REMINDER)
            .contains("and did not start next: rollback " + SOURCE + " --now starts it");
      }

      assertThat(shell.run("rollback " + SOURCE + " --now -y --detach")).isZero();

      assertThat(shell.run("history")).isZero();
      assertThat(shell.oneLine()).doesNotContain(REMINDER);
    }
  }

  @Test
  void theAnswerNoForgetsIt() {
    wantedIn(GONE);
    answers("n");

    assertThat(run("rollback " + SOURCE + " --now")).isEqualTo(3);

    assertThat(run("history")).isZero();
    assertThat(oneLine()).doesNotContain(REMINDER);
  }

  /** Neither Ctrl-C nor the end of the input is an answer. */
  @Test
  void aQuestionWithoutAnAnswerForgetsNothing() {
    wantedIn(GONE);
    answers(null);

    assertThat(run("rollback " + SOURCE + " --now")).isEqualTo(3);

    assertThat(run("history")).isZero();
    assertThat(oneLine()).contains(REMINDER);
  }

  /** A start that was sent and not answered tells of itself: "never started" would be untrue. */
  @Test
  void isSilentOnceItsStartWasSent() {
    wantedIn(GONE);
    assertThat(
            run(
                "sandbox fail ListExecutions --how late --for 90s; sandbox fail StartExecution"
                    + " --how lost-answer --times 9; rollback "
                    + SOURCE
                    + " -y"))
        .as(oneLine())
        .isNotZero();

    assertThat(run("history; doctor")).isZero();
    assertThat(oneLine()).contains("unknown").doesNotContain("never started");
  }

  @Test
  void stopsNoLaunchAndIsNamedInItsPlan() {
    wantedIn(GONE);

    assertThat(run("launch -y")).isZero();

    assertThat(oneLine())
        .contains("a rollback of " + SOURCE + " was requested and did not start")
        .contains("Success: 6 of 6 instances");
    assertThat(run("history")).isZero();
    assertThat(oneLine()).doesNotContain(REMINDER);
  }

  @Test
  void remindsOfNothingWhileTheProcessIsAlive() {
    wantedIn(Initiator.here());

    assertThat(run("history; doctor; use group asg-bp1web")).isZero();

    assertThat(oneLine()).doesNotContain(REMINDER);
  }

  private void wantedIn(Initiator author) {
    assertThat(run(STAGED + "launch -y")).isZero();
    backends
        .journal()
        .starts()
        .want(
            new WantedRollback(
                Profile.SANDBOX, "cn-hangzhou", GROUP, SOURCE, author, backends.pace().instant()));
    assertThat(run("history")).isZero();
    assertThat(oneLine().contains(REMINDER)).isEqualTo(author.life() == Initiator.Liveness.GONE);
  }

  private static void dieBeforeTheStart(String signal, Map<String, String> environment)
      throws Exception {
    try (OoshProcess oosh =
        OoshProcess.start(
            "oosh.Oosh",
            List.of(),
            environment,
            "--profile",
            "sandbox",
            "-c",
            "rollback " + SOURCE + " --now -y")) {
      BufferedReader output = oosh.output();
      String line = output.readLine();
      while (line != null && !line.contains("; still trying")) {
        line = output.readLine();
      }
      assertThat(line).isNotNull();
      oosh.signal(signal);
      oosh.awaitExit();
    }
  }
}
