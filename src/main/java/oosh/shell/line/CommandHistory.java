package oosh.shell.line;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import oosh.shell.syntax.PromptParser;
import org.jline.reader.LineReader;
import org.jline.reader.impl.history.DefaultHistory;
import org.jspecify.annotations.Nullable;

/**
 * The lines that were typed, without those that carry a key, a secret, a token or a signed address:
 * such a line comes neither into the file nor into what Ctrl-R searches.
 *
 * <p>The file is read in the background, because some thousand lines would delay the prompt; the
 * editor waits for it after the first key. JLine makes the file, and the file that it trims, for
 * the owner only.
 */
final class CommandHistory extends DefaultHistory {
  private final Supplier<Predicate<String>> carriesSecret;
  private @Nullable LineReader editor;

  /** While the file is read. */
  private @Nullable Predicate<String> known;

  private boolean read;
  private boolean dropped;

  /**
   * @param carriesSecret makes the test of a line, from the secrets that are known at that moment
   */
  CommandHistory(Supplier<Predicate<String>> carriesSecret) {
    this.carriesSecret = carriesSecret;
  }

  /** Reads nothing: JLine attaches the history before it shows the prompt. */
  @Override
  public void attach(LineReader to) {
    editor = to;
  }

  /**
   * Reads the file, once; a file in which an older oosh has left a secret is written again without
   * that line.
   */
  synchronized void read() {
    LineReader from = editor;
    if (read || from == null) {
      return;
    }
    read = true;
    known = carriesSecret.get();
    setAside(from);
    super.attach(from);
    known = null;
    moveToEnd();
    if (dropped && from.getVariable(LineReader.HISTORY_FILE) instanceof Path file) {
      try {
        write(file, false);
      } catch (IOException e) {
        // The file stays as it is, for the owner only; the next start tries again.
        return;
      }
    }
  }

  /** A file that is no text is renamed, and what is no file is neither read nor written. */
  private static void setAside(LineReader from) {
    if (!(from.getVariable(LineReader.HISTORY_FILE) instanceof Path file) || !Files.exists(file)) {
      return;
    }
    if (!Files.isRegularFile(file)) {
      from.getVariables().remove(LineReader.HISTORY_FILE);
      return;
    }
    try {
      Files.readString(file);
    } catch (IOException noText) {
      try {
        Files.move(
            file,
            file.resolveSibling(file.getFileName() + ".unreadable"),
            StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException e) {
        from.getVariables().remove(LineReader.HISTORY_FILE);
      }
    }
  }

  /** A paste is several lines, of which each can be called again alone. */
  @Override
  public void add(Instant time, String text) {
    List<String> lines = PromptParser.historyLines(text);
    if (lines.size() < 2) {
      super.add(time, text);
    } else {
      lines.forEach(line -> super.add(time, line));
    }
  }

  /** JLine adds every line here: a line that is typed, and a line of the file. */
  @Override
  protected void internalAdd(Instant time, String line, boolean checkDuplicates) {
    if ((known == null ? carriesSecret.get() : known).test(line)) {
      dropped = true;
    } else {
      super.internalAdd(time, line, checkDuplicates);
    }
  }

  /** The lines, the last one first. */
  Iterable<String> newestFirst() {
    Iterator<Entry> entries = reverseIterator();
    return () ->
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return entries.hasNext();
          }

          @Override
          public String next() {
            return entries.next().line();
          }
        };
  }
}
