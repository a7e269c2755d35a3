package oosh.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import oosh.rollout.Problem;
import org.h2.api.ErrorCode;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;

/**
 * The H2 file in the journal's directory: how it is opened, copied and written anew, and who may
 * read it. The caller of a method that opens it holds {@link #lock}.
 */
public final class JournalFile {
  private static final Logger LOG = Logger.getLogger("oosh");

  private static final String USER = "oosh";

  /**
   * What H2 keeps of the file in memory, in KiB; by itself it takes more the more heap it may have.
   */
  private static final int CACHE_KIB = 4096;

  private static final String QUIET =
      ";FILE_LOCK=FS;DB_CLOSE_ON_EXIT=FALSE;CACHE_SIZE="
          + CACHE_KIB
          + ";TRACE_LEVEL_FILE=0;TRACE_LEVEL_SYSTEM_OUT=0";

  /** A connection that cannot change a byte of the file. */
  private static final String TO_READ = ";ACCESS_MODE_DATA=r;IFEXISTS=TRUE" + QUIET;

  /**
   * WRITE_DELAY: what was committed survives a kill. MAX_COMPACT_TIME: to close takes up to 500 ms
   * otherwise.
   */
  private static final String TO_WRITE = ";WRITE_DELAY=0;MAX_COMPACT_TIME=0" + QUIET;

  /** A connection to a file that counts only once it is closed. */
  private static final String TO_CREATE = ";MAX_COMPACT_TIME=0" + QUIET;

  /** The longest that a process of another kind, as an old oosh that leaves, is waited for. */
  private static final Duration OTHERS = Duration.ofMillis(600);

  private static final int BETWEEN_ATTEMPTS_MS = 40;

  /** In bytes. Below it, the file is never written anew. */
  private static final long LARGE = 16 << 20;

  /** As many times its content the file may be before it is written anew. */
  private static final int TIMES_ITS_CONTENT = 4;

  private final Path directory;
  private final Path data;
  private final Path note;
  private final JournalLock lock;
  private final UnaryOperator<Connection> around;

  private JournalFile(Path directory, UnaryOperator<Connection> around) {
    this.directory = directory;
    this.around = around;
    this.data = directory.resolve("journal.mv.db");
    this.note = directory.resolve("journal.last");
    // Of the name that an oosh of 0.1 locks while it opens and closes the journal.
    this.lock = new JournalLock(directory.resolve("journal.turn"));
  }

