package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import oosh.config.Config;
import oosh.journal.PostgresDatabase;
import oosh.journal.PostgresServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code history --all} while a team's journal cannot be reached, and OOS can. */
class HistoryAllAloneTest {
  @TempDir Path folder;
  private OoshProcess sandbox;
  private PostgresDatabase database;
  private CutLine line;
  private final List<String> told = new ArrayList<>();

  @BeforeEach
  void open() throws IOException {
    sandbox = OoshProcess.sandboxInSteps(folder);
    database = PostgresServer.shared().newDatabase();
    line = new CutLine(database.server().port());
  }

  @AfterEach
  void close() throws IOException {
    line.close();
    database.close();
    sandbox.close();
  }

  private ShellFixture shell(String home, boolean shared) throws IOException {
    Map<String, String> env = new HashMap<>();
    env.put("OOSH_ENDPOINT", OoshProcess.announced(folder).toString());
    if (shared) {
      env.put(
          "OOSH_JOURNAL",
          database
              .url(PostgresServer.SUPERUSER)
              .replace(":" + database.server().port() + "/", ":" + line.port() + "/"));
    }
    LiveBackends backends =
        new LiveBackends(
            new StateDirectory(Files.createDirectories(folder.resolve(home))), Config.EMPTY, env);
    backends.journalTells(told::add);
    return new ShellFixture(backends);
  }

  private void launches(ShellFixture shell, String group) {
    assertThat(
            shell.run(
                "use group "
                    + group
                    + "; stage script sessions/scripts/deploy.sh; launch -y --detach --confirm "
                    + group
                    + " -m on-"
                    + group))
        .as(shell.oneLine())
        .isZero();
  }

  @Test
  void listsWhatOosListsOverTheLocalCopy() throws IOException {
    try (ShellFixture li = shell("li", true)) {
      launches(li, "asg-bp1web");
    }
    try (ShellFixture wang = shell("wang", false)) {
      launches(wang, "asg-bp1api");
    }
    line.cut();
    try (ShellFixture li = shell("li", true)) {
      assertThat(li.run("history --all")).as(li.oneLine()).isZero();
      assertThat(li.oneLine())
          .contains("on-asg-bp1web", "on-asg-bp1api")
          .contains(", elsewhere")
          .doesNotContain("what OOS lists now is not in this list");
      assertThat(told).singleElement().asString().contains("the journal cannot be reached");
      assertThat(li.run("use group asg-bp1web; launch -y --detach"))
          .as("nothing else is written to the copy")
          .isEqualTo(1);
    }
    line.mend();
    try (ShellFixture li = shell("li", true)) {
      assertThat(li.run("history")).isZero();
      assertThat(li.oneLine())
          .contains("on-asg-bp1web")
          .doesNotContain("on-asg-bp1api", "made alone");
      assertThat(li.run("history --all")).isZero();
      assertThat(li.oneLine()).contains("on-asg-bp1web", "on-asg-bp1api");
    }
  }
}
