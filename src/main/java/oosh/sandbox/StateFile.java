package oosh.sandbox;

import com.google.gson.JsonParseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The world on disk, in one file that is always whole and readable by its owner only. */
final class StateFile {
  private final Path path;

  StateFile(Path path) {
    this.path = path;
  }

  /** The kept world; null when there is none, or when it was damaged and has been put aside. */
  @Nullable World load(long now) {
    if (!Files.exists(path)) {
      return null;
    }
    try {
      World world = WireJson.GSON.fromJson(Files.readString(path), World.class);
      if (world != null && world.format == 1 && !world.groups.isEmpty()) {
        return world.indexed();
      }
    } catch (JsonParseException | IOException damaged) {
      System.err.println("oosh sandbox: " + path + " cannot be read: " + damaged.getMessage());
    }
    Path aside = path.resolveSibling(path.getFileName() + ".damaged-" + now);
    try {
      Files.move(path, aside);
    } catch (IOException stuck) {
      throw new UncheckedIOException(stuck);
    }
    System.err.println(
        "oosh sandbox: the damaged state is kept as " + aside + "; starting afresh.");
    return null;
  }

  void save(World world) {
    try {
      writeWhole(path, WireJson.GSON.toJson(world));
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
  }

  /** Writes beside the file, forces it to disk and renames: a reader sees the old or the new. */
  static void writeWhole(Path path, String text) throws IOException {
    Path absolute = path.toAbsolutePath();
    Path directory = absolute.getParent();
    if (directory != null) {
      Files.createDirectories(directory);
    }
    Path temporary = absolute.resolveSibling(absolute.getFileName() + ".new");
    Files.deleteIfExists(temporary);
    Set<StandardOpenOption> options =
        EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel channel =
        FileChannel.open(
            temporary,
            options,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(
        temporary, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
