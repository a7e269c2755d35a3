package oosh.journal.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import oosh.journal.JournalSql;
import oosh.journal.SchemaMigrations;
import oosh.journal.StatementException;
import oosh.journal.UnreadableRowException;
import oosh.journal.transaction.JournalTask;
import oosh.journal.transaction.TransactionThread;
import oosh.rollout.Problem;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * One connection to a journal in PostgreSQL, which stays open and is made anew when it was lost.
 *
 * <p>A transaction that writes begins with the journal's one row of the table {@code journal}:
 * whoever has it is alone until the commit, so that what is read before a write still holds. The
 * server ends a transaction whose client has gone silent.
 */
public class PostgresConnection extends TransactionThread {
  private static final Logger LOG = Logger.getLogger("oosh");

  private static final Duration CONNECT = Duration.ofSeconds(2);

  /** The whole of it, with TLS and without, where the driver tries both. */
  private static final Duration LOGIN = Duration.ofSeconds(4);

  /** Longer than any statement may take: behind it the network is cut. */
  private static final Duration ANSWER = Duration.ofSeconds(6);

  /** What the server is told for each connection; durable means durable, whatever its default. */
  private static final String OPTIONS =
      "-c statement_timeout=5000 -c lock_timeout=3000 -c idle_in_transaction_session_timeout=8000"
          + " -c synchronous_commit=on";

  private static final String NO_RIGHT = "42501";

  private final PostgresAddress address;
  private final Supplier<@Nullable String> password;
  private final String application;
  private final Runnable older;
  private final Consumer<String> unreadable;
  private final PostgresErrors errors;
  private final PostgresClock clock;

  private volatile boolean migrating;
  private @Nullable Connection connection;
  private @Nullable JdbcTemplate sql;
  private @Nullable SQLException notConnected;
  private long notConnectedSince;

  /** The id of the journal that this process works with; null before it was opened. */
  private @Nullable String id;

  /** The same where this machine's clock is right. */
  public PostgresConnection(
      PostgresAddress address,
      Supplier<@Nullable String> password,
      String application,
      Runnable older,
      Consumer<String> unreadable) {
    this(address, password, application, InstantSource.system(), older, unreadable);
  }

  /**
   * @param password asked for at each connect; null where none is needed, or the driver finds it
   * @param application what others see of this connection
   * @param own this machine's clock, which counts until the database has told its time
   * @param older is called before the tables of an older oosh are brought up to date
   * @param unreadable is told of records that cannot be read
   */
  public PostgresConnection(
      PostgresAddress address,
      Supplier<@Nullable String> password,
      String application,
      InstantSource own,
      Runnable older,
      Consumer<String> unreadable) {
    super(PATIENCE.plus(CONNECT));
    this.address = address;
    this.password = password;
    this.application = application;
    this.clock = new PostgresClock(own);
    this.older = older;
    this.unreadable = unreadable;
    this.errors = new PostgresErrors(address);
  }

  PostgresAddress address() {
    return address;
  }

  /** The database's clock. */
  PostgresClock clock() {
    return clock;
  }

  @Override
  protected boolean takesLong() {
    return migrating;
  }

  @Override
  protected Problem silent(String written) {
    return errors.silent(written);
  }

  @Override
  protected void answer(JournalTask<?> task) {
    SQLException recent = notConnected;
    if (recent != null && task.isAskedBefore(notConnectedSince)) {
      // It has waited for a connect that failed, and would wait as long for the same.
      throw failure(recent);
    }
    boolean isFresh = connection == null;
    try {
      perform(task);
    } catch (StatementException | SQLException e) {
      SQLException cause = e instanceof StatementException s ? s.sqlException() : (SQLException) e;
      if (isFresh || !PostgresErrors.isLost(cause) || !task.again()) {
        throw failure(cause);
      }
      // It was lost since the last task, and nothing of this one was written.
      try {
        perform(task);
      } catch (StatementException again) {
        throw failure(again.sqlException());
      } catch (SQLException again) {
        throw failure(again);
      }
    } catch (DataAccessException | UnreadableRowException e) {
      LOG.log(Level.INFO, "journal: {0}", e.getClass().getSimpleName());
      throw errors.foreign("it holds what oosh does not write");
    }
  }

  private void perform(JournalTask<?> task) throws SQLException {
    JdbcTemplate open = connected();
    Connection current = Objects.requireNonNull(connection);
    boolean done = false;
    try {
      if (task.writes()) {
        current.setAutoCommit(false);
        check(PostgresSchema.begin(open));
      }
      task.run(open, () -> commit(current));
      if (task.writes()) {
        // Where the task was given up: what the transaction began with is all that it wrote.
        current.rollback();
        current.setAutoCommit(true);
      }
      done = true;
    } finally {
      if (!done) {
        giveBack(current);
      }
    }
  }

