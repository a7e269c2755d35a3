package oosh.journal.transfer;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import oosh.journal.JournalConnection;
import oosh.journal.JournalFile;
import oosh.rollout.record.JournalArchive;

/**
 * Exports and imports of the journal in a directory. Opens it for as long as the work takes, and
 * not at all to read another file.
 */
public final class H2JournalArchive implements JournalArchive {
  private final Path directory;
  private final InstantSource clock;

  public H2JournalArchive(Path directory, InstantSource clock) {
    this.directory = directory;
    this.clock = clock;
  }

  @Override
  public ExportResult export(Consumer<String> lines) throws InterruptedException {
    try (JournalConnection store = JournalConnection.open(JournalFile.in(directory))) {
      return new JournalExport(store, lines).run(clock.instant());
    }
  }

  @Override
  public ExportResult exportFrom(Path path, Consumer<String> lines) throws InterruptedException {
    return CancellableWork.run(
        work ->
            ForeignJournal.export(
                path.toAbsolutePath().normalize(),
                work.untilCancelled(lines),
                clock.instant(),
                work));
  }

  @Override
  public ImportResult importFrom(Path from) throws InterruptedException {
    AtomicReference<ImportResult> imported = new AtomicReference<>();
    try {
      return CancellableWork.run(work -> importFrom(from, work, imported));
    } catch (InterruptedException e) {
      ImportResult already = imported.get();
      if (already != null) {
        // It came when all was kept, and only the file was being made smaller.
        return already;
      }
      throw e;
    }
  }

  private ImportResult importFrom(
      Path from, CancellableWork work, AtomicReference<ImportResult> imported) {
    try (JournalConnection store = JournalConnection.open(JournalFile.in(directory))) {
      ImportResult result =
          store.runLong(sql -> new JournalImport(from, sql, clock.instant(), work).run());
      imported.set(result);
      return result;
    }
  }
}
