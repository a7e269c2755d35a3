package oosh.journal;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import oosh.rollout.JournalArchive.Exported;
import oosh.rollout.Problem;
import oosh.rollout.Script;
import org.h2.mvstore.MVStoreTool;

/**
 * Gets out of a journal's file what can be read, without opening it: from a copy in a folder that
 * only this user may enter, so that the original keeps every byte.
 *
 * <p>The newest state comes first. Where that has gaps or no beginning, H2's tool goes back to the
 * states before it, which the file keeps for some seconds at least, and what they have fills the
 * gaps. Texts are held against their SHA-256; other fields have nothing to be held against.
 */
final class Salvage {
  /** How many earlier states are asked: each is a copy of the file. */
  private static final int EARLIER = 8;

  /** H2 reads whole blocks of this size, also of a file that was cut within one. */
  private static final int BLOCK = 4096;

  /** No chunk that H2 writes is longer; room after the end lets its tool read one that was cut. */
  private static final int ROOM = 4 << 20;

  private final Path folder;
  private final Stopping stopping;
  private final BitSet executions = new BitSet();
  private final Set<String> scripts = new HashSet<>();
  private long scriptsDamaged;
  private long schema;

  /** Outputs and names, which are not saved: what a rollback needs comes first. */
  private long besides;

  private Salvage(Path folder, Stopping stopping) {
    this.folder = folder;
    this.stopping = stopping;
  }

  static Exported run(Path path, Consumer<String> lines, Instant now, Stopping stopping) {
    Path file = Files.isDirectory(path) ? path.resolve("journal.mv.db") : path;
    Path folder;
    try {
      folder = Files.createTempDirectory("oosh-salvage");
      Folders.deleteOnExit(folder);
    } catch (IOException e) {
      throw noRoom(System.getProperty("java.io.tmpdir"));
    }
    try {
      return new Salvage(folder, stopping).run(file, lines, now);
    } finally {
      Folders.delete(folder);
    }
  }

  private Exported run(Path file, Consumer<String> lines, Instant now) {
    Path copy = copy(file);
    Path scriptLines = folder.resolve("scripts.jsonl");
    Path executionLines = folder.resolve("executions.jsonl");
    OptionalLong expected;
    try (Writer s = writer(scriptLines);
        Writer e = writer(executionLines)) {
      expected = gather(copy, s, e);
      if (expected.isEmpty() || executions.cardinality() < expected.getAsLong() || damagedText()) {
        OptionalLong earlier = goBack(copy, s, e);
        expected = expected.isEmpty() ? earlier : expected;
      }
    } catch (IOException | UncheckedIOException e) {
      throw noRoom(folder.toString());
    }
    // A lost page counts as an empty one: without the version, no table was really there.
    if (executions.isEmpty() && (schema == 0 || expected.orElse(1) > 0)) {
      throw Problem.refused(
          "nothing can be read from " + file,
          "it is no journal of oosh, or damaged beyond what the database's tools can read",
          "look for a copy of it in your backups; this file was not changed");
    }
    return handOver(scriptLines, executionLines, lines, now, expected.orElse(-1));
  }

  private Path copy(Path file) {
    Path copy = folder.resolve("newest.mv.db");
    Folders.deleteOnExit(copy);
    try (InputStream in = Files.newInputStream(file);
        OutputStream out = Files.newOutputStream(copy)) {
      byte[] some = new byte[1 << 20];
      for (int n = in.read(some); n >= 0; n = in.read(some)) {
        stopping.check();
        out.write(some, 0, n);
      }
      return copy;
    } catch (NoSuchFileException e) {
      throw Problem.usage(
          "there is no journal " + file, "there is no such file", "ls " + file.getParent());
    } catch (IOException e) {
      if (Troubles.noSpace(e)) {
        throw noRoom(folder.toString());
      }
      throw Problem.refused(
          "cannot read " + file, "it cannot be opened as a file", "ls -l " + file);
    }
  }

  /** Reads what is not saved yet; how many executions there should be, if the file tells. */
  private OptionalLong gather(Path file, Writer scriptLines, Writer executionLines)
      throws IOException {
    try (RawTables tables = RawTables.open(file)) {
      tables.rows("schema_version", (row, key) -> schema = version(row));
      tables.rows("script", (row, key) -> script(row, scriptLines));
      tables.rows("execution", (row, key) -> execution(row, key, executionLines));
      besides =
          Math.max(
              besides, tables.size("output").orElse(0) + tables.size("good_version").orElse(0));
      return tables.size("execution");
    } catch (Stopping.Stopped | UncheckedIOException e) {
      throw e;
    } catch (RuntimeException | Error noBeginning) {
      // H2's assertions, and what a number asks for that is none of its, are damage like any other.
      return OptionalLong.empty();
    }
  }

  private static long version(Map<String, Object> row) {
    return row.get("version") instanceof Long n ? n : 0;
  }

