package oosh.journal;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import oosh.rollout.notice.NoticeAudience;
import oosh.rollout.record.Initiator;

/** One journal as several people's shells see it, each under its own name; the file stays open. */
public final class SharedJournal extends SqlJournal {
  private final JournalConnection connection;

  private SharedJournal(JournalConnection connection, InstantSource clock, Initiator person) {
    super(
        connection,
        connection,
        new LastRead(connection),
        NoticeAudience.NOBODY,
        clock,
        () -> person);
    this.connection = connection;
  }

  /**
   * The journal of that directory for each of them, in their order; all are closed together.
   *
   * @param clock the clock by which starts are planned
   */
  public static List<SqlJournal> of(Path directory, InstantSource clock, List<Initiator> people) {
    JournalConnection connection =
        new JournalConnection(
            JournalFile.in(directory), JournalConnection.PATIENCE, () -> {}, record -> {}, true);
    return people.stream()
        .<SqlJournal>map(person -> new SharedJournal(connection, clock, person))
        .toList();
  }

  @Override
  public Status status() {
    throw new UnsupportedOperationException("status of " + connection.file().data());
  }
}
