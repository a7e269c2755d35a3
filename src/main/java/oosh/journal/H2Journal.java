package oosh.journal;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
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
}
