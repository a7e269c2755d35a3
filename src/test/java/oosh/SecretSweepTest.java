package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Runs after the whole suite, and searches what was left below {@link Swept#FOLDER}. */
class SecretSweepTest {
  private static final int LEAST_FILES = 18;
  private static final long LEAST_BYTES = 20_000;

  @Test
  void noFileHoldsAKeyThatWasUsed() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(Swept.FOLDER)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    long bytes = 0;
    List<String> found = new ArrayList<>();
    for (Path file : files) {
      byte[] content = Files.readAllBytes(file);
      bytes += content.length;
      String text = new String(content, StandardCharsets.ISO_8859_1);
      for (String secret : Swept.SEARCHED) {
        if (text.contains(secret)) {
          found.add(secret + " in " + file);
        }
      }
    }
    System.out.println("secret sweep: " + files.size() + " files, " + bytes + " bytes searched");

    assertThat(found).isEmpty();
    assertThat(files).as("enough to search").hasSizeGreaterThanOrEqualTo(LEAST_FILES);
    assertThat(bytes).as("enough to search").isGreaterThanOrEqualTo(LEAST_BYTES);
  }
}
