package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import oosh.journal.SharedJournal;
import oosh.journal.SqlJournal;
import oosh.rollout.record.Initiator;
import oosh.rollout.wave.Leader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A rollout that a shell on another machine leads, with one journal for both: li on ops-1 leads,
 * ann on ops-2 types.
 */
@Timeout(60)
class WaveLeadTest extends WaveTestBase {
  private static final String LI = "li on ops-1, pid 4711";

  private TakingTurns turns;
  private ShellFixture li;
  private ShellFixture ann;

  @BeforeEach
  void open() {
    turns = new TakingTurns(backends.pace());
    List<Initiator> people =
        List.of(new Initiator("li", "ops-1", 4711), new Initiator("ann", "ops-2", 4712));
    List<SqlJournal> journals = SharedJournal.of(backends.home(), turns, people);
    li = shell(people.get(0), journals.get(0));
    ann = shell(people.get(1), journals.get(1));
  }

  private ShellFixture shell(Initiator person, SqlJournal journal) {
    return new ShellFixture(
        new ColleagueBackends(backends, backends.home(), person, journal).paced(turns));
  }

  @AfterEach
  void closeShells() {
    ann.close();
  }

  /** What ann's shell says to a line while li's shell leads. */
  private String refusedToAnn(String line) {
    assertThat(ann.run(line)).as(ann.oneLine()).isEqualTo(1);
    return ann.oneLine();
  }

  private void requireDone() {
    assertThat(phases())
        .containsExactly("asg-t4nweb SUCCESS", "asg-bp1web SUCCESS", "asg-bp1api SUCCESS");
    assertThat(executions()).hasSize(2);
  }

  @Test
  void whatOnlyOneCanDoIsRefusedInWords() {
    li.whenShown(
        "asg-t4nweb  Running",
        () -> {
          assertThat(refusedToAnn("continue " + id()))
              .contains(
                  "cannot lead " + id(),
                  LI + " leads it",
                  "watch "
                      + id()
                      + " shows it; pause "
                      + id()
                      + " and abort "
                      + id()
                      + " reach it");
          assertThat(refusedToAnn("continue " + id() + " --retry")).contains(LI + " leads it");
          assertThat(
                  refusedToAnn(
                      "use region ap-southeast-1; use group asg-t4nweb;"
                          + " launch --script "
                          + folder.resolve("deploy.sh")
                          + " --batch 3 -y"))
              .contains("cannot launch on asg-t4nweb", executionOn("asg-t4nweb"));
        });
    assertThat(li.run(launch)).as(li.oneLine()).isZero();
    requireDone();
  }

  @Test
  void aPauseFromElsewhereReachesTheLeaderAndWhoeverPausedGoesOn() {
    li.whenShown("asg-t4nweb  Running", () -> assertThat(ann.run("pause " + id())).isZero());
    assertThat(li.run(launch)).as(li.oneLine()).isEqualTo(7);
    assertThat(li.oneLine()).contains("paused: nothing more is started; 1 group under way");
    assertThat(phases())
        .containsExactly("asg-t4nweb SUCCESS", "asg-bp1web TO_START", "asg-bp1api TO_START");
    assertThat(ann.run("continue " + id())).as(ann.oneLine()).isZero();
    assertThat(rollout().turn()).isEqualTo(2);
    requireDone();
  }

  /** The leader goes on, seen from here; this shell starts nothing. */
  @Test
  void aPauseIsTakenBackFromElsewhereWhileTheLeaderIsThere() throws Exception {
    List<FutureTask<Integer>> begun =
        beside(
            "asg-t4nweb  Running",
            () -> {
              assertThat(ann.run("pause " + id())).as(ann.oneLine()).isZero();
              turns.pause(Duration.ofSeconds(2));
              assertThat(refusedToAnn("continue " + id() + " --skip asg-bp1api"))
                  .contains(
                      "cannot lead " + id(),
                      LI + " leads it",
                      "next continue " + id() + " lets that go on");
              return ann.run("continue " + id());
            });
    assertThat(li.run(launch)).as(li.oneLine()).isZero();
    assertThat(turns.end(begun.get(0))).as(ann.oneLine()).isZero();
    assertThat(ann.oneLine()).contains(LI + " leads it, and goes on", "3 of 3 groups succeeded");
    assertThat(rollout().turn()).isEqualTo(1);
    requireDone();
  }

