package oosh.sandbox.jail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import oosh.sandbox.api.Resources;

/** Whether every bound of the jail holds on this machine, asked from inside. */
final class JailCheck {
  private static final long TIMEOUT_MILLIS = 5_000;

  /** What a machine may say that is busy now; asked again it may say something else. */
  private static final String LATE = "the jail did not begin within 5 s";

  /** Older kernels count the processes of a user together, wherever they run. */
  private static final int COUNTS_BY_NAMESPACE = 5_014;

  /** Says each bound that is missing, and nothing if all hold. */
  private static final String SCRIPT =
      String.format(
          Resources.text("scripts/jail-check.sh"),
          JailBounds.ADDRESSES / 1024,
          JailBounds.FILE / 512,
          JailBounds.PROCESSES);

  /** Whether all bounds have held once. What is missing is asked again: it may be installed. */
  private static boolean works;

  private JailCheck() {}

  /** What is missing, in a sentence; empty if all bounds hold. */
  static synchronized String missing() {
    String missing = works ? "" : asked();
    works = missing.isEmpty();
    return missing;
  }

  private static String asked() {
    if (!Files.exists(Path.of("/proc/self/ns/user"))) {
      return "a jail takes Linux with user namespaces";
    }
    if (!SystemCalls.known()) {
      return "system calls are filtered on x86_64 and aarch64 only";
    }
    if (!Files.exists(Path.of("/proc/thread-self/children"))) {
      return "the memory of a script is measured where /proc names the children of a process";
    }
    Path none = Path.of("/dev/null");
    try {
      if (kernel() < COUNTS_BY_NAMESPACE && !JailCommand.isRoot()) {
        return "before Linux 5.14 the processes of a script can be bounded for root only";
      }
      List<String> command =
          JailCommand.of("check", none, none, JailBounds.KEPT, "", "", List.of("/bin/sh"));
      JailProcess.Ended ended = JailProcess.run(command, SCRIPT, TIMEOUT_MILLIS);
      boolean begun = ended.said().equals(JailCommand.KEPT);
      String said = begun ? ended.result().output() : ended.said();
      if (begun && said.isBlank() && ended.result().exitCode() == 0) {
        return "";
      }
      String first = said.lines().findFirst().orElse(LATE);
      return first.replace("bwrap is not", "bubblewrap (bwrap) is not");
    } catch (IOException trouble) {
      return "" + trouble.getMessage();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return "stopped while the jail was tried";
    }
  }

  /** The version of Linux, 5.14 as 5014. */
  private static int kernel() throws IOException {
    String[] version = Files.readString(Path.of("/proc/sys/kernel/osrelease")).split("\\D+", 3);
    return Integer.parseInt(version[0]) * 1000 + Integer.parseInt(version[1]);
  }
}
