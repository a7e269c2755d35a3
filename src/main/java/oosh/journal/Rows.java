package oosh.journal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import oosh.rollout.record.Initiator;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads and inserts rows of the journal's tables. */
public final class Rows {
  private Rows() {}

  /** Makes a value of the current row. */
  public interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /**
   * The values of all rows.
   *
   * @throws UnreadableRowException if a row holds a value that oosh does not write
   */
  public static <T> List<T> all(
      JdbcTemplate sql, String query, Reader<T> reader, Object... values) {
    return sql.query(
        query,
        (row, n) -> {
          try {
            return reader.read(row);
          } catch (StatementException e) {
            throw e;
          } catch (RuntimeException e) {
            throw new UnreadableRowException();
          }
        },
        values);
  }

  /**
   * The value of the first row.
   *
   * @throws UnreadableRowException as {@link #all}
   */
  public static <T> Optional<T> first(
      JdbcTemplate sql, String query, Reader<T> reader, Object... values) {
    return all(sql, query, reader, values).stream().findFirst();
  }

  /**
   * The values of all rows that can be read. A row that cannot is named to the user and left out,
   * so that one record stops no other work. The rows have a column grp, and token or execution_id.
   *
   * @throws UnreadableRowException if a script's text does not have its hash: the file is damaged
   */
  static <T> List<T> readable(
      JdbcTemplate sql, String query, Reader<T> reader, @Nullable Object... values) {
    List<T> all = new ArrayList<>();
    List<String> unreadable = new ArrayList<>();
    sql.query(
        query,
        row -> {
          try {
            all.add(reader.read(row));
          } catch (StatementException | UnreadableRowException e) {
            throw e;
          } catch (RuntimeException e) {
            // exec-6f1c on asg-web; a start without an answer has only a token.
            String id = row.getString("execution_id");
            unreadable.add(
                (id == null ? row.getString("token") : id) + " on " + row.getString("grp"));
          }
        },
        values);
    JournalSql.leaveOut(sql, unreadable);
    return all;
  }

  public static boolean exist(JdbcTemplate sql, String query, @Nullable Object... values) {
    return !sql.query(query, (row, n) -> 1, values).isEmpty();
  }

  /** A time from a column that is not null. */
  public static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  public static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  static Initiator initiator(ResultSet row) throws SQLException {
    return new Initiator(
        row.getString("author_user"),
        row.getString("author_host"),
        row.getLong("author_pid"),
        instantOrNull(row, "author_since"));
  }

  static void putInitiator(Map<String, @Nullable Object> row, Initiator author) {
    row.put("author_user", author.user());
    row.put("author_host", author.host());
    row.put("author_pid", author.pid());
    row.put("author_since", author.since());
  }

  /** Inserts a row. The names of its columns come from the code or the database, no other place. */
  public static void insert(JdbcTemplate sql, String table, Map<String, ?> row) {
    sql.update(insertText(table, row), row.values().toArray());
  }

  /** The statement that inserts a row with those columns. */
  public static String insertText(String table, Map<String, ?> row) {
    return "insert into "
        + table
        + " ("
        + String.join(", ", row.keySet())
        + ") values ("
        + String.join(", ", Collections.nCopies(row.size(), "?"))
        + ")";
  }
}
