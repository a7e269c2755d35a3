package oosh.journal.transfer;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import oosh.journal.audit.AuditWriter;
import oosh.journal.transaction.JournalTransactions;
import oosh.rollout.audit.AuditAction;
import oosh.rollout.record.Initiator;
import oosh.rollout.record.JournalArchive;

/**
 * Exports and imports of a journal in a database. Opens it for as long as the work takes, and not
 * at all to read another file.
 */
public class SqlJournalArchive implements JournalArchive {
  private final Supplier<? extends JournalTransactions> journal;
  private final InstantSource clock;

  /**
   * @param journal opens the journal; what it opens is closed after the work
   */
  public SqlJournalArchive(Supplier<? extends JournalTransactions> journal, InstantSource clock) {
    this.journal = journal;
    this.clock = clock;
  }

  @Override
  public ExportResult export(Consumer<String> lines) throws InterruptedException {
    try (JournalTransactions opened = journal.get()) {
      return new JournalExport(opened, lines).run(clock.instant());
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
    try (JournalTransactions opened = journal.get()) {
      ImportResult all =
          opened.runLong(
              sql -> {
                ImportResult result = new JournalImport(from, sql, clock.instant(), work).run();
                new AuditWriter(Initiator::here, clock)
                    .append(
                        sql,
                        AuditAction.IMPORTED,
                        "",
                        "",
                        String.valueOf(from.getFileName()),
                        words(result));
                return result;
              });
      imported.set(all);
      return all;
    }
  }

  private static String words(ImportResult result) {
    return String.format("%d executions added, %d known", result.added(), result.known());
  }
}
