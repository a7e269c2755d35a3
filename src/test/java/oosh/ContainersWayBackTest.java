package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Containers are told in other names than they are taken in. */
class ContainersWayBackTest extends ShellFixture {
  @TempDir private Path folder;

  @Test
  void rollsBackContainersWithTheFieldNamesOfAnUpdate() throws IOException {
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
    assertThat(run(staged + "launch -y")).isZero();
    assertThat(run(staged + "launch --dry-run --output json")).isZero();

    assertThat(said.toString().replaceAll("\\s+", ""))
        .contains(
            "\"before\":{\"sourceContainerConfigure\":[{\"Command\":[\"/bin/shop\"],\"Name\":\"shop\"",
            "\"LivenessProbe\":{\"HttpGet\":{\"Path\":\"/up\"}}},{\"Name\":\"proxy\"");
  }
}
