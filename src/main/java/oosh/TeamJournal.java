package oosh;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import oosh.config.JournalSettings;
import oosh.journal.SqlJournal;
import oosh.journal.postgres.PostgresAddress;
import oosh.journal.postgres.PostgresConnection;
import oosh.journal.postgres.PostgresJournal;
import oosh.journal.transfer.SqlJournalArchive;
import oosh.rollout.notice.NoticeAudience;
import oosh.rollout.record.Initiator;
import oosh.rollout.record.JournalArchive;
import oosh.shell.FileName;
import org.jspecify.annotations.Nullable;

/** The wiring of a journal in PostgreSQL; loaded where one is named. */
final class TeamJournal {
  private static final String COPY = "team";
  private static final String PASSWORDS = "org.postgresql.pgpassfile";

  private TeamJournal() {}

  /**
   * The journal that the settings name; nothing is connected yet.
   *
   * @param own this machine's clock
   * @param home the state folder, for the copy of this user
   * @param told is told what the journal has to say beside its answers
   */
  static SqlJournal of(
      JournalSettings settings,
      Map<String, String> env,
      InstantSource own,
      Runnable older,
      Path home,
      Consumer<String> told,
      NoticeAudience audience) {
    return PostgresJournal.withCopy(
        connection(settings, env, own, older, told), home.resolve(COPY), told, audience);
  }

  /** The folder with what this user has read of that journal; empty where nothing was. */
  static Optional<Path> copy(JournalSettings settings, Map<String, String> env, Path home) {
    Path folder = home.resolve(COPY);
    PostgresAddress address =
        PostgresAddress.of(String.valueOf(settings.url()), settings.source(env));
    return PostgresJournal.hasCopy(folder, address) ? Optional.of(folder) : Optional.empty();
  }

  /**
   * Who acts there: the role of the database, which is more than a name that a machine gives, and
   * the user of this machine where that is another.
   */
  static Initiator author(Initiator here, JournalSettings settings, Map<String, String> env) {
    String role = PostgresAddress.of(String.valueOf(settings.url()), settings.source(env)).user();
    return role.equals(here.user())
        ? here
        : new Initiator(role + " (" + here.user() + ")", here.host(), here.pid(), here.since());
  }

  /** Exports and imports of that journal, each on a connection of its own. */
  static JournalArchive archive(
      JournalSettings settings, Map<String, String> env, InstantSource clock) {
    return new SqlJournalArchive(
        () -> connection(settings, env, clock, () -> {}, record -> {}), clock);
  }

  private static PostgresConnection connection(
      JournalSettings settings,
      Map<String, String> env,
      InstantSource own,
      Runnable older,
      Consumer<String> told) {
    PostgresAddress address =
        PostgresAddress.of(String.valueOf(settings.url()), settings.source(env));
    Path passwords = passwords(env);
    if (passwords != null) {
      // The driver would look into the home folder of the password file, whatever HOME says.
      System.setProperty(PASSWORDS, passwords.toString());
    }
    Initiator here = Initiator.here();
    return new PostgresConnection(
        address,
        () -> settings.password(passwords),
        "oosh " + here.user() + "@" + here.host() + " " + here.pid(),
        own,
        older,
        told);
  }

  private static @Nullable Path passwords(Map<String, String> env) {
    String named = env.getOrDefault("PGPASSFILE", "");
    return named.isEmpty()
        ? FileName.home().map(home -> home.resolve(".pgpass")).filter(Files::exists).orElse(null)
        : Path.of(named);
  }
}
