package oosh.sandbox.jail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Runs scripts in a jail, as a process that another user may be: its arguments are the scripts. */
public final class JailTry {
  private static final char END = '\0';

  private JailTry() {}

  /** Prints the output of each script, with a NUL behind it. */
  public static void main(String... scripts) throws IOException {
    Path homes = Files.createTempDirectory("oosh-jail");
    try {
      Jail jail = new Jail(homes, true);
      for (String script : scripts) {
        String output = jail.run("i-bp1a", "RunShellScript", script, "", 60_000).output();
        System.out.write((output + END).getBytes(StandardCharsets.UTF_8));
      }
      System.out.flush();
    } finally {
      DirectoryCleanup.deleteRecursively(homes);
    }
  }
}
