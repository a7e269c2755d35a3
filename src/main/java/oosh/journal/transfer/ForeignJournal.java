package oosh.journal.transfer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import oosh.journal.JournalConnection;
import oosh.journal.JournalErrors;
import oosh.journal.JournalFile;
import oosh.journal.JournalLock;
import oosh.journal.JournalSql;
import oosh.journal.StatementException;
import oosh.journal.UnreadableRowException;
import oosh.journal.transaction.JournalReader;
import oosh.rollout.Problem;
import oosh.rollout.record.JournalArchive.ExportResult;
import org.h2.tools.Recover;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.util.FileSystemUtils;

/**
 * Exports a journal of anywhere from a copy, in a folder that only this user may enter. A database
 * can hold code, which runs when it is opened: so its schema is written out by H2's own tool first,
 * which runs nothing, and each of its lines must be one of those that oosh's tables lead to.
 */
final class ForeignJournal implements JournalReader {
  private static final Logger LOG = Logger.getLogger("oosh");
  private static final String NAME = "\"[A-Z0-9_]+\"";
  private static final String TABLE = "\"PUBLIC\"\\." + NAME;
  private static final String COLUMNS = "\\(" + NAME + "[A-Z ]*(, " + NAME + "[A-Z ]*)*\\)";

  /**
   * The lines of a schema. Of a column's defaults, those that are a plain text or number are taken;
   * the last two lines are the tool's own, after the schema.
   */
  private static final Pattern PLAIN =
      Pattern.compile(
          """
          --.*
          |SET [A-Z_]+ -?[0-9]+;
          |CREATE USER IF NOT EXISTS NAME! SALT '[0-9a-f]*' HASH '[0-9a-f]*' ADMIN;
          |CREATE SEQUENCE TABLE! START WITH [0-9]+( RESTART WITH [0-9]+)? BELONGS_TO_TABLE;
          |CREATE CACHED TABLE TABLE!\\(
          | +NAME! (BOOLEAN|SMALLINT|INTEGER|BIGINT|CHARACTER VARYING|CHARACTER LARGE OBJECT
          |BINARY VARYING|TIMESTAMP)(\\([0-9]+\\))?( WITH TIME ZONE)?
          ( GENERATED ALWAYS AS IDENTITY SEQUENCE TABLE!)?
          ( DEFAULT ('[^'\\\\]*'|[0-9]+))?( NOT NULL)?,?
          |\\);
          |CREATE (UNIQUE NULLS DISTINCT |PRIMARY KEY )?INDEX TABLE! ON TABLE!COLUMNS!;
          |ALTER TABLE TABLE! ADD CONSTRAINT TABLE! (PRIMARY KEY|UNIQUE|FOREIGN KEY)COLUMNS!
           INDEX TABLE!( REFERENCES TABLE!COLUMNS! NOCHECK)?;
          |INSERT INTO TABLE! SELECT \\* FROM O_[0-9]+;
          |DROP TABLE O_[0-9]+;
          |DROP ALIAS READ_[BC]LOB_MAP;
          |DROP TABLE IF EXISTS INFORMATION_SCHEMA.LOB_BLOCKS;
          """
              .replace("\n", "")
              .replace("COLUMNS!", COLUMNS)
              .replace("TABLE!", TABLE)
              .replace("NAME!", NAME));

  private final JdbcTemplate sql;

  private ForeignJournal(Connection connection) {
    this.sql = new JournalSql(connection, record -> {});
  }

  @Override
  public <T> T read(Function<JdbcTemplate, T> work) {
    return work.apply(sql);
  }

