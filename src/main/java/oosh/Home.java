package oosh;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import oosh.rollout.Problem;

/**
 * The folder of what oosh keeps: {@code $OOSH_HOME}, else {@code $XDG_STATE_HOME/oosh}, else {@code
 * ~/.local/state/oosh}. For its owner only.
 */
record Home(Path folder) {
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  static Home of(Map<String, String> env) {
    String own = env.getOrDefault("OOSH_HOME", "");
    String state = env.getOrDefault("XDG_STATE_HOME", "");
    try {
      Path folder =
          !own.isEmpty()
              ? Path.of(own)
              : !state.isEmpty()
                  ? Path.of(state, "oosh")
                  : Path.of(System.getProperty("user.home"), ".local", "state", "oosh");
      return new Home(folder.toAbsolutePath());
    } catch (InvalidPathException e) {
      throw Problem.usage(
          "OOSH_HOME is no folder's name", "it cannot be a path", "unset OOSH_HOME");
    }
  }

  /** Makes the folder if need be. */
  Home ready() {
    try {
      Files.createDirectories(folder, ownerOnly("rwx------"));
      return this;
    } catch (FileAlreadyExistsException e) {
      throw unusable("it is a file, not a folder");
    } catch (IOException e) {
      throw unusable("it cannot be created");
    }
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  /** The file, made empty and for the owner only if it is not there yet. */
  Path ownFile(String name) {
    Path file = folder.resolve(name);
    try {
      Files.createFile(file, ownerOnly("rw-------"));
    } catch (FileAlreadyExistsException e) {
      return file;
    } catch (IOException e) {
      throw unusable("files in it cannot be written");
    }
    return file;
  }

  private Problem unusable(String why) {
    return Problem.refused(
        "oosh has no place for its journal: " + folder, why, "OOSH_HOME=/another/folder ./oosh");
  }

  static FileAttribute<?>[] ownerOnly(String permissions) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
