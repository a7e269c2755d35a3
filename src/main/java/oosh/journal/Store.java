package oosh.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import oosh.rollout.Problem;
import org.h2.api.ErrorCode;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.UncategorizedDataAccessException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * One connection, used by one thread of its own: callers queue, and the interrupt that Ctrl-C sends
 * to a command can never reach H2, which would close its file on it. When the shell that holds the
 * file dies, the next piece of work finds the connection broken, opens a new one and runs again.
 *
 * <p>No caller waits for ever: the shell that holds the file may have been stopped with Ctrl-Z, and
 * H2 then reads from a socket that stays silent. Whoever has waited long enough, or is interrupted,
 * takes the piece of work back: it is not committed any more, and thread and connection are left to
 * end by themselves when they can. The next caller gets new ones.
 */
final class Store implements AutoCloseable {
  /** Each shell that leaves may cost the others one. */
  private static final int ATTEMPTS = 10;

  /** How often what looks like damage is looked at anew, over a new connection. */
  private static final int DOUBTS = 2;

  /** Longer than H2 needs to take over from a shell that was killed (3.5 s), on a busy machine. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Duration OPENING = Duration.ofSeconds(60);

  /**
   * An import of millions of rows, whose reader asks by itself whether it should go on; tables of
   * as many that an older oosh has made, and that are brought up to date.
   */
  private static final Duration LONG_WORK = Duration.ofHours(2);

  /** After Ctrl-C: enough for a commit to a disk, and still an answer that feels immediate. */
  private static final Duration GRACE = Duration.ofMillis(150);

  private static final Duration CLOSING = Duration.ofSeconds(5);

  /** A statement failed; stays inside this room. */
  static final class Failed extends UncategorizedDataAccessException {
    private static final long serialVersionUID = 1L;

    private final SQLException sqlException;

    Failed(String task, SQLException e) {
      super(task, e);
      this.sqlException = e;
    }

    SQLException sqlException() {
      return sqlException;
    }

    boolean noSuchTable() {
      return sqlException.getErrorCode() == ErrorCode.TABLE_OR_VIEW_NOT_FOUND_1
          || sqlException.getErrorCode() == ErrorCode.TABLE_OR_VIEW_NOT_FOUND_DATABASE_EMPTY_1
          || sqlException.getErrorCode() == ErrorCode.TABLE_OR_VIEW_NOT_FOUND_WITH_CANDIDATES_2;
    }
  }

  private final JournalFile file;
  private final Duration patience;
  private @Nullable Hand hand;
  private boolean closed;

  /** Whether tables of an older oosh are being brought up to date: nobody gives that up. */
  private volatile boolean converting;

  /** Is told, once for each, of records that cannot be read. */
  private volatile Consumer<String> unreadable = record -> {};

  /** Whether the tables were as this oosh knows them when they were opened. */
  private volatile boolean opened;

  private volatile boolean outdated;

  /** Of the thread: whether the file was looked at before it was opened. */
  private volatile boolean looked;

  private Store(JournalFile file, Duration patience) {
    this.file = file;
    this.patience = patience;
  }

  static Store open(JournalFile file) {
    return open(file, PATIENCE, () -> {});
  }

