package oosh.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The config file: {@code config} in the folder of settings. */
public final class ConfigFile {
  /** Far more than anybody writes by hand. */
  private static final int MOST_BYTES = 64 * 1024;

  /** The variable that goes on without the file, if it is {@code no}. */
  private static final String SWITCH = "OOSH_CONFIG";

  private ConfigFile() {}

  /**
   * Reads it; nothing is set where there is none.
   *
   * @throws oosh.rollout.Problem REFUSED if others can change the file, or it says what oosh does
   *     not know, with the line and the column
   */
  public static Config read(Map<String, String> env, Optional<Path> folder) {
    if (folder.isEmpty() || env.getOrDefault(SWITCH, "").equals("no")) {
      return Config.EMPTY;
    }
    Path file = folder.get().resolve("config");
    return TrustedFile.read("the config file", file, MOST_BYTES)
        .map(text -> ConfigText.read(file, text, SWITCH + "=no oosh"))
        .orElse(Config.EMPTY);
  }
}
