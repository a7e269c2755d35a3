package oosh.view.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimeTextTest {
  private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

  @Test
  void saysTheDateOfWhatIsToCome() {
    assertThat(TimeText.ago(Instant.parse("2039-01-02T03:04:05Z"), NOW)).isEqualTo("2039-01-02");
    assertThat(TimeText.ago(NOW.plusSeconds(900), NOW)).isEqualTo("now");
    assertThat(TimeText.ago(NOW.minusSeconds(90), NOW)).isEqualTo("1 min ago");
  }
}
