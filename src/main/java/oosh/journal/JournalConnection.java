package oosh.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import oosh.rollout.Interrupted;
import oosh.rollout.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Opens the journal for each piece of work and closes it again, so that a process that does nothing
 * holds nothing. Pieces that come one right after the other share one opening.
 *
 * <p>A thread of its own does the work: the interrupt that Ctrl-C sends to a command would close
 * the file under H2. No caller waits for ever, for another process may have been stopped while it
 * held the lock: a piece that has not begun in time is given up, and nothing of it is written.
 */
public final class JournalConnection implements JournalReader, AutoCloseable {
  private static final Logger LOG = Logger.getLogger("oosh");

  /** How long a piece waits for the lock. Another process holds it for milliseconds. */
  public static final Duration PATIENCE = Duration.ofSeconds(3);

  /** How long a piece that has begun waits for the disk. */
  private static final Duration DISK = Duration.ofSeconds(10);

  /**
   * An import of millions of rows, whose reader asks by itself whether it should go on; tables of
   * as many that an older oosh has made, and that are brought up to date.
   */
  private static final Duration LONG_WORK = Duration.ofHours(2);

  /** After Ctrl-C: enough for a commit to a disk, and still an answer that feels immediate. */
  private static final Duration GRACE = Duration.ofMillis(150);

  private static final Duration CLOSING = Duration.ofSeconds(5);

  /** How long the journal stays open for a next piece: the time between two reads of one verb. */
  private static final Duration LINGER = Duration.ofMillis(5);

  /** How long pieces that follow each other keep it open at most, as others wait. */
  private static final Duration LONGEST_OPEN = Duration.ofMillis(100);

  /** A process that did not ask for so long is at rest: a copy is in nobody's way. */
  private static final Duration REST = Duration.ofSeconds(30);

