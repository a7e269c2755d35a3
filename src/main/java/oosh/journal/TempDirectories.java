package oosh.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders that are only for a while. */
public final class TempDirectories {
  private TempDirectories() {}

  /** For an exit that leaves no time for {@link #delete}; not where the exit has begun already. */
  public static void deleteOnExit(Path path) {
    try {
      path.toFile().deleteOnExit();
    } catch (IllegalStateException exitHasBegun) {
      // It is deleted when the work is done, if there is time for that.
      return;
    }
  }

  /** Deletes a folder and what is in it, as far as that is possible. */
  public static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // It is in the folder for temporary files, where somebody sweeps.
      return;
    }
  }
}
