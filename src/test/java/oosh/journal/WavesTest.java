package oosh.journal;

import static oosh.journal.JournalFixtures.NOON;
import static oosh.journal.JournalFixtures.WEB;
import static oosh.journal.JournalFixtures.execution;
import static oosh.journal.JournalFixtures.launch;
import static oosh.journal.JournalFixtures.rollback;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Optional;
import oosh.rollout.Problem;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.cloud.OriginTags;
import oosh.rollout.hold.Exemption;
import oosh.rollout.hold.Person;
import oosh.rollout.record.Intent;
import oosh.rollout.record.StartLog;
import oosh.rollout.wave.GroupOfWave;
import oosh.rollout.wave.GroupProgress;
import oosh.rollout.wave.GroupStart;
import oosh.rollout.wave.WaveClaim;
import oosh.rollout.wave.WaveRollout;
import oosh.rollout.wave.WaveStatus;
import oosh.rollout.wave.WaveStatus.Wish;
import oosh.rollout.wave.Waves;
import org.junit.jupiter.api.Test;

/** Rollouts over many groups in the journal. */
class WavesTest extends EachJournalTestBase {
  private static final String ID = "wave-0123456789abcdef";
  private static final WaveRollout ROLLOUT =
      new WaveRollout(
          ID,
          "prod",
          "release.yaml",
          "{\"it\": \"'; drop table wave_rollout --\"}",
          "web 2.4.1",
          "",
          new Person("li", "ops-1"),
          NOON,
          false,
          List.of(
              new GroupOfWave(0, 1, "cn-hangzhou", "asg-db", "database", 2),
              new GroupOfWave(1, 2, "cn-hangzhou", "asg-web", "", 6, true)));

  private Waves waves() {
    return journal.waves();
  }

  private WaveStatus status() {
    return waves().find(ID).orElseThrow();
  }

  private GroupProgress web() {
    return status().groups().get(1);
  }

  private static Intent start(String token, long turn, boolean back, String before) {
    Intent plain = launch(token, WEB, NOON);
    return new Intent(
        token,
        plain.rollout(),
        plain.author(),
        NOON,
        NOON,
        null,
        "",
        new Exemption(back, "", ""),
        new WaveClaim(ID, turn, 1, back, before));
  }

  private Optional<StartLog.InTheWay> intend(String token, long turn, String before) {
    return journal.starts().intend(start(token, turn, false, before));
  }

  private static String why(Optional<StartLog.InTheWay> inTheWay) {
    return ((StartLog.InTheWay.Wave) inTheWay.orElseThrow()).why();
  }

  @Test
  void theIntentOfTheWholeIsKeptAsItWas() {
    waves().intend(ROLLOUT);
    journal.close();
    journal = home.open();
    WaveStatus kept = status();
    assertThat(kept.rollout()).isEqualTo(ROLLOUT);
    assertThat(kept.wish()).isEqualTo(Wish.GO);
    assertThat(kept.turn()).isEqualTo(1);
    assertThat(kept.leader()).isNotNull();
    assertThat(kept.ended()).isNull();
    assertThat(kept.groups())
        .extracting(GroupProgress::phase)
        .containsOnly(GroupProgress.Phase.TO_START);
    assertThat(waves().startingWith("prod", "wave-01", 10)).containsExactly(kept);
    assertThat(waves().startingWith("prod", "wave-02", 10)).isEmpty();
    assertThat(waves().startingWith("test", "wave-", 10)).isEmpty();
  }

  @Test
  void aGroupIsStartedOnce() {
    waves().intend(ROLLOUT);
    assertThat(intend("t1", 1, "")).isEmpty();
    assertThat(web().phase()).isEqualTo(GroupProgress.Phase.UNANSWERED);
    journal.starts().markStarted("t1", execution("exec-1", ExecutionStatus.SUCCESS), NOON);

    assertThat(web().phase()).isEqualTo(GroupProgress.Phase.SUCCESS);
    assertThat(waves().of("exec-1")).contains(ID);
    assertThat(waves().of("exec-2")).isEmpty();
    assertThat(why(intend("t2", 1, ""))).isEqualTo("it was launched on already");
    assertThat(journal.starts().withToken("t2")).isEmpty();
    assertThat(intend("t2", 1, "t1")).isEmpty();
  }

  @Test
  void aStartThatNeverReachedOosIsFollowedByAnother() {
    waves().intend(ROLLOUT);
    assertThat(intend("t1", 1, "")).isEmpty();
    journal.starts().markRefused("t1", "no right");
    assertThat(web().phase()).isEqualTo(GroupProgress.Phase.TO_START);
    assertThat(web().token(false)).isEqualTo("t1");
    assertThat(intend("t2", 1, "t1")).isEmpty();
  }

