package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import oosh.rollout.cloud.Execution;
import oosh.rollout.update.OoshTemplate;
import org.junit.jupiter.api.Test;

/**
 * {@code pause} and {@code continue} of a rollout that runs, and one number of errors for all of
 * it.
 */
class BrakeTest extends ShellFixture {
  private static final String OWN =
      "use group asg-bp1web; use method run-script-oosh; stage script "
          + "sessions/scripts/deploy.sh; stage rollback sessions/scripts/undo.sh; stage batch 3; ";
  private static final String LAUNCH = OWN + "launch -y -m x --detach; ";

  private Execution launched() {
    return executions().get(0);
  }

  @Test
  void stopsBeforeTheNextBatchAndContinues() {
    assertThat(runEach(LAUNCH + "pause")).as(said::toString).isZero();
    assertThat(oneLine())
        .contains(launched().id() + " stops before batch 2 batch 1 goes on to its end");
    assertThat(run("watch")).isEqualTo(7);
    assertThat(oneLine()).contains("Waiting after batch 1 of 3: 2 of 6 instances done");
    assertThat(runEach("continue")).as(said::toString).isZero();
    assertThat(oneLine()).contains("continued " + launched().id(), "Success: 6 of 6 instances");
    assertThat(launched().tags()).containsEntry(OoshTemplate.BRAKE, OoshTemplate.GO);
  }

  @Test
  void continueTakesAPauseBackBeforeItStops() {
    assertThat(runEach(LAUNCH + "pause; continue")).as(said::toString).isZero();
    assertThat(oneLine())
        .contains(
            launched().id() + " continues, and does not stop before batch 2",
            "Success: 6 of 6 instances");
  }

  @Test
  void refusesToPauseTwiceAndAfterTheEnd() {
    assertThat(runEach(LAUNCH + "pause; pause")).isEqualTo(1);
    assertThat(oneLine()).contains("it was told already, and stops before batch 2");
    assertThat(runEach("watch")).isEqualTo(7);
    assertThat(run("pause")).isEqualTo(1);
    assertThat(oneLine()).contains("it waits already");
    assertThat(runEach("continue")).isZero();
    assertThat(run("pause " + launched().id())).isEqualTo(1);
    assertThat(oneLine()).contains("it has ended: Success");
  }

  @Test
  void saysThatItIsUnknownWhetherItStops() {
    assertThat(runEach(LAUNCH + "sandbox fail TagResources --how lost-answer --times 1; pause"))
        .isEqualTo(3);
    String id = launched().id();
    assertThat(oneLine())
        .contains(
            "it is unknown whether " + id + " stops before its next batch",
            "next pause " + id + ", which makes sure of it");
    assertThat(run("pause")).isEqualTo(1);
    assertThat(oneLine()).contains("it was told already, and stops before batch 2");
    assertThat(runEach("sandbox fail TagResources --how lost-answer --times 1; continue -d"))
        .isEqualTo(3);
    assertThat(oneLine())
        .contains(
            "it is unknown whether " + id + " stops before its next batch",
            "next continue " + id + ", which makes sure of it");
    assertThat(run("watch")).as(said::toString).isZero();
  }

  /** The tag is set; only the look afterwards failed. */
  @Test
  void saysThatItIsUnknownWhereItCannotBeReadAfterwards() {
    assertThat(
            runEach(
                LAUNCH
                    + "sandbox fail ListExecutions --how error500 --after 2; pause "
                    + "exec-0000000000000001"))
        .as(said::toString)
        .isEqualTo(3);
    assertThat(oneLine()).contains("it is unknown whether", "next pause exec-0000000000000001");
    assertThat(runEach("sandbox fail --clear; watch")).isEqualTo(7);
  }

  @Test
  void refusesToPauseTheLastBatch() {
    assertThat(runEach(OWN + "stage batch 1; launch -y -m x --detach --confirm asg-bp1web"))
        .as(said::toString)
        .isZero();
    assertThat(run("pause")).isEqualTo(1);
    assertThat(oneLine()).contains("it has one batch only");
  }

