package oosh.sandbox.jail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import oosh.sandbox.api.Resources;

/**
 * The command that runs a script in its jail. Three things are nested: a user namespace ({@code
 * unshare}) that has a file system of bounded size in the place of /tmp; in it the limits of one
 * process ({@code ulimit}); in them the jail ({@code bwrap}).
 *
 * <p>A launch begins a thousand jails, and a process that is started costs about 1 ms: what the
 * shell or perl can do itself, it does.
 *
 * <p>A sandbox that runs as root runs scripts as {@value #NOBODY}: the kernel's settings below
 * /proc/sys are root's to write, whatever the namespace, and root has no limit of processes.
 */
final class JailCommand {
  /** The user {@code nobody} of every Linux. */
  private static final int NOBODY = 65_534;

  /**
   * Opens the two archives with the rights of the sandbox; the rest runs with fewer. Whatever ends
   * the sandbox ends its scripts.
   */
  private static final String OPENED = Resources.text("scripts/jail-open.sh");

  /** The same in one process, and the mount: beside a script, 8 ms of a core in the place of 13. */
  private static final String OPENED_BY_PERL = Resources.text("scripts/jail-open.pl");

  private static final Path PERL = Path.of("/usr/bin/perl");

  /** The options of the file system in the place of /tmp. */
  private static final String FILE_SYSTEM =
      "size=" + JailBounds.SPACE + ",nr_inodes=" + JailBounds.FILES + ",mode=700";

  /** What {@code ulimit} counts the size of files in. */
  private static final int BLOCK = 512;

  /**
   * Beside the jail, out of a script's reach: makes the home from its archive, and the archive from
   * the home. Standard input is the script, 3 and 5 are the archives, and what becomes of the home
   * is said on standard error, which no script has. At most two more user namespaces can be made:
   * bubblewrap needs both. What the jail makes of its own cannot be written: no bound holds in
   * those directories.
   */
  private static final String AROUND =
      String.format(
          Resources.text("scripts/jail-around.sh"),
          FILE_SYSTEM,
          JailBounds.FILE / BLOCK,
          JailBounds.ADDRESSES / 1024,
          JailBounds.PROCESSES,
          JailBounds.OPEN_FILES);

  /** What is said where the archive of the home is whole. */
  static final String KEPT = "kept";

  /** The same, where the service was asked for and nothing can run it. */
  static final String KEPT_WITHOUT_SERVICE = "kept, and no perl for the service";

  /** How what is said begins where a script has run, but its home stays as it was before. */
  static final String NOT_KEPT = "not kept:";

  private JailCommand() {}

  /**
   * The whole command; the script is to be written to its standard input.
   *
   * @param before the archive of the home as it is; any empty file for none
   * @param after the file for the archive of the home as it will be; it stays empty if that is
   * @param kept bytes that the archive may have
   * @param directory where the script runs; "" for its home, and below it unless it begins with /
   * @param service the program of the instance's service; "" where it is not to be there
   */
  static List<String> of(
      String hostname,
      Path before,
      Path after,
      long kept,
      String directory,
      String service,
      List<String> interpreter)
      throws IOException {
    boolean perl = Files.isExecutable(PERL);
    return of(perl, hostname, before, after, kept, directory, service, interpreter);
  }

  /**
   * @param perl whether perl opens the jail, or the shell
   */
  static List<String> of(
      boolean perl,
      String hostname,
      Path before,
      Path after,
      long kept,
      String directory,
      String service,
      List<String> interpreter)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.addAll(
        perl ? List.of(PERL.toString(), "-e", OPENED_BY_PERL) : List.of("sh", "-c", OPENED));
    command.addAll(List.of(before.toAbsolutePath().toString(), after.toAbsolutePath().toString()));
    if (perl) {
      command.addAll(List.of(isRoot() ? "" + NOBODY : "", FILE_SYSTEM, AROUND));
      command.addAll(SystemCalls.ofTheJail());
    } else {
      String user = "--reuid=%1$d --regid=%1$d --clear-groups".formatted(NOBODY);
      command.addAll(List.of(isRoot() ? user : "", AROUND));
    }
    command.add(perl ? "yes" : "no");
    String within = directory.startsWith("/") ? directory : "/root/" + directory;
    command.addAll(List.of("" + kept / BLOCK, SystemCalls.FILTER, hostname, within));
    command.add(service);
    command.addAll(interpreter);
    return command;
  }

  static boolean isRoot() throws IOException {
    return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
  }
}
