package oosh.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import oosh.rollout.JournalArchive;

/**
 * Exports and imports of the journal in a directory. Opens it for as long as the work takes, and
 * not at all to read another file.
 */
public final class H2Archive implements JournalArchive {
  /** A file that an import has made larger than this, in bytes, is worth writing anew. */
  private static final long LARGE = 8 << 20;

  private final Path directory;
  private final InstantSource clock;

  public H2Archive(Path directory, InstantSource clock) {
    this.directory = directory;
    this.clock = clock;
  }

  @Override
  public Exported export(Consumer<String> lines) throws InterruptedException {
    try (Store store = Store.open(JournalFile.in(directory))) {
      return new JournalExport(store, lines).run(clock.instant());
    }
  }

  @Override
  public Exported exportFrom(Path path, Consumer<String> lines) throws InterruptedException {
    return Stopping.run(
        stopping ->
            Salvage.run(
                path.toAbsolutePath().normalize(),
                stopping.heard(lines),
                clock.instant(),
                stopping));
  }

  @Override
  public Imported importFrom(Path from) throws InterruptedException {
    AtomicReference<Imported> imported = new AtomicReference<>();
    try {
      return Stopping.run(stopping -> importFrom(from, stopping, imported));
    } catch (InterruptedException e) {
      Imported already = imported.get();
      if (already != null) {
        // It came when all was kept, and only the file was being made smaller.
        return already;
      }
      throw e;
    }
  }

  private Imported importFrom(Path from, Stopping stopping, AtomicReference<Imported> imported) {
    JournalFile journal = JournalFile.in(directory);
    try (Store store = Store.open(journal)) {
      long before = size(journal);
      Imported result =
          store.runLong(
              sql -> new JournalImport(from, sql, clock.instant(), stopping.asked()).run());
      imported.set(result);
      long after = size(journal);
      if (after > LARGE && after > 2 * before && !stopping.asked().getAsBoolean()) {
        store.compact();
      }
      return result;
    }
  }

  private static long size(JournalFile journal) {
    try {
      return Files.size(journal.data());
    } catch (IOException e) {
      return 0;
    }
  }
}