  /**
   * @param older is called where tables of an older oosh are about to be brought up to date
   */
  static Store open(JournalFile file, Duration patience, Runnable older) {
    Store store = new Store(file, patience);
    try {
      store.ask(
          sql -> {
            try {
              Schema.bringUpToDate(
                  sql,
                  file,
                  version -> {
                    store.converting = true;
                    if (version > 0) {
                      older.run();
                    }
                  });
            } finally {
              store.converting = false;
            }
            return true;
          },
          OPENING,
          false);
    } catch (Problem p) {
      store.close();
      throw p;
    }
    store.opened = true;
    return store;
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
  Store telling(Consumer<String> tells) {
    unreadable = tells;
    return this;
  }

  /**
   * Runs the work in a transaction; committed on return. It may run more than once, so it must
   * leave the same behind when it is repeated. After an interrupt it gets a moment more, so that
   * what a command writes on its way out is written.
   *
   * @throws Problem REFUSED for whatever the database says and for its silence, INTERRUPTED; where
   *     it may be committed nevertheless, it says so
   */
  <T> T run(Function<JdbcTemplate, T> work) {
    return ask(work, patience, true);
  }

  /**
   * The same for work that takes as long as a file is large; an interrupt does not end it.
   *
   * @throws Problem likewise
   */
  <T> T runLong(Function<JdbcTemplate, T> work) {
    return ask(work, LONG_WORK, true);
  }

  /**
   * The same for work that changes nothing: an interrupt ends the wait at once.
   *
   * @throws Problem likewise
   */
  <T> T read(Function<JdbcTemplate, T> work) {
    return ask(work, patience, false);
  }

  /**
   * Writes the file anew, without the states that came before: an import leaves many times as much
   * of those as of rows. Where another process has the file open nothing happens, for its work
   * would meet a database that closes; nor where the disk has no room for both.
   */
  void compact() {
    Hand by = hand();
    try {
      by.thread.submit(() -> file.alone(by::compact)).get(LONG_WORK.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
      // It stays as large as it is.
      return;
    }
  }

  private <T> T ask(Function<JdbcTemplate, T> work, Duration longest, boolean writes) {
    Hand by = hand();
    Piece<T> piece = new Piece<>(by, work);
    Future<T> answer;
    try {
      answer = by.thread.submit(piece);
    } catch (RejectedExecutionException retiredMeanwhile) {
      return ask(work, longest, writes);
    }
    boolean interrupted = false;
    long asked = System.nanoTime();
    long end = asked + longest.toNanos();
    try {
      while (true) {
        try {
          return answer.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          if (!interrupted) {
            end = Math.min(end, System.nanoTime() + (writes ? GRACE.toNanos() : 0));
          }
          interrupted = true;
        } catch (TimeoutException e) {
          if (converting && !interrupted && System.nanoTime() - asked < LONG_WORK.toNanos()) {
            end = System.nanoTime() + longest.toNanos();
            continue;
          }
          boolean takenBack = piece.takeBack();
          retire(by);
          String written =
              !writes
                  ? ""
                  : takenBack ? "; nothing was written" : "; whether it was written is not known";
          throw interrupted ? interrupted(written) : silent(written, longest);
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

  private Problem silent(String written, Duration longest) {
    return Problem.refused(
        "the journal does not answer" + written,
        "its disk, or the process that holds "
            + file.data()
            + ", has been silent for "
            + longest.toSeconds()
            + " s",
        Troubles.WAKE_IT);
  }

  private static Problem interrupted(String written) {
    return Problem.of(
        Problem.Kind.INTERRUPTED,
        "the journal did not answer" + written,
        "Ctrl-C while it was asked",
        "try again");
  }

  private synchronized Hand hand() {
    if (closed) {
      throw Problem.refused(
          "the journal cannot be used", "it is closed; this shell is ending", "start oosh again");
    }
    if (hand == null) {
      hand = new Hand();
    }
    return hand;
  }

  private synchronized void retire(Hand silent) {
    silent.leave();
    if (hand == silent) {
      hand = null;
    }
  }

  @Override
  public void close() {
    Hand last;
    synchronized (this) {
      closed = true;
      last = hand;
      hand = null;
    }
    if (last != null) {
      last.leave();
      last.awaitEnd();
    }
  }

  /** A piece of work. Its thread and its waiter agree on who was first: commit, or take back. */
  private final class Piece<T> implements Callable<T> {
    private enum State {
      OPEN,
      COMMITTING,
      TAKEN_BACK
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);
    private final Hand by;
    private final Function<JdbcTemplate, T> work;

    Piece(Hand by, Function<JdbcTemplate, T> work) {
      this.by = by;
      this.work = work;
    }

    /** Whether it is certain now that nothing of it is committed. */
    boolean takeBack() {
      return state.compareAndSet(State.OPEN, State.TAKEN_BACK) || takenBack();
    }

    private boolean takenBack() {
      return state.get() == State.TAKEN_BACK;
    }

    @Override
    public T call() {
      for (int attempt = 1; ; attempt++) {
        SQLException failure;
        if (takenBack()) {
          throw silent("; nothing was written", patience);
        }
        try {
          JdbcTemplate sql = by.connected();
          if (opened && (outdated || Schema.isNewer(sql))) {
            outdated = true;
            throw Troubles.outdated();
          }
          T result = work.apply(sql);
          by.commit(this);
          return result;
        } catch (Failed e) {
          failure = e.sqlException();
        } catch (SQLException e) {
          failure = e;
        } catch (CannotGetJdbcConnectionException e) {
          // Another part of this process has closed the database, to write its file anew.
          failure = new SQLException("closed", "08003", ErrorCode.CONNECTION_BROKEN_1);
        } catch (Entries.Unreadable e) {
          if (by.isAnothers() && attempt <= DOUBTS) {
            by.disconnect();
            continue;
          }
          by.rollBack();
          throw Troubles.damaged(file.data());
        } catch (RuntimeException e) {
          by.rollBack();
          throw e;
        } catch (LinkageError e) {
          throw e;
        } catch (Error e) {
          // H2's assertions do not become an SQLException, and its connection may be of no use.
          boolean closing = by.isAnothers() && !(e instanceof OutOfMemoryError);
          by.disconnect();
          if (closing && attempt <= DOUBTS) {
            continue;
          }
          throw Troubles.of(file.data(), e);
        }
        boolean another = by.isAnothers();
        by.rollBack();
        if (Troubles.disconnected(failure)
            || (another && attempt <= DOUBTS && Troubles.doubtful(failure))) {
          by.disconnect();
        } else if (attempt == 1 && Troubles.isOfItsTexts(failure.getErrorCode())) {
          // A newer oosh may be at the tables: once it is done, their version says so.
          file.alone(() -> true);
        } else if (!Troubles.collided(failure)) {
          throw Troubles.of(file.data(), failure);
        }
        if (attempt == ATTEMPTS) {
          throw Troubles.of(file.data(), failure);
        }
      }
    }
  }

  /** The thread and its connection. */
  private final class Hand {
    private final ExecutorService thread =
        Executors.newSingleThreadExecutor(
            work -> {
              Thread t = new Thread(work, "oosh-journal");
              t.setDaemon(true);
              return t;
            });

    /** Both belong to the thread. */
    private @Nullable Connection connection;

    private @Nullable JdbcTemplate sql;

    JdbcTemplate connected() throws SQLException {
      if (sql == null) {
        if (!looked) {
          // Here, where no interrupt can reach H2, and within the time that a caller waits.
          FirstLook.at(file);
          looked = true;
        }
        connection = file.connect();
        sql =
            new JournalSql(
                new SingleConnectionDataSource(connection, true), told -> unreadable.accept(told));
        // Given here so that Spring loads no table of error codes: Troubles reads H2's own.
        sql.setExceptionTranslator((task, statement, e) -> new Failed(task, e));
      }
      return sql;
    }

    void commit(Piece<?> piece) throws SQLException {
      if (!piece.state.compareAndSet(Piece.State.OPEN, Piece.State.COMMITTING)
          && piece.takenBack()) {
        throw silent("; nothing was written", patience);
      }
      if (connection != null) {
        connection.commit();
      }
    }

    /** Whether another process holds the file, and may be closing it. */
    boolean isAnothers() {
      return connection != null && JournalFile.isAnothers(connection);
    }

    void rollBack() {
      try {
        if (connection != null) {
          connection.rollback();
        }
      } catch (SQLException | RuntimeException | AssertionError e) {
        disconnect();
      }
    }

    private void close() {
      try {
        if (connection != null) {
          file.close(connection, opened && !outdated);
        }
      } catch (SQLException | RuntimeException | AssertionError e) {
        disconnect();
      } finally {
        connection = null;
        sql = null;
      }
    }

    void disconnect() {
      try {
        if (connection != null) {
          connection.close();
        }
      } catch (SQLException | RuntimeException | AssertionError e) {
        // It is gone, which is what was wanted.
      } finally {
        connection = null;
        sql = null;
      }
    }

    /** Closes the database for all of this process; whoever asks next opens it again. */
    boolean compact() {
      try {
        Integer others =
            connected()
                .queryForObject(
                    "select count(*) from information_schema.sessions where server is not null",
                    Integer.class);
        if (others != null && others == 0) {
          connected().execute("shutdown compact");
          return true;
        }
        return false;
      } catch (SQLException | RuntimeException | AssertionError e) {
        // H2 puts the new file in the place of the old one when it is whole, or not at all.
        return false;
      } finally {
        disconnect();
        file.keepToOwner();
      }
    }

    /** Ends once it has done what it was given. Never by an interrupt: that one would reach H2. */
    void leave() {
      if (!thread.isShutdown()) {
        thread.execute(this::close);
        thread.shutdown();
      }
    }

    void awaitEnd() {
      boolean interrupted = false;
      long end = System.nanoTime() + CLOSING.toNanos();
      try {
        while (true) {
          try {
            thread.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            // Ended or not: the process may go, and H2 closes what it can on its exit.
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
  }
}
