package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import oosh.shell.NonInteractiveShell;
import oosh.shell.Session;
import oosh.shell.Shell;
import oosh.shell.screen.StreamScreen;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What oosh takes from Spring now that no auto-configuration runs: a new version that brings more
 * of it to a start, or no longer brings what is needed, is seen here.
 */
class WiringTest {
  private static final Pattern SPRING = Pattern.compile("org\\.springframework\\.([a-z]+)\\.\\S+");

  /** The parts of Spring: JDBC, Spring Shell, and what they build on. */
  private static final Set<String> WIRED =
      Set.of("aop", "beans", "core", "dao", "jdbc", "shell", "transaction", "util");

  /** A marker of Spring Shell's registry; it does nothing. */
  private static final String MARKER = "org.springframework.context.ApplicationContextAware";

  @TempDir Path folder;

  @Test
  void loadsNoContainerOfSprings() throws Exception {
    Path log = folder.resolve("classes.log");
    try (OoshProcess oosh =
        OoshProcess.start(
            "oosh.Oosh",
            List.of("-Xlog:class+load=info:file=" + log),
            Map.of("OOSH_HOME", folder.resolve("home").toString()),
            "--profile",
            "sandbox",
            "-c",
            "history; stage batch 3; show")) {
      assertThat(oosh.output().lines().toList())
          .contains("nothing launched yet on any group, profile sandbox, cn-hangzhou");
      assertThat(oosh.awaitExit()).isZero();
    }

    String loaded = Files.readString(log);
    assertThat(loaded)
        .as("a team's journal is for who names one")
        .doesNotContain("org.postgresql", "oosh.journal.postgres", "oosh.TeamJournal");
    assertThat(
            SPRING
                .matcher(loaded)
                .results()
                .filter(type -> !type.group().equals(MARKER))
                .map(type -> type.group(1))
                .collect(Collectors.toSet()))
        .isEqualTo(WIRED);
  }

  @Test
  void findsEveryVerbThatHelpNames() {
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said, true);
    try (CheckBackends backends = ShellFixture.backends()) {
      Shell shell =
          new Shell(
              new Session(
                  backends,
                  new StreamScreen(out, out, () -> 80, false, null),
                  backends.profiles().named("sandbox"),
                  null,
                  null));
      assertThat(new NonInteractiveShell(shell).line("help")).isZero();
      List<String> verbs =
          said.toString()
              .lines()
              .filter(l -> l.matches("  [a-z].*"))
              .map(l -> l.strip().split("  ", 2)[0])
              .toList();
      assertThat(verbs).contains("launch", "use group", "stage script", "rollback", "history");
      for (String verb : verbs) {
        assertThat(shell.run(List.of((verb + " --help").split(" ", -1)))).as(verb).isZero();
      }
    }
  }
}
