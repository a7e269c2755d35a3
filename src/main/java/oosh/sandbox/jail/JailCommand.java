package oosh.sandbox.jail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import oosh.sandbox.api.Resources;

/**
 * The command that runs a script in its jail. Three things are nested: a user namespace ({@code
 * unshare}) that has a file system of bounded size in the place of /tmp; in it the limits of one
 * process ({@code prlimit}); in them the jail ({@code bwrap}).
 *
 * <p>A sandbox that runs as root runs scripts as {@value #NOBODY}: the kernel's settings below
 * /proc/sys are root's to write, whatever the namespace, and root has no limit of processes.
 */
final class JailCommand {
  /** The directory that scripts find as their home. */
  static final String HOME = "/root";

  /** The user {@code nobody} of every Linux. */
  private static final int NOBODY = 65_534;

  /** Opens the two archives with the rights of the sandbox; the rest runs with fewer. */
  private static final String OPENED = Resources.text("scripts/jail-open.sh");

  /**
   * Beside the jail, out of a script's reach: makes the home from its archive, and the archive from
   * the home. Standard input is the script, 3 and 5 are the archives, and what becomes of the home
   * is said on standard error, which no script has. At most two more user namespaces can be made:
   * bubblewrap needs both.
   */
  private static final String AROUND = Resources.text("scripts/jail-around.sh");

  /** What is said where the archive of the home is whole. */
  static final String KEPT = "kept";

  /** How what is said begins where a script has run, but its home stays as it was before. */
  static final String NOT_KEPT = "not kept:";

  private JailCommand() {}

  /**
   * The whole command; the script is to be written to its standard input.
   *
   * @param before the archive of the home as it is; any empty file for none
   * @param after the file for the archive of the home as it will be; it stays empty if that is
   * @param kept bytes that the archive may have
   */
  static List<String> of(
      String hostname,
      Path before,
      Path after,
      long kept,
      String directory,
      List<String> interpreter)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("sh", "-c", OPENED));
    command.addAll(List.of(before.toAbsolutePath().toString(), after.toAbsolutePath().toString()));
    // Whatever ends the sandbox ends its scripts.
    command.addAll(List.of("setpriv", "--pdeathsig", "KILL", "--inh-caps=-all"));
    if (isRoot()) {
      command.addAll(List.of("--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
    }
    command.addAll(List.of("unshare", "--user", "--map-root-user", "--mount"));
    command.addAll(List.of("sh", "-c", AROUND, "oosh-jail"));
    command.addAll(List.of("" + JailBounds.FILES, "" + JailBounds.SPACE, "" + kept));
    command.add(SystemCalls.filter());
    command.addAll(limits());
    command.addAll(walls(hostname));
    command.addAll(List.of("--", "/bin/sh", "-c", "cd \"$0\" || exit 1; exec \"$@\" /script"));
    command.add(directory.isEmpty() ? HOME : directory);
    command.addAll(interpreter);
    return command;
  }

  static boolean isRoot() throws IOException {
    return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
  }

  private static List<String> limits() {
    return List.of(
        "prlimit",
        "--as=" + JailBounds.ADDRESSES,
        "--fsize=" + JailBounds.FILE,
        "--nproc=" + JailBounds.PROCESSES,
        "--nofile=" + JailBounds.OPEN_FILES,
        "--msgqueue=0",
        "--memlock=0",
        "--core=0",
        "--");
  }

  private static List<String> walls(String hostname) {
    List<String> command = new ArrayList<>(List.of("bwrap", "--unshare-all", "--die-with-parent"));
    command.addAll(List.of("--new-session", "--hostname", hostname, "--seccomp", "6"));
    command.addAll(List.of("--uid", "1000", "--gid", "1000", "--cap-drop", "ALL"));
    command.addAll(List.of("--ro-bind", "/usr", "/usr", "--proc", "/proc", "--dev", "/dev"));
    for (String name : List.of("bin", "sbin", "lib", "lib32", "lib64", "libx32")) {
      Path path = Path.of("/", name);
      if (Files.isSymbolicLink(path)) {
        command.addAll(List.of("--symlink", "usr/" + name, "/" + name));
      } else if (Files.isDirectory(path)) {
        command.addAll(List.of("--ro-bind", "/" + name, "/" + name));
      }
    }
    for (String name : List.of("/etc/alternatives", "/etc/ld.so.cache")) {
      command.addAll(List.of("--ro-bind-try", name, name));
    }
    command.addAll(List.of("--bind", "/tmp/home", HOME, "--bind", "/tmp/tmp", "/tmp"));
    command.addAll(List.of("--bind", "/tmp/shm", "/dev/shm", "--ro-bind-data", "4", "/script"));
    // What the jail makes of its own cannot be written: no bound holds in those directories.
    Stream.of("/dev", "/proc", "/").forEach(on -> command.addAll(List.of("--remount-ro", on)));
    command.addAll(List.of("--clearenv", "--setenv", "HOME", HOME, "--setenv", "LANG", "C.UTF-8"));
    command.addAll(List.of("--setenv", "PATH", "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"));
    command.addAll(List.of("--chdir", HOME));
    return command;
  }
}
