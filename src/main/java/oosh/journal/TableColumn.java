package oosh.journal;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A column as the database has it, and what a field must be to be kept in it.
 *
 * @param type the SQL standard's name of the type
 * @param needed whether a row cannot be without it
 * @param own whether the database fills it by itself
 * @param length the most characters of a text
 */
public record TableColumn(
    String name, String type, boolean needed, boolean hasDefault, boolean own, long length) {
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

  /** The columns of a table, by the field that each is in a line. */
  public static Map<String, TableColumn> of(JdbcTemplate sql, String table) {
    Map<String, TableColumn> columns = new LinkedHashMap<>();
    sql.query(
        """
        select column_name, data_type, is_nullable, column_default, is_identity, is_generated,
          character_maximum_length
        from information_schema.columns
        where table_schema = current_schema and lower(table_name) = ? order by ordinal_position
        """,
        rs -> {
          String name = rs.getString("column_name");
          boolean hasDefault = rs.getString("column_default") != null;
          columns.put(
              JsonLine.field(name),
              new TableColumn(
                  name,
                  rs.getString("data_type"),
                  rs.getString("is_nullable").equals("NO") && !hasDefault,
                  hasDefault,
                  rs.getString("is_identity").equals("YES")
                      || rs.getString("is_generated").equals("ALWAYS"),
                  rs.getLong("character_maximum_length")));
        },
        table);
    return columns;
  }

  /** The field's value as the database takes it. */
  public Object value(Object field) throws JsonLine.MalformedLineException {
    return switch (type) {
      case "BOOLEAN" -> {
        if (field instanceof Boolean) {
          yield field;
        }
        throw wrong("true or false");
      }
      case "SMALLINT" -> number(field, Short.MIN_VALUE, Short.MAX_VALUE);
      case "INTEGER" -> number(field, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case "BIGINT" -> number(field, Long.MIN_VALUE, Long.MAX_VALUE);
      case "TIMESTAMP WITH TIME ZONE" -> time(field);
      default -> {
        if (!(field instanceof String text)) {
          throw wrong("a text");
        }
        if (length > 0 && text.length() > length) {
          throw wrong("of at most " + length + " characters");
        }
        yield text;
      }
    };
  }

  private Long number(Object field, long least, long most) throws JsonLine.MalformedLineException {
    if (field instanceof Long n && n >= least && n <= most) {
      return n;
    }
    throw wrong("a whole number that fits");
  }

  private OffsetDateTime time(Object field) throws JsonLine.MalformedLineException {
    Instant time = instant(field);
    if (time == null || time.isBefore(FIRST) || time.isAfter(LAST)) {
      throw wrong("a time such as 2026-03-04T05:06:07Z");
    }
    return time.atOffset(ZoneOffset.UTC);
  }

  private static @Nullable Instant instant(Object field) {
    try {
      return field instanceof String text && text.endsWith("Z") ? Instant.parse(text) : null;
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  private JsonLine.MalformedLineException wrong(String whatItIs) {
    return new JsonLine.MalformedLineException(
        "its \"" + JsonLine.field(name) + "\" is not " + whatItIs);
  }
}
