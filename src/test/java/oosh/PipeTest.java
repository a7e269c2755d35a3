package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Size;
import org.jline.terminal.impl.jni.JniNativePty;
import org.jline.terminal.impl.jni.JniTerminalProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a pipe gets from a process of oosh, and a terminal of any width. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
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
              "staged only i-bp1a, i-bp1b; launch uses method run-script-oosh for that",
              "history has no option --nonsense",
              "  why   help history lists what it takes",
              "  next  history [--group GROUP] [--status STATUS] [--since TIME]"
                  + " [--script SHA|NAME] [--user USER] [--limit N] [--all] [--follow] [--waves] [--stats] [--html FILE] [--yes]");
      assertThat(oosh.awaitExit()).isEqualTo(2);
    }
  }

  /** Staging ends with the process, and so the verb alone would do nothing unsaid. */
  @Test
  void namesTheOneLineThatDoesWhatAVerbAlonePrepares() throws IOException, InterruptedException {
    assertThat(
            alone("--group", "web", "stage", "gate", "http", "80/x", "--times", "1", "-o", "csv"))
        .endsWith(
            "nothing stays staged when oosh ends;"
                + " oosh launch --group web --gate 'http 80/x --times 1' does it in one line");
    assertThat(alone("use", "method", "replace-image"))
        .endsWith(
            "what is chosen is forgotten when oosh ends;"
                + " oosh launch --group G --method replace-image does it in one line");
    assertThat(alone("unstage", "--all"))
        .containsExactly(
            "nothing is staged",
            "nothing stays staged when oosh ends;"
                + " oosh launch --group G --script FILE does it in one line");
    assertThat(alone("-c", "stage batch 3")).hasSize(1);
    assertThat(alone("whoami")).noneMatch(l -> l.contains("oosh launch"));
    assertThat(alone("stage", "batch", "--help")).noneMatch(l -> l.contains("oosh launch"));
  }

  private List<String> alone(String... args) throws IOException, InterruptedException {
    try (OoshProcess oosh =
            OoshProcess.start(
                "oosh.Oosh", List.of(), Map.of("OOSH_HOME", folder.toString()), args);
        BufferedReader said = oosh.output()) {
      List<String> lines = said.lines().toList();
      assertThat(oosh.awaitExit()).as(lines.toString()).isZero();
      return lines;
    }
  }

  @Test
  void breaksLinesWhereTheTerminalOrColumnsEnd() throws IOException {
    String line = "stage only i-bp1a i-bp1b";
    assertThat(atATerminal(40, Map.of(), line))
        .containsExactly(
            "staged only i-bp1a, i-bp1b; launch uses", "    method run-script-oosh for that");
    assertThat(atATerminal(120, Map.of("COLUMNS", "50"), line))
        .containsExactly(
            "staged only i-bp1a, i-bp1b; launch uses method", "    run-script-oosh for that");
  }

  @Test
  void aTerminalThatAPipelineHasIsNobodys() throws IOException {
    assertThat(atATerminal(40, Map.of("CI", "true"), "stage only i-bp1a i-bp1b"))
        .containsExactly("staged only i-bp1a, i-bp1b; launch uses method run-script-oosh for that");
    assertThat(atATerminal(40, Map.of("CI", "false"), "stage only i-bp1a i-bp1b")).hasSize(2);
  }

  /** What it prints there up to the last word of that answer. */
  private List<String> atATerminal(int columns, Map<String, String> environment, String line)
      throws IOException {
    Map<String, String> all = new HashMap<>(environment);
    all.put("OOSH_HOME", folder.toString());
    StringBuilder said = new StringBuilder();
    try (JniNativePty terminal =
            (JniNativePty) new JniTerminalProvider().open(null, new Size(columns, 24));
        OoshProcess oosh =
            OoshProcess.start(
                "oosh.Oosh",
                List.of(),
                all,
                ProcessBuilder.Redirect.to(new File(terminal.getName())),
                "-c",
                line)) {
      while (said.indexOf("for that") < 0) {
        int next = terminal.getMasterInput().read();
        assertThat(next).as(said.toString()).isNotNegative();
        said.append((char) next);
      }
      oosh.kill();
    }
    return said.toString().lines().toList();
  }

  @Test
  void getsTheAnswerOfAStopAsJson() throws IOException {
    try (OoshProcess oosh =
            OoshProcess.start(
                "oosh.Oosh",
                List.of(),
                Map.of("OOSH_HOME", folder.toString()),
                "sandbox",
                "stop",
                "--output",
                "json");
        BufferedReader said = oosh.output()) {
      assertThat(said.lines().map(String::strip))
          .containsExactly("{", "\"message\": \"no sandbox runs\"", "}");
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
              "\"next\": \"oosh -c 'history --output json; history'\",",
              "\"kind\": \"usage\"",
              "}",
              "}");
      assertThat(oosh.awaitExit()).isEqualTo(2);
    }
  }

  /** {@code oosh | tee log}: each answer comes before the next line is typed. */
  @Test
  void runsEachLineThatIsTypedWhereOnlyTheAnswersGoToAPipe() throws Exception {
    try (JniNativePty terminal =
            (JniNativePty) new JniTerminalProvider().open(null, new Size(80, 24));
        OoshProcess oosh =
            OoshProcess.typedAt(
                new File(terminal.getName()),
                "oosh.Oosh",
                List.of(),
                Map.of("OOSH_HOME", folder.toString()));
        BufferedReader said = oosh.output()) {
      until(terminal, "Ctrl-D ends");
      type(terminal, "stage only i-bp1a\n");
      assertThat(said.readLine()).startsWith("staged only i-bp1a");
      type(terminal, "lanch\n");
      until(terminal, "did you mean launch?");
      type(terminal, "stage only i-bp1b\n");
      assertThat(said.readLine()).startsWith("staged only i-bp1b");
      type(terminal, "\004");
      assertThat(said.readLine()).isNull();
      assertThat(oosh.awaitExit()).isZero();
    }
  }

  private static void type(JniNativePty terminal, String text) throws IOException {
    terminal.getMasterOutput().write(text.getBytes(StandardCharsets.UTF_8));
    terminal.getMasterOutput().flush();
  }

  private static void until(JniNativePty terminal, String text) throws IOException {
    StringBuilder said = new StringBuilder();
    while (said.indexOf(text) < 0) {
      int next = terminal.getMasterInput().read();
      assertThat(next).as(said.toString()).isNotNegative();
      said.append((char) next);
    }
  }
}
