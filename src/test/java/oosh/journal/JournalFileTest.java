package oosh.journal;

import static oosh.journal.JournalFixtures.NOON;
import static oosh.journal.JournalFixtures.WEB;
import static oosh.journal.JournalFixtures.inDatabase;
import static oosh.journal.JournalFixtures.launch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import oosh.rollout.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.EmptyResultDataAccessException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;

/** The directory and its files, and every way in which they can be refused. */
class JournalFileTest {
  @TempDir Path home;

  @Test
  void isReadableByItsOwnerOnly() throws IOException {
    Path directory = home.resolve("deep/journal");
    try (H2Journal journal = H2Journal.open(directory)) {
      journal.starts().intend(launch("t", WEB, NOON));
    }

    assertThat(permissions(directory)).isEqualTo("rwx------");
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> all = files.sorted().toList();
      assertThat(all)
          .extracting(f -> f.getFileName().toString())
          .containsExactly("journal.1", "journal.last", "journal.mv.db", "journal.turn");
      assertThat(all).allMatch(f -> permissions(f).equals("rw-------"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"with blank", "it's", "100%", "a?b#c", "x=y", "日本", "a:b", "!$&"})
  void worksInADirectoryOfAnOddName(String name) {
    Path directory = home.resolve(name);
    try (H2Journal journal = H2Journal.open(directory)) {
      journal.starts().intend(launch("t", WEB, NOON));
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
    assertThat(problem.why()).isEqualTo("a file that is not a directory is in its place");
    assertThat(problem.next()).isEqualTo("use another journal: OOSH_HOME=/another/directory oosh");
  }

  @Test
  void refusesALinkToAFileThatIsNoDatabase() throws IOException {
    Path other = Files.writeString(home.resolve("notes-of-li.txt"), "x").toRealPath();
    Path data = Files.createSymbolicLink(home.resolve("journal.mv.db"), other);

    Problem problem = refusal(home);
    assertThat(problem.what()).isEqualTo("the journal cannot be used");
    assertThat(problem.why())
        .isEqualTo(
            data
                + " is a link to "
                + other
                + ", which is no database: its name does not end with .mv.db");
    assertThat(problem.next())
        .isEqualTo(
            "move it away, then begin afresh:\nmv -n "
                + data
                + " "
                + home.resolve("journal.other")
                + "\nor use another journal: OOSH_HOME=/another/directory oosh");
    assertThat(other).hasContent("x");
  }

  @Test
  void refusesAFolderInPlaceOfTheFile() throws IOException {
    Path data = Files.createDirectory(home.resolve("journal.mv.db"));

    assertThat(refusal(home).why()).isEqualTo(data + " is a folder");
  }

  @Test
  void refusesADamagedFileAndLeavesItAsItIs() throws IOException {
    H2Journal.open(home).close();
    Path data = home.resolve("journal.mv.db");
    byte[] damaged = "this is no journal\n".repeat(1000).getBytes(StandardCharsets.US_ASCII);
    Files.write(data, damaged);

    Problem problem = refusal(home);
    assertThat(problem.what()).isEqualTo("the journal cannot be read");
    assertThat(problem.why())
        .isEqualTo(
            data
                + " is damaged; it stays as it is. Its copy "
                + home.resolve("journal.1")
                + " is less than a minute old");
    assertThat(problem.next())
        .isEqualTo(
            """
            leave every other oosh, then take the copy back:
            mv -n %1$s/journal.mv.db %1$s/journal.damaged &&
            cp -p %1$s/journal.1 %1$s/journal.mv.db"""
                .formatted(home));
    assertThat(data).hasBinaryContent(damaged);
  }

  @Test
  void refusesAFileThatLostItsNewestStates() throws IOException {
    Path data = home.resolve("journal.mv.db");
    try (H2Journal journal = H2Journal.open(home)) {
      journal.starts().intend(launch("t", WEB, NOON));
    }
    byte[] earlier = Files.readAllBytes(data);
    Files.copy(data, home.resolve("journal.1"), StandardCopyOption.REPLACE_EXISTING);
    try (H2Journal journal = H2Journal.open(home)) {
      journal.starts().markRefused("t", "no");
    }
    Files.write(data, earlier);

    Problem refused = refusal(home);
    assertThat(refused.why()).contains(" lacks what was written to it last; it stays as it is");
    assertThat(data).hasBinaryContent(earlier);
  }

  @Test
  void refusesALinkThatLeadsToNothingAndLeavesIt() throws IOException {
    Path data = home.resolve("journal.mv.db");
    Files.createSymbolicLink(data, home.resolve("unmounted/journal.mv.db"));

    assertThat(refusal(home).why()).isEqualTo(data + " is a link that leads to no file now");
    assertThat(data).isSymbolicLink();
  }

  /** The file system gives the number of the deleted file to the next one that is made. */
  @Test
  void takesACopyForAnotherFileThanTheDeletedOne() throws IOException {
    Path data = home.resolve("journal.mv.db");
    H2Journal.open(home).close();
    Path older = Files.copy(data, home.resolve("older"));
    try (H2Journal journal = H2Journal.open(home)) {
      journal.starts().intend(launch("t", WEB, NOON));
    }

    Files.delete(data);
    Files.copy(older, data);

    try (H2Journal journal = H2Journal.open(home)) {
      assertThat(journal.starts().openIntents(WEB)).isEmpty();
    }
  }

  @Test
  void anOlderFileThatLostItsEndReplacesNoCopy() throws IOException {
    Path data = home.resolve("journal.mv.db");
    int before = SchemaMigrations.VERSION - 1;
    inDatabase(home, sql -> SchemaMigrationsTest.before(sql, before));
    Path copy = Files.copy(data, home.resolve("journal.1"));
    inDatabase(home, sql -> sql.update("delete from execution"));
    byte[] cut = Files.readAllBytes(data);
    byte[] whole = Files.readAllBytes(copy);

    assertThat(refusal(home).why()).contains(" lacks what was written to it last; it stays as");
    assertThat(data).hasBinaryContent(cut);
    assertThat(copy).hasBinaryContent(whole);
  }

  @Test
  void theLinesOfTheMessageRestoreTheCopy() throws Exception {
    try (H2Journal journal = H2Journal.open(home)) {
      journal.starts().intend(launch("t", WEB, NOON));
    }
    for (String aside : List.of("journal.damaged", "journal.damaged.2")) {
      Files.writeString(home.resolve("journal.mv.db"), "this is no journal\n".repeat(1000));
      String lines = refusal(home).next();

      int status =
          new ProcessBuilder("sh", "-ec", lines.substring(lines.indexOf('\n')))
              .inheritIO()
              .start()
              .waitFor();

      assertThat(status).isZero();
      assertThat(home.resolve(aside)).content().startsWith("this is no journal");
      try (H2Journal journal = H2Journal.open(home)) {
        assertThat(journal.starts().withToken("t")).isPresent();
      }
    }
  }

  @Test
  void beginsAfreshWhereThereIsNoCopy() throws Exception {
    Files.writeString(home.resolve("journal.mv.db"), "this is no journal\n".repeat(1000));

    Problem problem = refusal(home);

    assertThat(problem.why())
        .isEqualTo(
            home.resolve("journal.mv.db")
                + " is damaged; it stays as it is, and there is no copy of it");
    assertThat(problem.next())
        .isEqualTo(
            "leave every other oosh, then begin afresh:\nmv -n %1$s/journal.mv.db %1$s/journal.damaged"
                .formatted(home));
  }

  @Test
  void beginsNoJournalBesideTheCopyOfALostOne() throws Exception {
    Path data = home.resolve("journal.mv.db");
    try (H2Journal journal = H2Journal.open(home)) {
      journal.starts().intend(launch("t", WEB, NOON));
    }
    Path copy = home.resolve("journal.1");
    assertThat(copy).exists();

    Files.delete(data);
    assertThat(refusal(home).why()).startsWith(data + " is missing. Its copy " + copy);
    assertThat(data).doesNotExist();

    Files.createFile(data);
    Problem empty = refusal(home);
    assertThat(empty.why()).startsWith(data + " is empty. Its copy " + copy);
    assertThat(empty.next())
        .isEqualTo(
            """
            leave every other oosh, then take the copy back:
            cp -p %1$s/journal.1 %1$s/journal.mv.db
            or begin afresh without it:
            mv -n %1$s/journal.1 %1$s/journal.old"""
                .formatted(home));
    assertThat(data).isEmptyFile();

    Files.move(copy, home.resolve("journal.old"));
    try (H2Journal journal = H2Journal.open(home)) {
      assertThat(journal.starts().find("exec-1")).isEmpty();
    }
  }

  @Test
  void copiesTheJournalOnceADayAndNeverADamagedOne() throws Exception {
    Path copy = home.resolve("journal.1");
    Path data = home.resolve("journal.mv.db");
    try (H2Journal journal = H2Journal.open(home)) {
      journal.starts().intend(launch("t", WEB, NOON));
    }
    byte[] first = Files.readAllBytes(copy);
    assertThat(data).hasBinaryContent(first);
    try (H2Journal journal = H2Journal.open(home)) {
      journal.starts().intend(launch("u", JournalFixtures.context("prod", "asg-other"), NOON));
    }
    assertThat(copy).hasBinaryContent(first);

    FileTime yesterday = FileTime.from(Instant.now().minus(Duration.ofHours(25)));
    Files.setLastModifiedTime(copy, yesterday);
    H2Journal.open(home).close();
    assertThat(copy).hasBinaryContent(Files.readAllBytes(data));

    Files.setLastModifiedTime(copy, yesterday);
    byte[] good = Files.readAllBytes(copy);
    String script = "echo back";
    byte[] bytes = Files.readAllBytes(data);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    assertThat(text).contains(script);
    // Each of them: the file also has pages that H2 has written anew elsewhere.
    for (int at = text.indexOf(script); at >= 0; at = text.indexOf(script, at + 1)) {
      Arrays.fill(bytes, at - 100, at + 100, (byte) 0);
    }
    Files.write(data, bytes);
    List<String> told = new ArrayList<>();
    try (H2Journal journal = JournalFixtures.open(home, () -> {}, told::add)) {
      assertThat(journal).isNotNull();
    } catch (Problem met) {
      assertThat(met.why()).contains(" is damaged; it stays as it is");
    }
    assertThat(copy).hasBinaryContent(good);
  }

  @Test
  void leavesNothingOfANewJournalThatIsNotWhole() throws IOException {
    AtomicInteger left = new AtomicInteger();
    UnaryOperator<Connection> diskIsFullAfterSome =
        connection ->
            (Connection)
                Proxy.newProxyInstance(
                    Connection.class.getClassLoader(),
                    new Class<?>[] {Connection.class},
                    (proxy, method, values) -> {
                      if (method.getName().equals("createStatement")
                          && left.getAndDecrement() == 0) {
                        throw new SQLException("no space left");
                      }
                      return method.invoke(connection, values);
                    });
    int statements = SchemaMigrations.whole().size() + 2;
    for (int some = 0; some < statements; some++) {
      left.set(some);

      Problem problem =
          catchThrowableOfType(
              Problem.class, () -> JournalFixtures.open(home, diskIsFullAfterSome).close());

      assertThat(problem.why()).isEqualTo("the disk of " + home + " is full");
      try (Stream<Path> files = Files.list(home)) {
        assertThat(files).as("after %d", some).containsExactly(home.resolve("journal.turn"));
      }
    }
    AtomicInteger told = new AtomicInteger();
    JournalFixtures.open(home, told::incrementAndGet, record -> {}).close();
    assertThat(told).hasValue(0);
  }

  @Test
  void saysWhyWhenAConnectionIsClosedUnderItsWork() {
    H2Journal.open(home).close();
    JournalFile file = JournalFile.in(home);
    try (JournalConnection store = JournalConnection.open(file)) {
      assertThatThrownBy(
              () ->
                  store.read(
                      sql -> {
                        throw new CannotGetJdbcConnectionException(
                            "closed", new SQLException("closed", "90121", 90121));
                      }))
          .isInstanceOfSatisfying(
              Problem.class,
              p ->
                  assertThat(p.why())
                      .isEqualTo("the database at " + file.data() + " failed (error 90121)"));
      assertThatThrownBy(
              () ->
                  store.read(
                      sql -> {
                        throw new EmptyResultDataAccessException(1);
                      }))
          .isInstanceOfSatisfying(
              Problem.class, p -> assertThat(p.what()).isEqualTo("the journal cannot be read"));
    }
  }

  @Test
  void countsAnAssertionErrorOfTheDatabaseAsDamage() {
    UnaryOperator<Connection> asserting =
        connection -> {
          try {
            connection.close();
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
          throw new AssertionError("Thread[oosh-journal] 2 != 3");
        };

    H2Journal.open(home).close();
    Problem problem =
        catchThrowableOfType(Problem.class, () -> JournalFixtures.open(home, asserting).close());

    assertThat(problem.why())
        .startsWith(home.resolve("journal.mv.db") + " is damaged; it stays as it is");
    H2Journal.open(home).close();
  }

  @Test
  void refusesTheTablesOfANewerOoshAndLeavesThemAsTheyAre() throws Exception {
    H2Journal.open(home).close();
    inDatabase(home, sql -> sql.update("update schema_version set version = 99"));
    byte[] before = Files.readAllBytes(home.resolve("journal.mv.db"));

    Problem problem = refusal(home);
    assertThat(home.resolve("journal.mv.db")).hasBinaryContent(before);
    assertThat(problem.why())
        .isEqualTo(
            home.resolve("journal.mv.db")
                + " was written by a newer oosh (version 99; this one knows "
                + SchemaMigrations.VERSION
                + "); it stays as it is");
    assertThat(problem.next())
        .isEqualTo("use the newer oosh, or use another journal: OOSH_HOME=/another/directory oosh");
  }

  @Test
  void saysNoSqlWhenAStatementFails() {
    try (H2Journal journal = H2Journal.open(home)) {
      inDatabase(home, sql -> sql.execute("drop table execution"));
      assertThatThrownBy(() -> journal.starts().intend(launch("t", WEB, NOON)))
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

    assertThatThrownBy(() -> journal.starts().find("exec-1")).isInstanceOf(Problem.class);
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
