package oosh.journal.transfer;

import java.nio.file.Path;
import java.time.InstantSource;
import oosh.journal.JournalConnection;
import oosh.journal.JournalFile;

/** Exports and imports of the journal in a directory. */
public final class H2JournalArchive extends SqlJournalArchive {
  public H2JournalArchive(Path directory, InstantSource clock) {
    super(() -> JournalConnection.open(JournalFile.in(directory)), clock);
  }
}