  /**
   * Exports it.
   *
   * @param path the folder of the journal, or its file
   * @throws Problem if there is none, it holds code, or it cannot be read
   */
  static ExportResult export(Path path, Consumer<String> lines, Instant now, CancellableWork work) {
    Path file = Files.isDirectory(path) ? path.resolve("journal.mv.db") : path;
    Path folder;
    try {
      folder = Files.createTempDirectory("oosh-journal");
      folder.toFile().deleteOnExit();
    } catch (IOException e) {
      throw noRoom(System.getProperty("java.io.tmpdir"));
    }
    try {
      copy(file, folder, work);
      checkSchema(file, folder, work);
      try (Connection connection = JournalFile.in(folder).open(false)) {
        return new JournalExport(new ForeignJournal(connection), lines).run(now);
      }
    } catch (StatementException | SQLException | UnreadableRowException e) {
      throw unreadable(file);
    } catch (InterruptedException e) {
      throw new CancellableWork.WorkCancelledException();
    } finally {
      try {
        FileSystemUtils.deleteRecursively(folder);
      } catch (IOException e) {
        LOG.log(Level.INFO, "not deleted: {0}", folder);
      }
    }
  }

  private static void copy(Path file, Path folder, CancellableWork work) {
    if (!Files.exists(file)) {
      throw Problem.refused(
          "there is no journal " + file, "there is no such file", "ls " + file.getParent());
    }
    Path turn = file.resolveSibling("journal.turn");
    try {
      if (!Files.exists(turn)) {
        copyAll(file, folder);
      } else if (!new JournalLock(turn)
          .hold(
              false, JournalConnection.PATIENCE, work::isCancelled, () -> copyAll(file, folder))) {
        throw JournalErrors.held(file, JournalLock.holder(turn));
      }
    } catch (IOException | SQLException e) {
      throw JournalErrors.noSpace(e)
          ? noRoom(folder.toString())
          : Problem.refused(
              "cannot read " + file, "it cannot be opened as a file", "ls -l " + file);
    }
  }

  /** Copies the file, and the key that an oosh of 0.1 has beside it. */
  private static void copyAll(Path file, Path folder) throws IOException {
    Files.copy(file, temporary(folder, "journal.mv.db"));
    Path key = file.resolveSibling("journal.key");
    if (Files.exists(key)) {
      Files.copy(key, temporary(folder, "journal.key"));
    }
  }

  /** A file that is deleted also if the process ends before the work does. */
  private static Path temporary(Path folder, String name) {
    Path file = folder.resolve(name);
    file.toFile().deleteOnExit();
    return file;
  }

  /**
   * @throws Problem if the schema has what oosh does not write
   */
  private static void checkSchema(Path file, Path folder, CancellableWork work) {
    Path script = temporary(folder, "journal.h2.sql");
    temporary(folder, "journal.mv.txt");
    boolean ofSchema = false;
    boolean whole = false;
    try {
      Recover tool = new Recover();
      // What it says of a damaged file goes to standard output otherwise, where the export goes.
      tool.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
      tool.runTool("-dir", folder.toString(), "-db", "journal");
      try (BufferedReader lines = Files.newBufferedReader(script)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          work.check();
          switch (line) {
            case "---- Schema SET ----" -> ofSchema = true;
            case "---- Table Data ----" -> ofSchema = whole;
            case "---- Schema ----" -> {
              ofSchema = true;
              whole = true;
            }
            default -> {
              if (ofSchema && !PLAIN.matcher(line).matches()) {
                throw holdsCode(file, line);
              }
            }
          }
        }
      }
    } catch (IOException e) {
      throw noRoom(folder.toString());
    } catch (SQLException e) {
      throw unreadable(file);
    }
    if (!whole) {
      throw unreadable(file);
    }
  }

  private static Problem holdsCode(Path file, String line) {
    return Problem.refused(
        "nothing is read from " + file,
        "its database holds what no oosh writes, and what could be code: " + line.strip(),
        "look for an unchanged copy of it; this file was not changed");
  }

  private static Problem unreadable(Path file) {
    return Problem.refused(
        "nothing can be read from " + file,
        "it is not a journal of oosh, or it is damaged",
        "look for its copy journal.1, or for one in your backups; this file was not changed");
  }

  private static Problem noRoom(String folder) {
    return Problem.refused(
        "the journal cannot be copied",
        "there is no room in " + folder + " for the copy that is read",
        "free some space, or name another folder: "
            + "JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=/another/folder oosh journal export …");
  }
}
