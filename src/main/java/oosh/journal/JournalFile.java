package oosh.journal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import oosh.rollout.Problem;
import org.h2.api.ErrorCode;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.jspecify.annotations.Nullable;

/** The journal's directory: its files, who may read them, and how a connection comes about. */
final class JournalFile {
  private static final String BIND_ADDRESS = "h2.bindAddress";
  private static final int PORT_ANSWERS_WITHIN_MS = 500;
  private static final int SHELL_ANSWERS_WITHIN_MS = 3000;
  private static final int ATTEMPTS = 10;
  private static final int BETWEEN_ATTEMPTS_MS = 100;

  private static final Set<StandardOpenOption> TO_LOCK =
      Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);

  /** The system's locks are for processes; of two threads, the second would get an exception. */
  private static final Map<Path, ReentrantLock> TURNS = new ConcurrentHashMap<>();

  private final Path directory;
  private final Path data;
  private final Path key;
  private final Path lock;
  private final Path turn;
  private final Path seal;
  private final UnaryOperator<Connection> around;

  private JournalFile(Path directory, UnaryOperator<Connection> around) {
    this.directory = directory;
    this.around = around;
    this.data = directory.resolve("journal.mv.db");
    this.key = directory.resolve("journal.key");
    this.lock = directory.resolve("journal.lock.db");
    this.turn = directory.resolve("journal.turn");
    this.seal = directory.resolve("journal.seal");
  }

  /**
   * The journal of that directory, which is made if it is missing.
   *
   * @throws Problem if it cannot be made, or H2 could not name it
   */
  static JournalFile in(Path directory) {
    Path absolute = directory.toAbsolutePath().normalize();
    String name = absolute.toString();
    // To H2's URL a semicolon ends the path, and a backslash is a slash.
    if (name.indexOf(';') >= 0 || name.indexOf('\\') >= 0) {
      throw Problem.refused(
          "the journal cannot be kept in " + name,
          "the database cannot take a semicolon or a backslash in a path",
          "set OOSH_HOME to a directory without them");
    }
    JournalFile file = new JournalFile(absolute, UnaryOperator.identity());
    try {
      Files.createDirectories(absolute, only("rwx------"));
      file.needWritable();
      file.makeKey();
      file.makeData();
    } catch (IOException e) {
      throw Troubles.ofFiles(absolute, e);
    }
    return file;
  }

  /** The same file, whose connections have something around them. */
  JournalFile around(UnaryOperator<Connection> what) {
    return new JournalFile(directory, what);
  }

  Path directory() {
    return directory;
  }

  /** The file with the data, for messages. */
  Path data() {
    return data;
  }

  /** A new connection, without auto-commit. */
  Connection connect() throws SQLException {
    String password = password();
    for (int attempt = 1; ; attempt++) {
      try {
        return alone(
            () -> {
              dropStaleLock();
              needAnswer();
              return around.apply(connect(password));
            });
      } catch (SQLException e) {
        // Another shell is opening or leaving at this very moment.
        if (attempt == ATTEMPTS || !Troubles.passes(e)) {
          throw e;
        }
        pause();
      }
    }
  }

  /**
   * Closes it. Where this process holds the file for others, the file is closed first: they open it
   * again, one after the other, and none of them finds it half closed.
   *
   * @param known whether its tables are those of this oosh: only then the file is sealed
   */
  void close(Connection connection, boolean known) throws SQLException {
    alone(
        () -> {
          try (connection) {
            if (!isAnothers(connection)) {
              try (Statement statement = connection.createStatement()) {
                statement.execute("shutdown");
                if (known) {
                  seal();
                }
              }
            }
          }
          return true;
        });
  }

  /** Whether the connection leads to another process, which has the file open. */
  static boolean isAnothers(Connection connection) {
    try {
      return !(connection.unwrap(JdbcConnection.class).getSession() instanceof SessionLocal);
    } catch (SQLException broken) {
      return true;
    }
  }

  /** Says how the file looks now that it is closed. */
  private void seal() {
    try {
      Files.deleteIfExists(seal);
      Files.createFile(seal, only("rw-------"));
      Files.writeString(seal, state());
    } catch (IOException e) {
      // Without it the next one looks at the file before it opens it.
      return;
    }
  }

  /** Whether nobody has written to the file since an oosh that this one understands closed it. */
  boolean isSealed() {
    try {
      return Files.readString(seal).equals(state());
    } catch (IOException e) {
      return false;
    }
  }

  /** What a change of the file or its key changes; and the schema, for a newer oosh seals too. */
  private String state() throws IOException {
    return Files.size(data)
        + " "
        + changed(data)
        + " "
        + changed(key)
        + " "
        + Schema.STEPS.size()
        + "\n";
  }

  private static long changed(Path file) throws IOException {
    return Files.getLastModifiedTime(file).to(TimeUnit.NANOSECONDS);
  }

  /** A connection that cannot change a byte of the file; fails while another has it open. */
  Connection connectToRead() throws SQLException {
    return open(readUrl(), password());
  }

  private String password() {
    if (System.getProperty(BIND_ADDRESS) == null) {
      // Read once, when H2's classes load: other hosts have no business with the journal.
      System.setProperty(BIND_ADDRESS, InetAddress.getLoopbackAddress().getHostAddress());
    }
    try {
      return Files.readString(key, StandardCharsets.US_ASCII).strip();
    } catch (IOException e) {
      throw Troubles.ofFiles(directory, e);
    }
  }

  private static Connection open(String url, String password) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", "oosh");
    properties.setProperty("password", password);
    Connection connection = org.h2.Driver.load().connect(url, properties);
    if (connection == null) {
      throw new SQLException("not an H2 URL", "08001", ErrorCode.URL_FORMAT_ERROR_2);
    }
    return connection;
  }

  private Connection connect(String password) throws SQLException {
    Connection connection = open(url(), password);
    try {
      connection.setAutoCommit(false);
      ownerOnly();
    } catch (SQLException | IOException e) {
      connection.close();
      throw e instanceof SQLException s ? s : new SQLException(e);
    }
    return connection;
  }

  /**
   * What H2 keeps of the file in memory, in KiB; by itself it takes more the more heap it may have.
   */
  private static final int CACHE = 4096;

  /**
   * WRITE_DELAY=0: what was committed survives kill -9 (without it the last commits do not).
   * DB_CLOSE_ON_EXIT: a shell that ends by a signal still takes its lock away.
   */
  private String url() {
    return "jdbc:h2:file:"
        + directory.resolve("journal")
        + ";AUTO_SERVER=TRUE;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=TRUE;LOCK_TIMEOUT=5000;QUERY_CACHE_SIZE=64"
        + ";CACHE_SIZE="
        + CACHE
        + ";TRACE_LEVEL_FILE=0;TRACE_LEVEL_SYSTEM_OUT=0";
  }

  private String readUrl() {
    return "jdbc:h2:file:"
        + directory.resolve("journal")
        + ";ACCESS_MODE_DATA=r;IFEXISTS=TRUE;TRACE_LEVEL_FILE=0;TRACE_LEVEL_SYSTEM_OUT=0";
  }

  /** What one shell does at a time. */
  interface Turn<T, E extends Exception> {
    T take() throws E;
  }

  /**
   * Does it while no other thread, here or in another process, does the same to this journal:
   * opens, closes, or changes its tables. Left to themselves, shells that open at once wait for
   * each other's lock files for many seconds in H2, and some of them in vain. The system takes the
   * lock away from a process that dies; one that was stopped keeps it, and whoever waits has an end
   * to it.
   *
   * @throws Problem REFUSED if the lock cannot be had
   */
  <T, E extends Exception> T alone(Turn<T, E> work) throws E {
    ReentrantLock here = TURNS.computeIfAbsent(directory, d -> new ReentrantLock());
    here.lock();
    try {
      if (here.getHoldCount() > 1) {
        return work.take();
      }
      return locked(work);
    } finally {
      here.unlock();
    }
  }

  private <T, E extends Exception> T locked(Turn<T, E> work) throws E {
    FileChannel channel;
    try {
      channel = FileChannel.open(turn, TO_LOCK, only("rw-------"));
    } catch (IOException e) {
      throw Troubles.ofFiles(directory, e);
    }
    try (channel) {
      channel.lock();
      return work.take();
    } catch (IOException e) {
      throw Troubles.ofFiles(directory, e);
    }
  }

  /**
   * After kill -9 the lock names a port where nobody listens, and H2 would wait over three seconds
   * to find out. Safe to delete: the store holds an operating system's lock of its own.
   */
  void dropStaleLock() {
    try {
      byte[] before = Files.readAllBytes(lock);
      InetSocketAddress holder = holder(before);
      if (holder == null) {
        return;
      }
      try (Socket socket = new Socket()) {
        socket.connect(holder, PORT_ANSWERS_WITHIN_MS);
      } catch (ConnectException nobodyListens) {
        if (Arrays.equals(before, Files.readAllBytes(lock))) {
          Files.deleteIfExists(lock);
        }
      }
    } catch (IOException | IllegalArgumentException unreadable) {
      // No lock, or one that H2 must judge by itself.
    }
  }

  /** Whether a shell has the file open, or has left its lock behind. */
  boolean isLocked() {
    return Files.exists(lock);
  }

  /**
   * Asks the shell that holds the file for a sign of life. The port of one that was stopped takes
   * connections and says nothing; H2 would wait for it without an end, holding a lock of this whole
   * process meanwhile.
   *
   * @throws Problem REFUSED if it says nothing
   */
  private void needAnswer() {
    try (Socket socket = new Socket()) {
      InetSocketAddress holder = holder(Files.readAllBytes(lock));
      if (holder == null) {
        return;
      }
      socket.connect(holder, PORT_ANSWERS_WITHIN_MS);
      socket.setSoTimeout(SHELL_ANSWERS_WITHIN_MS);
      // No version of H2's protocol; it answers that with an error.
      socket.getOutputStream().write(new byte[8]);
      if (socket.getInputStream().read() < 0) {
        return;
      }
    } catch (SocketTimeoutException silent) {
      throw Troubles.heldInSilence(data);
    } catch (IOException | IllegalArgumentException gone) {
      // Nobody holds it any more, or H2 must judge by itself.
    }
  }

  /** Where the shell that holds the file listens, on this machine; null if that is not said. */
  private static @Nullable InetSocketAddress holder(byte[] lock) throws IOException {
    Properties properties = new Properties();
    properties.load(new ByteArrayInputStream(lock));
    String server = properties.getProperty("server", "");
    int colon = server.lastIndexOf(':');
    if (colon < 0) {
      return null;
    }
    InetAddress host = InetAddress.getByName(server.substring(0, colon));
    return host.isLoopbackAddress()
        ? new InetSocketAddress(host, Integer.parseInt(server.substring(colon + 1)))
        : null;
  }

  /** H2 would open what it cannot write for reading only, and fail at the first intent. */
  private void needWritable() {
    for (Path path : new Path[] {directory, data}) {
      if (Files.exists(path) && !Files.isWritable(path)) {
        throw Troubles.readOnly(path);
      }
    }
  }

  private void makeKey() throws IOException {
    if (Files.exists(key)) {
      return;
    }
    if (Files.exists(data) && Files.size(data) > 0) {
      throw Problem.refused(
          "the journal cannot be opened",
          "its password is missing: " + key,
          "put that file back. Or begin afresh with what it holds" + Troubles.wayOut(data));
    }
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    Path whole = Files.createTempFile(directory, "journal.key.", ".new", only("rw-------"));
    try {
      Files.writeString(whole, HexFormat.of().formatHex(random) + "\n");
      try {
        // A link, unlike a move, fails if another shell was first; it is never seen half written.
        Files.createLink(key, whole);
      } catch (FileAlreadyExistsException anotherShellWasFirst) {
        return;
      } catch (IOException | UnsupportedOperationException noLinksHere) {
        Files.move(whole, key);
      }
    } finally {
      Files.deleteIfExists(whole);
    }
  }

  /** H2 takes an empty file for a new database; made here, it is nobody else's from the start. */
  private void makeData() throws IOException {
    try {
      Files.createFile(data, only("rw-------"));
    } catch (FileAlreadyExistsException itIsThere) {
      return;
    }
  }

  /** The same for a file that H2 has written anew; where it fails, the next connection does it. */
  void keepToOwner() {
    try {
      ownerOnly();
    } catch (IOException e) {
      // The directory's permissions protect it.
      return;
    }
  }

  /** H2 makes its lock with the default permissions; until here the directory's protect it. */
  private void ownerOnly() throws IOException {
    ownerOnly(data);
    ownerOnly(lock);
  }

  private static void ownerOnly(Path file) throws IOException {
    try {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    } catch (NoSuchFileException anotherShellTookItAway) {
      // Nothing is left to protect.
    }
  }

  private static FileAttribute<?> only(String permissions) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
  }

  private static void pause() {
    try {
      Thread.sleep(BETWEEN_ATTEMPTS_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
