package oosh.sandbox.jail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Folders for temporary files, for their owner only. Each has its process in its name, {@code
 * oosh-check-4711-1764360000-4026531836-…}: the number, the second it began, and the namespace that
 * the number is of. What a killed process has left is swept when the next folder is made.
 */
public final class TemporaryFolder {
  private static final Pattern NAME = Pattern.compile("oosh-[a-z]+-(\\d+)-(\\d+)-(\\d+)-\\d+");

  /** The start of a process is measured with a clock that is corrected now and then. */
  private static final long SAME_BEGINNING_SECONDS = 2;

  private TemporaryFolder() {}

  /**
   * Makes a folder, and sweeps.
   *
   * @param purpose small letters
   */
  public static Path create(String purpose) throws IOException {
    ProcessHandle me = ProcessHandle.current();
    String prefix = String.join("-", "oosh", purpose, "" + me.pid(), "" + began(me), namespace());
    Path made = Files.createTempDirectory(prefix + "-");
    sweep(made);
    return made;
  }

  private static void sweep(Path made) {
    Path parent = made.toAbsolutePath().getParent();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(parent, "oosh-*")) {
      for (Path each : all) {
        if (isLeft(each) && isOfTheOwnerOf(made, each)) {
          DirectoryCleanup.deleteRecursively(each);
        }
      }
    } catch (IOException | UncheckedIOException | DirectoryIteratorException left) {
      // Another is sweeping it, too; or the next one tries again.
      return;
    }
  }

  private static boolean isLeft(Path folder) {
    Matcher name = NAME.matcher(String.valueOf(folder.getFileName()));
    if (!name.matches() || !name.group(3).equals(namespace())) {
      return false;
    }
    Optional<ProcessHandle> process =
        ProcessHandle.of(Long.parseLong(name.group(1))).filter(ProcessHandle::isAlive);
    return process.isEmpty()
        || Math.abs(began(process.get()) - Long.parseLong(name.group(2))) > SAME_BEGINNING_SECONDS;
  }

  private static boolean isOfTheOwnerOf(Path made, Path folder) throws IOException {
    return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
        && Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(made));
  }

  /** In seconds since 1970; 0 where the system does not say. */
  private static long began(ProcessHandle process) {
    return process.info().startInstant().map(Instant::getEpochSecond).orElse(0L);
  }

  /** Another container can have processes with equal numbers, and share /tmp. */
  private static String namespace() {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString().replaceAll("\\D", "");
    } catch (IOException | UnsupportedOperationException elsewhere) {
      return "0";
    }
  }
}
