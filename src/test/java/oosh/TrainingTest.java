package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class TrainingTest {
  /** Where it waits for a key, no class archive is made, and every start is slow. */
  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void endsByItself(@TempDir Path folder) throws Exception {
    try (OoshProcess training =
        OoshProcess.start(
            "oosh.Training",
            List.of(),
            Map.of("OOSH_HOME", folder.toString(), "PAGER", "less"),
            "history")) {
      assertThat(training.awaitExit()).isZero();
    }
  }
}
