package oosh.shell.edit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import oosh.rollout.Problem;
import org.jspecify.annotations.Nullable;

/**
 * The user's editor: {@code $VISUAL}, else {@code $EDITOR}, else {@code vi}, read by a shell as git
 * reads them, because both may hold arguments. The text stands in a file for the owner only, in a
 * folder for the owner only: an editor puts its own copies beside the file.
 */
public final class ExternalEditor {
  /** What a shell says of a command that it has not found. */
  private static final int NOT_FOUND = 127;

  private final Path home;
  private final String command;

  /** Runs a program at the terminal. */
  public interface Foreground {
    /**
     * @return the exit status of the program
     */
    int run(List<String> command) throws InterruptedException;
  }

  /** The text after it was edited. */
  public static final class Edited {
    private final Path folder;
    private final Path file;
    private final byte[] text;

    private Edited(Path folder, Path file) throws IOException {
      this.folder = folder;
      this.file = file;
      this.text = Files.readAllBytes(file);
    }

    /** Where the text stands until it is {@link #forget forgotten}. */
    public Path file() {
      return file;
    }

    public byte[] text() {
      return text.clone();
    }

    /** Removes the file, and what the editor has left beside it. */
    public void forget() {
      remove(folder);
    }
  }

  /**
   * @param home the folder of what oosh keeps
   * @param env the variables that name the editor
   */
  public ExternalEditor(Path home, Map<String, String> env) {
    this.home = home;
    this.command = given(env.get("VISUAL")).or(() -> given(env.get("EDITOR"))).orElse("vi");
  }

  private static Optional<String> given(@Nullable String value) {
    return Optional.ofNullable(value).filter(v -> !v.isBlank());
  }

  /**
   * Opens the editor and waits for its end.
   *
   * @param name the file's name, which tells an editor the language
   * @throws Problem REFUSED if the file cannot be written or the editor fails
   */
  public Edited edit(String name, String text, Foreground foreground) throws InterruptedException {
    Path folder = null;
    try {
      folder =
          Files.createTempDirectory(
              home,
              "edit-",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Path file = folder.resolve(name);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, text);
      int status =
          foreground.run(List.of("/bin/sh", "-c", command + " \"$@\"", command, file.toString()));
      if (status != 0) {
        throw Problem.refused(
            "nothing was edited",
            status == NOT_FOUND
                ? "there is no editor \"" + command + "\""
                : "the editor \"" + command + "\" ended with the exit status " + status,
            "EDITOR=nano oosh, or another editor");
      }
      Edited edited = new Edited(folder, file);
      folder = null;
      return edited;
    } catch (IOException e) {
      throw Problem.refused(
          "nothing was edited",
          "a file in " + home + " cannot be written or read",
          "df " + home + " shows whether the disk is full");
    } finally {
      if (folder != null) {
        remove(folder);
      }
    }
  }

  private static void remove(Path folder) {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      // What is left is for the owner only.
      return;
    }
  }
}
