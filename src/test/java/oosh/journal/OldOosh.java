package oosh.journal;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.h2.jdbcx.JdbcDataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** A process that has the journal open as oosh 0.1.0 has it: by H2's own lock, with a password. */
final class OldOosh implements AutoCloseable {
  private static final int VERSION = 10;

  private final Process process;

  OldOosh(Path directory) throws IOException {
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                OldOosh.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader answers = process.inputReader(StandardCharsets.UTF_8);
    if (!"open".equals(answers.readLine())) {
      throw new IllegalStateException("the old oosh did not open the journal");
    }
  }

  long pid() {
    return process.pid();
  }

  /** Kills it, so that what it kept beside the file stays. */
  @Override
  public void close() {
    process.toHandle().destroyForcibly();
    process.onExit().join();
  }

  /** Runs in the other process. */
  public static void main(String[] arguments) throws IOException, SQLException {
    Path directory = Path.of(arguments[0]);
    Files.writeString(directory.resolve("journal.key"), "5ecret\n");
    Files.writeString(directory.resolve("journal.seal"), "sealed\n");
    JdbcDataSource source = new JdbcDataSource();
    source.setURL(
        "jdbc:h2:file:"
            + directory.resolve("journal")
            + ";AUTO_SERVER=TRUE;WRITE_DELAY=0;TRACE_LEVEL_FILE=0");
    try (Connection connection = source.getConnection("oosh", "5ecret")) {
      SchemaMigrationsTest.before(
          new JdbcTemplate(new SingleConnectionDataSource(connection, true)), VERSION);
      System.out.println("open");
      System.in.read();
    }
  }
}
