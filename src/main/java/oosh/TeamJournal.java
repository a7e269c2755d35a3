package oosh;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import oosh.config.JournalSettings;
import oosh.journal.SqlJournal;
import oosh.journal.postgres.PostgresAddress;
import oosh.journal.postgres.PostgresConnection;
import oosh.journal.postgres.PostgresJournal;
import oosh.rollout.notice.NoticeAudience;
import oosh.rollout.record.Initiator;
import oosh.shell.FileName;
import org.jspecify.annotations.Nullable;

/** The wiring of a journal in PostgreSQL; loaded where one is named. */
final class TeamJournal {
  private static final String PASSWORDS = "org.postgresql.pgpassfile";

  private TeamJournal() {}

  /**
   * The journal that the settings name; nothing is connected yet.
   *
   * @param home the state folder, for the copy of this user
   * @param told is told what the journal has to say beside its answers
   */
  static SqlJournal of(
      JournalSettings settings,
      Map<String, String> env,
      Runnable older,
      Path home,
      Consumer<String> told,
      NoticeAudience audience) {
    PostgresAddress address =
        PostgresAddress.of(String.valueOf(settings.url()), settings.source(env));
    Path passwords = passwords(env);
    if (passwords != null) {
      // The driver would look into the home folder of the password file, whatever HOME says.
      System.setProperty(PASSWORDS, passwords.toString());
    }
    Initiator here = Initiator.here();
    return PostgresJournal.withCopy(
        new PostgresConnection(
            address,
            () -> settings.password(passwords),
            "oosh " + here.user() + "@" + here.host() + " " + here.pid(),
            older,
            told),
        home.resolve("team"),
        told,
        audience);
  }

  private static @Nullable Path passwords(Map<String, String> env) {
    String named = env.getOrDefault("PGPASSFILE", "");
    return named.isEmpty()
        ? FileName.home().map(home -> home.resolve(".pgpass")).filter(Files::exists).orElse(null)
        : Path.of(named);
  }
}
