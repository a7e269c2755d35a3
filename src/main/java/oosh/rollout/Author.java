package oosh.rollout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Who asks, from where.
 *
 * @param user the login name
 * @param pid the process that asks
 */
public record Author(String user, String host, long pid) {
  /** This process. */
  public static Author here() {
    return new Author(
        System.getProperty("user.name", "?"), hostName(), ProcessHandle.current().pid());
  }

  /** This machine's name without asking the network, which may be what is broken. */
  private static String hostName() {
    String named = System.getenv().getOrDefault("HOSTNAME", "");
    if (!named.isEmpty()) {
      return named;
    }
    try {
      String written = Files.readString(Path.of("/etc/hostname")).strip();
      return written.isEmpty() ? "localhost" : written;
    } catch (IOException elsewhere) {
      return "localhost";
    }
  }
}
