package oosh.shell;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/**
 * A new file of lines that gets its name when it is whole. Until then it is beside that name as
 * {@code .NAME.part}, for its owner only; what a killed oosh has left there is replaced.
 */
public final class WholeFile implements Closeable {
  private final Path file;
  private final Path part;
  private final FileOutputStream stream;
  private final Writer out;

  private WholeFile(Path file, Path part) throws IOException {
    this.file = file;
    this.part = part;
    this.stream = new FileOutputStream(part.toFile());
    this.out = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
  }

  /**
   * Begins the file.
   *
   * @throws FileAlreadyExistsException if there is a file of that name
   */
  public static WholeFile begin(Path file) throws IOException {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(file.toString());
    }
    Path part = file.toAbsolutePath().resolveSibling("." + file.getFileName() + ".part");
    makeForOwner(part, StandardCopyOption.REPLACE_EXISTING);
    return new WholeFile(file, part);
  }

  /**
   * Makes an empty file that only its owner can read: so are the temporary files of the JDK.
   *
   * @throws FileAlreadyExistsException if there is a file of that name that is not to be replaced
   */
  public static void makeForOwner(Path file, StandardCopyOption... options) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new FileAlreadyExistsException(file.toString());
    }
    Path made = Files.createTempFile(folder, ".oosh", null);
    try {
      Files.move(made, file, options);
    } finally {
      Files.deleteIfExists(made);
    }
  }

  /** Writes a file for its owner only, in place of the one that is there: all of it or nothing. */
  public static void replace(Path file, String text) throws IOException {
    Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), file + " is a root");
    Path written = Files.createTempFile(folder, ".oosh", null);
    try {
      Files.writeString(written, text);
      Files.move(
          written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(written);
    }
  }

  public void line(String line) throws IOException {
    out.write(line);
    out.write('\n');
  }

  /** Gives the file its name; all of it is on the disk then. */
  public void finish() throws IOException {
    out.flush();
    stream.getFD().sync();
    Files.move(part, file);
  }

  @Override
  public void close() throws IOException {
    try {
      stream.close();
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
