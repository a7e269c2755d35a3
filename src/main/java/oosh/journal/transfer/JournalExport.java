package oosh.journal.transfer;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import oosh.journal.JournalReader;
import oosh.journal.JsonLine;
import oosh.journal.OutputStore;
import oosh.rollout.record.JournalArchive.ExportResult;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Hands over a journal, a page at a time: other work and Ctrl-C come in between, and memory holds
 * one page, however many records there are. Which columns there are, the database says.
 */
final class JournalExport {
  private static final int EXECUTIONS_A_PAGE = 2000;

  /** Texts are larger than executions. */
  private static final int SCRIPTS_A_PAGE = 50;

  /** What is kept beside the executions, as lines name it. */
  static final String OUTPUT_TEXT = "outputText";

  static final String OUTPUT = "output";
  static final String GOOD_VERSION = "goodVersion";

  private final JournalReader store;
  private final Consumer<String> lines;

  /** Hashes of texts that no line can hold: as rare as they are large. */
  private final Set<String> leftOut = new HashSet<>();

  private long executions;
  private long scripts;

  JournalExport(JournalReader store, Consumer<String> lines) {
    this.store = store;
    this.lines = lines;
  }

  ExportResult run(Instant now) throws InterruptedException {
    // What comes while this runs is for the next export: its script may not have been in this one.
    long last = store.read(sql -> number(sql, "select coalesce(max(seq), 0) from execution"));
    long schema = store.read(sql -> number(sql, "select version from schema_version"));
    lines.accept(header(schema, now));
    scripts();
    executions(last);
    // A journal of an older oosh, out of another folder, has none of these.
    if (has("output")) {
      outputTexts();
      outputs();
      names();
    }
    lines.accept(end(scripts, executions));
    return new ExportResult(executions, scripts, notes(leftOut.size()));
  }

  private void scripts() throws InterruptedException {
    String after = "";
    while (true) {
      String from = after;
      List<Map<String, Object>> page =
          store.read(
              sql ->
                  sql.query(
                      "select * from script where sha256 > ? order by sha256 limit ?",
                      (rs, n) -> row(rs, "script"),
                      from,
                      SCRIPTS_A_PAGE));
      if (page.isEmpty()) {
        return;
      }
      for (Map<String, Object> row : page) {
        after = String.valueOf(row.get("sha256"));
        String line = JsonLine.write(row);
        if (fits(line)) {
          lines.accept(line);
          scripts++;
        } else {
          leftOut.add(after);
        }
      }
      checkInterrupt();
    }
  }

  private void executions(long last) throws InterruptedException {
    long after = 0;
    while (after < last) {
      long from = after;
      List<Map<String, Object>> page =
          store.read(
              sql ->
                  sql.query(
                      "select * from execution where seq > ? and seq <= ? order by seq limit ?",
                      (rs, n) -> {
                        Map<String, Object> row = row(rs, "execution");
                        row.put("seq", rs.getLong("seq"));
                        return row;
                      },
                      from,
                      last,
                      EXECUTIONS_A_PAGE));
      if (page.isEmpty()) {
        return;
      }
      for (Map<String, Object> row : page) {
        after = seq(row);
        row.entrySet()
            .removeIf(f -> JsonLine.namesScript(f.getKey()) && leftOut.contains(f.getValue()));
        lines.accept(JsonLine.write(row));
        executions++;
      }
      checkInterrupt();
    }
  }

  private void outputTexts() throws InterruptedException {
    String after = "";
    while (true) {
      String from = after;
      List<String[]> page = store.read(sql -> OutputStore.texts(sql, from, SCRIPTS_A_PAGE));
      if (page.isEmpty()) {
        return;
      }
      for (String[] text : page) {
        after = text[0];
        Map<String, Object> row = new LinkedHashMap<>();
        row.put(JsonLine.TABLE, OUTPUT_TEXT);
        row.put("sha256", text[0]);
        row.put("content", text[1]);
        String line = JsonLine.write(row);
        // One that does not fit is not kept by whoever imports it: its length is.
        if (fits(line)) {
          lines.accept(line);
        }
      }
      checkInterrupt();
    }
  }

