package oosh.sandbox.jail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs a shell script as if on an instance, in a bubblewrap jail: no network, a system that can
 * only be read, the instance's id as host name, and a home of its own that lasts, within {@link
 * JailBounds}. Without any of the bounds no script runs, and the output says so.
 *
 * <p>A home is an archive of {@code tar} between two scripts. Of two scripts that run on an
 * instance at once, the home of the one that ends last is kept.
 */
public final class Jail {
  static final String NOT_WANTED = "the sandbox was told to run no scripts";
  static final String NOT_SHELL = "the sandbox has no Windows to run it on";

  private static final String SHELL_SCRIPT = "RunShellScript";

  private final Path homes;
  private final boolean wanted;

  /**
   * Keeps the home of each instance below the given directory.
   *
   * @param wanted whether scripts are to be run at all
   */
  public Jail(Path homes, boolean wanted) {
    this.homes = homes;
    this.wanted = wanted;
  }

  /** The archive of an instance's home; it is there once a script has left something. */
  Path home(String instanceId) {
    return homes.resolve(instanceId + ".tar");
  }

  /** Takes away what scripts have left on an instance: its disk was replaced. */
  public void forget(String instanceId) {
    sweep(home(instanceId));
  }

  /** Takes away what scripts have left on all instances. */
  public void forgetAll() {
    sweep(homes);
  }

  private static void sweep(Path path) {
    try {
      if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        DirectoryCleanup.deleteRecursively(path);
      }
    } catch (IOException left) {
      throw new UncheckedIOException(left);
    }
  }

  public boolean works() {
    return notRun().isEmpty();
  }

  /** Why no script is run; empty where scripts are run. */
  public String notRun() {
    return wanted ? JailCheck.missing() : NOT_WANTED;
  }

  /**
   * Runs a script and waits for it; a script that is not for a shell is not run.
   *
   * @param directory where it runs, in the jail; "" for the instance's own directory
   */
  public JailResult run(
      String instanceId, String type, String script, String directory, long timeoutMillis) {
    if (!type.equals(SHELL_SCRIPT)) {
      return notRun(0, NOT_SHELL);
    }
    if (!works()) {
      return notRun(0, notRun() + (wanted ? "; the sandbox runs scripts only in a jail" : ""));
    }
    Path after = null;
    try {
      Files.createDirectories(
          homes,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Path before = home(instanceId);
      after = Files.createTempFile(homes, "after", null);
      List<String> command =
          JailCommand.of(
              instanceId,
              Files.exists(before) ? before : after,
              after,
              room(before),
              directory,
              interpreter(script));
      JailProcess.Ended ended = JailProcess.run(command, script, timeoutMillis);
      if (ended.said().equals(JailCommand.KEPT)) {
        keep(after, before);
        return ended.result();
      }
      return withoutItsHome(ended);
    } catch (IOException trouble) {
      return notRun(126, "" + trouble.getMessage());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return new JailResult(130, "(stopped with the sandbox)\n", 0, true);
    } finally {
      if (after != null) {
        sweep(after);
      }
    }
  }

  private static void keep(Path after, Path before) throws IOException {
    if (Files.size(after) > 0) {
      Files.move(after, before, StandardCopyOption.ATOMIC_MOVE);
    } else {
      Files.deleteIfExists(before);
    }
  }

  /** Its home stays as it was: it was never run, was killed before that, or has left too much. */
  private static JailResult withoutItsHome(JailProcess.Ended ended) {
    JailResult result = ended.result();
    if (ended.said().startsWith(JailCommand.NOT_KEPT)) {
      String output = result.output() + "(" + ended.said() + ")\n";
      return new JailResult(126, output, result.dropped(), result.timedOut());
    }
    return result.timedOut() ? result : notRun(126, ended.said());
  }

  private static JailResult notRun(int exitCode, String why) {
    return new JailResult(exitCode, "(not run: " + why + ")\n", 0, false);
  }

  /** Bytes that this home may have beside those of all others. */
  private long room(Path own) throws IOException {
    long others = 0;
    try (Stream<Path> all = Files.list(homes)) {
      for (Path each : all.filter(path -> !path.equals(own)).toList()) {
        others += each.toFile().length();
      }
    }
    return Math.max(0, Math.min(JailBounds.KEPT, JailBounds.KEPT_OF_ALL - others));
  }

  /** What the first line asks for, if it exists; else /bin/sh. */
  private static List<String> interpreter(String script) {
    if (script.startsWith("#!")) {
      String line = script.lines().findFirst().orElse("").substring(2).trim();
      String[] words = line.split("\\s+", 2);
      if (words[0].startsWith("/") && Files.isExecutable(Path.of(words[0]))) {
        return List.of(words);
      }
    }
    return List.of("/bin/sh");
  }
}
