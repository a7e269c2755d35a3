package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import oosh.rollout.cloud.Profile;
import oosh.shell.Backends;
import oosh.shell.NonInteractiveShell;
import oosh.shell.Session;
import oosh.shell.Shell;
import oosh.shell.screen.StreamScreen;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Containers are told in other names than they are taken in. */
class ContainersWayBackTest {
  @TempDir private Path folder;

  @Test
  void goesBackToContainersInTheNamesThatAnUpdateTakes() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("web.json"),
            """
            [{"Name": "shop", "Image": "registry.local/shop:2.5.0", "Command": ["/bin/shop"],
              "LivenessProbe": {"HttpGet": {"Path": "/up"}}}]
            """);
    String staged =
        "use region ap-southeast-1; use group asg-bp1eci; use method update-container;"
            + " stage container "
            + file
            + " --configuration asc-eci; ";
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said, true);
    try (Backends setting = CheckBackends.open()) {
      Shell shell =
          new Shell(
              new Session(
                  setting,
                  new StreamScreen(out, out, () -> 80, false, null),
                  setting.profiles().named(Profile.SANDBOX),
                  null,
                  null));
      assertThat(new NonInteractiveShell(shell).line(staged + "launch -y")).isZero();
      said.getBuffer().setLength(0);

      assertThat(new NonInteractiveShell(shell).line(staged + "launch --dry-run --output json"))
          .isZero();
    }

    assertThat(said.toString().replaceAll("\\s+", ""))
        .contains(
            "\"before\":{\"sourceContainerConfigure\":[{\"Command\":[\"/bin/shop\"],\"Name\":\"shop\"",
            "\"LivenessProbe\":{\"HttpGet\":{\"Path\":\"/up\"}}},{\"Name\":\"proxy\"");
  }
}
