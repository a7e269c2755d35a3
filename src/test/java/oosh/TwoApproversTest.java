package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** People with homes and keys of their own, on one sandbox: who starts, who approves, others. */
@Tag("endurance")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class TwoApproversTest {
  /** In step time, so it is the first. */
  private static final String ID = "exec-0000000000000001";

  private static final String LAUNCH =
      "use group asg-bp1web; stage script sessions/scripts/deploy.sh; stage batch 3;"
          + " stage approval --by alice,bob --need 2%s; launch -y --detach -m 'web 2.4.1'";

  @TempDir Path folder;

  private OoshProcess sandbox;
  private URI endpoint;

  /** What each user is told to set, as the sandbox has printed it. */
  private final Map<String, Map<String, String>> environments = new HashMap<>();

  private String said = "";

  @BeforeEach
  void open() throws Exception {
    Path announced = folder.resolve("announced.json");
    sandbox =
        OoshProcess.start(
            "oosh.sandbox.SandboxMain",
            List.of(),
            Map.of(),
            "--step",
            "--announce",
            announced.toString(),
            "--user",
            "alice",
            "--user",
            "bob",
            "--user",
            "eve");
    sandbox.output().readLine();
    for (int i = 0; i < 3; i++) {
      String line = sandbox.output().readLine();
      assertThat(line).matches("user \\w+: export OOSH_ENDPOINT=.*");
      Map<String, String> set = new HashMap<>();
      for (String each : line.replaceFirst(".*: export ", "").split(" ", -1)) {
        set.put(each.replaceFirst("=.*", ""), each.replaceFirst("[^=]*=", ""));
      }
      environments.put(line.replaceFirst("user (\\w+):.*", "$1"), set);
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(announced)))
        .isEqualTo("rw-------");
    endpoint = OoshProcess.announced(folder);
    OoshProcess.runNoScripts(
        endpoint, List.of("i-bp1a", "i-bp1b", "i-bp1c", "i-bp1d", "i-bp1e", "i-bp1f"));
    environments.put("li", Map.of("OOSH_ENDPOINT", endpoint.toString()));
  }

  @AfterEach
  void close() {
    sandbox.close();
  }

  /** Starts oosh as a person does: with a home of their own. */
  private OoshProcess begin(String user, String line) {
    Map<String, String> environment = new HashMap<>(environments.get(user));
    environment.put("HOME", folder.resolve(user).toString());
    environment.put("OOSH_HOME", folder.resolve(user + "/home").toString());
    String profile = user.equals("li") ? "sandbox" : "environment";
    return OoshProcess.start("oosh.Oosh", List.of(), environment, "--profile", profile, "-c", line);
  }

  private int oosh(String user, String line) throws Exception {
    try (OoshProcess process = begin(user, line)) {
      said = process.output().lines().collect(Collectors.joining(" ")).replaceAll("\\s+", " ");
      return process.awaitExit();
    }
  }

  /** Launches with nobody watching, up to the approval. */
  private void launch() throws Exception {
    assertThat(oosh("li", LAUNCH.formatted(""))).as(() -> said).isZero();
    OoshProcess.advance(endpoint, 60);
    assertThat(oosh("li", "watch " + ID)).isEqualTo(7);
  }

  @Test
  void beginsWhenBothHaveApproved() throws Exception {
    launch();

    assertThat(oosh("alice", "whoami")).isZero();
    assertThat(said).contains("acs:ram::1000000000000000:user/alice (RAMUser)");
    assertThat(oosh("alice", "approve " + ID + " -y -m 'read it'")).as(() -> said).isZero();
    assertThat(said).contains("because \"web 2.4.1\"", "6 in 3 batches", "still waits", "(1 of 2)");
    assertThat(oosh("alice", "approve " + ID + " -y")).isEqualTo(1);
    assertThat(said).contains("alice has approved it already");
    assertThat(oosh("alice", "audit")).isZero();
    assertThat(said).contains("approved asg-bp1web " + ID + " as alice: read it");
    assertThat(oosh("eve", "approve " + ID + " -y")).isEqualTo(1);
    assertThat(said).contains("eve is not one of those who may");
    assertThat(oosh("eve", "reject " + ID + " -y -m no")).isEqualTo(1);
    assertThat(oosh("li", "approve " + ID + " -y")).isEqualTo(1);
    assertThat(said).contains("who starts cannot approve");
    assertThat(oosh("li", "show " + ID)).isZero();
    assertThat(said).contains("(1 of 2)");

    assertThat(oosh("bob", "approve " + ID + " -y")).as(() -> said).isZero();
    assertThat(said).contains("approved " + ID + ": it goes on");
    OoshProcess.advance(endpoint, 600);
    assertThat(oosh("li", "watch " + ID)).isZero();
  }

  @Test
  void endsWhereOneOfThemRejects() throws Exception {
    launch();
    assertThat(oosh("alice", "approve " + ID + " -y")).isZero();
    assertThat(oosh("bob", "reject " + ID + " -y -m 'not on a Friday' --output json")).isZero();
    assertThat(said).contains("\"status\": \"Cancelled\"");
    assertThat(oosh("li", "watch " + ID)).isEqualTo(5);
    assertThat(said).contains("Rejected by bob: not on a Friday");
    assertThat(oosh("alice", "approve " + ID + " -y")).isEqualTo(1);
    assertThat(said).contains("it has ended: Cancelled");
  }

  /** OOS has what was started: nothing depends on the shell that has started it. */
  @Test
  void needsNoShellOfWhoHasStarted() throws Exception {
    try (OoshProcess starter =
        begin("li", LAUNCH.formatted(" --before rest").replace(" --detach", ""))) {
      String line = starter.output().readLine();
      while (!line.startsWith("started ")) {
        line = starter.output().readLine();
      }
      starter.kill();
    }
    OoshProcess.advance(endpoint, 600);
    assertThat(oosh("alice", "approve " + ID + " -y")).as(() -> said).isZero();
    assertThat(oosh("bob", "approve " + ID + " -y")).as(() -> said).isZero();
    OoshProcess.advance(endpoint, 600);
    assertThat(oosh("li", "watch " + ID + "; history")).as(() -> said).isZero();
    assertThat(said).contains("Success: 6 of 6 instances", "approved by alice, bob");
  }

  @Test
  void asksAndTakesNoForAnAnswer() throws Exception {
    launch();
    assertThat(oosh("alice", "approve " + ID)).isEqualTo(1);
    assertThat(said).contains("cannot ask: approve " + ID + " as alice?", "-y");
    assertThat(oosh("li", "show " + ID)).isZero();
    assertThat(said).contains("(2 needed)");
  }
}
