package oosh.shell.line;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ListIterator;
import java.util.Spliterator;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jline.reader.LineReader;
import org.jline.reader.impl.history.DefaultHistory;
import org.jspecify.annotations.Nullable;

/**
 * The lines that were typed, without those that carry a key, a secret, a token or a signed address:
 * they come neither into the file nor into what Ctrl-R searches.
 *
 * <p>The file is read behind the prompt, which some thousand lines would hold up; whoever asks for
 * one of them waits. JLine makes the file, and the one that it trims it into, for the owner only.
 */
final class CommandHistory extends DefaultHistory {
  private final Supplier<Predicate<String>> betrays;
  private @Nullable LineReader editor;

  /** While the file is read. */
  private @Nullable Predicate<String> reading;

  private boolean read;
  private boolean dropped;

  /**
   * @param betrays what tells a line that must not be kept, by what is known at that moment
   */
  CommandHistory(Supplier<Predicate<String>> betrays) {
    this.betrays = betrays;
  }

  /** Reads nothing yet: this is on the way to the prompt. */
  @Override
  public synchronized void attach(LineReader to) {
    editor = to;
  }

  /** Reads the file; one that an older oosh has left a secret in is written anew without it. */
  synchronized void read() {
    LineReader from = editor;
    if (read || from == null) {
      return;
    }
    read = true;
    reading = betrays.get();
    super.attach(from);
    reading = null;
    super.moveToEnd();
    if (dropped && from.getVariable(LineReader.HISTORY_FILE) instanceof Path file) {
      try {
        write(file, false);
      } catch (IOException e) {
        // It stays as it is, for the owner only; the next start tries again.
        return;
      }
    }
  }

  /** Where every line comes through, one that is typed and one that is read from the file. */
  @Override
  protected void internalAdd(Instant time, String line, boolean checkDuplicates) {
    Predicate<String> betraying = reading == null ? betrays.get() : reading;
    if (betraying.test(line)) {
      dropped = true;
      return;
    }
    super.internalAdd(time, line, checkDuplicates);
  }

  @Override
  public synchronized void resetIndex() {
    super.resetIndex();
  }

  @Override
  public synchronized void moveToEnd() {
    super.moveToEnd();
  }

  @Override
  public synchronized int size() {
    read();
    return super.size();
  }

  @Override
  public synchronized boolean isEmpty() {
    read();
    return super.isEmpty();
  }

  @Override
  public synchronized int index() {
    read();
    return super.index();
  }

  @Override
  public synchronized int first() {
    read();
    return super.first();
  }

  @Override
  public synchronized int last() {
    read();
    return super.last();
  }

  @Override
  public synchronized String get(int index) {
    read();
    return super.get(index);
  }

  @Override
  public synchronized void add(Instant time, String line) {
    read();
    super.add(time, line);
  }

  @Override
  public synchronized ListIterator<Entry> iterator(int index) {
    read();
    return super.iterator(index);
  }

  @Override
  public synchronized Spliterator<Entry> spliterator() {
    read();
    return super.spliterator();
  }

  @Override
  public synchronized boolean moveToLast() {
    read();
    return super.moveToLast();
  }

  @Override
  public synchronized boolean moveTo(int index) {
    read();
    return super.moveTo(index);
  }

  @Override
  public synchronized boolean moveToFirst() {
    read();
    return super.moveToFirst();
  }

  @Override
  public synchronized String current() {
    read();
    return super.current();
  }

  @Override
  public synchronized boolean previous() {
    read();
    return super.previous();
  }

  @Override
  public synchronized boolean next() {
    read();
    return super.next();
  }

  @Override
  public synchronized void purge() throws IOException {
    read();
    super.purge();
  }

  @Override
  public synchronized void save() throws IOException {
    read();
    super.save();
  }
}
