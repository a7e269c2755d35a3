package oosh.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where a user's settings are kept, and nowhere else: never in the current folder. */
public final class ConfigFolder {
  private ConfigFolder() {}

  /**
   * {@code $XDG_CONFIG_HOME/oosh}, else {@code ~/.config/oosh}; empty where there is neither. A
   * relative {@code XDG_CONFIG_HOME} does not count (source: XDG Base Directory Specification 0.8).
   *
   * @param home the user's home folder
   */
  public static Optional<Path> of(Map<String, String> env, Optional<Path> home) {
    return absolute(env.getOrDefault("XDG_CONFIG_HOME", ""))
        .or(() -> home.filter(Path::isAbsolute).map(h -> h.resolve(".config")))
        .map(c -> c.resolve("oosh"));
  }

  private static Optional<Path> absolute(String name) {
    try {
      return name.isEmpty()
          ? Optional.empty()
          : Optional.of(Path.of(name)).filter(Path::isAbsolute);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
