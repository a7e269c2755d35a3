package oosh.journal;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import oosh.journal.postgres.PostgresAddress;
import oosh.journal.postgres.PostgresConnection;
import oosh.journal.postgres.PostgresJournal;
import oosh.journal.transaction.JournalTransactions;
import oosh.journal.transfer.SqlJournalArchive;
import oosh.rollout.notice.NoticeAudience;
import oosh.rollout.record.JournalArchive;
import org.springframework.jdbc.core.JdbcTemplate;

/** Where a test keeps one journal, which any number of shells open. */
abstract class JournalHome implements AutoCloseable {

  /** The databases that a journal can be in: a test of a journal runs with each. */
  enum Database {
    H2 {
      @Override
      JournalHome home(Path directory) {
        return new File(directory);
      }
    },
    POSTGRESQL {
      @Override
      JournalHome home(Path directory) {
        return new Server(PostgresServer.shared().newDatabase());
      }
    };

    /**
     * A place for a new journal.
     *
     * @param directory for a database that is a file
     */
    abstract JournalHome home(Path directory);
  }

  /** A shell's journal. */
  abstract SqlJournal open();

  /** A shell's journal that tells of records that cannot be read. */
  abstract SqlJournal open(Consumer<String> unreadable);

  /** A shell's journal by that clock, where notices are written for somebody. */
  abstract SqlJournal open(InstantSource clock, NoticeAudience audience);

  /** What the parts of a journal work with. */
  abstract JournalTransactions connect(Consumer<String> unreadable);

  JournalTransactions connect() {
    return connect(record -> {});
  }

  /** The user that the audit trail names. */
  abstract String user();

  /** Does that in the tables, past everything that a journal takes care of. */
  abstract void inDatabase(Consumer<JdbcTemplate> work);

  JournalArchive archive(InstantSource clock) {
    return new SqlJournalArchive(this::connect, clock);
  }

  @Override
  public void close() {}

  /** Reads the journal for every question. */
  static ReadCache uncached(JournalTransactions journal) {
    return new ReadCache() {
      @Override
      public <T> T read(List<Object> question, Function<JdbcTemplate, T> work) {
        return journal.read(work);
      }
    };
  }

  private static final class File extends JournalHome {
    private final Path directory;

    File(Path directory) {
      this.directory = directory;
    }

    @Override
    SqlJournal open() {
      return H2Journal.open(directory);
    }

    @Override
    SqlJournal open(Consumer<String> unreadable) {
      return JournalFixtures.open(directory, () -> {}, unreadable);
    }

    @Override
    SqlJournal open(InstantSource clock, NoticeAudience audience) {
      return H2Journal.open(directory, clock, audience);
    }

    @Override
    JournalTransactions connect(Consumer<String> unreadable) {
      return JournalConnection.open(
          JournalFile.in(directory), JournalConnection.PATIENCE, () -> {}, unreadable);
    }

    @Override
    String user() {
      return System.getProperty("user.name");
    }

    @Override
    void inDatabase(Consumer<JdbcTemplate> work) {
      JournalFixtures.inDatabase(directory, work);
    }
  }

  private static final class Server extends JournalHome {
    private final PostgresDatabase database;

    Server(PostgresDatabase database) {
      this.database = database;
    }

    @Override
    SqlJournal open() {
      return open(record -> {});
    }

    @Override
    SqlJournal open(Consumer<String> unreadable) {
      return new PostgresJournal(connect(unreadable), NoticeAudience.NOBODY);
    }

    /** With another clock than the database's, which is what {@link PostgresJournal} goes by. */
    @Override
    SqlJournal open(InstantSource clock, NoticeAudience audience) {
      PostgresConnection connection = connect(record -> {});
      return new SqlJournal(connection, connection, uncached(connection), audience, clock) {
        @Override
        public Status status() {
          throw new UnsupportedOperationException();
        }
      };
    }

    @Override
    PostgresConnection connect(Consumer<String> unreadable) {
      return new PostgresConnection(
          PostgresAddress.of(database.url(PostgresServer.SUPERUSER), "OOSH_JOURNAL"),
          () -> null,
          "oosh test",
          () -> {},
          unreadable);
    }

    @Override
    String user() {
      return PostgresServer.SUPERUSER;
    }

    @Override
    void inDatabase(Consumer<JdbcTemplate> work) {
      try (PostgresConnection connection = connect(record -> {})) {
        connection.run(
            sql -> {
              work.accept(sql);
              return true;
            });
      }
    }

    @Override
    public void close() {
      database.close();
    }
  }
}