  /** The plan of a group has become severe: who pauses and continues confirms it. */
  @Test
  void aConfirmationFromElsewhereReachesTheLeader() throws Exception {
    List<FutureTask<Integer>> begun = new ArrayList<>();
    Runnable confirms =
        () ->
            begun.add(
                turns.beside(
                    () -> {
                      assertThat(ann.run("pause " + id())).as(ann.oneLine()).isZero();
                      turns.pause(Duration.ofSeconds(2));
                      return ann.run("continue " + id() + " --confirm asg-bp1web");
                    }));
    li.whenShown(
        "asg-t4nweb  Running",
        () -> {
          backends.sandboxControl().setSize(GROUP, 2, Duration.ZERO);
          li.whenShown("asg-bp1api  Running", confirms);
        });
    assertThat(li.run(launch)).as(li.oneLine()).isZero();
    assertThat(turns.end(begun.get(0))).as(ann.oneLine()).isZero();
    assertThat(li.oneLine()).contains("nothing was started on asg-bp1web: its plan is severe now");
    assertThat(rollout().turn()).isEqualTo(1);
    requireDone();
  }

  @Test
  void anAbortFromElsewhereCancelsAndStopsTheLeader() {
    li.whenShown(
        "asg-bp1web  Running", () -> assertThat(ann.run("abort " + id() + " -y")).isZero());
    assertThat(li.run(launch)).as(li.oneLine()).isEqualTo(5);
    assertThat(li.oneLine()).contains("aborted: ");
    assertThat(phases())
        .startsWith("asg-t4nweb SUCCESS", "asg-bp1web FAILED")
        .doesNotContain("asg-bp1api SUCCESS");
    assertThat(rollout().leader()).isNull();
  }

  @Test
  void aRollbackFromElsewhereIsDoneByTheLeader() throws Exception {
    List<FutureTask<Integer>> begun =
        beside("asg-bp1web  Running", () -> ann.run("rollback " + id() + " -y -m 'bad release'"));
    assertThat(li.run(launch)).as(li.oneLine()).isEqualTo(6);
    assertThat(turns.end(begun.get(0))).as(ann.oneLine()).isZero();
    assertThat(ann.oneLine())
        .containsOnlyOnce(LI + " leads " + id() + " and rolls it back from now on");
    assertThat(li.oneLine()).contains("going back (\"bad release\"), the last wave first");
    assertThat(rollout().turn()).isEqualTo(1);
    assertThat(rollout().groups()).noneMatch(g -> g.phase().name().equals("SUCCESS"));
    assertThat(phases()).startsWith("asg-t4nweb ROLLED_BACK");
  }

  @Test
  void aWatchFromElsewhereShowsItToItsEndAndLeadsNothing() throws Exception {
    List<FutureTask<Integer>> begun = beside("asg-t4nweb  Running", () -> ann.run("watch wave-"));
    assertThat(li.run(launch)).as(li.oneLine()).isZero();
    assertThat(turns.end(begun.get(0))).as(ann.oneLine()).isZero();
    assertThat(ann.oneLine())
        .contains("asg-t4nweb Success 3/3", "asg-bp1web Running", "3 of 3 groups succeeded in");
    assertThat(rollout().turn()).isEqualTo(1);
    requireDone();
  }

  @Test
  void aWatchSeesThroughAFailureThatIsRolledBackByTheLeader() throws Exception {
    List<FutureTask<Integer>> begun = beside("asg-bp1web  Running", () -> ann.run("watch wave-"));
    assertThat(li.run(WEB_FAILS + launch + " --rollback-on-failure")).as(li.oneLine()).isEqualTo(6);
    assertThat(turns.end(begun.get(0))).as(ann.oneLine()).isEqualTo(6);
  }

