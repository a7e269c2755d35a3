package oosh.rollout.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.record.Initiator;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.update.UpdateMethod;
import oosh.rollout.update.UpdateSpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How far the service's clock is ahead, as an execution tells it. */
class ClockDifferenceTest {
  private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");
  private static final Initiator ME = new Initiator("ann", "ops", 7);

  @Test
  void nothingBeginsInTheFuture() {
    assertThat(of(NOON.plusSeconds(7200), null)).isEqualTo(Duration.ofHours(2));
    assertThat(of(NOON.minusSeconds(30), null)).isZero();
    assertThat(of(null, null)).isZero();
  }

  @Test
  void aStartOfThisMachineShowsThatItsClockIsAhead() {
    assertThat(of(NOON.minusSeconds(620), NOON.minusSeconds(20)))
        .isEqualTo(Duration.ofMinutes(-10));
    // The way there.
    assertThat(of(NOON.minusSeconds(18), NOON.minusSeconds(20))).isZero();
    assertThat(of(NOON.minusSeconds(25), NOON.minusSeconds(20))).isZero();
  }

  @Test
  void aStartOfThisMachineShowsThatItsClockIsBehind() {
    assertThat(of(NOON.minusSeconds(20), NOON.minusSeconds(3620))).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void aStartOfAnotherMachineShowsNothing() {
    assertThat(
            ClockDifference.of(
                execution(NOON.minusSeconds(620)),
                Optional.of(entry(NOON, new Initiator("ann", "elsewhere", 7))),
                ME,
                NOON))
        .isZero();
  }

  private static Duration of(@Nullable Instant created, @Nullable Instant started) {
    return ClockDifference.of(
        execution(created), Optional.ofNullable(started).map(at -> entry(at, ME)), ME, NOON);
  }

  private static Execution execution(@Nullable Instant created) {
    return new Execution(
        "exec-1",
        "",
        ExecutionStatus.RUNNING,
        "",
        "",
        Map.of(),
        List.of(),
        null,
        "",
        "",
        Map.of(),
        created,
        null);
  }

  private static JournalEntry entry(Instant at, Initiator author) {
    return new JournalEntry(
        "t1",
        JournalEntry.StartState.STARTED,
        false,
        "prod",
        "cn-hangzhou",
        "asg-web",
        "exec-1",
        ExecutionStatus.RUNNING,
        UpdateSpec.EMPTY,
        false,
        "",
        author,
        at,
        null,
        0,
        6,
        "",
        null,
        "",
        UpdateMethod.RUN_SCRIPT,
        Map.of());
  }
}
