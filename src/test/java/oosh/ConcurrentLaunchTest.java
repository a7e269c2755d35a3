package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import oosh.config.Config;
import oosh.journal.PostgresDatabase;
import oosh.journal.PostgresServer;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.Profile;
import oosh.rollout.record.History;
import oosh.rollout.record.JournalEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes that launch on one group at the same moment, from one journal: a file, or that of a
 * team.
 *
 * <p>{@code -Doosh.races=50} tries as often as that, {@code -Doosh.late=30} with lists that late.
 */
@Tag("endurance")
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class ConcurrentLaunchTest {
  private static final int ROUNDS = Integer.getInteger("oosh.races", 2);
  private static final int SHELLS = 4;

  /** How late OOS lists what they start, in seconds; unless it is said, every other round is. */
  private static final int LATE = Integer.getInteger("oosh.late", -1);

  private static final int EVERY_OTHER = 30;

  @TempDir Path folder;

  private OoshProcess sandbox;
  private URI endpoint;
  private Map<String, String> environment;

  @BeforeEach
  void open() throws IOException {
    sandbox = OoshProcess.sandboxInSteps(folder);
    endpoint = OoshProcess.announced(folder);
    Path home = Files.createDirectory(folder.resolve("home"));
    environment = Map.of("OOSH_HOME", home.toString(), "OOSH_ENDPOINT", endpoint.toString());
  }

  @AfterEach
  void close() {
    sandbox.close();
  }

  @Test
  void oneOfThemStartsAndTheOthersAreRefused() throws Exception {
    race(Collections.nCopies(SHELLS, environment));
  }

  /** Each of them has a home of its own; they share the database alone. */
  @Test
  void oneOfATeamStartsAndTheOthersAreRefused() throws Exception {
    try (PostgresDatabase database = PostgresServer.shared().newDatabase()) {
      List<Map<String, String>> team = new ArrayList<>();
      for (int i = 0; i < SHELLS; i++) {
        Path own = Files.createDirectory(folder.resolve("home-" + i));
        team.add(
            Map.of(
                "OOSH_HOME",
                own.toString(),
                "OOSH_ENDPOINT",
                endpoint.toString(),
                "OOSH_JOURNAL",
                database.url(PostgresServer.SUPERUSER)));
      }
      race(team);
    }
  }

  private void race(List<Map<String, String>> homes) throws Exception {
    for (int round = 1; round <= ROUNDS; round++) {
      int late = LATE >= 0 ? LATE : round % 2 * EVERY_OTHER;
      OoshProcess.listLate(endpoint, late);
      List<OoshProcess> shells = new ArrayList<>();
      List<String> said = new ArrayList<>();
      try {
        for (int i = 0; i < SHELLS; i++) {
          shells.add(launching(homes.get(i), "round " + round + ", shell " + i));
        }
        for (OoshProcess shell : shells) {
          String text = shell.output().lines().collect(Collectors.joining("\n"));
          said.add(shell.awaitExit() + ": " + text);
        }
      } finally {
        shells.forEach(OoshProcess::close);
      }
      assertThat(said)
          .filteredOn(s -> s.startsWith("0: "))
          .as("round %d: %s", round, said)
          .hasSize(1);
      assertThat(said)
          .filteredOn(s -> !s.startsWith("0: "))
          .as("round %d", round)
          .allMatch(s -> s.startsWith("1: ") && s.contains("cannot launch on asg-bp1web"));
      OoshProcess.advance(endpoint, late);
      String launched = "round " + round + ",";
      try (LiveBackends backends = backends(homes.get(0))) {
        List<Execution> executions =
            backends
                .profiles()
                .open(backends.profiles().named(Profile.SANDBOX), "cn-hangzhou")
                .executions()
                .recent(null, 1000);
        assertThat(executions).filteredOn(e -> e.description().startsWith(launched)).hasSize(1);
        assertThat(executions).hasSize(round);
        assertThat(
                backends
                    .journal()
                    .history()
                    .list(new History.Query("sandbox", "cn-hangzhou", null, null, null, 1000)))
            .filteredOn(e -> e.reason().startsWith(launched))
            .filteredOn(e -> e.executionId() != null)
            .extracting(JournalEntry::executionId)
            .containsExactly(executions.get(0).id());
      }
      OoshProcess.advance(endpoint, 600);
    }
    System.out.printf(
        "race test: %d rounds of %d processes, listed %s; one started in each%n",
        ROUNDS, SHELLS, LATE < 0 ? "late in every other round" : LATE + " s late");
  }

  /** The other has a journal of its own, so nothing but OOS's list can tell of its start. */
  @Test
  void aStartOfAnotherJournalDuringTheQuestionIsRefusedByName() throws Exception {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Map<String, String> theirs =
        Map.of("OOSH_HOME", elsewhere.toString(), "OOSH_ENDPOINT", endpoint.toString());
    OoshProcess.listLate(endpoint, 0);
    try (LiveBackends backends = backends(environment)) {
      ShellFixture shell = new ShellFixture(backends);
      for (int round = 1; round <= ROUNDS; round++) {
        String reason = "theirs " + round;
        shell.answers(
            () -> {
              try (OoshProcess other = launching(theirs, reason)) {
                assertThat(other.awaitExit()).isZero();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            },
            "y");
        assertThat(shell.run(ShellFixture.STAGED + "launch --detach -m mine"))
            .as(shell.oneLine())
            .isEqualTo(1);
        Execution started = shell.executions().get(0);
        assertThat(started.description()).isEqualTo(reason);
        assertThat(shell.oneLine()).contains(started.id() + " is in flight on this group");
        OoshProcess.advance(endpoint, 600);
      }
      assertThat(shell.executions()).extracting(Execution::description).doesNotContain("mine");
    }
  }

  private static LiveBackends backends(Map<String, String> environment) {
    return new LiveBackends(
        new StateDirectory(Path.of(environment.get("OOSH_HOME"))), Config.EMPTY, environment);
  }

  private static OoshProcess launching(Map<String, String> environment, String reason) {
    return OoshProcess.start(
        "oosh.Oosh",
        List.of(),
        environment,
        "--profile",
        "sandbox",
        "-c",
        "use group asg-bp1web; stage script sessions/scripts/deploy.sh; stage batch 3;"
            + " launch -y --detach -m '"
            + reason
            + "'");
  }
}
