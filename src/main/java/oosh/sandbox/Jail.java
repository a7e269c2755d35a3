package oosh.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs a shell script as if on an instance, in a bubblewrap jail: no network, no home, a system
 * that can only be read, the instance's id as host name, and one directory of its own that lasts.
 * Where bubblewrap is missing or does not work, nothing runs, and the output says so.
 */
final class Jail {
  /** Cloud Assistant keeps 24 KB of output and tells in {@code Dropped} how much it cut. */
  static final int MAX_OUTPUT = 24 * 1024;

  static final String NOT_INSTALLED =
      "(not run: bubblewrap is not installed; the sandbox runs scripts only in a jail)\n";
  static final String NOT_WANTED = "(not run: the sandbox was told to run no scripts)\n";
  static final String NOT_SHELL = "(not run: the sandbox has no Windows to run it on)\n";

  private static final String HOME = "/root";

  private final Path instances;
  private final boolean wanted;
  private @Nullable Boolean works;

  /**
   * Keeps one directory an instance below the given one.
   *
   * @param wanted whether scripts are to be run at all
   */
  Jail(Path instances, boolean wanted) {
    this.instances = instances;
    this.wanted = wanted;
  }

  /** Where the directories are that scripts find as their home, each by its instance's id. */
  Path homes() {
    return instances;
  }

  /** Takes away what scripts have left on an instance: its disk was replaced. */
  void forget(String instanceId) {
    try {
      Sweeping.away(instances.resolve(instanceId));
    } catch (IOException left) {
      throw new UncheckedIOException(left);
    }
  }

  synchronized boolean works() {
    Boolean known = works;
    if (known == null) {
      known = wanted && probe();
      works = known;
    }
    return known;
  }

  private static boolean probe() {
    List<String> command = new ArrayList<>(walls("probe"));
    command.addAll(List.of("--", "/bin/sh", "-c", "exit 7"));
    try {
      Process process =
          bare(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.getOutputStream().close();
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return false;
      }
      return process.exitValue() == 7;
    } catch (IOException missing) {
      return false;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Bubblewrap's own environment is to be read in the jail, as that of process 1: it gets none. */
  private static ProcessBuilder bare(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    String path = builder.environment().get("PATH");
    builder.environment().clear();
    if (path != null) {
      builder.environment().put("PATH", path);
    }
    return builder;
  }

  private static List<String> walls(String hostname) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "bwrap",
                "--unshare-all",
                "--die-with-parent",
                "--new-session",
                "--hostname",
                hostname,
                "--uid",
                "1000",
                "--gid",
                "1000",
                "--cap-drop",
                "ALL",
                "--ro-bind",
                "/usr",
                "/usr",
                "--proc",
                "/proc",
                "--dev",
                "/dev",
                "--tmpfs",
                "/tmp"));
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
    command.addAll(
        List.of("--clearenv", "--setenv", "PATH", "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"));
    command.addAll(List.of("--setenv", "HOME", HOME, "--setenv", "LANG", "C.UTF-8"));
    return command;
  }

  /**
   * Runs a script and waits for it; a script that is not for a shell is not run.
   *
   * @param directory where it runs, in the jail; "" for the instance's own directory
   */
  JailResult run(
      String instanceId, String type, String script, String directory, long timeoutMillis) {
    if (!type.equals("RunShellScript")) {
      return new JailResult(0, NOT_SHELL, 0, false);
    }
    if (!works()) {
      return new JailResult(0, wanted ? NOT_INSTALLED : NOT_WANTED, 0, false);
    }
    Path file = null;
    try {
      Path home =
          Files.createDirectories(
              instances.resolve(instanceId),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      file = Files.createTempFile(instances, "script", ".sh");
      Files.writeString(file, script);
      return run(command(instanceId, home, file, directory, script), timeoutMillis);
    } catch (IOException trouble) {
      return new JailResult(126, "(not run: " + trouble.getMessage() + ")\n", 0, false);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return new JailResult(130, "(stopped with the sandbox)\n", 0, true);
    } finally {
      delete(file);
    }
  }

  private static List<String> command(
      String id, Path home, Path file, String directory, String script) {
    List<String> command = new ArrayList<>(walls(id));
    command.addAll(List.of("--bind", home.toAbsolutePath().toString(), HOME, "--chdir", HOME));
    command.addAll(List.of("--ro-bind", file.toAbsolutePath().toString(), "/script"));
    // The directories of the system that the jail makes for its mounts cannot be written either.
    command.addAll(List.of("--remount-ro", "/"));
    command.add("--");
    // 1 GiB of memory, 200 MiB a file; the number of processes is bound by the time limit only.
    command.addAll(
        List.of(
            "/bin/sh",
            "-c",
            "cd \"$0\" || exit 1; ulimit -v 1048576 -f 409600 2>/dev/null; exec \"$@\" /script",
            directory.isEmpty() ? HOME : directory));
    command.addAll(interpreter(script));
    return command;
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

  private static JailResult run(List<String> command, long timeoutMillis)
      throws IOException, InterruptedException {
    Process process = bare(command).redirectErrorStream(true).start();
    try {
      process.getOutputStream().close();
      Drain drain = new Drain(process.getInputStream());
      Thread reader = new Thread(drain, "oosh-sandbox-output");
      reader.setDaemon(true);
      reader.start();
      boolean ended = process.waitFor(timeoutMillis, TimeUnit.MILLISECONDS);
      if (!ended) {
        process.destroyForcibly().waitFor();
      }
      reader.join(5_000);
      return drain.result(ended ? process.exitValue() : -1, !ended);
    } finally {
      process.destroyForcibly();
    }
  }

  private static void delete(@Nullable Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException left) {
      throw new UncheckedIOException(left);
    }
  }

  /** Keeps the beginning, counts the rest, and never stops reading. */
  private static final class Drain implements Runnable {
    private final InputStream in;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private int dropped;

    Drain(InputStream in) {
      this.in = in;
    }

    @Override
    public void run() {
      byte[] buffer = new byte[8192];
      try (in) {
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          take(buffer, n);
        }
      } catch (IOException ended) {
        take(buffer, 0);
      }
    }

    private synchronized void take(byte[] buffer, int n) {
      int room = Math.min(n, MAX_OUTPUT - kept.size());
      kept.write(buffer, 0, room);
      dropped += n - room;
    }

    synchronized JailResult result(int exitCode, boolean timedOut) {
      String text = kept.toString(StandardCharsets.UTF_8);
      return new JailResult(exitCode, text, dropped, timedOut);
    }
  }
}