  /** After the commit was sent, a lost connection leaves open whether it was done. */
  private void commit(Connection current) throws SQLException {
    try {
      current.commit();
    } catch (SQLException e) {
      if (PostgresErrors.isLost(e)) {
        throw errors.unknown();
      }
      throw e;
    }
  }

  private void giveBack(Connection current) {
    try {
      current.rollback();
      current.setAutoCommit(true);
    } catch (SQLException e) {
      disconnect();
    }
  }

  private Problem failure(SQLException e) {
    LOG.log(Level.INFO, "journal: SQLSTATE {0}", e.getSQLState());
    LOG.log(Level.FINE, "journal", e);
    if (PostgresErrors.isLost(e)) {
      disconnect();
    } else if (PostgresErrors.isOfTables(e)) {
      return ofTables(e);
    }
    return errors.of(e);
  }

  /** A statement that does not fit the tables: a newer oosh may have changed them. */
  private Problem ofTables(SQLException e) {
    disconnect();
    try {
      connected();
      return errors.of(e);
    } catch (SQLException | StatementException again) {
      return errors.of(e);
    } catch (Problem newer) {
      return newer;
    }
  }

  private JdbcTemplate connected() throws SQLException {
    if (sql != null) {
      return sql;
    }
    Connection made;
    try {
      made = connect();
      notConnected = null;
    } catch (SQLException e) {
      notConnected = e;
      notConnectedSince = System.nanoTime();
      throw e;
    }
    JdbcTemplate template = new JournalSql(made, unreadable, true);
    try {
      prepare(made, template);
    } catch (SQLException | RuntimeException e) {
      made.close();
      throw e;
    }
    connection = made;
    sql = template;
    return template;
  }

  /** A new connection to the server. */
  protected Connection connect() throws SQLException {
    Properties properties = address.properties();
    String secret = password.get();
    if (secret != null) {
      properties.setProperty("password", secret);
    }
    properties.setProperty("ApplicationName", application);
    properties.setProperty("options", OPTIONS);
    properties.setProperty("currentSchema", PostgresSchema.NAME);
    properties.setProperty("loginTimeout", String.valueOf(LOGIN.toSeconds()));
    properties.setProperty("connectTimeout", String.valueOf(CONNECT.toSeconds()));
    properties.setProperty("socketTimeout", String.valueOf(ANSWER.toSeconds()));
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("gssEncMode", "disable");
    Connection made = new Driver().connect(address.url(), properties);
    if (made == null) {
      throw errors.unreachable("the driver does not know such an address");
    }
    return made;
  }

  /** Makes sure that the tables are there, and those of this oosh. */
  private void prepare(Connection made, JdbcTemplate template) throws SQLException {
    if (PostgresSchema.serverVersion(template) < PostgresSchema.OLDEST_SERVER) {
      throw errors.old();
    }
    if (!PostgresSchema.isUtf8(template)) {
      throw errors.foreign("its encoding is not UTF8");
    }
    if (!PostgresSchema.isOpen(template)) {
      throw errors.closed();
    }
    PostgresSchema.Head head = PostgresSchema.head(template).orElse(null);
    if (head == null || head.version() < SchemaMigrations.VERSION) {
      if (id != null && head == null) {
        throw errors.exchanged();
      }
      migrating = true;
      try {
        if (head != null) {
          older.run();
        }
        PostgresSchema.bringUpToDate(made, template);
      } catch (StatementException e) {
        throw head == null && NO_RIGHT.equals(e.sqlException().getSQLState()) ? errors.unmade() : e;
      } finally {
        migrating = false;
      }
      head = PostgresSchema.head(template).orElseThrow();
    }
    check(head);
  }

  private void check(PostgresSchema.Head head) {
    clock.read(head.now());
    if (head.version() > SchemaMigrations.VERSION) {
      throw errors.outdated(head.version(), SchemaMigrations.VERSION);
    }
    if (id != null && !id.equals(head.id())) {
      throw errors.exchanged();
    }
    id = head.id();
  }

  private void disconnect() {
    Connection gone = connection;
    connection = null;
    sql = null;
    if (gone != null) {
      try {
        gone.close();
      } catch (SQLException e) {
        LOG.log(Level.FINE, "journal", e);
      }
    }
  }

  @Override
  protected void end() {
    disconnect();
  }
}