  @Test
  void refusesToPauseWhatHasNoBrake() {
    assertThat(runEach(OWN + "use method run-script; launch -y -m x --detach")).isZero();
    assertThat(run("pause")).isEqualTo(1);
    assertThat(oneLine())
        .contains(
            "the public template cannot be told to stop before a batch",
            "abort " + launched().id() + " ends it");
  }

  /** The tag is taken back first: whoever dies between the two finds it waiting still. */
  @Test
  void continuesWhatWaitsAlthoughItsTagWasTakenBack() {
    assertThat(runEach(LAUNCH + "pause; watch")).isEqualTo(7);
    cloud().executions().tag(launched().id(), OoshTemplate.BRAKE, OoshTemplate.GO);
    assertThat(run("continue")).as(said::toString).isZero();
  }

  @Test
  void canBeAbortedWhereItHasStopped() {
    assertThat(runEach(LAUNCH + "pause; watch")).isEqualTo(7);
    assertThat(run("abort -y")).isZero();
    assertThat(run("rollback -y -m back")).as(said::toString).isZero();
  }

  @Test
  void aRollbackByTheOwnTemplateHasABrakeToo() {
    assertThat(runEach(OWN + "launch -y -m x; rollback -y --only i-bp1a,i-bp1f --detach"))
        .as(said::toString)
        .isZero();
    assertThat(oneLine()).contains("order 1: i-bp1f; 2: i-bp1a");
    assertThat(run("pause")).as(said::toString).isZero();
    assertThat(run("watch")).isEqualTo(7);
    assertThat(run("continue")).as(said::toString).isZero();
  }

  @Test
  void theErrorsOfAllBatchesCountTogether() {
    assertThat(
            runEach(
                OWN
                    + "stage max-errors 1; sandbox fail i-bp1a; sandbox fail i-bp1e; launch -y -m x --confirm asg-bp1web"))
        .isEqualTo(5);
    assertThat(oneLine())
        .contains("2 failed", "max-errors after batch 3: more have failed than may");
    assertThat(group().suspended()).isEmpty();
  }

  @Test
  void asManyErrorsAsMayBeEndNothing() {
    assertThat(
            runEach(
                OWN
                    + "stage max-errors 2; sandbox fail i-bp1a; sandbox fail i-bp1e; launch -y -m x --confirm asg-bp1web"))
        .as(said::toString)
        .isZero();
    assertThat(oneLine()).contains("Success with failures", "2 failed, 4 succeeded");
  }

  @Test
  void stopsAfterTheBatchInWhichTooManyHaveFailed() {
    assertThat(
            runEach(
                OWN
                    + "stage batch --size 1; stage max-errors 1; sandbox fail i-bp1a; sandbox fail"
                    + " i-bp1c; launch -y -m x --confirm asg-bp1web"))
        .isEqualTo(5);
    assertThat(oneLine())
        .contains("2 failed, 1 succeeded, 3 not reached", "max-errors after batch 3");
  }

  /** A person decides about each failure: no batch may tolerate one by itself. */
  @Test
  void eachFailureWaitsForAPersonWhereThatIsStaged() {
    assertThat(
            runEach(
                OWN
                    + "stage batch --size 1; stage max-errors 1; stage on-failure pause;"
                    + " sandbox fail i-bp1b; sandbox fail i-bp1d; launch -y -m x"))
        .as(said::toString)
        .isEqualTo(7);
    assertThat(oneLine())
        .contains(
            "errors 1: but each failure waits for a person", "Waiting at a failure in batch 2");
    assertThat(run("skip -y")).isEqualTo(7);
    assertThat(oneLine()).contains("Waiting at a failure in batch 4");
  }