  private void script(Map<String, Object> row, Writer lines) {
    stopping.check();
    String sha = String.valueOf(row.get("sha256"));
    if (scripts.contains(sha)) {
      return;
    }
    String line = JsonLine.write(row);
    if (row.get("content") instanceof String text
        && Script.ofText("", text).sha256().equals(sha)
        && JournalExport.fits(line)) {
      scripts.add(sha);
      write(lines, line);
    } else {
      scriptsDamaged++;
    }
  }

  private void execution(Map<String, Object> row, long key, Writer lines) {
    stopping.check();
    boolean named = row.containsKey("token") || row.containsKey("executionId");
    if (!named || key < 0 || key > Integer.MAX_VALUE || executions.get((int) key)) {
      return;
    }
    String line = JsonLine.write(row);
    if (JournalExport.fits(line)) {
      executions.set((int) key);
      write(lines, line);
    }
  }

  private boolean damagedText() {
    return scriptsDamaged > 0;
  }

  /** The states before the newest, each into a file of its own, until one tells nothing new. */
  private OptionalLong goBack(Path copy, Writer scriptLines, Writer executionLines)
      throws IOException {
    try (FileChannel grown = FileChannel.open(copy, StandardOpenOption.WRITE)) {
      long whole = (grown.size() + BLOCK - 1) / BLOCK * BLOCK;
      grown.write(java.nio.ByteBuffer.allocate(1), whole + ROOM - 1);
    }
    OptionalLong expected = OptionalLong.empty();
    long version = Long.MAX_VALUE;
    for (int i = 0; i < EARLIER && version >= 0; i++) {
      stopping.check();
      // Of a name of its own: H2 may still hold the lock of a file that it failed to open.
      Path earlier = folder.resolve("earlier-" + i + ".mv.db");
      try {
        version = MVStoreTool.rollback(copy.toString(), version, Writer.nullWriter()) - 1;
        Files.move(
            copy.resolveSibling(copy.getFileName() + ".temp"),
            earlier,
            StandardCopyOption.REPLACE_EXISTING);
      } catch (RuntimeException | AssertionError | NoSuchFileException e) {
        return expected;
      }
      Folders.deleteOnExit(earlier);
      OptionalLong found = gather(earlier, scriptLines, executionLines);
      expected = expected.isEmpty() ? found : expected;
      Files.delete(earlier);
    }
    return expected;
  }

  private Exported handOver(
      Path scriptLines, Path executionLines, Consumer<String> lines, Instant now, long expected) {
    long withoutText = 0;
    lines.accept(JournalExport.header(schema, now));
    try (BufferedReader s = Files.newBufferedReader(scriptLines);
        BufferedReader e = Files.newBufferedReader(executionLines)) {
      for (String line = s.readLine(); line != null; line = s.readLine()) {
        lines.accept(line);
      }
      for (String line = e.readLine(); line != null; line = e.readLine()) {
        Map<String, Object> row = JsonLine.read(line);
        if (row.entrySet()
            .removeIf(f -> JsonLine.namesScript(f.getKey()) && !scripts.contains(f.getValue()))) {
          withoutText++;
          lines.accept(JsonLine.write(row));
        } else {
          lines.accept(line);
        }
      }
    } catch (IOException | JsonLine.Malformed e) {
      throw new IllegalStateException("what was written a moment ago is gone", e);
    }
    long saved = executions.cardinality();
    lines.accept(JournalExport.end(scripts.size(), saved));
    return new Exported(saved, scripts.size(), notes(saved, expected, withoutText));
  }

  private List<String> notes(long saved, long expected, long withoutText) {
    List<String> notes = new ArrayList<>();
    if (expected < 0) {
      notes.add("the file does not tell any more how many executions it had");
    } else if (saved < expected) {
      notes.add((expected - saved) + " of " + expected + " executions could not be read");
    }
    if (withoutText > 0) {
      notes.add(
          withoutText
              + (withoutText == 1 ? " execution has" : " executions have")
              + " lost the text of a script; its name is kept");
    }
    if (besides > 0) {
      notes.add("the outputs and names that it keeps are left behind: this saves executions");
    }
    if (saved < expected || expected < 0 || withoutText > 0) {
      notes.add(
          "what could be read comes from a damaged file; only scripts were checked, by SHA-256");
    }
    return notes;
  }

  private static Writer writer(Path file) throws IOException {
    Folders.deleteOnExit(file);
    return new BufferedWriter(Files.newBufferedWriter(file));
  }

  private static void write(Writer to, String line) {
    try {
      to.write(line);
      to.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Problem noRoom(String folder) {
    return Problem.refused(
        "the journal cannot be copied",
        "there is no room in " + folder + " for the copy that is read",
        "free some space, or name another folder: "
            + "JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=/another/folder oosh journal export …");
  }
}
