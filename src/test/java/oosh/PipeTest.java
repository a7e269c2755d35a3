package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a pipe gets from a process of oosh. */
class PipeTest {
  @TempDir Path folder;

  /** {@code COLUMNS} is a terminal's. */
  @Test
  void breaksNoRecord() throws IOException, InterruptedException {
    try (OoshProcess oosh =
            OoshProcess.start(
                "oosh.Oosh",
                List.of(),
                Map.of("OOSH_HOME", folder.toString(), "COLUMNS", "40"),
                "-c",
                "stage only i-bp1a i-bp1b; history --nonsense");
        BufferedReader said = oosh.output()) {
      assertThat(said.lines())
          .containsExactly(
              "staged only i-bp1a, i-bp1b; that takes use method run-script-oosh",
              "history has no option --nonsense",
              "  why   help history lists what it takes",
              "  next  history [--group GROUP] [--status STATUS] [--since TIME]"
                  + " [--script SHA|NAME] [--user USER] [--limit N] [--stats]");
      assertThat(oosh.awaitExit()).isEqualTo(2);
    }
  }

  @Test
  void getsARefusalBeforeThereIsAShellAsJson() throws IOException, InterruptedException {
    try (OoshProcess oosh =
            OoshProcess.start(
                "oosh.Oosh",
                List.of(),
                Map.of("OOSH_HOME", folder.toString()),
                "-c",
                "history --output json; history",
                "history");
        BufferedReader said = oosh.output()) {
      assertThat(said.lines().map(String::strip))
          .containsExactly(
              "{",
              "\"error\": {",
              "\"what\": \"-c and a verb do not go together\",",
              "\"why\": \"both say what to run\",",
              "\"next\": \"./oosh -c 'history --output json; history'\",",
              "\"kind\": \"usage\"",
              "}",
              "}");
      assertThat(oosh.awaitExit()).isEqualTo(2);
    }
  }
}
