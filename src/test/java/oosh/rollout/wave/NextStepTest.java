package oosh.rollout.wave;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.hold.Person;
import oosh.rollout.update.UpdateMethod;
import oosh.rollout.update.UpdateSpec;
import oosh.rollout.wave.WaveStatus.Wish;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NextStepTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final String R = "cn-hangzhou";

  private final List<Wave> waves = new ArrayList<>();
  private final List<GroupProgress> groups = new ArrayList<>();
  private final Set<Integer> later = new HashSet<>();
  private int maxFailures;

  private Wave wave(int atOnce, String bake, @Nullable String hours) {
    Wave wave =
        new Wave(
            waves.size() + 1,
            R,
            new GroupSelector.Matching("*"),
            atOnce,
            Duration.parse(bake),
            hours == null ? null : WaveHours.of(hours + " Asia/Shanghai"));
    waves.add(wave);
    return wave;
  }

  /** A group of the newest wave with a launch in that state, and perhaps a rollback. */
  private void group(String launch, String back) {
    int at = groups.size();
    groups.add(
        new GroupProgress(
            new GroupOfWave(at, waves.size(), R, "asg-" + at, "", 2),
            start("t" + at, launch),
            start("b" + at, back),
            false,
            ""));
  }

  private void group(String launch) {
    group(launch, "");
  }

  private static @Nullable GroupStart start(String token, String state) {
    if (state.isEmpty()) {
      return null;
    }
    boolean named = !state.equals("never") && !state.equals("unanswered");
    ExecutionStatus status = named ? new ExecutionStatus(state) : null;
    return new GroupStart(
        token,
        state.equals("never"),
        named ? "exec-" + token : null,
        status,
        false,
        NOON.minusSeconds(60),
        status != null && status.isFinal() ? NOON : null,
        0,
        2,
        "");
  }

  private NextStep next(Wish wish, Instant now, Integer... refused) {
    WaveRollout rollout =
        new WaveRollout(
            "wave-1",
            "p",
            "f",
            "",
            "",
            "",
            new Person("li", "ops-1"),
            NOON,
            false,
            groups.stream().map(GroupProgress::group).toList());
    RolloutFile file =
        new RolloutFile("f", UpdateMethod.RUN_SCRIPT, UpdateSpec.EMPTY, maxFailures, waves);
    return NextStep.of(
        file,
        new WaveStatus(rollout, wish, "", 1, null, null, groups),
        Set.of(refused),
        later,
        now);
  }

  private String go(Integer... refused) {
    return words(next(Wish.GO, NOON, refused));
  }

  /** {@code START 1: 0 1 until 12:00:00}. */
  private static String words(NextStep step) {
    StringBuilder words = new StringBuilder(step.kind().name());
    if (step.wave() != null) {
      words.append(" ").append(step.wave().number());
    }
    step.groups().forEach(g -> words.append(" asg-").append(g.group().position()));
    if (step.until() != null) {
      words.append(" until ").append(step.until());
    }
    return words.toString();
  }

  @Test
  void theFirstWaveBeginsWithAsManyGroupsAsMayGoAtOnce() {
    wave(2, "PT0S", null);
    group("");
    group("");
    group("");
    assertThat(go()).isEqualTo("START 1 asg-0 asg-1");
  }

  @Test
  void theNextGroupBeginsWhenThereIsRoom() {
    wave(2, "PT0S", null);
    group("Running");
    group("Success");
    group("");
    assertThat(go()).isEqualTo("START 1 asg-2");
    groups.clear();
    group("Running");
    group("unanswered");
    group("");
    assertThat(go()).isEqualTo("WATCH 1 asg-0 asg-1");
  }

  @Test
  void theNextWaveBeginsWhenTheOneBeforeIsSuccess() {
    wave(1, "PT0S", null);
    group("Running");
    wave(1, "PT0S", null);
    group("");
    assertThat(go()).isEqualTo("WATCH 1 asg-0");
    groups.set(
        0, new GroupProgress(groups.get(0).group(), start("t0", "Success"), null, false, ""));
    assertThat(go()).isEqualTo("START 2 asg-1");
  }

  @Test
  void theBakeOfTheWaveBeforeIsWaitedFor() {
    wave(1, "PT10M", null);
    group("Success");
    wave(1, "PT0S", null);
    group("");
    assertThat(go()).isEqualTo("BAKE 2 until 2026-11-23T12:10:00Z");
    assertThat(words(next(Wish.GO, NOON.plusSeconds(600)))).isEqualTo("START 2 asg-1");
  }

  @Test
  void theBakeOfTheLastWaveIsPartOfTheRollout() {
    wave(1, "PT10M", null);
    group("Success");
    assertThat(go()).isEqualTo("BAKE until 2026-11-23T12:10:00Z");
    assertThat(words(next(Wish.GO, NOON.plusSeconds(600)))).isEqualTo("DONE");
  }

  @Test
  void theHoursAreAskedBeforeEachGroup() {
    wave(1, "PT0S", "Mon-Fri 09:00-17:00");
    group("Success");
    group("");
    // Noon in UTC is eight in the evening there.
    assertThat(go()).isEqualTo("HOURS 1 asg-1 until 2026-11-24T01:00:00Z");
    assertThat(words(next(Wish.GO, Instant.parse("2026-11-24T01:00:00Z"))))
        .isEqualTo("START 1 asg-1");
  }

  @Test
  void hoursThatHavePassedNeverComeAgain() {
    wave(1, "PT0S", "2026-11-20 00:00 - 2026-11-21 00:00");
    group("");
    assertThat(go()).isEqualTo("HOURS 1 asg-0");
  }

  @Test
  void afterAFailureTheOthersGoOnToTheirEndAndNothingMoreIsStarted() {
    wave(2, "PT0S", null);
    group("Failed");
    group("Running");
    group("");
    assertThat(go()).isEqualTo("WATCH 1 asg-1");
    groups.set(
        1, new GroupProgress(groups.get(1).group(), start("t1", "Success"), null, false, ""));
    assertThat(go()).isEqualTo("STOPPED 1 asg-0");
  }

  @Test
  void asManyFailuresAsAreAllowedDoNotStopIt() {
    maxFailures = 1;
    wave(2, "PT0S", null);
    group("Failed");
    group("");
    wave(1, "PT0S", null);
    group("");
    assertThat(go()).isEqualTo("START 1 asg-1");
    groups.set(
        1, new GroupProgress(groups.get(1).group(), start("t1", "Success"), null, false, ""));
    assertThat(go()).isEqualTo("START 2 asg-2");
    groups.set(1, new GroupProgress(groups.get(1).group(), start("t1", "Failed"), null, false, ""));
    assertThat(go()).isEqualTo("STOPPED 2 asg-0 asg-1");
  }

  @Test
  void aRefusedStartIsNotTriedAgainAndKeepsNoOtherFromGoing() {
    wave(1, "PT0S", null);
    group("never");
    group("");
    assertThat(go()).isEqualTo("START 1 asg-0");
    assertThat(go(0)).isEqualTo("START 1 asg-1");
    assertThat(go(0, 1)).isEqualTo("WAITS 1 asg-0 asg-1");
  }

  @Test
  void aGroupThatIsTriedAgainHoldsItsWave() {
    wave(1, "PT0S", null);
    group("");
    group("");
    later.add(0);
    assertThat(go()).isEqualTo("WATCH 1 asg-0");
    groups.clear();
    group("Success");
    wave(1, "PT0S", null);
    group("Success");
    later.clear();
    later.add(1);
    assertThat(words(next(Wish.BACK, NOON))).isEqualTo("WATCH 2 asg-1");
  }

  @Test
  void aGroupThatIsLaunchedOnAgainWaitsForRoomAndHours() {
    wave(1, "PT0S", "Mon-Fri 09:00-17:00");
    group("Failed");
    group("Failed");
    groups.replaceAll(GroupProgress::again);
    assertThat(go()).isEqualTo("HOURS 1 asg-0 asg-1 until 2026-11-24T01:00:00Z");
    assertThat(words(next(Wish.GO, Instant.parse("2026-11-24T01:00:00Z"))))
        .isEqualTo("START 1 asg-0");
  }

  @Test
  void anExecutionThatWaitsForAPersonIsWaitedFor() {
    wave(1, "PT0S", null);
    group("Waiting");
    group("");
    assertThat(go()).isEqualTo("WAITS 1 asg-0");
  }

  @Test
  void aPauseLetsWhatRunsEnd() {
    wave(1, "PT0S", null);
    group("Running");
    group("");
    assertThat(words(next(Wish.PAUSE, NOON))).isEqualTo("WATCH 1 asg-0");
    groups.set(
        0, new GroupProgress(groups.get(0).group(), start("t0", "Success"), null, false, ""));
    assertThat(words(next(Wish.PAUSE, NOON))).isEqualTo("PAUSED 1");
    assertThat(words(next(Wish.ABORT, NOON))).isEqualTo("STOPPED 1");
  }

  @Test
  void theWayBackBeginsWithTheLastWave() {
    wave(2, "PT0S", null);
    group("Success");
    group("Success");
    wave(1, "PT0S", null);
    group("Failed");
    group("");
    assertThat(words(next(Wish.BACK, NOON))).isEqualTo("GO_BACK 2 asg-2");
    groups.set(
        2,
        new GroupProgress(
            groups.get(2).group(), start("t2", "Failed"), start("b2", "Running"), false, ""));
    assertThat(words(next(Wish.BACK, NOON))).isEqualTo("WATCH 2 asg-2");
    groups.set(
        2,
        new GroupProgress(
            groups.get(2).group(), start("t2", "Failed"), start("b2", "Success"), false, ""));
    assertThat(words(next(Wish.BACK, NOON))).isEqualTo("GO_BACK 1 asg-0 asg-1");
  }

  @Test
  void aRollbackThatFailedKeepsNoOtherFromGoingBack() {
    wave(1, "PT0S", null);
    group("Success");
    wave(1, "PT0S", null);
    group("Success", "Failed");
    assertThat(words(next(Wish.BACK, NOON))).isEqualTo("GO_BACK 1 asg-0");
    assertThat(words(next(Wish.BACK, NOON, 0))).isEqualTo("STOPPED asg-0 asg-1");
    groups.set(
        0,
        new GroupProgress(
            groups.get(0).group(), start("t0", "Success"), start("b0", "Success"), false, ""));
    assertThat(words(next(Wish.BACK, NOON))).isEqualTo("STOPPED asg-1");
  }

  @Test
  void whatWasNeverStartedNeedNotGoBack() {
    wave(1, "PT0S", null);
    group("Success", "Success");
    wave(1, "PT0S", null);
    group("");
    group("never");
    assertThat(words(next(Wish.BACK, NOON))).isEqualTo("DONE");
  }
}
