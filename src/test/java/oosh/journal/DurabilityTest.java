package oosh.journal;

import static oosh.journal.JournalFixtures.NOON;
import static oosh.journal.JournalFixtures.WEB;
import static oosh.journal.JournalFixtures.launch;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import oosh.rollout.record.History;
import oosh.rollout.record.JournalEntry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a shell that dies leaves to the others. */
@Tag("endurance")
class DurabilityTest {
  private static final History.Query ALL =
      new History.Query("prod", "cn-hangzhou", null, null, null, 1000);

  @TempDir Path directory;

  @Test
  void keepsEveryAcknowledgedIntentWhenTheShellIsKilled() throws IOException {
    List<String> acknowledged = new ArrayList<>();
    try (SecondShellProcess other = new SecondShellProcess(directory)) {
      other.intend(1000);
      for (int i = 0; i < 50; i++) {
        acknowledged.add(other.token());
      }
      other.kill();
      other.answers().lines().filter(l -> l.startsWith("other-")).forEach(acknowledged::add);
    }

    try (H2Journal journal = H2Journal.open(directory)) {
      assertThat(journal.history().list(ALL))
          .extracting(JournalEntry::token)
          .containsAll(acknowledged);
    }
  }

  @Test
  void continuesWhenAnotherShellIsKilled() throws IOException {
    try (SecondShellProcess owner = new SecondShellProcess(directory);
        H2Journal journal = H2Journal.open(directory)) {
      owner.intend(1);
      assertThat(owner.token()).isEqualTo("other-0");
      journal.starts().intend(launch("mine-1", WEB, NOON));
      journal.starts().markRefused("mine-1", "no");
      owner.kill();
      journal.starts().intend(launch("mine-2", WEB, NOON.plusSeconds(9)));

      assertThat(journal.history().list(ALL))
          .extracting(JournalEntry::token)
          .containsExactly("mine-2", "mine-1", "other-0");
    }
  }
}
