package oosh.journal.transfer;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import oosh.journal.CancellableWork;
import oosh.journal.GroupStateCodec;
import oosh.journal.JournalQueries;
import oosh.journal.JsonLine;
import oosh.journal.OutputStore;
import oosh.journal.SentParametersCodec;
import oosh.journal.StatementException;
import oosh.journal.TableColumn;
import oosh.rollout.Problem;
import oosh.rollout.cloud.StartRequest;
import oosh.rollout.record.JournalArchive.ImportResult;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.ReleaseTag;
import oosh.rollout.update.Script;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.KeyHolder;

/**
 * Merges the lines of an export into the journal, in one transaction: whatever is refused, nothing
 * of the file is kept. Each record is read back by the code that {@code history}, a start, {@code
 * doctor} and {@code outputs} read it with, so that no file can bring in what would fail there.
 */
final class JournalImport {
  /** What ids and regions are made of (assumed: none with more is known). */
  private static final String WORD = "[A-Za-z0-9._#-]{1,128}";

  /** How many rows are read back at once. */
  private static final int BATCH = 200;

  /** What a newer oosh added is named up to here; a file can have made up any number of names. */
  private static final int NAMES = 5;

  /**
   * What holds a group and what has a start asked for, and sent again, with its own token: only
   * what this journal's own shells began does either.
   */
  private static final Set<String> UNDER_WAY = Set.of("claim", "askedAt");

  private static final Set<String> OPEN =
      Set.of(JournalEntry.StartState.INTENDED.name(), JournalEntry.StartState.UNCERTAIN.name());

  private final Path file;
  private final JdbcTemplate sql;
  private final Instant now;
  private final BooleanSupplier stopped;
  private final Map<String, TableColumn> executionColumns;
  private final Map<String, TableColumn> scriptColumns;
  private final Map<String, TableColumn> outputColumns;
  private final Map<String, TableColumn> versionColumns;

  /** Whose outputs come in at the moment, and whether the journal had some of it before. */
  private String outputsOf = "";

  private boolean outputsKnown;

  /** The lines of the rows that were added and not read back yet, by the rows' numbers. */
  private final TreeMap<Long, Long> unread = new TreeMap<>();

  private final Set<String> unknownFields = new LinkedHashSet<>();
  private long unknownValues;
  private long unknownLines;
  private long unanswered;
  private final Set<String> names = new LinkedHashSet<>();
  private long added;
  private long known;
  private long scripts;
  private long executionsSeen;
  private long scriptsSeen;
  private boolean ended;
  private long number;

  /**
   * @param now a row that is later than that would be the newest for as long
   */
  JournalImport(Path file, JdbcTemplate sql, Instant now, BooleanSupplier stopped) {
    this.file = file;
    this.sql = sql;
    this.now = now;
    this.stopped = stopped;
    this.executionColumns = TableColumn.of(sql, "execution");
    this.scriptColumns = TableColumn.of(sql, "script");
    this.outputColumns = TableColumn.of(sql, "output");
    this.versionColumns = TableColumn.of(sql, "good_version");
  }

  ImportResult run() {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      for (String line = next(in); line != null; line = next(in)) {
        if (stopped.getAsBoolean()) {
          throw new CancellableWork.WorkCancelledException();
        }
        take(JsonLine.read(line));
      }
      if (number == 0) {
        throw new JsonLine.MalformedLineException("it is empty");
      }
    } catch (JsonLine.MalformedLineException e) {
      throw refused(number, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw Problem.refused(
          "cannot read " + file,
          Files.exists(file) ? "it cannot be opened as a file" : "there is no such file",
          "journal import FILE, with a file that journal export wrote");
    }
    readBack();
    return new ImportResult(added, known, scripts, notes());
  }

  private Problem refused(long line, String why) {
    return Problem.refused(
        file + ":" + line + " cannot be imported",
        why + "; nothing of the file was kept",
        "correct that line, or export the journal again");
  }

