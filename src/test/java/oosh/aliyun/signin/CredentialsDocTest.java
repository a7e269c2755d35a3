package oosh.aliyun.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** docs/credentials.md has every mode and every variable; {@code SignInTest} has what they do. */
class CredentialsDocTest {
  @Test
  void namesEveryModeAndEveryVariable() throws IOException {
    String doc = Files.readString(Path.of("docs/credentials.md"));

    for (CliMode mode : CliMode.values()) {
      assertThat(doc).contains("| " + mode.spelling() + " |");
    }
    assertThat(CliEnvironment.names()).isNotEmpty().allSatisfy(n -> assertThat(doc).contains(n));
    assertThat(new CliEnvironment(Map.of()).toString()).doesNotContain("=");
  }
}