  /** Its machine sleeps: two minutes behind its last sign another leads, and it starts nothing. */
  @Test
  void theLeadOfAMachineThatIsSilentIsFreeAfterTwoMinutes() {
    li.whenShown(
        "asg-t4nweb  Running",
        () -> {
          Leader silent = Objects.requireNonNull(rollout().leader());
          sleepUntil(silent.seen().plusSeconds(119));
          assertThat(refusedToAnn("continue " + id())).contains(LI + " leads it");
          sleepUntil(silent.seen().plusSeconds(120));
          assertThat(ann.run("continue " + id())).as(ann.oneLine()).isZero();
        });
    assertThat(li.run(launch)).as(li.oneLine()).isEqualTo(7);
    assertThat(li.oneLine())
        .contains("this shell does not lead " + id() + " any more", "another has taken the lead");
    assertThat(rollout().turn()).isEqualTo(2);
    requireDone();
  }

  /** Nobody obeys: two minutes behind the leader's last sign this shell does it itself. */
  @Test
  void aRollbackThatTheLeaderNeverBeginsIsLedFromHere() {
    li.whenShown(
        "asg-bp1web  Running",
        () -> assertThat(ann.run("rollback " + id() + " -y")).as(ann.oneLine()).isZero());
    assertThat(li.run(launch)).as(li.oneLine()).isEqualTo(7);
    assertThat(li.oneLine()).contains("this shell does not lead " + id() + " any more");
    assertThat(ann.oneLine())
        .containsOnlyOnce(LI + " leads " + id() + " and rolls it back from now on");
    assertThat(rollout().turn()).isEqualTo(2);
    assertThat(phases())
        .startsWith("asg-t4nweb ROLLED_BACK")
        .allMatch(p -> p.endsWith("ROLLED_BACK") || p.endsWith("LEFT_OUT"));
  }

  @Test
  void whoWatchesALeaderThatFellSilentIsToldHowItGoesOn() {
    li.whenShown(
        "asg-t4nweb  Running",
        () -> {
          assertThat(ann.run("watch " + id())).as(ann.oneLine()).isEqualTo(7);
          assertThat(ann.oneLine())
              .contains("asg-t4nweb Success", "it has ended: nothing more is started")
              .contains("next: continue " + id());
          assertThat(ann.run("pause " + id() + "; continue " + id())).as(ann.oneLine()).isZero();
        });
    assertThat(li.run(launch)).as(li.oneLine()).isEqualTo(7);
    requireDone();
  }

  @Test
  void aGroupThatAnotherPersonLaunchesOnMeanwhileWaits() {
    li.whenShown(
        "asg-t4nweb  Running",
        () ->
            assertThat(
                    ann.run(
                        "use group asg-bp1api; stage pause first; launch --script "
                            + folder.resolve("deploy.sh")
                            + " --batch 2 -y"))
                .as(ann.oneLine())
                .isEqualTo(7));
    assertThat(li.run(launch)).as(li.oneLine()).isEqualTo(7);
    assertThat(phases())
        .containsExactly("asg-t4nweb SUCCESS", "asg-bp1web SUCCESS", "asg-bp1api TO_START");
    assertThat(li.oneLine())
        .contains("waits: could not start asg-bp1api")
        .contains("cannot launch on asg-bp1api: exec-", "by ann on ops-2")
        .contains("continue " + id() + " later tries it again");
    assertThat(ann.run("continue")).as(ann.oneLine()).isZero();
    assertThat(li.run("continue " + id())).as(li.oneLine()).isZero();
    assertThat(phases()).contains("asg-bp1api SUCCESS");
  }

  private void sleepUntil(Instant then) {
    try {
      turns.pause(Duration.between(turns.instant(), then));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Does that beside li's shell, from when its screen shows a text. */
  private List<FutureTask<Integer>> beside(String shown, Callable<Integer> work) {
    List<FutureTask<Integer>> begun = new ArrayList<>();
    li.whenShown(shown, () -> begun.add(turns.beside(work)));
    return begun;
  }
}
