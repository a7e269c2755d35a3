package oosh.journal.transfer;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import oosh.journal.EntryCheck;
import oosh.journal.EntryRow;
import oosh.journal.GroupStateCodec;
import oosh.journal.JournalErrors;
import oosh.journal.OutputStore;
import oosh.journal.Rows;
import oosh.journal.SentParametersCodec;
import oosh.journal.SqlText;
import oosh.journal.StatementException;
import oosh.journal.transfer.JsonLine.MalformedLineException;
import oosh.rollout.Problem;
import oosh.rollout.cloud.StartRequest;
import oosh.rollout.record.JournalArchive.ImportResult;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.ReleaseTag;
import oosh.rollout.update.Script;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Merges the lines of an export into the journal, in one transaction: if a line is refused, nothing
 * of the file is kept. Each record is read back by the code that {@code history}, a start, {@code
 * doctor} and {@code outputs} read it with, so that no file can bring in what would fail there.
 */
final class JournalImport {
  private static final SqlText SQL = SqlText.in("transfer.sql");

  /** So many names are in a note; a file can have made up any number of them. */
  private static final int NAMES = 5;

  private static final String TOO_LONG = "it is longer than " + JsonLine.MAX_BYTES + " bytes";

  /**
   * The fields by which a start holds a group, and is asked for and sent again with its own token:
   * only the starts of this journal's own shells have them.
   */
  private static final Set<String> UNDER_WAY = Set.of("claim", "askedAt");

  private static final Set<String> OPEN =
      Set.of(JournalEntry.StartState.INTENDED.name(), JournalEntry.StartState.UNCERTAIN.name());

  private final Path file;
  private final JdbcTemplate sql;
  private final Instant now;
  private final CancellableWork work;
  private final Map<String, Map<String, TableColumn>> tables = new HashMap<>();

  /** The execution whose outputs are read, and whether the journal had outputs of it before. */
  private String outputsOf = "";

  private boolean outputsKnown;

  private final WaveImport waves;
  private final Set<String> unknownFields = new LinkedHashSet<>();
  private final Set<String> tags = new LinkedHashSet<>();
  private long unknownValues;
  private long unknownLines;
  private long unanswered;
  private long freezes;
  private long audited;
  private long added;
  private long known;
  private long scripts;
  private long executionsRead;
  private long scriptsRead;
  private boolean ended;
  private long number;

  /**
   * @param now a row with a later time is refused: it would be the newest until then
   */
  JournalImport(Path file, JdbcTemplate sql, Instant now, CancellableWork work) {
    this.file = file;
    this.sql = sql;
    this.now = now;
    this.work = work;
    this.waves = new WaveImport(sql);
  }

