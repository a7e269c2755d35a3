package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import oosh.shell.NonInteractiveShell;
import oosh.shell.Shell;
import oosh.shell.screen.StreamScreen;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What oosh takes from Spring now that no auto-configuration runs: a new version that brings more
 * of it to a start, or no longer brings what is needed, is seen here.
 */
class WiringTest {
  private static final Pattern SPRING =
      Pattern.compile("(org\\.springframework(?:\\.[a-z]+)+)\\.[A-Z]\\S*");

  /** A bean factory, JDBC without a pool, and Spring Shell's model of commands. */
  private static final Set<String> NEEDED =
      Set.of(
          "org.springframework.beans.factory.support",
          "org.springframework.jdbc.core",
          "org.springframework.jdbc.datasource",
          "org.springframework.shell.core.command");

  /** The rest is what those stand on. */
  private static final Pattern STANDS_ON =
      Pattern.compile(
          "org\\.springframework\\.(aop(\\.scope)?|beans(\\..+)?|core(\\..+)?|dao(\\..+)?|jdbc(\\..+)?"
              + "|lang|shell\\.core(\\.command(\\.completion)?)?|transaction\\.support|util(\\..+)?)");

  /** Markers that classes of the bean factory implement or look for; they do nothing. */
  private static final Set<String> MARKERS =
      Set.of("org.springframework.context.ApplicationContextAware");

  @TempDir Path folder;

  @Test
  void loadsNoSpringBeanThatIsNotWired() throws Exception {
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
      assertThat(oosh.output().lines().toList()).contains("nothing launched yet");
      assertThat(oosh.awaitExit()).isZero();
    }

    Set<String> packages = new TreeSet<>();
    Matcher loaded = SPRING.matcher(Files.readString(log));
    while (loaded.find()) {
      if (!MARKERS.contains(loaded.group())) {
        packages.add(loaded.group(1));
      }
    }
    assertThat(packages).containsAll(NEEDED).allMatch(p -> STANDS_ON.matcher(p).matches());
  }

  @Test
  void findsEveryVerbThatHelpNames() {
    try (CheckBackends setting = CheckBackends.open()) {
      Written out = new Written();
      Shell shell =
          Oosh.wired(
              setting,
              new StreamScreen(out.writer, out.writer, () -> 80, false, null),
              setting.profiles().named("sandbox"),
              Arguments.of(new String[0], Map.of()));
      assertThat(new NonInteractiveShell(shell).line("help")).isZero();
      List<String> verbs =
          out.text()
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

  private static final class Written {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintWriter writer = new PrintWriter(bytes, true, StandardCharsets.UTF_8);

    String text() {
      writer.flush();
      return bytes.toString(StandardCharsets.UTF_8);
    }
  }
}
