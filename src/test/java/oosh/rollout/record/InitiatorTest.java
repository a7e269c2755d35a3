package oosh.rollout.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Whether the process that asked can still act. */
class InitiatorTest {
  private static final Initiator ME = Initiator.here();

  @Test
  void isAliveWhileItsProcessIs() {
    assertThat(ME.life()).isEqualTo(Initiator.Liveness.ALIVE);
    assertThat(ME.since()).isNotNull();
  }

  @Test
  void isGoneWithItsProcess() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-version")
            .redirectErrorStream(true)
            .start();
    Initiator other = new Initiator("li", ME.host(), process.pid(), null);
    process.getInputStream().readAllBytes();
    process.waitFor();

    assertThat(other.life()).isEqualTo(Initiator.Liveness.GONE);
  }

  @Test
  void isGoneWhenItsNumberWasGivenToAnotherProcess() {
    Initiator before =
        new Initiator("li", ME.host(), ME.pid(), Instant.parse("2026-01-01T00:00:00Z"));

    assertThat(before.life()).isEqualTo(Initiator.Liveness.GONE);
  }

  @Test
  void isNotKnownOnAnotherHost() {
    assertThat(new Initiator("li", "elsewhere", ME.pid(), ME.since()).life())
        .isEqualTo(Initiator.Liveness.ELSEWHERE);
  }
}
