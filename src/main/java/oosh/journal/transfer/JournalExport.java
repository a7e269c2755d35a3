package oosh.journal.transfer;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import oosh.journal.OutputStore;
import oosh.journal.Rows;
import oosh.journal.SqlText;
import oosh.journal.StatementException;
import oosh.journal.transaction.JournalReader;
import oosh.rollout.record.JournalArchive.ExportResult;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Writes a journal as lines, a page at a time: other work and Ctrl-C come in between, and memory
 * holds one page, however many records there are. The database says which columns there are.
 */
final class JournalExport {
  private static final SqlText SQL = SqlText.in("transfer.sql");

  private static final int ROWS_A_PAGE = 2000;

  /** Texts are larger than other rows. */
  private static final int TEXTS_A_PAGE = 50;

  /** Tables beside script and execution, as lines name them. */
  static final String OUTCOME = "outcome";

  static final String OUTPUT_TEXT = "outputText";

  static final String OUTPUT = "output";
  static final String GOOD_VERSION = "goodVersion";
  static final String FREEZE_WINDOW = "freezeWindow";
  static final String WAVE_ROLLOUT = "waveRollout";
  static final String WAVE_GROUP = "waveGroup";
  static final String WAVE_START = "waveStart";
  static final String AUDIT = "audit";

  private final JournalReader journal;
  private final Consumer<String> lines;

  /** Hashes of scripts that are too large for a line. */
  private final Set<String> leftOut = new HashSet<>();

  private long executions;
  private long scripts;

  JournalExport(JournalReader journal, Consumer<String> lines) {
    this.journal = journal;
    this.lines = lines;
  }

  /** A table and the columns of its key. */
  private record Table(String name, int rowsAPage, List<String> key) {}

  /** A row as the fields of a line, and its key. */
  private record Row(Map<String, Object> fields, List<Object> key) {}

  /** The first line. */
  private record Header(String oosh, long schema, String exported) {}

  /** The last line. */
  private record End(String table, long scripts, long executions) {}

  ExportResult run(Instant now) throws InterruptedException {
    // Executions that begin meanwhile are for the next export: their scripts may be missing here.
    long last = journal.read(sql -> number(sql, "last-execution"));
    long schema = journal.read(sql -> number(sql, "schema-version"));
    lines.accept(JsonLine.write(new Header("journal", schema, now.toString())));
    write(new Table("script", TEXTS_A_PAGE, List.of("sha256")), "true");
    write(new Table("execution", ROWS_A_PAGE, List.of("seq")), "seq <= " + last);
    write(new Table(OUTCOME, ROWS_A_PAGE, List.of("execution_id", "instance")), "true");
    write(new Table("output_text", TEXTS_A_PAGE, List.of("sha256")), "true");
    write(new Table("output", ROWS_A_PAGE, List.of("execution_id", "position")), "true");
    write(
        new Table("good_version", ROWS_A_PAGE, List.of("profile", "region", "grp", "name")),
        "true");
    write(new Table("freeze_window", ROWS_A_PAGE, List.of("id")), "true");
    write(new Table("wave_rollout", TEXTS_A_PAGE, List.of("id")), "true");
    write(new Table("wave_group", ROWS_A_PAGE, List.of("wave", "position")), "true");
    write(new Table("wave_start", ROWS_A_PAGE, List.of("token")), "true");
    write(new Table(AUDIT, ROWS_A_PAGE, List.of("seq")), "true");
    lines.accept(JsonLine.write(new End("end", scripts, executions)));
    return new ExportResult(executions, scripts, notes());
  }

  private void write(Table table, String condition) throws InterruptedException {
    List<Object> after = List.of();
    List<Row> page;
    do {
      List<Object> from = after;
      try {
        page = journal.read(sql -> page(sql, table, condition, from));
      } catch (StatementException e) {
        if (e.noSuchTable()) {
          // The journal of an older oosh, in another folder.
          return;
        }
        throw e;
      }
      for (Row row : page) {
        write(row.fields());
        after = row.key();
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    } while (page.size() == table.rowsAPage());
  }

  private static List<Row> page(
      JdbcTemplate sql, Table table, String condition, List<Object> after) {
    String key = String.join(", ", table.key());
    String marks = String.join(", ", Collections.nCopies(after.size(), "?"));
    List<Object> values = new ArrayList<>(after);
    values.add(table.rowsAPage());
    return Rows.all(
        sql,
        String.format(
            "select * from %s where %s%s order by %s limit ?",
            table.name(),
            condition,
            after.isEmpty() ? "" : " and (" + key + ") > (" + marks + ")",
            key),
        row -> row(row, table),
        values.toArray());
  }

  private void write(Map<String, Object> fields) {
    Object table = fields.get(JsonLine.TABLE);
    if ("execution".equals(table)) {
      fields
          .entrySet()
          .removeIf(f -> JsonLine.namesScript(f.getKey()) && leftOut.contains(f.getValue()));
      executions++;
    }
    String line = JsonLine.write(fields);
    if (fields.get("content") != null && !fits(line)) {
      if ("script".equals(table)) {
        leftOut.add(String.valueOf(fields.get("sha256")));
      }
      return;
    }
    lines.accept(line);
    scripts += "script".equals(table) ? 1 : 0;
  }

  private static long number(JdbcTemplate sql, String statement) {
    Long number = sql.queryForObject(SQL.get(statement), Long.class);
    return number == null ? 0 : number;
  }

  /** What the database numbers is left out: it means nothing in another journal. */
  private static Row row(ResultSet row, Table table) throws SQLException {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put(JsonLine.TABLE, JsonLine.field(table.name()));
    ResultSetMetaData columns = row.getMetaData();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      Object value = columns.isAutoIncrement(i) ? null : value(row, i, columns.getColumnType(i));
      if (value instanceof byte[] packed) {
        fields.put(
            "content", String.valueOf(OutputStore.unpacked(packed, row.getString("sha256"))));
      } else if (value != null) {
        fields.put(JsonLine.field(columns.getColumnName(i)), value);
      }
    }
    List<Object> key = new ArrayList<>();
    for (String column : table.key()) {
      key.add(row.getObject(column));
    }
    return new Row(fields, key);
  }

  private static @Nullable Object value(ResultSet row, int column, int type) throws SQLException {
    return switch (type) {
      // PostgreSQL's driver calls its types by the second name.
      case Types.BOOLEAN, Types.BIT -> row.getObject(column, Boolean.class);
      case Types.SMALLINT, Types.INTEGER, Types.BIGINT -> number(row, column);
      case Types.VARBINARY, Types.BINARY -> row.getBytes(column);
      case Types.TIMESTAMP_WITH_TIMEZONE, Types.TIMESTAMP -> {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        yield time == null ? (Object) null : time.toInstant().toString();
      }
      default -> row.getString(column);
    };
  }

  /** PostgreSQL's driver makes no Long object of a smaller type. */
  private static @Nullable Long number(ResultSet row, int column) throws SQLException {
    long number = row.getLong(column);
    if (row.wasNull()) {
      return null;
    }
    return number;
  }

  private static boolean fits(String line) {
    return line.length() <= JsonLine.MAX_BYTES / 3
        || line.getBytes(StandardCharsets.UTF_8).length <= JsonLine.MAX_BYTES;
  }

  private List<String> notes() {
    return leftOut.isEmpty()
        ? List.of()
        : List.of(
            leftOut.size()
                + (leftOut.size() == 1 ? " script is" : " scripts are")
                + " too large for a line and left out; executions keep the name");
  }
}
