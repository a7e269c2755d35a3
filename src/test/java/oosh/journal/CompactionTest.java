package oosh.journal;

import static oosh.journal.JournalFixtures.NOON;
import static oosh.journal.JournalFixtures.WEB;
import static oosh.journal.JournalFixtures.inDatabase;
import static oosh.journal.JournalFixtures.launch;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** A file that has grown far beyond its content is written anew, and nothing of it is lost. */
@Tag("endurance")
class CompactionTest {
  private static final long LARGE = 16 << 20;
  private static final int TEXT = 1 << 20;

  @TempDir Path home;
  private Path data;

  @BeforeEach
  void aStartAndALargeFile() throws IOException {
    data = home.resolve("journal.mv.db");
    try (H2Journal journal = H2Journal.open(home)) {
      journal.starts().intend(launch("t", WEB, NOON));
    }
    inDatabase(home, CompactionTest::fill);
    assertThat(Files.size(data)).isGreaterThan(LARGE);
  }

  @Test
  void writesAFileWithoutContentAnewOnceNoTaskWaits() throws Exception {
    inDatabase(home, sql -> sql.update("delete from output_text"));
    try (H2Journal journal = H2Journal.open(home)) {
      assertThat(journal.starts().withToken("t")).isPresent();
      assertThat(Files.size(data)).as("not before an answer").isGreaterThan(LARGE);
    }

    assertThat(Files.size(data)).isLessThan(LARGE / 16);
    try (H2Journal journal = H2Journal.open(home)) {
      assertThat(journal.starts().withToken("t")).isPresent();
    }
  }

  @Test
  void leavesAFileThatIsLargeByItsContent() throws Exception {
    long size = Files.size(data);

    H2Journal.open(home).close();

    assertThat(Files.size(data)).isGreaterThanOrEqualTo(size);
  }

  @Test
  void losesNothingWhereTheProcessIsKilledMeanwhile() throws Exception {
    inDatabase(home, sql -> sql.update("delete from output_text where sha256 >= '04'"));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                CompactionTest.class.getName(),
                home.toString())
            .inheritIO()
            .start();
    // Beside the file H2 writes the new file.
    Path begun = home.resolve("journal.mv.db.tempFile");
    while (process.isAlive() && !Files.exists(begun)) {
      Thread.onSpinWait();
    }
    process.toHandle().destroyForcibly();
    process.onExit().join();

    assertThat(begun).as("killed in the middle").exists();
    try (H2Journal journal = H2Journal.open(home)) {
      assertThat(journal.starts().withToken("t")).isPresent();
      journal.starts().markRefused("t", "no");
    }
    assertThat(begun).doesNotExist();
    inDatabase(
        home,
        sql ->
            assertThat(sql.queryForObject("select count(*) from output_text", Integer.class))
                .isEqualTo(4));
  }

  /** Opens and closes the journal, in the process that is killed. */
  public static void main(String[] arguments) {
    H2Journal.open(Path.of(arguments[0])).close();
  }

  /** Twenty texts of a MiB that cannot be packed, by the hashes 00 to 09 and 10 to 19. */
  private static void fill(JdbcTemplate sql) {
    Random random = new Random(1);
    for (int i = 0; i < 20; i++) {
      byte[] text = new byte[TEXT];
      random.nextBytes(text);
      sql.update(
          "insert into output_text (sha256, packed) values (?, ?)", "%02d".formatted(i), text);
    }
  }
}
