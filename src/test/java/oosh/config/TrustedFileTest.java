package oosh.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import oosh.rollout.Problem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustedFileTest {
  @TempDir Path temporary;
  private Path folder;
  private Path file;

  @BeforeEach
  void make() throws IOException {
    folder = mode(Files.createDirectory(temporary.toRealPath().resolve("folder")), "rwxr-xr-x");
    file = mode(Files.writeString(folder.resolve("file"), "text"), "rw-r--r--");
  }

  private static Path mode(Path path, String mode) throws IOException {
    return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  @Test
  void aFileOfTheUsersCounts() {
    assertThat(TrustedFile.doubt(file)).isEmpty();
    assertThat(TrustedFile.doubt(Path.of("/usr/bin/env"))).isEmpty();
    assertThat(TrustedFile.read("the file", file, 10)).contains("text");
  }

  @Test
  void oneThatIsNotThereIsNoDoubtAndNoText() {
    assertThat(TrustedFile.doubt(folder.resolve("none"))).isEmpty();
    assertThat(TrustedFile.read("the file", folder.resolve("none"), 10)).isEmpty();
  }

  /** What stood there would go missing unsaid. */
  @Test
  void aLinkThatLeadsNowhereIsNoAbsence() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("gone"));
    assertThatThrownBy(() -> TrustedFile.read("the file", link, 10)).isInstanceOf(Problem.class);
    Path circle = Files.createSymbolicLink(folder.resolve("circle"), folder.resolve("circle"));
    assertThatThrownBy(() -> TrustedFile.read("the file", circle, 10)).isInstanceOf(Problem.class);
  }

  @Test
  void oneThatOthersCanWriteDoesNot() throws IOException {
    mode(file, "rw-r--rw-");
    assertThat(TrustedFile.doubt(file))
        .contains(new TrustedFile.Doubt("other users can write to " + file, "chmod go-w " + file));
    assertThatThrownBy(() -> TrustedFile.read("the file", file, 10))
        .isInstanceOf(Problem.class)
        .hasMessage("cannot use the file " + file + ": other users can write to " + file);
    mode(file, "rw-rw-r--");
    assertThat(TrustedFile.doubt(file)).isNotEmpty();
  }

  @Test
  void norOneInAFolderThatOthersCanWrite() throws IOException {
    mode(folder, "rwxrwxr-x");
    assertThat(TrustedFile.doubt(file).orElseThrow().why())
        .isEqualTo("other users can write to " + folder);
  }

  @Test
  void norOneOfAnotherUser() throws IOException {
    if (TrustedFile.ourselves() != 0) {
      return; // Only root can give a file away.
    }
    Files.setAttribute(file, "unix:uid", 4711);
    assertThat(TrustedFile.doubt(file).orElseThrow().why())
        .isEqualTo(file + " belongs to another user");
  }

  /** The names on the way are not asked for their mode, but for whom they belong to. */
  @Test
  void ofALinkBothEndsAreAsked() throws IOException {
    Path elsewhere = mode(Files.createDirectory(folder.resolveSibling("elsewhere")), "rwxrwxrwx");
    Path second = Files.createSymbolicLink(elsewhere.resolve("second"), file);
    Path first = Files.createSymbolicLink(folder.resolve("first"), second);
    assertThat(TrustedFile.doubt(first).orElseThrow().why())
        .as("the link in between can be exchanged")
        .isEqualTo("other users can write to " + elsewhere);
    mode(elsewhere, "rwxr-xr-x");
    assertThat(TrustedFile.doubt(first)).isEmpty();
    mode(file, "rw-r--rw-");
    assertThat(TrustedFile.doubt(first)).isNotEmpty();
  }

  @Test
  void aCircleOfLinksAndAFileThatIsTooLargeAreRefused() throws IOException {
    Path circle = folder.resolve("a");
    Files.createSymbolicLink(circle, folder.resolve("b"));
    Files.createSymbolicLink(folder.resolve("b"), circle);
    assertThat(TrustedFile.doubt(circle)).isNotEmpty();
    assertThatThrownBy(() -> TrustedFile.read("the file", file, 3))
        .hasMessageContaining("it is larger than");
    assertThatThrownBy(() -> TrustedFile.read("the file", folder, 3))
        .hasMessageContaining("it is not a regular file");
  }
}