  @Test
  void whoeverLostTheLeadStartsNothing() {
    waves().intend(ROLLOUT);
    assertThat(waves().lead(ID, new Person("wang", "ops-2"))).isEqualTo(2);
    assertThat(why(intend("t1", 1, ""))).startsWith("another shell has taken the lead of " + ID);
    assertThat(waves().stay(ID, 1)).isFalse();
    waves().end(ID, 1);
    waves().leave(ID, 1);
    assertThat(status().ended()).isNull();
    assertThat(status().leader()).isNotNull();

    assertThat(intend("t1", 2, "")).isEmpty();
    assertThat(waves().stay(ID, 2)).isTrue();
    waves().end(ID, 2);
    waves().leave(ID, 2);
    assertThat(status().ended()).isNotNull();
    assertThat(status().leader()).isNull();
  }

  @Test
  void nothingIsStartedThatIsNotWished() {
    waves().intend(ROLLOUT);
    waves().wish(ID, Wish.PAUSE, "lunch");
    assertThat(why(intend("t1", 1, ""))).isEqualTo(ID + " was paused");
    assertThat(status().why()).isEqualTo("lunch");
    waves().wish(ID, Wish.BACK, "");
    assertThat(why(intend("t1", 1, ""))).isEqualTo(ID + " is being rolled back");
    assertThat(journal.starts().intend(start("t1", 1, true, ""))).isEmpty();
  }

  @Test
  void theWayBackGoesOverAllLaunchesOnAGroupTheNewestFirst() {
    waves().intend(ROLLOUT);
    assertThat(intend("t1", 1, "")).isEmpty();
    journal.starts().markStarted("t1", execution("exec-1", ExecutionStatus.FAILED), NOON);
    assertThat(intend("t2", 1, "t1")).isEmpty();
    journal.starts().markStarted("t2", execution("exec-2", ExecutionStatus.SUCCESS), NOON);
    assertThat(web().earlier()).extracting(GroupStart::executionId).containsExactly("exec-1");
    assertThat(web().source()).isEqualTo("exec-2");

    journal.starts().intend(rollback("b2", "exec-2", NOON));
    assertThat(web().phase()).isEqualTo(GroupProgress.Phase.UNANSWERED);
    journal.starts().markStarted("b2", execution("exec-3", ExecutionStatus.SUCCESS), NOON);
    assertThat(web().phase()).isEqualTo(GroupProgress.Phase.SUCCESS);
    assertThat(web().source()).isEqualTo("exec-1");

    journal.starts().intend(rollback("b1", "exec-1", NOON));
    journal.starts().markStarted("b1", execution("exec-4", ExecutionStatus.SUCCESS), NOON);
    assertThat(web().phase()).isEqualTo(GroupProgress.Phase.ROLLED_BACK);
  }

  @Test
  void aGroupIsLeftOutWithAReason() {
    waves().intend(ROLLOUT);
    waves().leaveOut(ID, 1, "it is gone");
    assertThat(web().phase()).isEqualTo(GroupProgress.Phase.LEFT_OUT);
    assertThat(web().leftOut()).isEqualTo("it is gone");
  }

  @Test
  void whatIsNotThereIsRefused() {
    assertThat(waves().find(ID)).isEmpty();
    Problem lead =
        catchThrowableOfType(Problem.class, () -> waves().lead(ID, new Person("wang", "ops-2")));
    assertThat(lead.what()).isEqualTo("no rollout " + ID);
    Problem wish = catchThrowableOfType(Problem.class, () -> waves().wish(ID, Wish.ABORT, ""));
    assertThat(wish.what()).isEqualTo("no rollout " + ID);
    assertThat(why(intend("t1", 1, ""))).isEqualTo("the journal does not have " + ID);
  }

  @Test
  void itsStartsCarryItsTag() {
    assertThat(start("t1", 1, false, "").start().tags()).containsEntry(OriginTags.WAVE, ID);
  }

  @Test
  void whoBeginsAndLeadsAndWishesIsInTheAuditTrail() {
    waves().intend(ROLLOUT);
    waves().lead(ID, new Person("wang", "ops-2"));
    waves().wish(ID, Wish.ABORT, "it burns");
    waves().leaveOut(ID, 1, "it is gone");
    assertThat(journal.audit().newest(null, null, 10))
        .extracting(line -> line.action() + " " + line.subject())
        .containsExactly(
            "group-left-out " + ID,
            "rollout-wished " + ID,
            "rollout-led " + ID,
            "rollout-begun " + ID);
  }
}
