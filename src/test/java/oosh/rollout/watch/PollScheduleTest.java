package oosh.rollout.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PollScheduleTest {
  private static final Instant BEGIN = Instant.parse("2026-03-04T10:00:00Z");

  private Instant now = BEGIN;
  private final PollSchedule rhythm = new PollSchedule(BEGIN);

  /** Looks on for so long; the calls that are made. */
  private int calls(Duration time, int children, int tasks) {
    Instant end = now.plus(time);
    int calls = 0;
    while (now.isBefore(end)) {
      calls++;
      if (rhythm.isFullPollDue(now)) {
        rhythm.onFullPoll(children, tasks, now);
        calls += Math.max(1, (children + 99) / 100) + Math.max(1, (tasks + 99) / 100);
      }
      now = now.plus(rhythm.pause(now));
    }
    return calls;
  }

  @Test
  void looksAtASmallExecutionWholeEachSecondForAMinute() {
    assertThat(calls(Duration.ofMinutes(1), 6, 14)).isEqualTo(180);
  }

  @Test
  void makesTwelveCallsAMinuteOnceNothingChangesHoweverManyInstances() {
    for (int instances : new int[] {1, 6, 60, 350, 1000}) {
      calls(Duration.ofMinutes(10), instances, instances + 8);
      assertThat(calls(Duration.ofMinutes(60), instances, instances + 8)).isBetween(400, 725);
    }
  }

  @Test
  void asksNoMoreThanSixtyTimesAMinuteHoweverMuchMoves() {
    for (int instances : new int[] {6, 1000}) {
      rhythm.onUserCommand(now);
      assertThat(moving(Duration.ofMinutes(1), instances)).isBetween(170, 200);
      assertThat(moving(Duration.ofMinutes(10), instances)).isBetween(550, 621);
    }
  }

  private int moving(Duration time, int instances) {
    Instant end = now.plus(time);
    int all = 0;
    while (now.isBefore(end)) {
      rhythm.onChange(now);
      all += calls(rhythm.pause(now), instances, instances + 8);
    }
    return all;
  }

  @Test
  void looksWholeAtOnceWhenSomethingWasDoneOrHasMoved() {
    calls(Duration.ofMinutes(30), 1000, 1008);
    assertThat(rhythm.pause(now)).isEqualTo(Duration.ofSeconds(10));
    assertThat(rhythm.isFullPollDue(now)).isFalse();
    rhythm.onUserCommand(now);
    assertThat(rhythm.isFullPollDue(now)).isTrue();
    assertThat(rhythm.pause(now)).isEqualTo(Duration.ofSeconds(1));

    calls(Duration.ofMinutes(30), 1000, 1008);
    rhythm.onChange(now);
    assertThat(rhythm.pause(now)).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void isStillOnceNothingHasMovedForAMinute() {
    assertThat(rhythm.stillSince(BEGIN.plusSeconds(59))).isNull();
    assertThat(rhythm.stillSince(BEGIN.plusSeconds(60))).isEqualTo(BEGIN);
  }
}
