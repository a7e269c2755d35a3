package oosh;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import oosh.config.TrustedFile;
import oosh.rollout.Problem;
import oosh.sandboxcontrol.SandboxFolder;
import oosh.shell.FileName;

/**
 * The folder of what oosh keeps: {@code $OOSH_HOME}, else {@code $XDG_STATE_HOME/oosh}, else {@code
 * ~/.local/state/oosh}. For its owner only.
 */
record StateDirectory(Path folder) implements SandboxFolder {
  private static final long LONGEST_LOG = 1024 * 1024;

  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  static StateDirectory of(Map<String, String> env) {
    String own = env.getOrDefault("OOSH_HOME", "");
    String state = env.getOrDefault("XDG_STATE_HOME", "");
    try {
      Path folder =
          !own.isEmpty()
              ? FileName.of(own)
              : !state.isEmpty()
                  ? FileName.of(state).resolve("oosh")
                  : FileName.home()
                      .map(h -> h.resolve(".local/state/oosh"))
                      .orElseThrow(StateDirectory::none);
      return new StateDirectory(folder.toAbsolutePath());
    } catch (InvalidPathException e) {
      throw Problem.usage(
          "OOSH_HOME is not a valid folder name", "it cannot be a path", "unset OOSH_HOME");
    }
  }

  private static Problem none() {
    return Problem.refused(
        "oosh has no place for its journal",
        "HOME is not set, and this user has no home folder",
        "OOSH_HOME=/a/folder oosh");
  }

  /** Makes the folder if need be. */
  @Override
  public StateDirectory createIfMissing() {
    try {
      Files.createDirectories(folder, ownerOnly("rwx------"));
      requireOwnerOnly();
      return this;
    } catch (FileAlreadyExistsException e) {
      throw unusable("it is a file, not a folder");
    } catch (IOException e) {
      throw unusable("it cannot be created");
    }
  }

  /** What others can write to, they can put a journal or a sandbox of theirs into. */
  private void requireOwnerOnly() throws IOException {
    if (!POSIX) {
      return;
    }
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(folder);
    if (permissions.contains(PosixFilePermission.GROUP_WRITE)
        || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
      throw Problem.refused(
          "oosh does not keep its journal in " + folder,
          "other users can write to it",
          "chmod go-w " + folder + ", or OOSH_HOME=/another/folder oosh");
    }
    if (!Files.getAttribute(folder, "unix:uid").equals(TrustedFile.ourselves())) {
      throw Problem.refused(
          "oosh does not keep its journal in " + folder,
          "it belongs to another user",
          "OOSH_HOME=/another/folder oosh");
    }
  }

  @Override
  public Path file(String name) {
    return folder.resolve(name);
  }

  /** The file, made empty and for the owner only if it is not there yet. */
  @Override
  public Path ownFile(String name) {
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

  /**
   * The log of that name, for the owner only. One that has grown beyond {@value #LONGEST_LOG} bytes
   * is kept as {@code NAME.old}, in place of the one before, and a new one is begun.
   */
  @Override
  public Path log(String name) {
    Path log = folder.resolve(name);
    try {
      if (Files.size(log) > LONGEST_LOG) {
        Files.move(log, folder.resolve(name + ".old"), StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      // It is not there yet, or another shell was faster.
      return ownFile(name);
    }
    return ownFile(name);
  }

  /** Whether its disk has no room left. */
  @Override
  public boolean full() {
    try {
      return Files.getFileStore(folder).getUsableSpace() == 0;
    } catch (IOException unknown) {
      return false;
    }
  }

  private Problem unusable(String why) {
    return Problem.refused(
        "oosh has no place for its journal: " + folder, why, "OOSH_HOME=/another/folder oosh");
  }

  static FileAttribute<?>[] ownerOnly(String permissions) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
