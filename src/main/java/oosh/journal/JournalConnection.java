package oosh.journal;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import oosh.rollout.Interrupted;
import oosh.rollout.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Opens the journal for each task and closes it again, so that an idle process holds nothing. Tasks
 * that come right after each other share one opening.
 *
 * <p>A thread of its own does the tasks: the interrupt that Ctrl-C sends to a command would close
 * the file under H2. No caller waits for ever, for another process may have been stopped while it
 * held the lock: a task that has not begun in time is given up, and nothing of it is written.
 */
public final class JournalConnection implements JournalReader, AutoCloseable {
  private static final Logger LOG = Logger.getLogger("oosh");

  /** How long a task waits for the lock. Another process holds it for milliseconds. */
  public static final Duration PATIENCE = Duration.ofSeconds(3);

  /** How long a task that has begun waits for the disk. */
  private static final Duration DISK = Duration.ofSeconds(10);

  /** For an import of millions of rows, which asks by itself whether it was cancelled. */
  private static final Duration LONG_WORK = Duration.ofHours(2);

  /** After Ctrl-C: enough for a commit to a disk, and still an answer that feels immediate. */
  private static final Duration GRACE = Duration.ofMillis(150);

  private static final Duration CLOSING = Duration.ofSeconds(5);

  /** How long tasks that follow each other keep it open at most, because others wait. */
  private static final Duration LONGEST_OPEN = Duration.ofMillis(100);

  /** A process without a task for so long is at rest: a copy delays no answer. */
  private static final Duration REST = Duration.ofSeconds(30);

  private final JournalFile file;
  private final JournalCopy copy;
  private final Duration patience;
  private final Runnable older;
  private final Consumer<String> unreadable;
  private final boolean temporary;
  private final TaskQueue queue = new TaskQueue(this::work);
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
      connection.queue.end();
      throw e;
    }
  }

  /** Begins to open the file; no caller waits for it. */
  void openAhead() {
    queue.add(new JournalTask<>(sql -> true, false));
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

  /**
   * Runs the work in a transaction; committed on return. After an interrupt it gets a moment more,
   * so that what a command writes on its way out is written.
   *
   * @throws Problem REFUSED for a failure of the database and for its silence; if the transaction
   *     may be committed nevertheless, the problem says so
   */
  public <T> T run(Function<JdbcTemplate, T> work) {
    return ask(work, DISK, true);
  }

  /**
   * Runs work that takes as long as a file is large.
   *
   * @throws Problem as {@link #run}
   */
  public <T> T runLong(Function<JdbcTemplate, T> work) {
    return ask(work, LONG_WORK, true);
  }

  /**
   * Runs work that changes nothing; an interrupt ends the wait at once.
   *
   * @throws Problem as {@link #run}
   */
  @Override
  public <T> T read(Function<JdbcTemplate, T> work) {
    return ask(work, DISK, false);
  }

  private <T> T ask(Function<JdbcTemplate, T> work, Duration longest, boolean writes) {
    JournalTask<T> task = new JournalTask<>(work, writes);
    queue.add(task);
    try {
      while (true) {
        try {
          return task.get(patience.plus(longest));
        } catch (TimeoutException e) {
          if (!migrating) {
            throw JournalErrors.silent(written(task), file.data());
          }
        }
      }
    } catch (InterruptedException e) {
      try {
        return task.get(writes ? GRACE : Duration.ZERO);
      } catch (InterruptedException | TimeoutException again) {
        throw Interrupted.orProblem(
            Problem.of(
                Problem.Kind.INTERRUPTED,
                "stopped" + written(task),
                "Ctrl-C while the journal was read or written",
                "try again"));
      } finally {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Gives the task up, and says what is known of it then. */
  private static String written(JournalTask<?> task) {
    boolean nothing = task.giveUp();
    return !task.writes()
        ? ""
        : nothing ? "; nothing was written" : "; whether it was written is not known";
  }

  /** Does the tasks that were asked for, cares for the file, and ends. */
  @Override
  public void close() {
    queue.end();
    queue.join(CLOSING);
  }

  private void work() {
    boolean atRest = true;
    while (true) {
      JournalTask<?> task = queue.next(atRest ? Duration.ofDays(1) : REST);
      atRest = task == null;
      if (task == null || task == TaskQueue.LAST) {
        careForTheFile();
        if (task == TaskQueue.LAST) {
          return;
        }
        continue;
      }
      try {
        answer(task);
      } catch (RuntimeException | Error e) {
        task.fail(e);
      }
    }
  }

  private void answer(JournalTask<?> task) {
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
      failures.translate(() -> task.run(connection, sql));
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

  /** Makes the tables, or brings those of an older oosh up to date. */
  private void bringUpToDate(JournalTask<?> task) {
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

  /** Makes the day's copy, and the file small again: when no task waits. */
  private void careForTheFile() {
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