  private void outputs() throws InterruptedException {
    String id = "";
    long position = -1;
    while (true) {
      String afterId = id;
      long afterPosition = position;
      List<Map<String, Object>> page =
          store.read(
              sql ->
                  sql.query(
                      """
                      select * from output where (execution_id, position) > (?, ?)
                      order by execution_id, position limit ?
                      """,
                      (rs, n) -> row(rs, OUTPUT),
                      afterId,
                      afterPosition,
                      EXECUTIONS_A_PAGE));
      if (page.isEmpty()) {
        return;
      }
      for (Map<String, Object> row : page) {
        id = String.valueOf(row.get("executionId"));
        position = row.get("position") instanceof Long n ? n : 0;
        lines.accept(JsonLine.write(row));
      }
      checkInterrupt();
    }
  }

  /** People give names: there are few. */
  private void names() {
    store
        .read(
            sql ->
                sql.query(
                    "select * from good_version order by profile, region, grp, name",
                    (rs, n) -> row(rs, GOOD_VERSION)))
        .forEach(row -> lines.accept(JsonLine.write(row)));
  }

  private boolean has(String table) {
    return store.read(
            sql ->
                number(
                    sql,
                    "select count(*) from information_schema.tables where lower(table_name) = '"
                        + table
                        + "'"))
        > 0;
  }

  private static long seq(Map<String, Object> row) {
    Object seq = row.remove("seq");
    if (seq instanceof Long n) {
      return n;
    }
    throw new IllegalStateException("an execution without a number");
  }

  /** What the database numbers by itself is left out: it means nothing in another journal. */
  private static Map<String, Object> row(ResultSet rs, String table) throws SQLException {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put(JsonLine.TABLE, table);
    ResultSetMetaData columns = rs.getMetaData();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      Object value = columns.isAutoIncrement(i) ? null : value(rs, i, columns.getColumnType(i));
      if (value != null) {
        fields.put(JsonLine.field(columns.getColumnName(i)), value);
      }
    }
    return fields;
  }

  private static @Nullable Object value(ResultSet rs, int column, int type) throws SQLException {
    return switch (type) {
      case Types.BOOLEAN -> rs.getObject(column, Boolean.class);
      case Types.SMALLINT, Types.INTEGER, Types.BIGINT -> rs.getObject(column, Long.class);
      case Types.TIMESTAMP_WITH_TIMEZONE -> {
        Instant time = rs.getObject(column, Instant.class);
        yield time == null ? (Object) null : time.toString();
      }
      default -> rs.getString(column);
    };
  }

  static String header(long schema, Instant now) {
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("oosh", "journal");
    header.put("schema", schema);
    header.put("exported", now.toString());
    return JsonLine.write(header);
  }

  static String end(long scripts, long executions) {
    Map<String, Object> end = new LinkedHashMap<>();
    end.put(JsonLine.TABLE, "end");
    end.put("scripts", scripts);
    end.put("executions", executions);
    return JsonLine.write(end);
  }

  static boolean fits(String line) {
    return line.length() <= JsonLine.MAX_BYTES / 3
        || line.getBytes(StandardCharsets.UTF_8).length <= JsonLine.MAX_BYTES;
  }

  static List<String> notes(long tooLarge) {
    List<String> notes = new ArrayList<>();
    if (tooLarge > 0) {
      notes.add(
          tooLarge
              + (tooLarge == 1 ? " script is" : " scripts are")
              + " too large for a line and left out; executions keep the name");
    }
    return notes;
  }

  private static long number(JdbcTemplate sql, String query) {
    Long number = sql.queryForObject(query, Long.class);
    return number == null ? 0 : number;
  }

  private static void checkInterrupt() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }
}
