package oosh.journal.transfer;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import oosh.journal.SqlText;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A column of a table, for the field of that name in a line.
 *
 * @param name as the database spells it: H2 in capitals, PostgreSQL in small letters
 * @param type the SQL standard's name of the type, in capitals
 * @param generated whether the database fills the column
 */
record TableColumn(String name, String type, boolean generated) {
  /** The columns of a table, by the name of their field. */
  public static Map<String, TableColumn> of(JdbcTemplate sql, String table) {
    Map<String, TableColumn> columns = new LinkedHashMap<>();
    sql.query(
        SqlText.in("transfer.sql").get("columns"),
        row -> {
          String name = row.getString("column_name");
          columns.put(
              JsonLine.field(name),
              new TableColumn(
                  name,
                  row.getString("data_type").toUpperCase(Locale.ROOT),
                  row.getString("is_identity").equals("YES")));
        },
        table);
    return columns;
  }

  /** The field's value as the database takes it. */
  public Object value(Object field) throws JsonLine.MalformedLineException {
    try {
      return switch (type) {
        case "BOOLEAN" -> (Boolean) field;
        case "SMALLINT", "INTEGER", "BIGINT" -> (Long) field;
        case "TIMESTAMP WITH TIME ZONE" -> Instant.parse((String) field).atOffset(ZoneOffset.UTC);
        default -> (String) field;
      };
    } catch (ClassCastException | DateTimeParseException e) {
      throw new JsonLine.MalformedLineException(
          "its \"" + JsonLine.field(name) + "\" has a value that it cannot have");
    }
  }
}
