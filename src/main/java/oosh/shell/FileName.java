package oosh.shell;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file as a person names it. A leading {@code ~} is the home folder: in quotes, in a session file
 * and at the prompt no other shell has expanded it.
 */
public final class FileName {
  private FileName() {}

  /**
   * @throws InvalidPathException if that is not a valid file name
   */
  public static Path of(String name) {
    return name.equals("~") || name.startsWith("~/")
        ? home()
            .map(h -> h.resolve(name.substring(Math.min(2, name.length()))))
            .orElse(Path.of(name))
        : Path.of(name);
  }

  /**
   * The person's home folder: {@code $HOME}, else the password file's. Empty if neither names one.
   */
  public static Optional<Path> home() {
    String home = System.getProperty("user.home", "");
    // What the JDK says of a user whom the password file does not list.
    return home.isEmpty() || home.equals("?") ? Optional.empty() : Optional.of(Path.of(home));
  }
}
