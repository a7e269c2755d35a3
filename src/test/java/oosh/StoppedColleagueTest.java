package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import oosh.config.Config;
import oosh.journal.PostgresDatabase;
import oosh.journal.PostgresServer;
import oosh.rollout.cloud.Execution;
import oosh.rollout.record.History;
import oosh.rollout.record.JournalEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A colleague's oosh that is stopped within its start (a laptop that sleeps), on another machine
 * where nobody can see whether it is still there.
 */
@Tag("endurance")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class StoppedColleagueTest {
  private static final String LINE =
      "use group asg-bp1web; stage script sessions/scripts/deploy.sh; stage batch 3;"
          + " launch -y --detach -m ";

  @TempDir Path folder;
  private OoshProcess sandbox;
  private PostgresDatabase database;
  private URI endpoint;

  @BeforeEach
  void open() throws IOException {
    sandbox = OoshProcess.sandboxInSteps(folder);
    endpoint = OoshProcess.announced(folder);
    database = PostgresServer.shared().newDatabase();
  }

  @AfterEach
  void close() {
    database.close();
    sandbox.close();
  }

  /**
   * Its last look at the journal is still to come: it finds the start concluded, and sends nothing.
   */
  @Test
  void oneThatIsStoppedBeforeItsLastLookStartsNothing() throws Exception {
    assertThat(stopAt("after journal.intend", true)).containsExactly("mine");
  }

  /** What remains: between its last look and its request nothing can hold it back. */
  @Test
  void oneThatIsStoppedBehindItsLastLookStartsToo() throws Exception {
    assertThat(stopAt("before oos.start", true)).containsExactlyInAnyOrder("mine", "theirs");
  }

  /** Within the time in which OOS may not list its start yet, it keeps the group. */
  @Test
  void oneThatIsStoppedForAMomentKeepsTheGroup() throws Exception {
    assertThat(stopAt("before oos.start", false)).containsExactly("theirs");
  }

  /**
   * @param long whether it is stopped for longer than OOS takes to list a start
   * @return why the executions were started that there are in the end
   */
  private List<String> stopAt(String point, boolean isLong) throws Exception {
    try (OoshProcess theirs =
        OoshProcess.start(
            "oosh.CrashPointProcess",
            List.of(),
            environment("their-machine"),
            point,
            LINE + "theirs")) {
      String said = theirs.output().readLine();
      while (said != null && !said.startsWith("at ")) {
        said = theirs.output().readLine();
      }
      assertThat(said).isEqualTo("at " + point);
      if (isLong) {
        // As if it had been asked three minutes ago.
        database
            .sql()
            .update("update oosh.execution set asked_at = asked_at - interval '3 minutes'");
      }
      try (OoshProcess mine =
          OoshProcess.start(
              "oosh.Oosh",
              List.of(),
              environment("my-machine"),
              "--profile",
              "sandbox",
              "-c",
              LINE + "mine")) {
        List<String> words = mine.output().lines().toList();
        assertThat(mine.awaitExit()).as(String.join("\n", words)).isEqualTo(isLong ? 0 : 1);
      }
      theirs.type("\n");
      theirs.output().lines().forEach(line -> {});
      theirs.awaitExit();
    }
    Map<String, String> here = environment("my-machine");
    try (LiveBackends backends =
        new LiveBackends(new StateDirectory(Path.of(here.get("OOSH_HOME"))), Config.EMPTY, here)) {
      List<Execution> executions =
          backends
              .profiles()
              .open(backends.profiles().named("sandbox"), "cn-hangzhou")
              .executions()
              .recent(null, 100);
      assertThat(
              backends
                  .journal()
                  .history()
                  .list(new History.Query("sandbox", "cn-hangzhou", null, null, null, 100)))
          .as("the journal knows what was started")
          .filteredOn(e -> e.executionId() != null)
          .extracting(JournalEntry::executionId)
          .containsExactlyInAnyOrderElementsOf(executions.stream().map(Execution::id).toList());
      return executions.stream().map(Execution::description).toList();
    }
  }

  private Map<String, String> environment(String machine) throws IOException {
    Map<String, String> environment = new HashMap<>();
    environment.put("HOSTNAME", machine);
    environment.put("OOSH_HOME", Files.createDirectories(folder.resolve(machine)).toString());
    environment.put("OOSH_ENDPOINT", endpoint.toString());
    environment.put("OOSH_JOURNAL", database.url(PostgresServer.SUPERUSER));
    environment.put("ALIBABA_CLOUD_PROFILE", "sandbox");
    return environment;
  }
}
