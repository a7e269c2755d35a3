package oosh.shell;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A new file of lines that gets its name when it is whole. Until then it stands beside that name as
 * {@code .oosh-PID.part}, for its owner only; what a killed oosh has left there is swept by the
 * next one that writes into the folder.
 */
public final class WholeFile implements Closeable {
  private static final String BEGINS = ".oosh-";
  private static final String ENDS = ".part";

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
   * @throws FileAlreadyExistsException if there is one of that name
   */
  public static WholeFile begin(Path file) throws IOException {
    refuseExisting(file);
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new FileAlreadyExistsException(file.toString());
    }
    sweep(folder);
    Path part = folder.resolve(BEGINS + ProcessHandle.current().pid() + ENDS);
    Files.deleteIfExists(part);
    boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    Files.createFile(
        part,
        posix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0]);
    return new WholeFile(file, part);
  }

  private static void refuseExisting(Path file) throws IOException {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(file.toString());
    }
  }

  /** What cannot be swept, or looked for, is in nobody's way. */
  private static void sweep(Path folder) {
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, BEGINS + "*" + ENDS)) {
      for (Path left : parts) {
        String name = String.valueOf(left.getFileName());
        String pid = name.substring(BEGINS.length(), name.length() - ENDS.length());
        if (pid.matches("\\d{1,10}") && ProcessHandle.of(Long.parseLong(pid)).isEmpty()) {
          delete(left);
        }
      }
    } catch (IOException | DirectoryIteratorException unreadable) {
      return;
    }
  }

  private static void delete(Path left) {
    try {
      Files.deleteIfExists(left);
    } catch (IOException anothers) {
      return;
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
    refuseExisting(file);
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