  /**
   * The journal of that directory, which is made if it is missing.
   *
   * @throws Problem if it cannot be made, or H2 could not name it
   */
  public static JournalFile in(Path directory) {
    Path absolute = directory.toAbsolutePath().normalize();
    String name = absolute.toString();
    // To H2's URL a semicolon ends the path, and a backslash is a slash.
    if (name.indexOf(';') >= 0 || name.indexOf('\\') >= 0) {
      throw Problem.refused(
          "the journal cannot be kept in " + name,
          "the database cannot take a semicolon or a backslash in a path",
          "set OOSH_HOME to a directory without them");
    }
    try {
      Files.createDirectories(absolute, only("rwx------"));
    } catch (IOException e) {
      throw JournalErrors.ofFiles(absolute, e);
    }
    return new JournalFile(absolute, UnaryOperator.identity());
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

  JournalLock lock() {
    return lock;
  }

  /**
   * How the file looks from outside now, to be compared; null if there is none. Its ctime is one
   * that no program can set. Not a record: what the JDK makes for a first equals takes it 10 ms.
   */
  @Nullable String state() {
    try {
      String all = "unix:fileKey,creationTime,size,lastModifiedTime,ctime";
      return new TreeMap<>(Files.readAttributes(data, all)).toString();
    } catch (IOException e) {
      return null;
    }
  }

  /**
   * Of the file itself, whatever its name is: its number, which a later file may have again, and
   * when it was made; where the system does not tell that, when it was changed.
   */
  private static String identity(@Nullable BasicFileAttributes now) {
    return now == null ? "" : now.fileKey() + " " + now.creationTime();
  }

  /** Of the file as it is now; null if there is none. Opens nothing. */
  @Nullable BasicFileAttributes attributes() {
    try {
      return Files.readAttributes(data, BasicFileAttributes.class);
    } catch (IOException e) {
      return null;
    }
  }

  /**
   * Notes beside the file how far it was written, for {@link #remembered}. A note that could not be
   * written says less, never more, than the file has.
   */
  void remember(SchemaMigrations.Head written) {
    try {
      if (!Files.exists(note)) {
        Files.createFile(note, only("rw-------"));
      }
      String line =
          written.version() + " " + written.changes() + " " + identity(attributes()) + "\n";
      Files.writeString(note, line);
    } catch (IOException e) {
      LOG.log(Level.INFO, "not written: {0}", note);
    }
  }

  /** How far this file was written at least; null if that is not known of this very file. */
  SchemaMigrations.@Nullable Head remembered() {
    try {
      String[] words = Files.readString(note).strip().split(" ", 3);
      return words.length == 3 && words[2].equals(identity(attributes()))
          ? new SchemaMigrations.Head(Integer.parseInt(words[0]), "", Long.parseLong(words[1]))
          : null;
    } catch (IOException | NumberFormatException e) {
      return null;
    }
  }

  /** Forgets how far a file was written that is no longer there. */
  void forget() {
    delete(note);
  }

  /** Whether there is no journal yet. H2 takes an empty file for a new database. */
  boolean isNew() {
    BasicFileAttributes state = attributes();
    // A new journal would take the place of a link whose disk is away, or of what is no file.
    if (state == null || !state.isRegularFile()) {
      JournalErrors.requireDatabase(data);
    }
    return state == null || state.size() == 0;
  }

  /**
   * A new connection, without auto-commit.
   *
   * @param writes whether it may change the file; another one leaves every byte as it is
   * @throws Problem if the file may not be read, its key is missing, or another program holds it
   */
  public Connection open(boolean writes) throws SQLException {
    if (!Files.isReadable(data)) {
      throw JournalErrors.unreadable(data);
    }
    JournalErrors.requireDatabase(data);
    long end = System.nanoTime() + OTHERS.toNanos();
    boolean wasFull = false;
    while (true) {
      try {
        return around.apply(open("journal", writes));
      } catch (SQLException e) {
        if (JournalErrors.noSpace(e) && !wasFull) {
          // H2 says it once more to the next connection, when there may be room again.
          wasFull = true;
          continue;
        }
        if (e.getErrorCode() != ErrorCode.DATABASE_ALREADY_OPEN_1) {
          throw e;
        }
        dropStaleLock();
        if (System.nanoTime() > end) {
          throw JournalErrors.heldByAnOlder(data, JournalLock.holder(data));
        }
        pause();
      }
    }
  }

  /** An oosh of 0.1 that was killed has left the file that it told others by where it is. */
  private void dropStaleLock() {
    try (FileChannel channel = FileChannel.open(data, StandardOpenOption.READ);
        FileLock free = channel.tryLock(0, Long.MAX_VALUE, true)) {
      if (free != null) {
        Files.deleteIfExists(directory.resolve("journal.lock.db"));
      }
    } catch (IOException e) {
      LOG.log(Level.INFO, "not deleted: {0}", "journal.lock.db");
    }
  }

  /** Opens a database of the directory: an oosh of 0.1 has given it a password. */
  Connection open(String name, boolean writes) throws SQLException {
    String password = oldPassword();
    String mode = writes ? TO_WRITE : TO_READ;
    try {
      return connect(name, mode, password);
    } catch (SQLException e) {
      if (e.getErrorCode() != ErrorCode.WRONG_USER_OR_PASSWORD) {
        throw e;
      }
      if (password.isEmpty()) {
        throw JournalErrors.withoutKey(data, oldKey());
      }
      // Killed while it dropped the password: only the key is left.
      return connect(name, mode, "");
    }
  }

  private Connection connect(String name, String mode, String password) throws SQLException {
    // Not by DriverManager, which looks for drivers in every jar of the class path.
    JdbcDataSource source = new JdbcDataSource();
    source.setURL("jdbc:h2:file:" + directory.resolve(name) + mode);
    Connection connection = source.getConnection(USER, password);
    connection.setAutoCommit(false);
    return connection;
  }

  /** The file with the password that an oosh of 0.1 has given. */
  Path oldKey() {
    return directory.resolve("journal.key");
  }

  private String oldPassword() {
    try {
      return Files.readString(oldKey(), StandardCharsets.US_ASCII).strip();
    } catch (NoSuchFileException e) {
      return "";
    } catch (IOException e) {
      throw JournalErrors.ofFiles(directory, e);
    }
  }

  /** What is done with a connection. */
  interface ConnectionWork {
    void run(Connection connection) throws SQLException;
  }

  /**
   * Makes a new journal beside its place, and moves it there when it is whole: a process that dies
   * or ends meanwhile leaves no half of a journal behind.
   */
  void create(ConnectionWork tables) throws SQLException, IOException {
    Path begun = directory.resolve("journal.begun.mv.db");
    try {
      Files.deleteIfExists(begun);
      // H2 would make it with the default permissions.
      Files.createFile(begun, only("rw-------"));
      try (Connection connection = around.apply(connect("journal.begun", TO_CREATE, ""))) {
        tables.run(connection);
      }
      Files.move(begun, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(begun);
    }
  }

  /** Drops the password that an oosh of 0.1 has given; {@link #dropOldFiles} comes afterwards. */
  static void dropPassword(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("alter user " + USER + " set password ''");
    }
  }

  /** Deletes what an oosh of 0.1 kept beside the file. */
  void dropOldFiles() {
    for (String name : List.of("journal.key", "journal.seal", "journal.lock.db")) {
      delete(directory.resolve(name));
    }
  }

  private static void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      LOG.log(Level.INFO, "not deleted: {0}", path);
    }
  }

  /**
   * H2 would open what it cannot write for reading only, and fail at the first statement.
   *
   * @throws Problem if the file cannot be written
   */
  void needWritable() {
    for (Path path : new Path[] {directory, data}) {
      if (Files.exists(path) && !Files.isWritable(path)) {
        throw JournalErrors.readOnly(path);
      }
    }
  }

  /**
   * Writes the file anew where it has become large for what it holds: each time that it is opened
   * to be written, it grows by some 30 KB.
   */
  void compact() throws SQLException {
    BasicFileAttributes state = attributes();
    if (state == null || state.size() <= LARGE) {
      return;
    }
    try (Connection connection = open(true);
        Statement statement = connection.createStatement()) {
      if (state.size() > TIMES_ITS_CONTENT * content(statement, state.size())) {
        statement.execute("shutdown compact");
      }
    } finally {
      keepToOwner();
    }
  }

  /** In bytes, as the database tells. */
  private static long content(Statement statement, long size) throws SQLException {
    try (ResultSet rate =
        statement.executeQuery(
            "select cast(setting_value as int) from information_schema.settings"
                + " where setting_name = 'info.CHUNKS_FILL_RATE'")) {
      return rate.next() ? size * rate.getInt(1) / 100 : size;
    }
  }

  /** H2 writes a file anew with the default permissions; until here the directory's protect it. */
  private void keepToOwner() {
    try {
      Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException e) {
      // The directory's permissions protect it.
      return;
    }
  }

  static FileAttribute<?> only(String permissions) {
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
