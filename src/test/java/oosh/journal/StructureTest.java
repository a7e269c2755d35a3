package oosh.journal;

import static oosh.journal.Samples.NOON;
import static oosh.journal.Samples.launch;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import oosh.rollout.Journal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that is as H2 may leave it is not called damaged. */
class StructureTest {
  private static final int RECORDS = 40;

  /** More than is searched for the newest state from the end. */
  private static final long FAR = 256L << 20;

  @TempDir Path folder;

  /**
   * H2 puts what is new where room has become free, in a long journal far before its end; the
   * file's header names the newest state only once it is closed.
   */
  @Test
  void findsTheNewestStateFarFromTheEndAfterAKill() throws IOException {
    Path home = folder.resolve("home");
    Path killed = Files.createDirectories(folder.resolve("killed"));
    try (H2Journal journal = H2Journal.open(home)) {
      for (int i = 0; i < RECORDS; i++) {
        journal.intend(
            launch("t" + i, Samples.context("prod", "asg-" + i), NOON.plusSeconds(60L * i)));
      }
      Files.copy(home.resolve("journal.mv.db"), killed.resolve("journal.mv.db"));
    }
    Files.copy(home.resolve("journal.key"), killed.resolve("journal.key"));
    try (RandomAccessFile data =
        new RandomAccessFile(killed.resolve("journal.mv.db").toFile(), "rw")) {
      data.setLength(FAR);
    }

    try (H2Journal journal = H2Journal.open(killed)) {
      assertThat(journal.history(new Journal.Query("prod", "cn-hangzhou", null, null, null, 1000)))
          .hasSize(RECORDS);
    }
  }
}
