package oosh.shell;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Predicate;
import org.jline.reader.LineReader;
import org.jline.reader.impl.history.DefaultHistory;

/**
 * The lines that were typed, without those that carry a key, a secret, a token or a signed address:
 * they come neither into the file nor into what Ctrl-R searches.
 *
 * <p>JLine makes the file, and the one that it trims it into, for the owner only.
 */
final class CommandHistory extends DefaultHistory {
  private final Predicate<String> betrays;
  private boolean dropped;

  CommandHistory(Predicate<String> betrays) {
    this.betrays = betrays;
  }

  /** Reads the file; one that an older oosh has left a secret in is written anew without it. */
  @Override
  public void attach(LineReader reader) {
    super.attach(reader);
    if (dropped && reader.getVariable(LineReader.HISTORY_FILE) instanceof Path file) {
      dropped = false;
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
    if (betrays.test(line)) {
      dropped = true;
      return;
    }
    super.internalAdd(time, line, checkDuplicates);
  }
}
