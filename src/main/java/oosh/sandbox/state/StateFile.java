package oosh.sandbox.state;

import com.google.gson.JsonParseException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import oosh.sandbox.api.WireJson;
import org.jspecify.annotations.Nullable;

/** The state on disk, in one file that is always whole and readable by its owner only. */
public final class StateFile {
  /** In characters. */
  private static final int BUFFER = 1 << 16;

  private final Path path;

  public StateFile(Path path) {
    this.path = path;
  }

  /** The kept state; null when there is none, or when it was damaged and has been put aside. */
  public @Nullable SandboxState load(long now) {
    if (!Files.exists(path)) {
      return null;
    }
    try {
      SandboxState state = read();
      if (state != null && state.format == 1 && !state.groups.isEmpty()) {
        return state;
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
        "oosh sandbox: the damaged state is kept as "
            + aside
            + "; the sandbox starts with a new one.");
    return null;
  }

  private @Nullable SandboxState read() throws IOException {
    try (Reader json =
        new InputStreamReader(
            new GZIPInputStream(Files.newInputStream(path)), StandardCharsets.UTF_8)) {
      return WireJson.GSON.fromJson(json, SandboxState.class);
    }
  }

  /** JSON says each name a thousand times: compressed it is a tenth, and written faster. */
  public void save(SandboxState state) {
    try {
      ByteArrayOutputStream packed = new ByteArrayOutputStream(BUFFER);
      try (Writer out = new OutputStreamWriter(new Fast(packed), StandardCharsets.UTF_8)) {
        WireJson.GSON.toJson(state, out);
      }
      writeWhole(path, packed.toByteArray());
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
  }

  private static final class Fast extends GZIPOutputStream {
    Fast(OutputStream to) throws IOException {
      super(to, BUFFER);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }

  public static void writeWhole(Path path, String text) throws IOException {
    writeWhole(path, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes beside the file, forces it to disk and renames: a reader sees the old or the new. */
  private static void writeWhole(Path path, byte[] content) throws IOException {
    Path absolute = path.toAbsolutePath();
    Path directory = absolute.getParent();
    if (directory != null) {
      Files.createDirectories(directory);
    }
    Path temporary = absolute.resolveSibling(absolute.getFileName() + ".new");
    Files.deleteIfExists(temporary);
    try (FileChannel channel =
        FileChannel.open(
            temporary,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      ByteBuffer left = ByteBuffer.wrap(content);
      while (left.hasRemaining()) {
        channel.write(left);
      }
      channel.force(true);
    }
    Files.move(
        temporary, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
