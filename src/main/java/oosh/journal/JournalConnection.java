package oosh.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import oosh.journal.transaction.JournalTask;
import oosh.journal.transaction.TransactionThread;
import oosh.rollout.Interrupted;
import oosh.rollout.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The journal in a file, which is opened for each task and closed again, so that an idle process
 * holds nothing. Tasks that come right after each other share one opening. Another process may have
 * been stopped while it held the lock: then a task is given up.
 */
public class JournalConnection extends TransactionThread {
  private static final Logger LOG = Logger.getLogger("oosh");

  /** How long tasks that follow each other keep it open at most, because others wait. */
  private static final Duration LONGEST_OPEN = Duration.ofMillis(100);

  private final JournalFile file;
  private final JournalCopy copy;
  private final Duration patience;
  private final Runnable older;
  private final Consumer<String> unreadable;
  private final boolean temporary;
  private final FileFailures failures;

  /** Whether tables of an older oosh are being brought up to date, which no caller gives up. */
  private volatile boolean migrating;

  private volatile boolean outdated;

  /** The id of the journal that this process works with; null before it was opened. */
  private @Nullable String id;

  /** How the file looked when this process closed it. */
  private @Nullable String closedAs;

  /**
   * A connection that has not looked at the file: the first task meets the file's problems.
   *
   * @param temporary whether the file is of this process alone and deleted at the end: it has no
   *     copy, and stays open between two tasks, for to open it costs more than most tasks
   */
  JournalConnection(
      JournalFile file,
      Duration patience,
      Runnable older,
      Consumer<String> unreadable,
      boolean temporary) {
    super(patience);
    this.file = file;
    this.copy = new JournalCopy(file);
    this.failures = new FileFailures(file, copy);
    this.patience = patience;
    this.older = older;
    this.unreadable = unreadable;
    this.temporary = temporary;
  }

  public static JournalConnection open(JournalFile file) {
    return open(file, PATIENCE, () -> {}, record -> {});
  }

  /**
   * The journal of that directory, without a look at its file.
   *
   * @param unreadable is told of records that cannot be read
   */
  public static JournalConnection unopened(Path directory, Consumer<String> unreadable) {
    return new JournalConnection(JournalFile.in(directory), PATIENCE, () -> {}, unreadable, false);
  }

  /**
   * Opens the journal for the first time.
   *
   * @param older is called before the tables of an older oosh are brought up to date
   * @param unreadable is told, once for each, of records that cannot be read
   */
  static JournalConnection open(
      JournalFile file, Duration patience, Runnable older, Consumer<String> unreadable) {
    JournalConnection connection = new JournalConnection(file, patience, older, unreadable, false);
    try {
      connection.read(sql -> true);
      return connection;
    } catch (Problem | Interrupted e) {
      connection.close();
      throw e;
    }
  }

  /** Whether a newer oosh has brought the tables up to date: every task is refused then. */
  boolean outdated() {
    try {
      return read(sql -> false);
    } catch (Problem p) {
      return outdated;
    }
  }

  JournalFile file() {
    return file;
  }

  @Override
  protected void answer(JournalTask<?> task) {
    failures.requireUndamaged();
    if (task.writes() && !Objects.equals(file.state(), closedAs)) {
      // Another process has changed the file: a damaged or newer file keeps every byte.
      openUpToDate(new JournalTask<>(sql -> true, false));
    }
    openUpToDate(task);
  }

  private void openUpToDate(JournalTask<?> task) {
    if (!open(task)) {
      bringUpToDate(task);
      if (!open(task)) {
        throw JournalErrors.exchanged(file.data() + " was moved or exchanged a moment ago");
      }
    }
  }

  /**
   * Opens the journal for that task and those that follow it at once.
   *
   * @return false if the tables are of an older oosh, or there are none: then nothing was done
   */
  private boolean open(JournalTask<?> first) {
    AtomicBoolean isUpToDate = new AtomicBoolean();
    boolean writes = first.writes() || temporary;
    hold(
        writes,
        first,
        () -> {
          if (file.isNew()) {
            if (id != null) {
              throw JournalErrors.exchanged(file.data() + " is gone");
            }
            failures.requireNoCopy();
            return;
          }
          try (Connection connection = file.open(writes)) {
            JdbcTemplate sql = new JournalSql(connection, unreadable);
            isUpToDate.set(check(SchemaMigrations.head(sql)));
            long end = System.nanoTime() + LONGEST_OPEN.toNanos();
            JournalTask<?> task = isUpToDate.get() ? first : null;
            while (task != null) {
              task =
                  done(task, connection, sql)
                      ? queue.following(writes, end, () -> temporary && !file.lock().isWanted())
                      : null;
            }
            if (writes && isUpToDate.get()) {
              file.remember(SchemaMigrations.head(sql));
            }
          }
          closedAs = file.state();
        });
    return isUpToDate.get();
  }

