package oosh.journal;

import static oosh.journal.Samples.NOON;
import static oosh.journal.Samples.WEB;
import static oosh.journal.Samples.launch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import oosh.rollout.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The directory and its files, and every way in which they can be refused. */
class JournalFileTest {
  @TempDir Path home;

  @Test
  void isReadableByItsOwnerOnly() throws IOException {
    Path directory = home.resolve("deep/journal");
    try (H2Journal journal = H2Journal.open(directory)) {
      journal.intend(launch("t", WEB, NOON));

      assertThat(permissions(directory)).isEqualTo("rwx------");
      try (Stream<Path> files = Files.list(directory)) {
        List<Path> all = files.sorted().toList();
        assertThat(all)
            .extracting(f -> f.getFileName().toString())
            .containsExactly("journal.key", "journal.lock.db", "journal.mv.db", "journal.turn");
        assertThat(all).allMatch(f -> permissions(f).equals("rw-------"));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"with blank", "it's", "100%", "a?b#c", "x=y", "日本", "a:b", "!$&"})
  void worksInADirectoryOfAnOddName(String name) {
    Path directory = home.resolve(name);
    try (H2Journal journal = H2Journal.open(directory)) {
      journal.intend(launch("t", WEB, NOON));
    }
    assertThat(directory.resolve("journal.mv.db")).isNotEmptyFile();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a;INIT=x", "a\\b"})
  void refusesADirectoryThatTheDatabaseWouldMisread(String name) {
    Problem problem = refusal(home.resolve(name));

    assertThat(problem.why())
        .isEqualTo("the database cannot take a semicolon or a backslash in a path");
    assertThat(home).isEmptyDirectory();
  }

  @Test
  void refusesAFileInPlaceOfTheDirectory() throws IOException {
    Path file = Files.writeString(home.resolve("file"), "x");

    Problem problem = refusal(file);
    assertThat(problem.what()).isEqualTo("the journal cannot be kept in " + file);
    assertThat(problem.why()).isEqualTo("something that is not a directory stands in its place");
    assertThat(problem.next()).isEqualTo("go on elsewhere: OOSH_HOME=/another/directory oosh");
  }

  @Test
  void refusesADamagedFileAndLeavesItAsItIs() throws IOException {
    H2Journal.open(home).close();
    Path data = home.resolve("journal.mv.db");
    byte[] damaged = "this is no journal\n".repeat(1000).getBytes(StandardCharsets.US_ASCII);
    Files.write(data, damaged);

    Problem problem = refusal(home);
    assertThat(problem.why()).isEqualTo(data + " is damaged; it stays as it is");
    assertThat(problem.next())
        .isEqualTo("save what can be read, and begin afresh with it" + wayOut());
    assertThat(data).hasBinaryContent(damaged);
  }

  @Test
  void takesWhatTheDatabaseAssertsForDamage() {
    UnaryOperator<Connection> asserting =
        connection -> {
          try {
            connection.close();
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
          throw new AssertionError("Thread[oosh-journal] 2 != 3");
        };

    Problem problem =
        catchThrowableOfType(Problem.class, () -> H2Journal.open(home, asserting).close());

    assertThat(problem.why())
        .isEqualTo(home.resolve("journal.mv.db") + " is damaged; it stays as it is");
    H2Journal.open(home).close();
  }

  @Test
  void refusesAFileWithoutItsKey() throws IOException {
    H2Journal.open(home).close();
    Files.delete(home.resolve("journal.key"));

    assertThat(refusal(home).why())
        .isEqualTo("its password is missing: " + home.resolve("journal.key"));
  }

  @Test
  void refusesAKeyThatIsAnothers() throws IOException {
    H2Journal.open(home).close();
    Files.writeString(home.resolve("journal.key"), "another\n");

    byte[] before = Files.readAllBytes(home.resolve("journal.mv.db"));
    assertThat(refusal(home).why())
        .isEqualTo(home.resolve("journal.key") + " does not belong to it");
    assertThat(home.resolve("journal.mv.db")).hasBinaryContent(before);
  }

  @Test
  void refusesTheTablesOfANewerOoshAndLeavesThemAsTheyAre() throws Exception {
    H2Journal.open(home).close();
    try (Connection connection = JournalFile.in(home).connect();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("update schema_version set version = 99");
      connection.commit();
    }
    byte[] before = Files.readAllBytes(home.resolve("journal.mv.db"));

    Problem problem = refusal(home);
    assertThat(home.resolve("journal.mv.db")).hasBinaryContent(before);
    assertThat(problem.why())
        .isEqualTo(
            home.resolve("journal.mv.db")
                + " was written by a newer oosh (version 99; this one knows "
                + Schema.STEPS.size()
                + "); it stays as it is");
    assertThat(problem.next())
        .isEqualTo(
            "use the newer oosh. Or begin afresh with what this one understands of it" + wayOut());
  }

  @Test
  void saysNoSqlWhenAStatementFails() throws SQLException {
    try (H2Journal journal = H2Journal.open(home)) {
      try (Connection connection = JournalFile.in(home).connect();
          Statement statement = connection.createStatement()) {
        statement.execute("drop table execution");
      }
      assertThatThrownBy(() -> journal.intend(launch("t", WEB, NOON)))
          .isInstanceOfSatisfying(
              Problem.class,
              p -> {
                assertThat(p.kind()).isEqualTo(Problem.Kind.REFUSED);
                assertThat(p.getCause()).isNull();
                assertThat(p.what() + p.why() + p.next()).doesNotContainIgnoringCase("select");
              });
    }
  }

  @Test
  void refusesWorkAfterItWasClosed() {
    H2Journal journal = H2Journal.open(home);
    journal.close();
    journal.close();

    assertThatThrownBy(() -> journal.find("exec-1")).isInstanceOf(Problem.class);
  }

  /** To be pasted into a shell. */
  private String wayOut() {
    return ". Leave every other oosh first:\noosh journal export %1$s/journal.saved.jsonl --from %1$s/journal.mv.db"
            .formatted(home)
        + " &&\nmv -n %1$s/journal.mv.db %1$s/journal.mv.db.old".formatted(home)
        + " &&\noosh journal import %s/journal.saved.jsonl".formatted(home);
  }

  private static Problem refusal(Path directory) {
    Problem problem = catchThrowableOfType(Problem.class, () -> H2Journal.open(directory).close());
    assertThat(problem).isNotNull();
    assertThat(problem.kind()).isEqualTo(Problem.Kind.REFUSED);
    return problem;
  }

  private static String permissions(Path path) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    } catch (IOException e) {
      throw new IllegalStateException(path.toString(), e);
    }
  }
}
