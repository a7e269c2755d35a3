package oosh.journal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import oosh.journal.transaction.JournalTask;
import oosh.rollout.Problem;
import oosh.rollout.notice.NoticeAudience;
import oosh.rollout.record.Initiator;

/**
 * The journal in an H2 file, which is opened for each method and closed after it. Any thread may
 * call it, and several processes may use the same directory. Each method is one transaction,
 * durable on return.
 */
public final class H2Journal extends SqlJournal {
  private final JournalConnection connection;

  H2Journal(JournalConnection connection, InstantSource clock) {
    this(connection, NoticeAudience.NOBODY, clock);
  }

  H2Journal(JournalConnection connection, NoticeAudience audience, InstantSource clock) {
    this(connection, audience, clock, Initiator::here);
  }

  private H2Journal(
      JournalConnection connection,
      NoticeAudience audience,
      InstantSource clock,
      Supplier<Initiator> author) {
    super(connection, connection, new LastRead(connection), audience, clock, author);
    this.connection = connection;
  }

  /**
   * Opens the journal of that directory; makes both if they are missing, for this user only.
   *
   * @throws Problem REFUSED if the directory cannot be used, or the file is damaged or newer than
   *     this oosh; either is left as it is
   */
  public static H2Journal open(Path directory) {
    return open(directory, InstantSource.system());
  }

  /**
   * The journal of that directory, without a look at its file: the first method that is called
   * meets the file's problems.
   *
   * @param older is called before the tables of an older oosh are brought up to date, which takes
   *     half a minute for each index of a million records
   * @param unreadable is told of each record that cannot be read and is left out
   * @param audience whom notices are written for
   * @throws Problem REFUSED if the directory cannot be made
   */
  public static H2Journal unopened(
      Path directory, Runnable older, Consumer<String> unreadable, NoticeAudience audience) {
    return new H2Journal(
        new JournalConnection(
            JournalFile.in(directory), JournalConnection.PATIENCE, older, unreadable, false),
        audience,
        InstantSource.system());
  }

  /**
   * The journal of that directory for a look at it, which leaves everything in the directory as it
   * is: another process waits for an answer and must not wait long.
   *
   * @param patience how long a read waits for a process that writes
   * @return empty if there is no journal
   */
  public static Optional<H2Journal> glance(Path directory, Duration patience) {
    // JournalFile makes a directory that is missing.
    return Files.isRegularFile(directory.resolve("journal.mv.db"))
        ? Optional.of(
            new H2Journal(
                new Glance(JournalFile.in(directory), patience),
                NoticeAudience.NOBODY,
                InstantSource.system()))
        : Optional.empty();
  }

  /**
   * Opens the journal of that directory.
   *
   * @param clock the clock by which starts are planned
   * @throws Problem as {@link #open(Path)}
   */
  public static H2Journal open(Path directory, InstantSource clock) {
    return open(directory, clock, NoticeAudience.NOBODY);
  }

  /** The same, where notices are written for somebody. */
  public static H2Journal open(Path directory, InstantSource clock, NoticeAudience audience) {
    return new H2Journal(JournalConnection.open(JournalFile.in(directory)), audience, clock);
  }

  /**
   * A journal that is deleted at the end, in a directory of this process alone: no copy is made,
   * and its file stays open from the first method until {@link #close}, or until another thread
   * wants it.
   *
   * @param clock the clock by which starts are planned
   * @param author who writes to the audit trail
   * @throws Problem REFUSED if the directory cannot be used
   */
  public static H2Journal temporary(Path directory, InstantSource clock, Initiator author) {
    return new H2Journal(
        new JournalConnection(
            JournalFile.in(directory), JournalConnection.PATIENCE, () -> {}, record -> {}, true),
        NoticeAudience.NOBODY,
        clock,
        () -> author);
  }

  @Override
  public boolean outdated() {
    return connection.outdated();
  }

  @Override
  public Status status() {
    return connection.read(
        sql -> {
          SchemaMigrations.Head head = SchemaMigrations.head(sql);
          return new Status(
              connection.file().data().toString(),
              "H2 " + sql.queryForObject("select h2version()", String.class),
              head.version(),
              head.id(),
              connection.file().data().toFile().length(),
              executions(sql),
              List.of(),
              null,
              null);
        });
  }

  /** Reads, and cares for nothing: no tables are made or brought up to date, no copy is made. */
  private static final class Glance extends JournalConnection {
    Glance(JournalFile file, Duration patience) {
      super(file, patience, () -> {}, record -> {}, false);
    }

    @Override
    protected void answer(JournalTask<?> task) {
      if (task.writes()) {
        throw new IllegalStateException("a glance writes nothing");
      }
      super.answer(task);
    }

    @Override
    void bringUpToDate(JournalTask<?> task) {
      throw Problem.refused(
          "the journal is not read", "it is of an older oosh", "history brings it up to date");
    }

    @Override
    protected void rest() {}
  }
}
