package oosh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A machine without bubblewrap: a launch on its sandbox runs no script, and says so. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class NoScriptsTest {
  @TempDir private Path folder;

  @Test
  void aLaunchSaysOnceThatNoScriptIsRunAndWhatToInstall() throws Exception {
    Path tools = Files.createDirectory(folder.resolve("tools"));
    for (String name : List.of("sh", "setpriv", "unshare", "prlimit", "tar", "mount", "mkdir")) {
      Path tool = Path.of("/usr/bin", name);
      assumeTrue(Files.isExecutable(tool), name + " is not installed");
      Files.createSymbolicLink(tools.resolve(name), tool);
    }
    // A sandbox of root's looks for them as another user.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Map<String, String> there =
        Map.of("PATH", tools.toString(), "OOSH_HOME", folder.resolve("home").toString());
    String launch = "stage script sessions/scripts/deploy.sh; launch -y --detach";
    String line =
        "use group asg-bp1web; "
            + launch
            + "; use group asg-bp1api; "
            + launch
            + "; sandbox status";
    String said;
    try (OoshProcess oosh =
        OoshProcess.start("oosh.Oosh", List.of(), there, "--profile", "sandbox", "-c", line)) {
      said = oosh.output().lines().collect(Collectors.joining("\n"));
      assertThat(oosh.awaitExit()).as(said).isZero();
    } finally {
      try (OoshProcess stop = OoshProcess.start("oosh.Oosh", List.of(), there, "sandbox", "stop")) {
        stop.awaitExit();
      }
      OoshProcess.removeAll(tools);
    }

    String why = "no script is run in this sandbox: bubblewrap (bwrap) is not installed\n";
    assertThat(said)
        .containsOnlyOnce(
            why + "next: install it, then sandbox stop; until then a success means nothing\n")
        .contains("no script is run (bubblewrap (bwrap) is not installed), executions under way:");
    assertThat(said.split("started exec-", -1)).hasSize(3);
  }
}