  ImportResult run() {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      for (String line = next(in); line != null; line = next(in)) {
        work.check();
        take(JsonLine.read(line));
      }
      MalformedLineException.unless(number > 0, "it is empty");
    } catch (MalformedLineException e) {
      throw Problem.refused(
          file + ":" + number + " cannot be imported",
          e.getMessage() + "; nothing of the file was kept",
          "correct that line, or export the journal again");
    } catch (IOException e) {
      throw Problem.refused(
          "cannot read " + file,
          Files.exists(file) ? "it cannot be opened as a file" : "there is no such file",
          "journal import FILE, with a file that journal export wrote");
    }
    return new ImportResult(added, known, scripts, notes());
  }

  /** The next line, without its end; null after the last. */
  private @Nullable String next(InputStream in) throws IOException, MalformedLineException {
    int b = in.read();
    if (b < 0) {
      return null;
    }
    number++;
    ByteArrayOutputStream line = new ByteArrayOutputStream(512);
    for (; b >= 0 && b != '\n'; b = in.read()) {
      MalformedLineException.unless(line.size() < JsonLine.MAX_BYTES, TOO_LONG);
      line.write(b);
    }
    try {
      // A new decoder reports what is not UTF-8.
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(line.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new MalformedLineException("it is not UTF-8 text");
    }
  }

  private void take(Map<String, Object> line) throws MalformedLineException {
    if (number == 1) {
      MalformedLineException.unless(
          "journal".equals(line.get("oosh")) && line.get("schema") instanceof Long,
          "it is not the first line of an exported journal");
      return;
    }
    MalformedLineException.unless(!ended, "it follows the line that ends the journal");
    if (!(line.remove(JsonLine.TABLE) instanceof String table)) {
      throw new MalformedLineException("it does not say of which table it is");
    }
    switch (table) {
      case "script" -> script(line);
      case "execution" -> execution(line);
      case JournalExport.OUTCOME -> outcome(line);
      case JournalExport.OUTPUT_TEXT -> outputText(line);
      case JournalExport.OUTPUT -> output(line);
      case JournalExport.GOOD_VERSION -> goodVersion(line);
      case JournalExport.FREEZE_WINDOW ->
          freezes += FreezeImport.take(sql, row(line, "freeze_window")) ? 1 : 0;
      case JournalExport.WAVE_ROLLOUT, JournalExport.WAVE_GROUP, JournalExport.WAVE_START ->
          waves.take(table, row(line, WaveImport.table(table)));
      case JournalExport.AUDIT -> audited++;
      case "end" -> end(line);
      default -> unknownLines++;
    }
  }

  private void end(Map<String, Object> line) throws MalformedLineException {
    MalformedLineException.unless(
        Long.valueOf(scriptsRead).equals(line.get("scripts"))
            && Long.valueOf(executionsRead).equals(line.get("executions")),
        String.format(
            "it counts other lines than the %d scripts and %d executions above it",
            scriptsRead, executionsRead));
    ended = true;
  }

  private void script(Map<String, Object> line) throws MalformedLineException {
    scriptsRead++;
    Map<String, Object> row = row(line, "script");
    Script script = Script.ofText("", String.valueOf(line.get("content")));
    MalformedLineException.unless(
        script.sha256().equals(line.get("sha256"))
            && Long.valueOf(script.bytes()).equals(line.get("bytes")),
        "its text is not the one of its SHA-256 and size");
    if (!has("has-script", script.sha256())) {
      insert("script", row);
      scripts++;
    }
  }

  private void execution(Map<String, Object> line) throws MalformedLineException {
    executionsRead++;
    Map<String, Object> row = row(line, "execution");
    Object token = line.get("token");
    Object id = line.get("executionId");
    MalformedLineException.unless(
        token != null || id != null, "it has neither a token nor an executionId");
    for (String field : List.of("scriptSha", "rollbackSha")) {
      MalformedLineException.unless(
          !line.containsKey(field) || has("has-script", line.get(field)),
          "the script of its \"" + field + "\" is neither above it nor in the journal");
    }
    if (has("has-token", token)
        || has("has-execution", id, line.get("region"), line.get("profile"))) {
      known++;
      return;
    }
    if (id == null && OPEN.contains(String.valueOf(line.get("state")))) {
      row.replaceAll(
          (column, value) ->
              column.equalsIgnoreCase("state") ? JournalEntry.StartState.UNCERTAIN.name() : value);
      unanswered++;
    }
    insert("execution", row);
    try {
      sql.query(
          "select snapshot, healed, " + EntryRow.WITH_REQUEST + SQL.get("newest-execution"),
          (added, n) -> readBack(added));
    } catch (StatementException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      throw new MalformedLineException("one of its words is none that an execution can have");
    }
    added++;
  }

  /** Reads a row as lists, starts and doctor will. */
  private JournalEntry readBack(ResultSet row) throws SQLException {
    JournalEntry entry = EntryCheck.checked(EntryRow.entry(sql, row));
    SentParametersCodec.lines(
        List.of(entry.spec().extraParameters(), entry.spec().rollbackValues(), entry.baseline()));
    StartRequest start = EntryRow.request(row, entry);
    if (start != null) {
      SentParametersCodec.text(start.kept(), entry.spec().script(), entry.spec().rollbackScript());
    }
    String snapshot = row.getString("snapshot");
    if (snapshot != null) {
      GroupStateCodec.snapshot(snapshot);
    }
    String healed = row.getString("healed");
    if (healed != null) {
      healed.lines().forEach(line -> GroupStateCodec.healStep(entry.token(), line));
    }
    return entry;
  }

  /** What is known of an instance stays as it is. */
  private void outcome(Map<String, Object> line) throws MalformedLineException {
    Map<String, Object> row = row(line, JournalExport.OUTCOME);
    for (String field : List.of("executionId", "instance", "status")) {
      MalformedLineException.unless(
          EntryCheck.WORD.matcher(String.valueOf(line.get(field))).matches(),
          "its \"" + field + "\" has a value that it cannot have");
    }
    if (!has("has-outcome", line.get("executionId"), line.get("instance"))) {
      insert(JournalExport.OUTCOME, row);
    }
  }

  private void outputText(Map<String, Object> line) throws MalformedLineException {
    Script text = Script.ofText("", String.valueOf(line.get("content")));
    MalformedLineException.unless(
        text.sha256().equals(line.get("sha256")) && text.bytes() <= OutputStore.MOST_BYTES,
        "its text is not the one of its SHA-256, or too long");
    OutputStore.keep(sql, text.sha256(), text.text());
  }

  /** Adds all outputs of an execution or none: what is known stays as it is. */
  private void output(Map<String, Object> line) throws MalformedLineException {
    Map<String, Object> row = row(line, "output");
    String id = String.valueOf(line.get("executionId"));
    if (!id.equals(outputsOf)) {
      outputsOf = id;
      outputsKnown = has("has-outputs", id);
    }
    if (outputsKnown) {
      return;
    }
    insert("output", row);
    try {
      OutputStore.check(sql, id, String.valueOf(line.get("position")));
    } catch (StatementException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new MalformedLineException("it cannot be read as an output");
    }
  }

  private void goodVersion(Map<String, Object> line) throws MalformedLineException {
    Map<String, Object> row = row(line, "good_version");
    String name = String.valueOf(line.get("name"));
    try {
      ReleaseTag.checkedName(name);
    } catch (Problem p) {
      throw new MalformedLineException("its \"name\" is not a valid release tag");
    }
    if (!has("has-tag", line.get("profile"), line.get("region"), line.get("grp"), name)) {
      insert("good_version", row);
      tags.add(name + " on " + line.get("grp"));
    }
  }

  /** The columns of a line and their values; what this oosh does not know is counted. */
  private Map<String, Object> row(Map<String, Object> line, String table)
      throws MalformedLineException {
    Map<String, TableColumn> columns =
        tables.computeIfAbsent(table, name -> TableColumn.of(sql, name));
    Map<String, Object> row = new LinkedHashMap<>();
    for (Map.Entry<String, Object> field : line.entrySet()) {
      String name = field.getKey();
      TableColumn column = columns.get(name);
      if (UNDER_WAY.contains(name)) {
        continue;
      }
      if (column == null || column.generated()) {
        unknownValues++;
        if (unknownFields.size() < NAMES) {
          unknownFields.add(name);
        }
        continue;
      }
      Object value = column.value(field.getValue());
      if (value instanceof OffsetDateTime time && time.toInstant().isAfter(now)) {
        throw new MalformedLineException(
            "its \"" + name + "\" lies in the future; here it is " + now);
      }
      if (value instanceof Long n && n < (name.equals("dropped") ? -1 : 0)) {
        throw new MalformedLineException("its \"" + name + "\" is less than nothing");
      }
      row.put(column.name(), value);
    }
    return row;
  }

  private void insert(String table, Map<String, Object> row) throws MalformedLineException {
    try {
      Rows.insert(sql, table, row);
    } catch (StatementException e) {
      if (e.refusesAValue()) {
        throw new MalformedLineException("a field is missing, or has a value that it cannot have");
      }
      throw e;
    }
  }

  private boolean has(String statement, @Nullable Object... values) {
    return Rows.exist(sql, SQL.get(statement), values);
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (unknownValues > 0) {
      notes.add(
          "passed over "
              + JournalErrors.many(unknownValues, "value")
              + " that this oosh has no place for: "
              + String.join(", ", unknownFields)
              + (unknownFields.size() == NAMES ? ", …" : ""));
    }
    if (unknownLines > 0) {
      notes.add(
          "passed over "
              + JournalErrors.many(unknownLines, "line")
              + " of a kind that this oosh does not know");
    }
    if (audited > 0) {
      notes.add(JournalErrors.many(audited, "line") + " of its audit trail stay in the file");
    }
    if (unanswered > 0) {
      notes.add(
          JournalErrors.many(unanswered, "start")
              + (unanswered == 1 ? " has" : " have")
              + " no answer: kept as history, never asked for or sent again from here");
    }
    if (freezes > 0) {
      notes.add(JournalErrors.many(freezes, "freeze window") + ": freeze list");
    }
    if (waves.added() > 0) {
      notes.add(JournalErrors.many(waves.added(), "rollout") + ": history --waves");
    }
    if (!tags.isEmpty()) {
      notes.add(
          JournalErrors.many(tags.size(), "name")
              + " for rollback --to: "
              + String.join(", ", tags.stream().limit(NAMES).toList())
              + (tags.size() > NAMES ? ", …" : ""));
    }
    if (!ended) {
      notes.add("the file ends without its last line: it may have been cut off");
    }
    return notes;
  }
}
