package oosh.journal.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import oosh.journal.Rows;
import oosh.journal.SchemaMigrations;
import oosh.journal.SqlText;
import oosh.rollout.record.Journal;
import org.springframework.dao.support.DataAccessUtils;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The tables in PostgreSQL, in a schema of their own. Version n has the same tables as version n in
 * H2. They are made in one transaction, and by one process: two that come first at the same moment
 * wait for each other.
 */
final class PostgresSchema {
  /** The schema's name, which the driver sets as search path. */
  static final String NAME = "oosh";

  static final int OLDEST_SERVER = 140000;

  /** The steps that have a part for PostgreSQL alone. */
  private static final List<Integer> OWN_PARTS = List.of(18);

  /** Any number that nobody else takes for a lock in the same database. */
  private static final long LOCK = 0x6f6f7368_6a726e6cL;

  private static final SqlText SQL = SqlText.in("postgres/journal.sql");

  /**
   * What a journal says of itself.
   *
   * @param now by the database's clock
   */
  record Head(int version, String id, long changes, Instant now) {}

  private PostgresSchema() {}

  /**
   * What the journal says of itself; empty where there are no tables. That is read from the
   * catalogue's rows: behind the wait for the lock, {@code to_regclass} answers from what this
   * session knew before it.
   */
  static Optional<Head> head(JdbcTemplate sql) {
    boolean exists = Boolean.TRUE.equals(sql.queryForObject(SQL.get("has-journal"), Boolean.class));
    return exists ? Optional.of(head(sql, "head")) : Optional.empty();
  }

  /** Keeps every other writer away until the transaction ends. */
  static Head begin(JdbcTemplate sql) {
    return head(sql, "begin");
  }

  private static Head head(JdbcTemplate sql, String statement) {
    return DataAccessUtils.requiredSingleResult(
        sql.query(
            SQL.get(statement),
            (row, n) ->
                new Head(
                    row.getInt("version"),
                    row.getString("id"),
                    row.getLong("changes"),
                    row.getObject("now", OffsetDateTime.class).toInstant())));
  }

  /** Makes the tables, or brings those of an older oosh up to date. */
  static void bringUpToDate(Connection connection, JdbcTemplate sql) throws SQLException {
    connection.setAutoCommit(false);
    sql.query(SQL.get("lock"), row -> {}, LOCK);
    Optional<Head> head = head(sql);
    if (head.isEmpty()) {
      sql.execute(SQL.get("schema"));
      sql.execute(SQL.get("versions"));
      sql.execute(translated(SqlText.read("schema/whole.sql")));
      OWN_PARTS.forEach(step -> sql.execute(ownPart(step)));
      setVersion(sql);
    } else if (head.get().version() < SchemaMigrations.VERSION) {
      for (int next = head.get().version() + 1; next <= SchemaMigrations.VERSION; next++) {
        sql.execute(translated(SqlText.read("schema/%02d.sql".formatted(next))));
        if (OWN_PARTS.contains(next)) {
          sql.execute(ownPart(next));
        }
      }
      setVersion(sql);
    }
    connection.commit();
    connection.setAutoCommit(true);
  }

  private static String ownPart(int step) {
    return SqlText.read("postgres/%02d.sql".formatted(step));
  }

  /**
   * H2's text, with PostgreSQL's words for what the standard has no word for. Texts are compared by
   * their characters' numbers, as in H2, whatever the language of the server.
   */
  private static String translated(String text) {
    return text.replaceAll("\\bvarchar(\\(\\d+\\))?(?=[ ,)])", "varchar$1 collate \"C\"")
        .replaceAll("\\bclob\\b", "text")
        .replaceAll("\\bvarbinary\\(\\d+\\)", "bytea")
        .replaceAll("\\btimestamp\\(9\\)", "timestamp(6)")
        .replaceAll("cast\\(random_uuid\\(\\) as varchar[^)]*\\)[^)]*\\)", "gen_random_uuid()");
  }

  private static void setVersion(JdbcTemplate sql) {
    sql.update(SQL.get("set-version"), SchemaMigrations.VERSION);
  }

  static int serverVersion(JdbcTemplate sql) {
    return DataAccessUtils.requiredSingleResult(
        sql.query(SQL.get("server-version"), (row, n) -> row.getInt(1)));
  }

  /** Whether this role may use the schema, or there is none yet. */
  static boolean isOpen(JdbcTemplate sql) {
    return Boolean.TRUE.equals(sql.queryForObject(SQL.get("is-open"), Boolean.class));
  }

  static boolean isUtf8(JdbcTemplate sql) {
    return "UTF8".equals(sql.queryForObject(SQL.get("encoding"), String.class));
  }

  static String server(JdbcTemplate sql) {
    return String.valueOf(sql.queryForObject(SQL.get("server"), String.class));
  }

  /** What the journal takes on the server's disk. */
  static long bytes(JdbcTemplate sql) {
    Long bytes = sql.queryForObject(SQL.get("bytes"), Long.class);
    return bytes == null ? 0 : bytes;
  }

  /** Who is connected; of others this role may see no more than their role. */
  static List<Journal.Status.Connected> connected(JdbcTemplate sql) {
    return Rows.all(
        sql,
        SQL.get("connected"),
        row ->
            new Journal.Status.Connected(
                row.getString("usename"),
                row.getString("program"),
                Rows.instantOrNull(row, "backend_start")));
  }
}
