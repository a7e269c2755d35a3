package oosh.sandbox.jail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The homes of the instances between two scripts: an archive each, and what is asked of all of them
 * often, which is how large they are and what their services answer.
 */
final class Homes {
  /** The file that says what an instance's service answers; service.pl reads the same. */
  private static final String FILE = "service";

  private static final int WORD_BYTES = 16;
  private static final Pattern WORD = Pattern.compile("\\s*(down|[1-9][0-9]{2})\\s*");
  private static final String SUFFIX = ".tar";

  private final Path folder;

  /** In bytes, by the names of the archives; null until the folder was looked at. */
  private @Nullable Map<String, Long> sizes;

  private final Map<String, String> services = new HashMap<>();

  Homes(Path folder) {
    this.folder = folder;
  }

  /** The archive of a home; it is there once something was left in it. */
  Path archive(String instanceId) {
    return folder.resolve(instanceId + SUFFIX);
  }

  /** An empty file for the archive of a home as it will be. */
  Path next() throws IOException {
    return Files.createTempFile(made(), "after", null);
  }

  private Path made() throws IOException {
    return Files.createDirectories(folder, permissions("rwx------"));
  }

  private static FileAttribute<?> permissions(String permissions) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
  }

  /** Takes an archive as that of a home; an empty one says that the home is empty. */
  synchronized void keep(Path after, String instanceId) throws IOException {
    Path archive = archive(instanceId);
    long size = Files.size(after);
    if (size > 0) {
      Files.move(after, archive, StandardCopyOption.ATOMIC_MOVE);
    } else {
      Files.deleteIfExists(archive);
    }
    sizes().put("" + archive.getFileName(), size);
    services.remove(instanceId);
  }

  /** Bytes that a home may have beside those of all others. */
  synchronized long room(String instanceId) throws IOException {
    String own = "" + archive(instanceId).getFileName();
    long others = -sizes().getOrDefault(own, 0L);
    for (long each : sizes().values()) {
      others += each;
    }
    return Math.max(0, Math.min(JailBounds.KEPT, JailBounds.KEPT_OF_ALL - others));
  }

  private Map<String, Long> sizes() throws IOException {
    if (sizes == null) {
      sizes = new HashMap<>();
      try (Stream<Path> all = Files.list(made())) {
        for (Path each : all.filter(path -> path.toString().endsWith(SUFFIX)).toList()) {
          sizes.put("" + each.getFileName(), each.toFile().length());
        }
      }
    }
    return sizes;
  }

  /** What an instance's service answers by its home's file: up, down, or an HTTP status. */
  synchronized String service(String instanceId) {
    return services.computeIfAbsent(
        instanceId,
        id -> {
          try {
            Path archive = archive(id);
            String said =
                Files.exists(archive) ? HomeArchive.beginning(archive, FILE, WORD_BYTES) : "";
            return WORD.matcher(said).matches() ? said.strip() : Jail.UP;
          } catch (IOException | NumberFormatException unreadable) {
            return Jail.UP;
          }
        });
  }

  /** Writes that file. */
  synchronized void setService(String instanceId, String word) {
    try {
      Path archive = made().resolve(archive(instanceId));
      if (Files.notExists(archive)) {
        Files.createFile(archive, permissions("rw-------"));
      }
      HomeArchive.put(archive, FILE, word + "\n");
      sizes().put("" + archive.getFileName(), Files.size(archive));
      services.remove(instanceId);
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
  }

  synchronized void forget(String instanceId) {
    sweep(archive(instanceId));
    sizes = null;
    services.remove(instanceId);
  }

  synchronized void forgetAll() {
    sweep(folder);
    sizes = null;
    services.clear();
  }

  /** Deletes what is there. */
  static void sweep(Path path) {
    try {
      if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        DirectoryCleanup.deleteRecursively(path);
      }
    } catch (IOException left) {
      throw new UncheckedIOException(left);
    }
  }
}
