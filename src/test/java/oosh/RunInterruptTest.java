package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import oosh.aliyun.AliyunProfiles;
import oosh.shell.Backends;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C while a session file is checked. */
class RunInterruptTest {
  @TempDir Path folder;

  @Test
  void writesNoAnswerOfAnInterruptedCommand() throws Exception {
    Path file = folder.resolve("web.oosh");
    String written = "use group asg-bp1web\n#> as it was\nhistory\n#> as it was\n";
    Files.writeString(file, written);
    HostileServiceBackends backends =
        new HostileServiceBackends(
            folder.resolve("home"),
            (address, pace) ->
                new AliyunProfiles(Map.of(), folder.resolve("config.json"), () -> null, pace),
            URI.create("http://127.0.0.1:9")) {
          @Override
          public Backends forCheck() {
            Thread.currentThread().interrupt();
            return super.forCheck();
          }
        };

    try (ShellFixture shell = new ShellFixture(backends)) {
      assertThat(shell.run("run --check --accept " + file)).isEqualTo(130);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(shell.said.toString()).doesNotContain("new answer");
    }

    assertThat(file).hasContent(written);
  }
}