  /** The tables are those of an older oosh, or there are none. Stays inside this class. */
  private static final class Older extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Older() {
      super("older", null, false, false);
    }
  }

  private final JournalFile file;
  private final Duration patience;
  private final Runnable older;
  private final LinkedBlockingQueue<Piece<?>> queue = new LinkedBlockingQueue<>();
  private @Nullable Thread worker;
  private boolean closed;

  /** Whether tables of an older oosh are being brought up to date: nobody gives that up. */
  private volatile boolean converting;

  /** Is told, once for each, of records that cannot be read. */
  private volatile Consumer<String> unreadable = record -> {};

  private volatile boolean outdated;

  /** These belong to the worker: a piece that the open connection could not do, and */
  private @Nullable Piece<?> next;

  /** the id of the journal that this process works with; null before it was opened, and */
  private @Nullable String id;

  /** how the file looked when it was closed, and */
  private JournalFile.@Nullable State looked;

  /** what was said of the file's damage, and how the file looked then. */
  private @Nullable Problem damage;

  private JournalFile.@Nullable State damaged;

  private JournalConnection(JournalFile file, Duration patience, Runnable older) {
    this.file = file;
    this.patience = patience;
    this.older = older;
  }

  public static JournalConnection open(JournalFile file) {
    return open(file, PATIENCE, () -> {});
  }

  /**
   * @param older is called where tables of an older oosh are about to be brought up to date
   */
  public static JournalConnection open(JournalFile file, Duration patience, Runnable older) {
    JournalConnection store = unopened(file, patience, older);
    try {
      store.read(sql -> true);
      return store;
    } catch (Problem | Interrupted e) {
      store.end();
      throw e;
    }
  }

  /** The same, without a look at the file: the first piece of work meets its problems. */
  static JournalConnection unopened(JournalFile file, Duration patience, Runnable older) {
    return new JournalConnection(file, patience, older);
  }

  /** Begins to open the file; no caller waits for it. */
  void openAhead() {
    add(new Piece<>(sql -> true, false));
  }

  /**
   * Whether a newer oosh has brought the tables up to date since: nothing more is asked of them.
   */
  boolean outdated() {
    try {
      return read(sql -> false);
    } catch (Problem p) {
      return outdated;
    }
  }

  /** Has that one told of records that cannot be read. */
  JournalConnection telling(Consumer<String> tells) {
    unreadable = tells;
    return this;
  }

  /** How the file looks now; null if it was changed a moment ago, or is not there. */
  JournalFile.@Nullable State settled() {
    JournalFile.State state = file.state();
    return state != null && state.isSettled() ? state : null;
  }

  /**
   * Runs the work in a transaction; committed on return. After an interrupt it gets a moment more,
   * so that what a command writes on its way out is written.
   *
   * @throws Problem REFUSED for whatever the database says and for its silence; where it may be
   *     committed nevertheless, it says so
   */
  <T> T run(Function<JdbcTemplate, T> work) {
    return ask(work, DISK, true);
  }

  /**
   * The same for work that takes as long as a file is large; an interrupt does not end it.
   *
   * @throws Problem likewise
   */
  public <T> T runLong(Function<JdbcTemplate, T> work) {
    return ask(work, LONG_WORK, true);
  }

  /**
   * The same for work that changes nothing: an interrupt ends the wait at once.
   *
   * @throws Problem likewise
   */
  @Override
  public <T> T read(Function<JdbcTemplate, T> work) {
    return ask(work, DISK, false);
  }

  private <T> T ask(Function<JdbcTemplate, T> work, Duration longest, boolean writes) {
    Piece<T> piece = new Piece<>(work, writes);
    add(piece);
    boolean interrupted = false;
    long end = System.nanoTime() + patience.plus(longest).toNanos();
    try {
      while (true) {
        try {
          return piece.answer.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          if (!interrupted) {
            end = Math.min(end, System.nanoTime() + (writes ? GRACE.toNanos() : 0));
          }
          interrupted = true;
        } catch (TimeoutException e) {
          if (converting && !interrupted) {
            end = System.nanoTime() + longest.toNanos();
            continue;
          }
          boolean nothing = piece.giveUp();
          String written =
              !writes
                  ? ""
                  : nothing ? "; nothing was written" : "; whether it was written is not known";
          throw Interrupted.orProblem(
              interrupted ? interrupted(written) : JournalErrors.silent(written, file.data()));
        } catch (ExecutionException e) {
          if (e.getCause() instanceof RuntimeException r) {
            throw r;
          }
          throw new IllegalStateException(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static Problem interrupted(String written) {
    return Problem.of(
        Problem.Kind.INTERRUPTED,
        "the journal did not answer" + written,
        "interrupted while it was read or written",
        "try again");
  }

  private synchronized void add(Piece<?> piece) {
    if (closed) {
      throw Problem.refused(
          "the journal cannot be used", "it is closed; this shell is ending", "start oosh again");
    }
    queue.add(piece);
    if (worker == null) {
      Thread thread = new Thread(this::work, "oosh-journal");
      thread.setDaemon(true);
      thread.start();
      worker = thread;
    }
  }

  /** Does what is asked already, looks after the file, and ends. */
  @Override
  public void close() {
    end();
    Thread last;
    synchronized (this) {
      last = worker;
    }
    if (last == null) {
      return;
    }
    boolean interrupted = false;
    long end = System.nanoTime() + CLOSING.toNanos();
    try {
      while (true) {
        try {
          last.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
          // Ended or not: the process may go. What was answered is on the disk.
          return;
        } catch (InterruptedException e) {
          if (!interrupted) {
            end = Math.min(end, System.nanoTime() + GRACE.toNanos());
          }
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private synchronized void end() {
    if (!closed) {
      closed = true;
      queue.add(new Piece<>(null, false));
    }
  }

  /** A piece of work; without work it is the last one. */
  private static final class Piece<T> {
    private enum State {
      WAITING,
      BEGUN,
      GIVEN_UP
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    private final CompletableFuture<T> answer = new CompletableFuture<>();
    private final @Nullable Function<JdbcTemplate, T> work;
    private final boolean writes;

    Piece(@Nullable Function<JdbcTemplate, T> work, boolean writes) {
      this.work = work;
      this.writes = writes;
    }

    boolean isGivenUp() {
      return state.get() == State.GIVEN_UP;
    }

    /** Whether it is certain now that nothing of it is committed. */
    boolean giveUp() {
      return state.compareAndSet(State.WAITING, State.GIVEN_UP) || isGivenUp();
    }

    boolean isLast() {
      return work == null;
    }

    /** Does it, if nobody has given it up; it is answered once it is on the disk. */
    void on(Connection connection, JdbcTemplate sql) throws SQLException {
      if (work == null || !state.compareAndSet(State.WAITING, State.BEGUN)) {
        return;
      }
      T result = work.apply(sql);
      if (writes) {
        connection.commit();
      }
      answer.complete(result);
    }
  }

  /** What the worker does. */
  private void work() {
    boolean atRest = true;
    while (true) {
      Piece<?> piece = next(atRest ? Duration.ofDays(1) : REST);
      if (piece == null) {
        lookAfterTheFile();
        atRest = true;
      } else if (piece.isLast()) {
        if (id != null) {
          lookAfterTheFile();
        }
        return;
      } else {
        atRest = false;
        try {
          answer(piece);
        } catch (RuntimeException | Error e) {
          piece.answer.completeExceptionally(e);
        }
      }
    }
  }

  private @Nullable Piece<?> next(Duration longest) {
    Piece<?> left = next;
    next = null;
    try {
      return left != null ? left : queue.poll(longest.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts this thread", e);
    }
  }

  private void answer(Piece<?> piece) {
    if (damage != null && Objects.equals(file.state(), damaged)) {
      throw damage;
    }
    try {
      if (piece.writes && !Objects.equals(file.state(), looked)) {
        // What others have left is read first: what is damaged, or newer, keeps every byte.
        open(new Piece<>(sql -> true, false));
      }
      open(piece);
    } catch (Older e) {
      bringUpToDate(piece);
      try {
        open(piece);
      } catch (Older again) {
        throw JournalErrors.exchanged(file.data() + " was moved or exchanged a moment ago");
      }
    }
  }

  /** Opens the journal for that piece and those that follow it at once. */
  private void open(Piece<?> first) {
    hold(
        first.writes,
        first,
        () -> {
          if (file.isNew()) {
            throw id == null ? new Older() : JournalErrors.exchanged(file.data() + " is gone");
          }
          try (Connection connection = file.open(first.writes)) {
            JdbcTemplate sql = sql(connection);
            check(SchemaMigrations.head(sql));
            long end = System.nanoTime() + LONGEST_OPEN.toNanos();
            boolean works = true;
            for (Piece<?> p = first; p != null && works; ) {
              works = done(p, connection, sql);
              p = works ? following(first.writes, end) : null;
            }
          }
          looked = file.state();
        });
  }

  /** Whether the connection can be used for another piece. */
  private boolean done(Piece<?> piece, Connection connection, JdbcTemplate sql) {
    try {
      translated(() -> piece.on(connection, sql));
      return true;
    } catch (RuntimeException | LinkageError e) {
      try {
        connection.rollback();
      } catch (SQLException | RuntimeException | AssertionError gone) {
        LOG.log(Level.INFO, "journal not rolled back: {0}", gone.getClass().getSimpleName());
      }
      piece.answer.completeExceptionally(e);
      return false;
    }
  }

  /** The next piece if the open connection can do it and it comes in time. */
  private @Nullable Piece<?> following(boolean writes, long end) {
    Piece<?> piece = next(Duration.ofNanos(Math.min(LINGER.toNanos(), end - System.nanoTime())));
    if (piece != null && (piece.isLast() || (piece.writes && !writes) || System.nanoTime() > end)) {
      next = piece;
      return null;
    }
    return piece;
  }

  private JdbcTemplate sql(Connection connection) {
    // Without a proxy that suppresses close: Spring closes no connection of a single one, and to
    // make the proxy's class takes longer than a query.
    JdbcTemplate sql =
        new JournalSql(
            new SingleConnectionDataSource(connection, false), told -> unreadable.accept(told));
    // Given here so that Spring loads no table of error codes: Troubles reads H2's own.
    sql.setExceptionTranslator((task, statement, e) -> new StatementException(task, e));
    return sql;
  }

  /** Whether it is the journal that this process works with, and of this oosh. */
  private void check(SchemaMigrations.Head head) {
    if (head.version() > SchemaMigrations.VERSION) {
      outdated = id != null;
      throw outdated
          ? JournalErrors.outdated()
          : SchemaMigrations.newer(head.version(), file.data());
    }
    if (id != null && !id.equals(head.id())) {
      throw JournalErrors.exchanged(file.data() + " is another journal than this shell began with");
    }
    if (head.version() < SchemaMigrations.VERSION) {
      throw new Older();
    }
    id = head.id();
  }

  /** Makes the tables, or those of an older oosh into those of this one. */
  private void bringUpToDate(Piece<?> piece) {
    try {
      hold(
          true,
          piece,
          () -> {
            if (file.isNew()) {
              file.create(connection -> SchemaMigrations.migrate(sql(connection)));
            } else if (needsSteps()) {
              try (Connection connection = file.open(true)) {
                SchemaMigrations.migrate(sql(connection));
                JournalFile.dropPassword(connection);
              }
            }
            file.dropOldFiles();
          });
    } finally {
      converting = false;
    }
  }

  /** Whether steps are missing; then there is a copy of the journal without them. */
  private boolean needsSteps() throws SQLException, IOException {
    int version;
    try (Connection connection = file.open(false)) {
      version = SchemaMigrations.head(sql(connection)).version();
    }
    if (version < SchemaMigrations.VERSION && file.copied() != null) {
      try (Connection connection = file.openCopy()) {
        if (SchemaMigrations.head(sql(connection)).version() > version) {
          // Its newest states are lost: an earlier one is not brought up to date and gone on with.
          throw damaged();
        }
      }
    }
    if (version > 0 && version < SchemaMigrations.VERSION) {
      converting = true;
      older.run();
      Path aside = file.copyAside(() -> false);
      if (aside != null) {
        file.keep(aside, () -> false);
      }
    }
    return version < SchemaMigrations.VERSION;
  }

  /** Makes the day's copy, and the file small again: for moments in which nobody waits. */
  private void lookAfterTheFile() {
    if (id == null || outdated || damage != null) {
      return;
    }
    try {
      if (file.needsCopy(Instant.now())) {
        AtomicReference<Path> aside = new AtomicReference<>();
        ifFree(() -> aside.set(file.copyAside(this::isAsked)));
        Path copied = aside.get();
        if (copied != null) {
          file.keep(copied, this::isAsked);
        }
      }
      ifFree(file::compact);
    } catch (SQLException e) {
      LOG.log(Level.INFO, "journal not copied: error {0}", e.getErrorCode());
      if (JournalErrors.isDamage(e)) {
        unreadable.accept(
            "the journal is damaged in part; " + file.copy() + " stays as it was before");
      }
    } catch (IOException | Problem e) {
      LOG.log(Level.INFO, "journal not copied: {0}", e.getMessage());
    }
  }

  private void ifFree(JournalLock.Work work) throws SQLException, IOException {
    file.lock().hold(true, Duration.ZERO, () -> true, work);
  }

  private boolean isAsked() {
    Piece<?> waiting = queue.peek();
    return (waiting != null && !waiting.isLast()) || file.lock().isWanted();
  }

  private void hold(boolean alone, Piece<?> piece, JournalLock.Work work) {
    if (alone) {
      file.needWritable();
    }
    translated(
        () -> {
          if (!file.lock().hold(alone, patience, piece::isGivenUp, work)) {
            throw JournalErrors.held(file.data(), file.lock().holder());
          }
        });
  }

  /** Does the work; what disk and database say of it leaves as a problem. */
  private void translated(JournalLock.Work work) {
    try {
      work.run();
    } catch (StatementException e) {
      throw failure(e.sqlException());
    } catch (SQLException e) {
      throw failure(e);
    } catch (IOException e) {
      throw JournalErrors.ofFiles(file.directory(), e);
    } catch (DataAccessException e) {
      // A connection that is closed already, or not as many rows as there must be.
      throw e.getRootCause() instanceof SQLException cause ? failure(cause) : damaged();
    } catch (UnreadableRowException e) {
      throw damaged();
    } catch (LinkageError e) {
      throw e;
    } catch (OutOfMemoryError e) {
      throw JournalErrors.tooLarge(file.data());
    } catch (Error e) {
      // H2's assertions do not become an SQLException.
      throw damaged();
    }
  }

  private Problem failure(SQLException e) {
    LOG.log(Level.INFO, "journal: error {0}", e.getErrorCode());
    LOG.log(Level.FINE, "journal", e);
    return JournalErrors.isDamage(e) ? damaged() : JournalErrors.of(file.data(), e);
  }

  /** Nothing more is written to the file for as long as it is this one. */
  private Problem damaged() {
    damaged = file.state();
    Instant copied = file.copied();
    damage =
        JournalErrors.damaged(
            file.data(),
            file.copy(),
            copied == null ? null : Duration.between(copied, Instant.now()));
    return damage;
  }
}
