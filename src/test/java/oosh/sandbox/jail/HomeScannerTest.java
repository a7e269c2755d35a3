package oosh.sandbox.jail;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What scripts have left behind is told, and goes away with the sandbox. */
class HomeScannerTest {
  private static final String LONG = "f".repeat(120);

  @TempDir private Path homes;
  @TempDir private Path home;

  @Test
  void listsEachFileWithAHashOfItsContent() throws Exception {
    Files.createDirectories(home.resolve("web/" + LONG));
    Files.writeString(home.resolve("web/version"), "2.4.1\n");
    Files.writeString(home.resolve("web/" + LONG + "/empty"), "");
    Files.createSymbolicLink(home.resolve("current"), Path.of("web/version"));
    Files.createSymbolicLink(home.resolve("long"), Path.of(LONG));
    Files.createLink(home.resolve("web/same"), home.resolve("web/version"));

    JsonObject before = files();
    assertThat(before.keySet())
        .containsExactly(
            "current",
            "long",
            "web/",
            "web/" + LONG + "/",
            "web/" + LONG + "/empty",
            "web/same",
            "web/version");
    assertThat(before.get("current").getAsString()).isEqualTo("link web/version");
    assertThat(before.get("long").getAsString()).isEqualTo("link " + LONG);

    Files.writeString(home.resolve("web/version"), "2.4.2\n");
    JsonObject after = files();
    assertThat(after.keySet()).isEqualTo(before.keySet());
    assertThat(after).isNotEqualTo(before);
  }

  @Test
  void hashesSparseFilesByTheirContent() throws Exception {
    Path file = home.resolve("holes");
    try (RandomAccessFile holes = new RandomAccessFile(file.toFile(), "rw")) {
      for (int i = 0; i < 40; i++) {
        holes.seek(i * (1L << 20));
        holes.write(i);
      }
    }
    Files.writeString(home.resolve("next"), "x");
    JsonObject before = files();
    assertThat(before.keySet()).containsExactly("holes", "next");
    assertThat(homes.resolve("i-bp1a.tar"))
        .satisfies(a -> assertThat(a.toFile().length()).isLessThan(1 << 20));

    try (RandomAccessFile holes = new RandomAccessFile(file.toFile(), "rw")) {
      holes.setLength(64L << 20);
    }
    assertThat(files().get("holes")).isNotEqualTo(before.get("holes"));
    assertThat(files().get("next")).isEqualTo(before.get("next"));
  }

  @Test
  void saysThatTheListIsCut() throws Exception {
    for (int i = 0; i < 2_000; i++) {
      Files.createFile(home.resolve("f".repeat(240) + i));
    }
    archive();
    JsonObject answer = HomeScanner.of(new Jail(homes, true), Set.of("i-bp1a", "i-bp1b"));

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

    DirectoryCleanup.deleteRecursively(homes.resolve("a"));

    assertThat(homes.resolve("a")).doesNotExist();
  }

  private JsonObject files() throws Exception {
    archive();
    return HomeScanner.of(new Jail(homes, true), Set.of("i-bp1a"))
        .getAsJsonObject("files")
        .getAsJsonObject("i-bp1a");
  }

  /** As the jail makes it. */
  private void archive() throws Exception {
    Process tar =
        new ProcessBuilder("tar", "-cSf", "-", "--format=gnu", "-C", home.toString(), ".")
            .redirectOutput(homes.resolve("i-bp1a.tar").toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(tar.waitFor()).isZero();
  }
}
