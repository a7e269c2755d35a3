package oosh.sandbox.jail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/** Takes a folder away with all that scripts have left in it, closed directories too. */
public final class DirectoryCleanup {
  private DirectoryCleanup() {}

  public static void deleteRecursively(Path path) throws IOException {
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      // A script may have taken its own rights away.
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
      List<Path> within;
      try (Stream<Path> files = Files.list(path)) {
        within = files.toList();
      }
      for (Path each : within) {
        deleteRecursively(each);
      }
    }
    Files.deleteIfExists(path);
  }
}
