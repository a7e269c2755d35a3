package oosh.journal;

import static oosh.journal.JournalFixtures.NOON;
import static oosh.journal.JournalFixtures.WEB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import oosh.journal.transfer.H2JournalArchive;
import oosh.rollout.Problem;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journal of an oosh 0.1.0: what it has open is left alone, what it has left is taken over. */
@Tag("endurance")
class OldOoshTest {
  /** A second, and what a busy machine adds to it. */
  private static final long SOON_MS = 2000;

  @TempDir Path home;

  @Test
  void namesTheOneThatHasTheJournalOpenWithinASecond() throws Exception {
    H2Journal.open(home.resolve("warm")).close();
    try (OldOosh old = new OldOosh(home)) {
      long from = System.nanoTime();

      Problem problem = catchThrowableOfType(Problem.class, () -> H2Journal.open(home).close());

      assertThat(Duration.ofNanos(System.nanoTime() - from).toMillis()).isLessThan(SOON_MS);
      assertThat(problem.what()).isEqualTo("the journal cannot be used");
      assertThat(problem.why())
          .isEqualTo(
              "process "
                  + old.pid()
                  + ", an older oosh, has "
                  + home.resolve("journal.mv.db")
                  + " open");
      assertThat(problem.next()).isEqualTo("leave that shell (exit), or end it: kill " + old.pid());
    }
  }

  @Test
  void migratesItsJournalDropsThePasswordAndKeepsACopy() throws Exception {
    new OldOosh(home).close();
    assertThat(home).isDirectoryContaining("glob:**journal.lock.db");

    try (H2Journal journal = H2Journal.open(home)) {
      assertThat(journal.starts().openIntents(WEB)).hasSize(1);
    }

    for (String name : List.of("journal.key", "journal.seal", "journal.lock.db")) {
      assertThat(home.resolve(name)).doesNotExist();
    }
    Files.delete(home.resolve("journal.mv.db"));
    Files.copy(home.resolve("journal.1"), home.resolve("journal.mv.db"));
    try (H2Journal journal = H2Journal.open(home)) {
      assertThat(journal.starts().openIntents(WEB)).as("from the copy").hasSize(1);
    }
  }

  @Test
  void exportsItFromAnotherFolder() throws Exception {
    new OldOosh(home).close();
    List<String> lines = new ArrayList<>();

    new H2JournalArchive(home.resolve("none"), () -> NOON).exportFrom(home, lines::add);

    assertThat(lines).anyMatch(l -> l.contains("\"token\":\"open\""));
    assertThat(home.resolve("journal.key")).exists();
  }

  @Test
  void saysThatItsPasswordIsMissing() throws Exception {
    new OldOosh(home).close();
    Path key = home.resolve("journal.key");
    Files.delete(key);
    byte[] before = Files.readAllBytes(home.resolve("journal.mv.db"));

    Problem problem = catchThrowableOfType(Problem.class, () -> H2Journal.open(home).close());

    assertThat(problem.why())
        .isEqualTo(
            home.resolve("journal.mv.db")
                + " is of an oosh that gave it a password; "
                + key
                + " with it is missing, or another's");
    assertThat(home.resolve("journal.mv.db")).hasBinaryContent(before);
  }
}