  /** Whether the connection can be used for another task. */
  private boolean done(JournalTask<?> task, Connection connection, JdbcTemplate sql) {
    try {
      failures.translate(
          () ->
              task.run(
                  sql,
                  () -> {
                    sql.update("update journal set changes = changes + 1");
                    connection.commit();
                  }));
      return true;
    } catch (RuntimeException | LinkageError e) {
      try {
        connection.rollback();
      } catch (SQLException | RuntimeException | AssertionError gone) {
        LOG.log(Level.INFO, "journal not rolled back: {0}", gone.getClass().getSimpleName());
      }
      task.fail(e);
      return false;
    }
  }

  /** Whether the tables are up to date; refuses those of a newer oosh or another journal. */
  private boolean check(SchemaMigrations.Head head) {
    if (head.version() > SchemaMigrations.VERSION) {
      outdated = id != null;
      throw outdated
          ? JournalErrors.outdated()
          : SchemaMigrations.newer(head.version(), file.data());
    }
    if (id != null && !id.equals(head.id())) {
      throw JournalErrors.exchanged(file.data() + " is another journal than this shell began with");
    }
    failures.requireNewest(head);
    if (head.version() < SchemaMigrations.VERSION) {
      return false;
    }
    id = head.id();
    return true;
  }

  /**
   * Makes the tables, or brings those of an older oosh up to date.
   *
   * @throws Problem if that cannot be done
   */
  void bringUpToDate(JournalTask<?> task) {
    try {
      hold(
          true,
          task,
          () -> {
            if (file.isNew()) {
              file.create(
                  connection -> SchemaMigrations.create(new JournalSql(connection, unreadable)));
            } else if (needsMigration()) {
              try (Connection connection = file.open(true)) {
                JdbcTemplate sql = new JournalSql(connection, unreadable);
                SchemaMigrations.migrate(sql);
                file.remember(SchemaMigrations.head(sql));
                JournalFile.dropPassword(connection);
              }
            }
            file.dropOldFiles();
          });
    } finally {
      migrating = false;
    }
  }

  /** Whether steps are missing; then the daily copy is of the journal without them. */
  private boolean needsMigration() throws SQLException, IOException {
    int version;
    long newest;
    try (Connection connection = file.open(false)) {
      JdbcTemplate sql = new JournalSql(connection, unreadable);
      version = SchemaMigrations.head(sql).version();
      newest = SchemaMigrations.newest(sql, version);
    }
    if (version >= SchemaMigrations.VERSION) {
      return false;
    }
    failures.requireAheadOfCopy(version, newest);
    if (version > 0) {
      migrating = true;
      older.run();
      copy.make();
    }
    return true;
  }

  @Override
  protected boolean takesLong() {
    return migrating;
  }

  @Override
  protected Problem silent(String written) {
    return JournalErrors.silent(written, file.data());
  }

  /** Makes the day's copy, and the file small again: when no task waits. */
  @Override
  protected void rest() {
    if (id == null || outdated || temporary || failures.hasDamage()) {
      return;
    }
    try {
      if (copy.isDue(Instant.now())) {
        copy.makeIfFree(() -> queue.hasTasks() || file.lock().isWanted());
      }
      file.lock().hold(true, Duration.ZERO, () -> true, file::compact);
    } catch (SQLException e) {
      LOG.log(Level.INFO, "journal not copied: error {0}", e.getErrorCode());
      if (JournalErrors.isDamage(e)) {
        unreadable.accept(
            "the journal is damaged in part; " + copy.path() + " stays as it was before");
      }
    } catch (IOException | Problem e) {
      LOG.log(Level.INFO, "journal not copied: {0}", e.getMessage());
    }
  }

  private void hold(boolean alone, JournalTask<?> task, JournalLock.Work work) {
    if (alone) {
      file.needWritable();
    }
    failures.translate(
        () -> {
          if (!file.lock().hold(alone, patience, task::isGivenUp, work)) {
            throw JournalErrors.held(file.data(), file.lock().holder());
          }
        });
  }
}
