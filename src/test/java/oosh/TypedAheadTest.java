package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** At a real terminal: what was typed before a question was on the screen is no answer to it. */
@Tag("endurance")
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class TypedAheadTest {
  private static final String DROPPED = "what was typed before this question is no answer to it";

  @TempDir Path folder;

  @Test
  void aYesThatWasTypedAheadStartsNothing() throws Exception {
    Files.writeString(folder.resolve("deploy.sh"), "echo deployed\n");
    try (TmuxTerminal terminal = TmuxTerminal.start(folder, 100, Map.of(), "--profile sandbox")) {
      terminal.until("cn-hangzhou ›");
      terminal.type("use group asg-bp1web\r");
      terminal.until("asg-bp1web(6) ›");
      terminal.type("stage script deploy.sh\r");
      terminal.until("●1 ›");
      terminal.type("launch\ry\r");
      terminal.until("profile sandbox? [y/N]");
      terminal.type("n\r");
      String seen = terminal.until("nothing was started");
      assertThat(seen).contains(DROPPED).doesNotContain("started exec-");
      // Without its Enter, it waits in the kernel: the Enter of the answer would take it along.
      terminal.type("launch\ry");
      terminal.until(s -> s.indexOf("[y/N]", s.indexOf("nothing was started")) > 0);
      terminal.type("\r");
      seen = terminal.until(s -> s.split("nothing was started", -1).length == 3);
      assertThat(seen).doesNotContain("started exec-");
    }
  }

  @Test
  void aYesThatWasTypedAheadOfOneCommandStartsNothing() throws Exception {
    Files.writeString(folder.resolve("deploy.sh"), "echo deployed\n");
    try (TmuxTerminal terminal =
        TmuxTerminal.start(
            folder,
            100,
            Map.of(),
            "launch --profile sandbox --group asg-bp1web --script deploy.sh; echo status $?; cat")) {
      terminal.type("y\ry");
      terminal.until("profile sandbox? [y/N]");
      terminal.type("\r");
      assertThat(terminal.until("status 3")).doesNotContain("started exec-");
    }
  }

  /** A command that paints nothing asks without the line editor. */
  @Test
  void aYesThatWasTypedAheadOfACommandWithoutAViewWritesNothing() throws Exception {
    Path file = Files.writeString(folder.resolve("a.oosh"), "help exit-codes\n");
    try (TmuxTerminal terminal =
        TmuxTerminal.start(
            folder,
            100,
            Map.of(),
            "run --check --accept a.oosh --profile sandbox; echo status $?; cat")) {
      terminal.type("y\ry");
      terminal.until("into a.oosh? [y/N]");
      terminal.type("\r");
      terminal.until("status 3");
      assertThat(file).content().isEqualTo("help exit-codes\n");
    }
  }
}
