package oosh.rollout.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import oosh.rollout.update.Context;
import oosh.rollout.update.UpdateMethod;
import org.junit.jupiter.api.Test;

/** The stand-in for a journal that can no longer be used. */
class NoJournalTest {
  private static final GroupSnapshot BEFORE =
      new GroupSnapshot(Instant.EPOCH, Set.of(), Map.of("i-a", "InService"));

  private final Journal journal = new NoJournal("exec-1", null, BEFORE).journal();

  @Test
  void returnsOnlyTheSnapshotBeforeTheSource() {
    assertThat(journal.history().snapshotBefore("exec-1")).contains(BEFORE);
    assertThat(journal.history().snapshotBefore("exec-2")).isEmpty();
  }

  @Test
  void allowsEveryStartAndRecordsNothing() {
    Context context = new Context("prod", "cn-hangzhou", "asg-1", UpdateMethod.RUN_SCRIPT);

    assertThat(journal.starts().markSending("oosh-1", Instant.EPOCH)).isTrue();
    assertThat(journal.starts().openIntents(context)).isEmpty();
    assertThat(journal.starts().find("exec-1")).isEmpty();
    assertThat(journal.choices().groups("prod", "cn-hangzhou")).isEmpty();
    assertThat(journal.outdated()).isFalse();
  }
}
