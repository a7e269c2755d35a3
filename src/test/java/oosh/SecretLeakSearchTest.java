package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Runs after the suite and after the endurance tests, and searches what they have left below {@link
 * SecretLeakFixture#FOLDER}.
 */
class SecretLeakSearchTest {
  private static final int LEAST_FILES = 24;
  private static final long LEAST_BYTES = 100_000;

  @Test
  void noFileHoldsAKeyThatWasUsed() throws IOException {
    SecretLeakFixture.Search search = SecretLeakFixture.search(SecretLeakFixture.FOLDER);
    System.out.println(
        "secret sweep: " + search.files() + " files, " + search.bytes() + " bytes searched");

    assertThat(search.found()).isEmpty();
    assertThat(search.files()).as("enough to search").isGreaterThanOrEqualTo(LEAST_FILES);
    assertThat(search.bytes()).as("enough to search").isGreaterThanOrEqualTo(LEAST_BYTES);
    if (Boolean.getBoolean("oosh.endurance")) {
      for (String screens : List.of("crash", "fault")) {
        assertThat(SecretLeakFixture.FOLDER.resolve(screens).resolve("screens"))
            .as("what the test of that name saw")
            .isNotEmptyFile();
      }
      assertThat(SecretLeakFixture.FOLDER.resolve("crash/home/journal.mv.db")).exists();
    } else {
      assertThat(SecretLeakFixture.FOLDER.resolve("verbs")).isNotEmptyDirectory();
    }
  }
}
