package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a whole oosh makes of the options, variables and the config file that say where it acts. */
@Timeout(120)
class PlaceOptionsTest {
  @TempDir Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private int status;

  @BeforeEach
  void settings() throws IOException {
    Files.createDirectories(folder.resolve("oosh"));
    environment.put("XDG_CONFIG_HOME", folder.toString());
    environment.put("OOSH_HOME", folder.resolve("state").toString());
    config("profile: sandbox\nprofiles:\n  sand*: {mark: production, colour: red}\n");
  }

  private void config(String text) throws IOException {
    Files.writeString(folder.resolve("oosh/config"), text);
  }

  private String said(String... args) throws Exception {
    try (OoshProcess oosh = OoshProcess.start("oosh.Oosh", List.of(), environment, args)) {
      String said = oosh.output().lines().collect(Collectors.joining("\n"));
      status = oosh.awaitExit();
      return said;
    }
  }

  @Test
  void eachPartOfTheContextHasItsOrigin() throws Exception {
    environment.put("OOSH_REGION", "cn-shanghai");
    assertThat(said("--group", "asg-bp1web", "-c", "use"))
        .isEqualTo(
            """
            where the next commands act
              profile  sandbox [production] (config file)
              region   cn-shanghai (variable OOSH_REGION)
              group    asg-bp1web (option --group)
              method   run-script (the default)
              staged   nothing""");
    assertThat(status).isZero();
  }

  @Test
  void aReadOnlyOoshRefusesAlsoTheLinesOfAFile() throws Exception {
    environment.put("OOSH_READONLY", "1");
    Path file = Files.writeString(folder.resolve("a.oosh"), "use profile sandbox\nlaunch -y\n");
    assertThat(said("run", "-y", file.toString()))
        .contains("sandbox [production, read-only] cn-hangzhou › launch -y")
        .contains("launch is refused")
        .contains("this oosh is read-only");
    assertThat(status).isEqualTo(1);
  }

  @Test
  void aMistakeInTheMarksIsNamedWithItsPlaceAndNothingRuns() throws Exception {
    config("profiles:\n  prod-*: {mark: prodution}\n");
    assertThat(said("-c", "use"))
        .contains("line 2, column 18")
        .contains("mark takes production, none");
    assertThat(status).isEqualTo(1);
  }

  @Test
  void resumeIsRefusedWhereNobodyIsAsked() throws Exception {
    assertThat(said("--resume", "use")).contains("--resume goes with the prompt alone");
    assertThat(status).isEqualTo(2);
    assertThat(said("--resume")).contains("--resume goes with the prompt alone");
    assertThat(status).isEqualTo(2);
  }
}
