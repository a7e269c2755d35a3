package oosh.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What scripts have left behind is told, and goes away with the sandbox. */
class HomeFilesTest {
  @TempDir private Path homes;

  @Test
  void tellsEachFileByAPrintOfWhatIsInIt() throws IOException {
    Path home = homes.resolve("i-bp1a");
    Files.createDirectories(home.resolve("web"));
    Files.writeString(home.resolve("web/version"), "2.4.1\n");
    Files.createSymbolicLink(home.resolve("current"), Path.of("web/version"));

    JsonObject before = files("i-bp1a");
    assertThat(before.keySet()).containsExactly("current", "web/", "web/version");
    assertThat(before.get("current").getAsString()).isEqualTo("link web/version");

    Files.writeString(home.resolve("web/version"), "2.4.2\n");
    assertThat(files("i-bp1a").get("web/version")).isNotEqualTo(before.get("web/version"));
  }

  @Test
  void saysThatThereAreMoreThanItTells() throws IOException {
    Path home = Files.createDirectories(homes.resolve("i-bp1a"));
    for (int i = 0; i < 2_000; i++) {
      Files.createFile(home.resolve("f".repeat(240) + i));
    }
    JsonObject answer = HomeFiles.of(homes, Set.of("i-bp1a", "i-bp1b"));

    assertThat(answer.get("more").getAsBoolean()).isTrue();
    assertThat(answer.toString().length()).isLessThan(600_000);
    assertThat(answer.getAsJsonObject("files").keySet()).containsExactly("i-bp1a");
  }

  @Test
  void sweepsWhatAScriptHasShut() throws IOException {
    Path shut = homes.resolve("a/b");
    Files.createDirectories(shut.resolve("c"));
    Files.writeString(shut.resolve("file"), "x");
    Files.setPosixFilePermissions(shut, PosixFilePermissions.fromString("---------"));

    Sweeping.away(homes.resolve("a"));

    assertThat(homes.resolve("a")).doesNotExist();
  }

  private JsonObject files(String instance) {
    return HomeFiles.of(homes, Set.of(instance)).getAsJsonObject("files").getAsJsonObject(instance);
  }
}
