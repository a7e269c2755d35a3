package oosh.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import oosh.rollout.Interrupted;
import oosh.rollout.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Which database holds the journal, and where its password comes from. The password itself stands
 * neither here nor in the address.
 *
 * @param url as the driver takes it; null for the file in the state folder
 * @param passwordFile a file that nobody else can read; null for none
 * @param passwordCommand an argument list whose first is an absolute file name; empty for none
 */
public record JournalSettings(
    @Nullable String url, @Nullable Path passwordFile, List<String> passwordCommand) {
  public static final JournalSettings NONE = new JournalSettings(null, null, List.of());

  /** The variable with an address. */
  public static final String VARIABLE = "OOSH_JOURNAL";

  private static final int READABLE_BY_OTHERS = 077;
  private static final int MOST_BYTES = 4096;
  private static final Duration WITHIN = Duration.ofSeconds(10);

  public JournalSettings {
    passwordCommand = List.copyOf(passwordCommand);
  }

  /**
   * These, with the address of the environment in place of the config file's; {@code no} there is
   * the file in the state folder.
   */
  public JournalSettings or(Map<String, String> env) {
    String named = env.getOrDefault(VARIABLE, "");
    return named.isEmpty()
        ? this
        : named.equals("no") ? NONE : new JournalSettings(named, passwordFile, passwordCommand);
  }

  /** Where the address was said. */
  public String source(Map<String, String> env) {
    return env.getOrDefault(VARIABLE, "").isEmpty() ? "journal.url" : VARIABLE;
  }

  /**
   * The password; null where the driver is to look into {@code PGPASSFILE}, or none is needed.
   *
   * @param pgpass the file of {@code PGPASSFILE}, or the usual one
   * @throws Problem REFUSED if others can read a file with it, or it cannot be had
   */
  public @Nullable String password(@Nullable Path pgpass) {
    if (passwordFile != null) {
      requireSecret(passwordFile);
      String name = "the file of journal.password-file";
      return TrustedFile.read(name, passwordFile, MOST_BYTES)
          .map(text -> text.lines().findFirst().orElse(""))
          .orElseThrow(
              () ->
                  Problem.refused(
                      "cannot read the password of the journal",
                      "there is no file " + passwordFile,
                      "write it there, chmod 600"));
    }
    if (!passwordCommand.isEmpty()) {
      return printed();
    }
    if (pgpass != null) {
      requireSecret(pgpass);
    }
    return null;
  }

  private static void requireSecret(Path file) {
    try {
      int mode = (Integer) Files.getAttribute(file, "unix:mode");
      if ((mode & READABLE_BY_OTHERS) != 0) {
        throw Problem.refused(
            "cannot use the password of the journal",
            "other users can read " + file,
            "chmod 600 " + file);
      }
    } catch (IOException | UnsupportedOperationException e) {
      // Where it is missing, who wants it says so; elsewhere there are no such modes.
      return;
    }
  }

  private String printed() {
    String name = "journal.password-command";
    BoundedProgram.Ended ended;
    try {
      ended = BoundedProgram.of(name, passwordCommand).run(Map.of(), "", WITHIN, MOST_BYTES);
    } catch (InterruptedException e) {
      throw Interrupted.of("stopped", "Ctrl-C while " + name + " was running", "try again");
    } catch (IOException e) {
      throw Problem.refused(
          "cannot get the password of the journal",
          name + " cannot be started",
          "run " + passwordCommand.get(0) + " by hand");
    }
    String printed =
        new String(ended.output(), StandardCharsets.UTF_8).lines().findFirst().orElse("");
    if (!ended.isSuccess() || printed.isEmpty()) {
      throw Problem.refused(
          "cannot get the password of the journal",
          name
              + (ended.isSuccess()
                  ? " printed nothing"
                  : ended.exitStatus().map(s -> " ended with status " + s).orElse(" did not end")),
          "run " + passwordCommand.get(0) + " by hand");
    }
    return printed;
  }
}
