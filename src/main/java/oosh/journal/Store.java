package oosh.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import oosh.rollout.Problem;
import org.h2.api.ErrorCode;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.UncategorizedDataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * One connection, used by one thread of its own: callers queue, and the interrupt that Ctrl-C sends
 * to a command can never reach H2, which would close its file on it. When the shell that holds the
 * file dies, the next piece of work finds the connection broken, opens a new one and runs again.
 */
final class Store implements AutoCloseable {
  private static final int ATTEMPTS = 4;

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

  private Store(JournalFile file) {
    this.file = file;
  }

  static Store open(JournalFile file) {
    Store store = new Store(file);
    try {
      store.run(
          sql -> {
            Schema.bringUpToDate(sql, file.data());
            return true;
          });
    } catch (Problem p) {
      store.close();
      throw p;
    }
    return store;
  }

  /**
   * Runs the work in a transaction; committed on return. It may run more than once, so it must
   * leave the same behind when it is repeated.
   *
   * @throws Problem REFUSED for whatever the database says
   */
  <T> T run(Function<JdbcTemplate, T> work) {
    Future<T> answer;
    try {
      answer = thread.submit(() -> attempts(work));
    } catch (RejectedExecutionException e) {
      throw Problem.refused(
          "the journal cannot be used", "it is closed; this shell is ending", "start oosh again");
    }
    return await(answer);
  }

  @Override
  public void close() {
    if (thread.isShutdown()) {
      return;
    }
    Future<?> closed = thread.submit(this::disconnect);
    thread.shutdown();
    await(closed);
  }

  private static <T> T await(Future<T> answer) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return answer.get();
        } catch (InterruptedException e) {
          interrupted = true;
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

  private <T> T attempts(Function<JdbcTemplate, T> work) {
    for (int attempt = 1; ; attempt++) {
      SQLException failure;
      try {
        T result = work.apply(connected());
        if (connection != null) {
          connection.commit();
        }
        return result;
      } catch (Failed e) {
        failure = e.sqlException();
      } catch (SQLException e) {
        failure = e;
      } catch (RuntimeException e) {
        rollBack();
        throw e;
      }
      rollBack();
      if (Troubles.disconnected(failure)) {
        disconnect();
      } else if (!Troubles.collided(failure)) {
        throw Troubles.of(file.data(), failure);
      }
      if (attempt == ATTEMPTS) {
        throw Troubles.of(file.data(), failure);
      }
    }
  }

  private JdbcTemplate connected() throws SQLException {
    if (sql == null) {
      connection = file.connect();
      sql = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
      // Given here so that Spring loads no table of error codes: Troubles reads H2's own.
      sql.setExceptionTranslator((task, statement, e) -> new Failed(task, e));
    }
    return sql;
  }

  private void rollBack() {
    try {
      if (connection != null) {
        connection.rollback();
      }
    } catch (SQLException e) {
      disconnect();
    }
  }

  private void disconnect() {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException e) {
      // It is gone, which is what was wanted.
    } finally {
      connection = null;
      sql = null;
    }
  }
}
