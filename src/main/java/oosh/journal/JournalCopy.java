package oosh.journal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The daily copy {@code journal.1} of the journal's file. A copy is read from its beginning to its
 * end before it replaces the copy of another day, so that a damaged file replaces none.
 */
final class JournalCopy {
  private static final Duration DAILY = Duration.ofDays(1);

  /** The database that is not yet the copy. */
  private static final String NEW = "journal.new";

  private final JournalFile file;
  private final Path path;
  private final Path begun;

  JournalCopy(JournalFile file) {
    this.file = file;
    this.path = file.directory().resolve("journal.1");
    this.begun = file.directory().resolve(NEW + ".mv.db");
  }

  Path path() {
    return path;
  }

  /** When the copy was made; null if there is none, or an empty file. */
  @Nullable Instant made() {
    try {
      return Files.size(path) == 0 ? null : Files.getLastModifiedTime(path).toInstant();
    } catch (IOException e) {
      return null;
    }
  }

  /** Whether the copy is older than a day, and the journal was changed since. */
  boolean isDue(Instant now) {
    Instant made = made();
    BasicFileAttributes state = file.attributes();
    return state != null
        && !file.isNew()
        && (made == null
            || (made.isBefore(state.lastModifiedTime().toInstant())
                && made.isBefore(now.minus(DAILY))));
  }

  /**
   * Whether the copy has what the journal lacks.
   *
   * @param version of the journal's tables
   * @param newest the number of the journal's newest record
   */
  boolean isAheadOf(int version, long newest) throws SQLException, IOException {
    Files.copy(path, begun, StandardCopyOption.REPLACE_EXISTING);
    try (Connection connection = file.open(NEW, false)) {
      JdbcTemplate sql = new JournalSql(connection, record -> {});
      int copied = SchemaMigrations.head(sql).version();
      return copied > version || SchemaMigrations.newest(sql, copied) > newest;
    } finally {
      Files.delete(begun);
    }
  }

  /**
   * Makes the copy unless another process has the lock.
   *
   * @param stop is asked now and then, because a task waits meanwhile; the copy before stays then
   */
  void makeIfFree(BooleanSupplier stop) throws SQLException, IOException {
    try {
      if (file.lock().hold(true, Duration.ZERO, () -> true, this::copy)) {
        keep(stop);
      }
    } finally {
      Files.deleteIfExists(begun);
    }
  }

  /**
   * Makes the copy. The caller holds the lock, and this process has the journal's file closed.
   *
   * @throws SQLException if the new copy cannot be read; the copy before stays
   */
  void make() throws SQLException, IOException {
    try {
      copy();
      keep(() -> false);
    } finally {
      Files.deleteIfExists(begun);
    }
  }

  private void copy() throws IOException {
    Files.deleteIfExists(begun);
    Files.createFile(begun, JournalFile.only("rw-------"));
    try (OutputStream to = Files.newOutputStream(begun)) {
      Files.copy(file.data(), to);
    }
  }

  private void keep(BooleanSupplier stop) throws SQLException, IOException {
    if (Files.exists(file.oldKey())) {
      try (Connection connection = file.open(NEW, true)) {
        JournalFile.dropPassword(connection);
      }
    }
    boolean whole;
    try (Connection connection = file.open(NEW, false)) {
      whole = isRead(connection, stop);
    }
    if (whole) {
      Files.move(begun, path, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static boolean isRead(Connection connection, BooleanSupplier stop) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // A row at a time, not all of a table in memory.
      statement.execute("set lazy_query_execution 1");
      for (String table : tables(statement)) {
        try (ResultSet rows = statement.executeQuery("select * from \"" + table + "\"")) {
          int columns = rows.getMetaData().getColumnCount();
          while (rows.next()) {
            rows.getString(columns);
            if (stop.getAsBoolean()) {
              return false;
            }
          }
        }
      }
      return true;
    }
  }

  private static List<String> tables(Statement statement) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (ResultSet names =
        statement.executeQuery(
            "select table_name from information_schema.tables where table_schema = 'PUBLIC'")) {
      while (names.next()) {
        tables.add(names.getString(1));
      }
    }
    return tables;
  }
}
