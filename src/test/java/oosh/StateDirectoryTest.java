package oosh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import oosh.rollout.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateDirectoryTest {
  @TempDir Path folder;

  @Test
  void makesItForItsOwnerOnly() throws Exception {
    StateDirectory home =
        new StateDirectory(folder.resolve("a/b")).createIfMissing().createIfMissing();

    assertThat(mode(home.folder())).isEqualTo("rwx------");
    assertThat(mode(home.ownFile("commands"))).isEqualTo("rw-------");
    assertThat(home.folder()).isDirectoryNotContaining("glob:**owner*");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwx-w----", "rwxr-x-w-"})
  void refusesAFolderThatOthersCanWriteTo(String mode) throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(mode));

    Problem problem =
        catchThrowableOfType(Problem.class, () -> new StateDirectory(folder).createIfMissing());

    assertThat(problem.why()).isEqualTo("other users can write to it");
    assertThat(problem.next())
        .isEqualTo("chmod go-w " + folder + ", or OOSH_HOME=/another/folder oosh");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThat(new StateDirectory(folder).createIfMissing().folder()).isEqualTo(folder);
  }

  @Test
  void refusesAnotherUsersFolder() throws Exception {
    Path theirs = Files.createDirectory(folder.resolve("theirs"));
    try {
      Files.setAttribute(theirs, "unix:uid", 65_534);
    } catch (java.io.IOException e) {
      assumeTrue(false, "only root can give a folder away");
    }

    Problem problem =
        catchThrowableOfType(Problem.class, () -> new StateDirectory(theirs).createIfMissing());

    assertThat(problem.why()).isEqualTo("it belongs to another user");
  }

  @Test
  void beginsALogAnewOnceItIsLongAndKeepsTheOneBefore() throws Exception {
    StateDirectory home = new StateDirectory(folder.resolve("logs")).createIfMissing();
    Path log = home.log("oosh.log");
    Files.writeString(log, "x".repeat(1024 * 1024));
    assertThat(Files.size(home.log("oosh.log"))).isEqualTo(1024 * 1024);

    Files.writeString(log, "x".repeat(1024 * 1024) + "y");
    assertThat(home.log("oosh.log")).isEmptyFile();
    assertThat(home.file("oosh.log.old")).content().endsWith("xy");
    assertThat(mode(log)).isEqualTo("rw-------");
    assertThat(mode(home.file("oosh.log.old"))).isEqualTo("rw-------");

    Files.writeString(log, "z".repeat(1024 * 1024 + 1));
    assertThat(home.log("oosh.log")).isEmptyFile();
    assertThat(home.file("oosh.log.old")).content().startsWith("zz");
  }

  private static String mode(Path file) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
