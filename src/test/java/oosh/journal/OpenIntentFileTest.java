package oosh.journal;

import static oosh.journal.JournalFixtures.NOON;
import static oosh.journal.JournalFixtures.WEB;
import static oosh.journal.JournalFixtures.inDatabase;
import static oosh.journal.JournalFixtures.launch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import oosh.rollout.record.OpenIntent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts without an answer in the file of H2: when it is read, and what an older oosh left. */
class OpenIntentFileTest {
  @TempDir Path directory;
  private H2Journal journal;

  @BeforeEach
  void open() {
    journal = H2Journal.open(directory);
  }

  @AfterEach
  void close() {
    journal.close();
  }

  @Test
  void readsTheFileAgainOnlyOnceItHasChanged() throws Exception {
    Path data = directory.resolve("journal.mv.db");
    Path turn = directory.resolve("journal.turn");
    FileTime longAgo = FileTime.from(NOON);
    try (H2Journal elsewhere = H2Journal.open(directory)) {
      Files.setLastModifiedTime(data, longAgo);
      assertThat(journal.starts().openIntents(WEB)).isEmpty();
      assertThat(journal.starts().open(WEB)).isEmpty();

      // Who opens the file writes its name into this one.
      Files.setLastModifiedTime(turn, longAgo);
      assertThat(journal.starts().openIntents(WEB)).isEmpty();
      assertThat(journal.starts().open(WEB)).isEmpty();
      assertThat(Files.getLastModifiedTime(turn)).isEqualTo(longAgo);

      elsewhere.starts().intend(launch("t1", WEB, NOON));
      assertThat(journal.starts().openIntents(WEB)).hasSize(1);

      // What a file was changed at can be set, and that it was changed shows all the same.
      Files.setLastModifiedTime(data, longAgo);
      assertThat(journal.starts().openIntents(WEB)).hasSize(1);
      elsewhere.starts().markRefused("t1", "no");
      Files.setLastModifiedTime(data, longAgo);
      assertThat(journal.starts().openIntents(WEB)).isEmpty();
    }
  }

  @Test
  void settlesWhatAnOlderOoshLeftBehind() throws IOException {
    journal.starts().intend(launch("t1", WEB, NOON));
    journal.starts().markRefused("t1", "only to make room");
    journal.starts().intend(launch("t2", WEB, NOON.plusSeconds(1)));
    journal.close();
    Files.delete(directory.resolve("journal.1"));
    Files.delete(directory.resolve("journal.last"));
    inDatabase(
        directory,
        sql -> {
          // As version 1 had it: no columns for what was asked, two starts without an answer.
          sql.execute("update execution set state = 'INTENDED'");
          sql.execute("drop index one_start");
          sql.execute("drop index by_asked");
          for (String column :
              List.of(
                  "asked_at",
                  "answered_at",
                  "claim",
                  "again",
                  "template",
                  "parameters",
                  "author_since")) {
            sql.execute("alter table execution drop column " + column);
          }
          sql.execute("update schema_version set version = 1");
        });
    journal = H2Journal.open(directory);

    assertThat(journal.starts().openIntents(WEB))
        .extracting(
            u -> u.entry().token(), OpenIntent::start, OpenIntent::holdsGroup, OpenIntent::sentAt)
        .containsExactly(
            tuple("t1", null, false, NOON), tuple("t2", null, true, NOON.plusSeconds(1)));
    assertThat(journal.starts().intend(launch("t3", WEB, Instant.now()))).isPresent();
  }
}
