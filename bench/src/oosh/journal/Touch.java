package oosh.journal;

import java.nio.file.Path;

/**
 * Another shell that writes to the journal: without a write in between, what Tab has read last is
 * what is measured.
 */
public final class Touch implements AutoCloseable {
  private final JournalConnection store;

  public Touch(Path home) {
    store = JournalConnection.open(JournalFile.in(home));
  }

  /** Writes the oldest record as it is. */
  public void touch() {
    store.run(sql -> sql.update("update execution set why = why where seq = 1"));
  }

  @Override
  public void close() {
    store.close();
  }
}
