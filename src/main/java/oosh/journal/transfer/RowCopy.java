package oosh.journal.transfer;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import oosh.journal.Rows;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Rows as they are, from a table of one journal to the same table of another. */
public final class RowCopy {
  private RowCopy() {}

  /** The rows of a query by their columns, without what the database numbers. */
  public static List<Map<String, @Nullable Object>> read(
      JdbcTemplate sql, String query, Object... values) {
    return Rows.all(sql, query, RowCopy::row, values);
  }

  public static void insert(
      JdbcTemplate sql, String table, List<Map<String, @Nullable Object>> rows) {
    rows.forEach(row -> Rows.insert(sql, table, row));
  }

  private static Map<String, @Nullable Object> row(ResultSet row) throws SQLException {
    ResultSetMetaData columns = row.getMetaData();
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      if (!columns.isAutoIncrement(i)) {
        values.put(columns.getColumnName(i).toLowerCase(Locale.ROOT), value(row, i, columns));
      }
    }
    return values;
  }

  private static @Nullable Object value(ResultSet row, int i, ResultSetMetaData columns)
      throws SQLException {
    return switch (columns.getColumnType(i)) {
      case Types.BOOLEAN, Types.BIT, Types.INTEGER, Types.BIGINT -> row.getObject(i);
      case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE -> row.getObject(i, OffsetDateTime.class);
      case Types.BINARY, Types.VARBINARY -> row.getBytes(i);
      default -> row.getString(i);
    };
  }
}
