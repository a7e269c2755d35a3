package oosh.journal;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A real PostgreSQL on a port of the loopback interface, unpacked from its Maven dependency.
 *
 * <p>The tests of a JVM share one server, with a database for each test. A test that ends the
 * server, or wants other settings, starts one for itself. Everything lies below {@code
 * target/postgres}; a server's data is removed when the server is closed, at the latest at the end
 * of the JVM. It writes without fsync, which only a loss of power would show: what is committed
 * survives {@code kill -9}.
 *
 * <p>Where no server can be started, the test is skipped with the reason. PostgreSQL refuses to run
 * as root; there the library starts it in a user namespace, where it is not root.
 */
public final class PostgresServer implements AutoCloseable {
  /** The superuser. Every user connects without a password, unless a test changes that. */
  public static final String SUPERUSER = "postgres";

  private static final Path FOLDER = Path.of("target", "postgres").toAbsolutePath();
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final Set<PostgresServer> OPEN = ConcurrentHashMap.newKeySet();

  /**
   * The library logs every step. The field holds the logger: a collected logger loses its level.
   */
  private static final Logger LOG = Logger.getLogger("io.zonky.test");

  /** What initdb made in this JVM: a copy of it takes a tenth of initdb's second. */
  private static @Nullable Path fresh;

  private static @Nullable PostgresServer shared;
  private static @Nullable String failure;

  private final String name = ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
  private final Path data = FOLDER.resolve("data-" + name);
  private final Path log = FOLDER.resolve("log-" + name + ".txt");
  private final Map<String, String> settings;
  private final int port = freePort();
  private EmbeddedPostgres server;

  static {
    LOG.setLevel(Level.OFF);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> OPEN.forEach(PostgresServer::close)));
  }

  private PostgresServer(Map<String, String> settings) throws IOException {
    this.settings = settings;
    if (fresh != null) {
      copy(fresh, data);
    }
    server = launch();
    OPEN.add(this);
  }

  /** The server of this JVM. A test changes none of its settings, and does not close it. */
  public static synchronized PostgresServer shared() {
    if (shared == null) {
      shared = start(Map.of());
    }
    return shared;
  }

  /** Starts a server for one test, with these settings of {@code postgresql.conf}. */
  public static synchronized PostgresServer start(Map<String, String> settings) {
    if (failure == null) {
      try {
        return new PostgresServer(settings);
      } catch (IOException | RuntimeException | ExceptionInInitializerError e) {
        failure = "PostgreSQL cannot be started: " + e.getMessage();
      }
    }
    return Assumptions.abort(failure);
  }

  /** A new, empty database, which is dropped when it is closed. */
  public PostgresDatabase newDatabase() {
    PostgresDatabase database = new PostgresDatabase(this, "test_" + COUNT.incrementAndGet());
    sql("postgres").execute("create database " + database.name());
    return database;
  }

  /** Statements of the superuser, each on a connection of its own. */
  public JdbcTemplate sql(String database) {
    return new JdbcTemplate(server.getDatabase(SUPERUSER, database));
  }

  public int port() {
    return port;
  }

  /** The folder with the server's files, as {@code pg_hba.conf}, which {@link #reload} reads. */
  public Path data() {
    return data;
  }

  /** Makes the server read its files again. */
  public void reload() {
    sql("postgres").execute("select pg_reload_conf()");
  }

  /** The first process of the server, which has the others as children. */
  public ProcessHandle postmaster() throws IOException {
    String pid = Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip();
    return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
  }

  /** Ends all processes of the server by {@code kill -9}. Its data stays as it is. */
  public void kill() throws IOException {
    ProcessHandle postmaster = postmaster();
    List<ProcessHandle> all =
        Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    // A process that has ended has no command, but a number, until its parent asks for its status.
    // The
    // parents are gone, and who stands in for them may ask a second later; a server that is started
    // before would take the number in the file for a server.
    while (all.stream().anyMatch(process -> process.info().command().isPresent())) {
      Thread.onSpinWait();
    }
    Files.delete(data.resolve("postmaster.pid"));
    server.close();
  }

  /** Starts the server again after {@link #kill}, on the same data and port. */
  public void restart() throws IOException {
    server = launch();
  }

  @Override
  public void close() {
    OPEN.remove(this);
    try {
      server.close();
      FileUtils.deleteDirectory(data.toFile());
      Files.delete(log);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private EmbeddedPostgres launch() throws IOException {
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setOverrideWorkingDirectory(FOLDER.toFile())
            .setDataDirectory(data)
            .setCleanDataDirectory(false)
            .setDataDirectoryCustomizer(made -> keepFresh())
            .setRegisterShutdownHook(false)
            .setOutputRedirector(Redirect.appendTo(log.toFile()))
            .setPort(port)
            .setLocaleConfig("locale", "C")
            .setServerConfig("unix_socket_directories", "")
            // The library switches it off: then a kill loses what was committed.
            .setServerConfig("synchronous_commit", "on");
    settings.forEach(builder::setServerConfig);
    Files.createDirectories(FOLDER);
    EmbeddedPostgres started = builder.start();
    String answering =
        new JdbcTemplate(started.getPostgresDatabase())
            .queryForObject("show data_directory", String.class);
    if (!data.toString().equals(answering)) {
      throw new IOException("port " + port + " belongs to another server: " + answering);
    }
    return started;
  }

  private void keepFresh() {
    if (fresh == null) {
      Path copy = FOLDER.resolve("fresh-" + name);
      try {
        copy(data, copy);
        FileUtils.forceDeleteOnExit(copy.toFile());
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
      fresh = copy;
    }
  }

  /** PostgreSQL refuses a folder that others may read. */
  private static void copy(Path from, Path to) throws IOException {
    FileUtils.copyDirectory(from.toFile(), to.toFile());
    Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rwx------"));
  }

  /** A port that no server has. Ports of the system's own choice lie above, and are not met. */
  private static int freePort() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(15_000, 30_000);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException taken) {
        // The next one.
      }
    }
  }
}