  /** The next line, without its end; null after the last. */
  private @Nullable String next(InputStream in)
      throws IOException, JsonLine.MalformedLineException {
    int b = in.read();
    if (b < 0) {
      return null;
    }
    number++;
    ByteArrayOutputStream line = new ByteArrayOutputStream(512);
    for (; b >= 0 && b != '\n'; b = in.read()) {
      if (line.size() == JsonLine.MAX_BYTES) {
        throw new JsonLine.MalformedLineException(
            "it is longer than " + JsonLine.MAX_BYTES + " bytes");
      }
      line.write(b);
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(line.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new JsonLine.MalformedLineException("it is not UTF-8 text");
    }
  }

  private void take(Map<String, Object> line) throws JsonLine.MalformedLineException {
    if (number == 1) {
      if (!"journal".equals(line.get("oosh")) || !(line.get("schema") instanceof Long)) {
        throw new JsonLine.MalformedLineException(
            "it is not the first line of an exported journal");
      }
      return;
    }
    if (ended) {
      throw new JsonLine.MalformedLineException("it follows the line that ends the journal");
    }
    if (!(line.remove(JsonLine.TABLE) instanceof String table)) {
      throw new JsonLine.MalformedLineException("it does not say of which table it is");
    }
    switch (table) {
      case "script" -> script(line);
      case "execution" -> execution(line);
      case JournalExport.OUTPUT_TEXT -> outputText(line);
      case JournalExport.OUTPUT -> output(line);
      case JournalExport.GOOD_VERSION -> goodVersion(line);
      case "end" -> end(line);
      default -> unknownLines++;
    }
  }

  private void end(Map<String, Object> line) throws JsonLine.MalformedLineException {
    if (!Long.valueOf(scriptsSeen).equals(line.get("scripts"))
        || !Long.valueOf(executionsSeen).equals(line.get("executions"))) {
      throw new JsonLine.MalformedLineException(
          "it counts other lines than the "
              + scriptsSeen
              + " scripts and "
              + executionsSeen
              + " executions above it");
    }
    ended = true;
  }

  private void script(Map<String, Object> line) throws JsonLine.MalformedLineException {
    scriptsSeen++;
    Map<String, Object> row = row(line, scriptColumns);
    if (line.get("content") instanceof String text) {
      Script script = Script.ofText("", text);
      if (!script.sha256().equals(line.get("sha256"))
          || !Long.valueOf(script.bytes()).equals(line.get("bytes"))) {
        throw new JsonLine.MalformedLineException(
            "its text is not the one of its SHA-256 and size");
      }
      if (!has("select 1 from script where sha256 = ?", script.sha256())) {
        insert("script", row, null);
        scripts++;
      }
    }
  }

  private void execution(Map<String, Object> line) throws JsonLine.MalformedLineException {
    executionsSeen++;
    Map<String, Object> row = row(line, executionColumns);
    Object token = line.get("token");
    Object id = line.get("executionId");
    if (token == null && id == null) {
      throw new JsonLine.MalformedLineException("it has neither a token nor an executionId");
    }
    for (Map.Entry<String, Object> field : line.entrySet()) {
      if (JsonLine.namesScript(field.getKey())
          && executionColumns.containsKey(field.getKey())
          && !has("select 1 from script where sha256 = ?", field.getValue())) {
        throw new JsonLine.MalformedLineException(
            "the script of its \"" + field.getKey() + "\" is neither above it nor in the journal");
      }
    }
    if ((token != null && has("select 1 from execution where token = ?", token))
        || (id != null
            && has(
                "select 1 from execution where execution_id = ? and region = ? and profile = ?",
                id,
                line.get("region"),
                line.get("profile")))) {
      known++;
      return;
    }
    if (id == null && OPEN.contains(String.valueOf(line.get("state")))) {
      row.put("STATE", JournalEntry.StartState.UNCERTAIN.name());
      unanswered++;
    }
    KeyHolder seq = new GeneratedKeyHolder();
    insert("execution", row, seq);
    Number made = seq.getKey();
    if (made == null) {
      throw new IllegalStateException("the row was not numbered");
    }
    unread.put(made.longValue(), number);
    added++;
    if (unread.size() == BATCH) {
      readBack();
    }
  }

  private void outputText(Map<String, Object> line) throws JsonLine.MalformedLineException {
    if (!(line.get("content") instanceof String text)
        || !Script.ofText("", text).sha256().equals(line.get("sha256"))
        || Script.ofText("", text).bytes() > OutputStore.MOST_BYTES) {
      throw new JsonLine.MalformedLineException(
          "its text is not the one of its SHA-256, or too long");
    }
    OutputStore.keep(sql, String.valueOf(line.get("sha256")), text);
  }

  /** All that was kept of an execution, or nothing: what is known stays as it is. */
  private void output(Map<String, Object> line) throws JsonLine.MalformedLineException {
    Map<String, Object> row = row(line, outputColumns);
    String id = String.valueOf(line.get("executionId"));
    if (!id.equals(outputsOf)) {
      outputsOf = id;
      outputsKnown = has("select 1 from output where execution_id = ?", id);
    }
    if (!outputsKnown) {
      if (has(
          "select 1 from output where execution_id = ? and position = ?",
          id,
          line.get("position"))) {
        throw new JsonLine.MalformedLineException(
            "it is the second output of its execution and position");
      }
      insert("output", row, null);
      try {
        OutputStore.check(sql, id, String.valueOf(line.get("position")));
      } catch (StatementException e) {
        throw e;
      } catch (RuntimeException e) {
        throw new JsonLine.MalformedLineException("it cannot be read as an output");
      }
    }
  }

  private void goodVersion(Map<String, Object> line) throws JsonLine.MalformedLineException {
    Map<String, Object> row = row(line, versionColumns);
    try {
      ReleaseTag.checkedName(String.valueOf(line.get("name")));
    } catch (Problem p) {
      throw new JsonLine.MalformedLineException("its \"name\" is not a valid release tag");
    }
    if (!has(
        "select 1 from good_version where profile = ? and region = ? and grp = ? and name = ?",
        line.get("profile"),
        line.get("region"),
        line.get("grp"),
        line.get("name"))) {
      insert("good_version", row, null);
      names.add(String.valueOf(line.get("name")) + " on " + line.get("grp"));
    }
  }

  /** The columns of a line and their values; what this oosh does not know is counted. */
  private Map<String, Object> row(Map<String, Object> line, Map<String, TableColumn> columns)
      throws JsonLine.MalformedLineException {
    Map<String, Object> row = new LinkedHashMap<>();
    for (Map.Entry<String, Object> field : line.entrySet()) {
      TableColumn column = columns.get(field.getKey());
      if (UNDER_WAY.contains(field.getKey())) {
        continue;
      }
      if (column == null || column.own()) {
        unknownValues++;
        if (unknownFields.size() < NAMES) {
          unknownFields.add(field.getKey());
        }
      } else {
        Object value = column.value(field.getValue());
        if (value instanceof OffsetDateTime time && time.toInstant().isAfter(now)) {
          throw new JsonLine.MalformedLineException(
              "its \"" + field.getKey() + "\" lies in the future; here it is " + now);
        }
        if (value instanceof Long n && n < (field.getKey().equals("dropped") ? -1 : 0)) {
          throw new JsonLine.MalformedLineException(
              "its \"" + field.getKey() + "\" is less than nothing");
        }
        row.put(column.name(), value);
      }
    }
    for (Map.Entry<String, TableColumn> column : columns.entrySet()) {
      if (column.getValue().needed()
          && !column.getValue().own()
          && !line.containsKey(column.getKey())) {
        throw new JsonLine.MalformedLineException("it has no \"" + column.getKey() + "\"");
      }
    }
    return row;
  }

  /** Names come from the database's own list of columns, never from the file. */
  private void insert(String table, Map<String, Object> row, @Nullable KeyHolder seq) {
    StringBuilder names = new StringBuilder();
    StringBuilder marks = new StringBuilder();
    for (String name : row.keySet()) {
      names.append(names.isEmpty() ? "\"" : ", \"").append(name).append('"');
      marks.append(marks.isEmpty() ? "?" : ", ?");
    }
    String text = "insert into " + table + " (" + names + ") values (" + marks + ")";
    List<Object> values = new ArrayList<>(row.values());
    if (seq == null) {
      sql.update(text, values.toArray());
      return;
    }
    sql.update(
        connection -> {
          var statement = connection.prepareStatement(text, new String[] {"SEQ"});
          for (int i = 0; i < values.size(); i++) {
            statement.setObject(i + 1, values.get(i));
          }
          return statement;
        },
        seq);
  }

  private boolean has(String query, @Nullable Object... values) {
    return !sql.query(query, (rs, n) -> 1, values).isEmpty();
  }

  /** Reads what was added as lists, starts and doctor will, or refuses the line. */
  private void readBack() {
    if (unread.isEmpty()) {
      return;
    }
    long[] reading = {unread.firstKey()};
    try {
      sql.query(
          "select seq, snapshot, healed, "
              + JournalQueries.WITH_START
              + " from execution where seq between ? and ? order by seq",
          (rs, n) -> {
            reading[0] = rs.getLong("seq");
            return readBack(rs);
          },
          unread.firstKey(),
          unread.lastKey());
    } catch (StatementException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      Long line = unread.get(reading[0]);
      throw refused(
          line == null ? number : line, "one of its words is none that an execution can have");
    }
    unread.clear();
  }

  private JournalEntry readBack(ResultSet rs) throws SQLException {
    JournalEntry entry = JournalQueries.entry(sql, rs);
    mustBe(WORD, entry.executionId());
    mustBe(WORD, entry.region());
    mustBe(WORD, entry.group().isEmpty() ? null : entry.group());
    mustBe("\\P{Cntrl}+", entry.profile());
    mustBe("[A-Za-z]{1,32}", entry.status() == null ? null : entry.status().word());
    SentParametersCodec.kept(
        List.of(entry.spec().extraParameters(), entry.spec().rollbackValues(), entry.baseline()));
    StartRequest start = JournalQueries.start(rs, entry);
    if (start != null) {
      SentParametersCodec.text(start.kept(), entry.spec().script(), entry.spec().rollbackScript());
    }
    String snapshot = rs.getString("snapshot");
    if (snapshot != null) {
      GroupStateCodec.snapshot(snapshot);
    }
    String healed = rs.getString("healed");
    if (healed != null) {
      healed.lines().forEach(line -> GroupStateCodec.healed(entry.token(), line));
    }
    return entry;
  }

  private static void mustBe(String pattern, @Nullable String word) {
    if (word != null && !word.matches(pattern)) {
      throw new IllegalArgumentException(word);
    }
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (unknownValues > 0) {
      notes.add(
          "passed over "
              + unknownValues
              + (unknownValues == 1 ? " value" : " values")
              + " that this oosh has no place for: "
              + String.join(", ", unknownFields)
              + (unknownFields.size() == NAMES ? ", …" : ""));
    }
    if (unknownLines > 0) {
      notes.add(
          "passed over "
              + unknownLines
              + (unknownLines == 1 ? " line" : " lines")
              + " of a kind that this oosh does not know");
    }
    if (unanswered > 0) {
      notes.add(
          unanswered
              + (unanswered == 1 ? " start has" : " starts have")
              + " no answer: kept as history, never asked for or sent again from here");
    }
    if (!names.isEmpty()) {
      List<String> some = names.stream().limit(NAMES).toList();
      notes.add(
          names.size()
              + (names.size() == 1 ? " name for rollback --to: " : " names for rollback --to: ")
              + String.join(", ", some)
              + (names.size() > NAMES ? ", …" : ""));
    }
    if (!ended) {
      notes.add("the file ends without its last line: it may have been cut off");
    }
    return notes;
  }
}
