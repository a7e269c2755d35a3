package oosh.rollout.record;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import oosh.rollout.Problem;

/**
 * The port to a journal that moves: out as lines of JSON, in again, and out of a file of another
 * folder. Ctrl-C ends every method; an import that was ended, or refused, leaves nothing behind.
 */
public interface JournalArchive {
  /**
   * Hands over the journal, a line at a time and without the lines' ends: a header, then the
   * scripts, then the executions in the order in which they came, then the outputs and names that
   * are kept, then a line that counts scripts and executions.
   *
   * @throws Problem if the journal cannot be opened or read
   */
  ExportResult export(Consumer<String> lines) throws InterruptedException;

  /**
   * The same from a journal that this oosh cannot open as its own: newer, a copy, or of another
   * folder. It reads a copy of it, and the journal of this oosh is left alone.
   *
   * @param path the folder of the journal, or its file
   * @throws Problem if there is none, it cannot be read, or its database could hold code
   */
  ExportResult exportFrom(Path path, Consumer<String> lines) throws InterruptedException;

  /**
   * Adds what the file has and the journal has not. What is known stays as it is. A start without
   * an answer becomes history: it holds no group, and is neither asked for nor sent again.
   *
   * @throws Problem if a line is not as an export writes it, could not be read by every verb, or
   *     has a time in the future, naming file and line
   */
  ImportResult importFrom(Path file) throws InterruptedException;

  /**
   * What was handed over.
   *
   * @param notes a sentence for each thing that could not be read; empty if all was
   */
  record ExportResult(long executions, long scripts, List<String> notes) {
    public ExportResult {
      notes = List.copyOf(notes);
    }
  }

  /**
   * What became of a file's lines.
   *
   * @param added executions that the journal did not have
   * @param known executions that it had
   * @param scripts texts that it did not have
   * @param notes a sentence for each thing that was passed over; empty if nothing was
   */
  record ImportResult(long added, long known, long scripts, List<String> notes) {
    public ImportResult {
      notes = List.copyOf(notes);
    }
  }
}
