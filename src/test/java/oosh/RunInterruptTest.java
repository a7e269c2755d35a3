package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import oosh.aliyun.InTurnProfiles;
import oosh.rollout.Interrupted;
import oosh.rollout.record.Journal;
import oosh.shell.Backends;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C while a session file is checked. */
class RunInterruptTest {
  @TempDir Path folder;

  @Test
  void writesNoAnswerOfAnInterruptedCommand() throws Exception {
    Path file = folder.resolve("web.oosh");
    String written = "history\n#> as it was\nshow\n#> as it was\n";
    Files.writeString(file, written);

    try (ShellFixture shell =
        new ShellFixture(
            new NoService(folder.resolve("home")) {
              @Override
              public Backends forCheck() {
                return new InterruptedAtItsJournal(folder.resolve("check"));
              }
            })) {
      assertThat(shell.run("run --check --accept " + file)).isEqualTo(130);
      assertThat(shell.said.toString()).doesNotContain("new answer");
    }

    assertThat(file).hasContent(written);
  }

  private class NoService extends HostileServiceBackends {
    NoService(Path home) {
      super(
          home,
          (address, pace) ->
              InTurnProfiles.of(Map.of(), folder.resolve("config.json"), () -> null, pace),
          URI.create("http://127.0.0.1:9"));
    }
  }

  private final class InterruptedAtItsJournal extends NoService {
    InterruptedAtItsJournal(Path home) {
      super(home);
    }

    @Override
    public Journal journal() {
      throw Interrupted.of("the journal was not read", "Ctrl-C was pressed", "history");
    }
  }
}