  /** {@code continue --all} answers the pauses of the launch, not what a person says meanwhile. */
  @Test
  void continueAllDoesNotOverrideALaterPause() {
    assertThat(runEach(OWN + "stage pause first; launch -y -m x --detach; watch")).isEqualTo(7);
    String id = launched().id();
    whenShown(
        "batch 2/3", () -> cloud().executions().tag(id, OoshTemplate.BRAKE, OoshTemplate.STOP));
    assertThat(run("continue --all")).as(said::toString).isEqualTo(7);
    assertThat(oneLine()).contains("Waiting after batch 2 of 3");
  }

  @Test
  void saysThatTheErrorsCouldNotBeCounted() {
    assertThat(
            runEach(
                OWN
                    + "stage max-errors 1; stage role DeployRole;"
                    + " sandbox set DeployRole --lacks oos:ListExecutions; launch -y -m x"
                    + " --confirm asg-bp1web"))
        .isEqualTo(5);
    assertThat(oneLine())
        .contains("max-errors after batch 2: the failures could not be counted", "NoPermission")
        .doesNotContain("more have failed than may");
  }

  @Test
  void saysThatTheRoleLetsNoPauseStopIt() {
    assertThat(
            runEach(
                OWN
                    + "stage role DeployRole; sandbox set DeployRole --lacks oos:ListTagResources;"
                    + " plan"))
        .isZero();
    assertThat(oneLine())
        .contains("the role DeployRole may not oos:ListTagResources: pause would not stop it")
        .doesNotContain("OOS would stop in the middle");
    assertThat(run("stage on-failure pause; plan")).isZero();
    assertThat(oneLine()).contains("OOS would wait before each batch");
  }

  @Test
  void thePlanSaysWherePauseCannotStopIt() {
    assertThat(
            runEach(
                OWN
                    + "sandbox set asg-bp1big --size 90; use group asg-bp1big;"
                    + " stage batch --size 1; plan"))
        .isZero();
    assertThat(oneLine()).contains("90 batches of 1", "pause cannot stop it");
    assertThat(runEach("stage batch 20; plan")).isZero();
    assertThat(oneLine()).doesNotContain("pause cannot stop it");
  }

  @Test
  void whoMayNotTagContinuesFromBatchToBatch() {
    assertThat(runEach(LAUNCH + "pause; watch; sandbox fail oos:TagResources --how denied"))
        .isZero();
    assertThat(run("continue")).as(said::toString).isEqualTo(7);
    assertThat(oneLine())
        .contains("it stops again before its next batch: cannot tag", "Waiting after batch 2 of 3");
  }

  @Test
  void doesNotSayThatItStopsAgainBehindTheLastBatch() {
    assertThat(
            runEach(
                LAUNCH
                    + "watch --timeout 9s; pause; watch;"
                    + " sandbox fail oos:TagResources --how denied; continue"))
        .as(said::toString)
        .isZero();
    assertThat(oneLine()).contains("Success: 6 of 6 instances").doesNotContain("it stops again");
  }

  /** What to look at after a {@code pause} whose answer was lost. */
  @Test
  void showSaysThatItStops() {
    assertThat(runEach(LAUNCH + "show " + "exec-0000000000000001")).isZero();
    assertThat(oneLine()).doesNotContain("stops before batch");
    assertThat(runEach("pause; show exec-0000000000000001")).isZero();
    assertThat(oneLine()).contains("stops before batch 2, because of pause");
  }

  /** Also where they were rolled back before: the others are not rolled back with them. */
  @Test
  void rollsBackOnlyWhatIsNamedAlsoTwice() {
    assertThat(
            runEach(
                OWN
                    + "launch -y -m x; rollback -y --only i-bp1a,i-bp1b -m y;"
                    + " rollback exec-0000000000000001 -n --only i-bp1a -m z"))
        .as(said::toString)
        .isZero();
    assertThat(oneLine()).contains("order 1: i-bp1a script");
  }

  /** It is tolerated, and the rollback is played all the same. */
  @Test
  void aRehearsalOfAFailureThatMayBePasses() {
    assertThat(runEach(OWN + "stage max-errors 1; rehearse --acts failure"))
        .as(said::toString)
        .isZero();
    assertThat(oneLine()).contains("Success with failures", "rollback exec-");
  }
}
