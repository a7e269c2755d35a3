package oosh.config;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import oosh.rollout.Problem;
import org.jspecify.annotations.Nullable;

/**
 * A file that only this user (or root) can have written: it belongs to one of the two, nobody else
 * can write to it, and nobody else can put another file in its place, which is asked of every
 * folder above it. A folder where everyone may write and only owners may rename, as {@code /tmp},
 * counts.
 *
 * <p>Of a link both is asked: where it stands, and where it leads.
 */
public final class TrustedFile {
  private static final int WRITABLE_BY_OTHERS = 022;
  private static final int STICKY = 01000;

  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("unix");

  private TrustedFile() {}

  /**
   * What others could have changed about it.
   *
   * @return a {@code why} and what mends it; empty if the file counts, or is not there
   */
  public static Optional<Doubt> doubt(Path file) {
    if (!POSIX) {
      return Optional.empty();
    }
    try {
      Path given = file.toAbsolutePath().normalize();
      if (isAbsent(given)) {
        return Optional.empty();
      }
      // A circle of links fails here.
      Path real = given.toRealPath();
      Doubt first = first(given);
      return Optional.ofNullable(first != null ? first : first(real));
    } catch (IOException e) {
      return Optional.of(new Doubt("who can change it cannot be told", "ls -l " + file));
    }
  }

  /**
   * @param why as {@code other users can write to /opt/hooks}
   * @param mend a command, as {@code chmod go-w /opt/hooks}
   */
  public record Doubt(String why, String mend) {}

  private static @Nullable Doubt first(Path file) throws IOException {
    int us = ourselves();
    for (Path at = file; at != null; at = at.getParent()) {
      int owner = (Integer) Files.getAttribute(at, "unix:uid", LinkOption.NOFOLLOW_LINKS);
      if (owner != us && owner != 0) {
        return new Doubt(at + " belongs to another user", "ls -ld " + at);
      }
      if (Files.isSymbolicLink(at)) {
        // The mode of a link says nothing; where it leads may be changed by others.
        Path target = at.resolveSibling(Files.readSymbolicLink(at)).normalize();
        Doubt behind = first(target);
        if (behind != null) {
          return behind;
        }
        continue;
      }
      int mode = (Integer) Files.getAttribute(at, "unix:mode");
      if ((mode & WRITABLE_BY_OTHERS) != 0 && (at.equals(file) || (mode & STICKY) == 0)) {
        return new Doubt("other users can write to " + at, "chmod go-w " + at);
      }
    }
    return null;
  }

  /**
   * Whether there is no such name, as far as the folders above can be looked at; a link that leads
   * nowhere is a name.
   */
  public static boolean isAbsent(Path file) {
    try {
      Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return false;
    } catch (NoSuchFileException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** The number of this user; not every user has a name, and Linux's own folder is quick to ask. */
  public static int ourselves() throws IOException {
    Path process = Path.of("/proc/self");
    return Files.exists(process)
        ? (Integer) Files.getAttribute(process, "unix:uid")
        : Math.toIntExact(new UnixSystem().getUid());
  }

  /**
   * The file's text; empty if there is no such file.
   *
   * @param name how the user calls it, as {@code the config file}
   * @throws Problem REFUSED if others can change it, it is larger than that, or cannot be read
   */
  public static Optional<String> read(String name, Path file, int mostBytes) {
    // A name that leads nowhere, or cannot be looked at, is not the same as no name.
    if (isAbsent(file)) {
      return Optional.empty();
    }
    String what = "cannot use " + name + " " + file;
    doubt(file)
        .ifPresent(
            d -> {
              throw Problem.refused(what, d.why(), d.mend());
            });
    String look = "ls -l " + file;
    if (!Files.isRegularFile(file)) {
      // Opening a pipe would wait for a writer.
      throw Problem.refused(what, "it is not a regular file", look);
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(mostBytes + 1);
      if (bytes.length > mostBytes) {
        throw Problem.refused(what, "it is larger than " + mostBytes / 1024 + " KiB", look);
      }
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      throw Problem.refused(what, "it is not UTF-8 text", "file " + file);
    } catch (IOException e) {
      throw Problem.refused(what, "it cannot be opened", look);
    }
  }
}
