package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a start, a rollback and a retry know of what was started before them. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class PrecedentsTest {
  private static final String FIRST = "exec-0000000000000001";

  @TempDir Path folder;
  private final ShellFixture shell = new ShellFixture();

  @BeforeEach
  void scripts() throws IOException {
    for (String name : new String[] {"v1", "v2", "undo", "undo2"}) {
      Files.writeString(folder.resolve(name + ".sh"), "#!/bin/sh\nset -e\necho " + name + "\n");
    }
  }

  @AfterEach
  void close() {
    shell.close();
  }

  private String staged(String version, String undo) {
    return "use group asg-bp1web; stage script "
        + folder.resolve(version + ".sh")
        + "; stage rollback "
        + folder.resolve(undo + ".sh")
        + "; stage batch --size 2; ";
  }

  @Test
  void anInstanceThatTheLastLaunchDidNotReachIsMissingWhateverItHadBefore() {
    assertThat(shell.run(staged("v1", "undo") + "launch -y")).isZero();
    assertThat(
            shell.run(
                "sandbox fail i-bp1c --exit 3 --times 1; " + staged("v2", "undo2") + "launch -y"))
        .isEqualTo(5);

    assertThat(shell.run("coverage")).isZero();
    assertThat(shell.words())
        .contains("not reached i-bp1e, i-bp1f")
        .doesNotContain("another script since");

    assertThat(shell.run("retry --failed --missing -y")).as(shell.words()).isZero();
    assertThat(shell.words()).contains("Success: 3 of 3 instances");
    assertThat(shell.run("coverage")).isZero();
    assertThat(shell.words()).contains("6 of 6 instances have it");
  }

  @Test
  void anotherScriptSinceIsOneThatCameLater() {
    assertThat(shell.run(staged("v1", "undo") + "launch -y")).isZero();
    assertThat(shell.run(staged("v2", "undo") + "launch -y")).isZero();

    assertThat(shell.run("coverage " + FIRST)).isZero();

    assertThat(shell.words())
        .contains("another script since, by " + shell.executions().get(0).id());
  }

  @Test
  void theJournalTellsOfALaunchThatOosHasForgotten() {
    assertThat(shell.run(staged("v1", "undo") + "launch -y")).isZero();
    assertThat(shell.run("sandbox set " + FIRST + " --gone; coverage")).isZero();

    assertThat(shell.words())
        .contains("6 of 6 instances have it")
        .contains("OOS does not know " + FIRST + " any more: the journal tells of it");
    assertThat(shell.run("retry --missing -y")).isEqualTo(1);
    assertThat(shell.words()).contains("nothing to retry");
  }

  @Test
  void theJournalKnowsWhichInstancesHadFailedBeforeOosForgotThem() {
    assertThat(
            shell.run(
                "sandbox fail i-bp1c --exit 3 --times 1; " + staged("v1", "undo") + "launch -y"))
        .isEqualTo(5);
    assertThat(shell.run("sandbox set " + FIRST + " --gone; coverage")).isZero();

    assertThat(shell.words())
        .contains("has it i-bp1a, i-bp1b, i-bp1d: " + FIRST)
        .contains("failed i-bp1c: " + FIRST)
        .contains("not reached i-bp1e, i-bp1f");
  }
}
