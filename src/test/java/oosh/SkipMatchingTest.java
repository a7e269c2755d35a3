package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import oosh.rollout.cloud.Execution;
import org.junit.jupiter.api.Test;

/** {@code launch --skip-matching}, and {@code --newcomers}. */
class SkipMatchingTest extends ShellFixture {
  private static final String TWO =
      STAGED + "stage only i-bp1a i-bp1b; launch -y -m x; unstage only; ";

  private List<String> touched(Execution e) {
    return List.copyOf(cloud().executions().touched(e.id()));
  }

  @Test
  void leavesOutWhatHasTheScriptAndSaysSo() {
    assertThat(runEach(TWO + "launch -y --skip-matching -m y")).as(said::toString).isZero();
    assertThat(oneLine()).contains("left out 2 have the script already: i-bp1a, i-bp1b");
    assertThat(touched(executions().get(0)))
        .containsExactly("i-bp1c", "i-bp1d", "i-bp1e", "i-bp1f");
  }

  @Test
  void planAndRehearseLeaveOutTheSame() {
    assertThat(runEach(TWO + "plan --skip-matching --output json")).isZero();
    assertThat(said.toString().replaceAll("\\s+", ""))
        .contains(
            "\"batches\":[[\"i-bp1c\",\"i-bp1d\"],[\"i-bp1e\",\"i-bp1f\"]]",
            "\"leftOut\":[\"i-bp1a\",\"i-bp1b\"]");
    assertThat(run("rehearse --skip-matching --acts script")).as(said::toString).isZero();
    assertThat(oneLine()).contains("order 1: i-bp1c, i-bp1d; 2: i-bp1e, i-bp1f");
  }

  @Test
  void startsNothingWhereAllHaveIt() {
    assertThat(runEach(STAGED + "launch -y -m x; launch -y --skip-matching")).isZero();
    assertThat(oneLine()).contains("nothing to do", "all 6 have this script already");
    assertThat(executions()).hasSize(1);
    assertThat(run("plan --skip-matching --output json")).isZero();
    assertThat(said.toString()).contains("\"nothingToDo\"").doesNotContain("\"error\"");
  }

  @Test
  void doesNotTakeAnotherScriptForThisOne() {
    assertThat(runEach(TWO + "stage script sessions/scripts/release.sh; launch -y --skip-matching"))
        .as(said::toString)
        .isZero();
    assertThat(touched(executions().get(0))).hasSize(6);
  }

  @Test
  void doesNotLeaveOutWhatWasRolledBack() {
    assertThat(runEach(TWO + "rollback -y -m back; launch -y --skip-matching"))
        .as(said::toString)
        .isZero();
    assertThat(touched(executions().get(0))).hasSize(6);
  }

  /** In doubt it runs: the tag names an execution that nobody knows. */
  @Test
  void doesNotLeaveOutAnInstanceWhoseTagNamesAnotherExecution() {
    assertThat(
            runEach(
                TWO
                    + "sandbox set i-bp1a --tag ess:rollingupdate=oos:exec-9999999999999999;"
                    + " launch -y --skip-matching"))
        .as(said::toString)
        .isZero();
    assertThat(touched(executions().get(0))).contains("i-bp1a").doesNotContain("i-bp1b");
  }

  @Test
  void launchesOnThoseThatJoinMeanwhile() {
    assertThat(
            runEach(
                STAGED + "sandbox set asg-bp1web --size 8 --after 8s; launch -y --newcomers -m x"))
        .as(said::toString)
        .isZero();
    assertThat(oneLine())
        .contains(
            "then launches on instances that have joined meanwhile, up to 3 times",
            "newcomers, round 1 of 3",
            "no instance has joined without deploy.sh");
    assertThat(touched(executions().get(0))).containsExactly("i-new0001", "i-new0002");
    assertThat(executions()).hasSize(2);
  }

  @Test
  void doesNotLaunchOnNewcomersThatWereNotChosen() {
    assertThat(
            runEach(
                STAGED
                    + "stage only i-bp1*; sandbox set asg-bp1web --size 8 --after 8s;"
                    + " launch -y --newcomers -m x"))
        .as(said::toString)
        .isZero();
    assertThat(executions()).hasSize(1);
  }

  /** The same line would begin with all instances again: the launch itself has ended. */
  @Test
  void namesTheLineThatContinuesWhereARoundFails() {
    failsInRoundOne("throttle");
    assertThat(executions()).hasSize(1);
    assertThat(run("sandbox fail --clear")).isZero();
    assertThat(run("retry exec-0000000000000001 --newcomers -m x -y")).as(said::toString).isZero();
    assertThat(touched(executions().get(0))).containsExactly("i-new0001", "i-new0002");
  }

  @Test
  void theLineThatContinuesStartsNothingTwice() {
    failsInRoundOne("lost-answer; sandbox fail ListExecutions --how late --for 30s");
    assertThat(oneLine())
        .contains(
            "next retry exec-0000000000000001 --newcomers -m x, which asks OOS first and cannot"
                + " start a second execution")
        .doesNotContain("type the same command again");
    assertThat(run("retry exec-0000000000000001 --newcomers -m x -y -d"))
        .as(said::toString)
        .isZero();
    assertThat(run("sandbox fail --clear")).isZero();
    assertThat(executions()).hasSize(2);
  }

  @Test
  void theLineThatContinuesFindsWhatWasStarted() {
    failsInRoundOne("lost-answer; sandbox fail ListExecutions --how late --for 30s");
    pause(60);
    assertThat(run("retry exec-0000000000000001 --newcomers -m x -y")).as(said::toString).isZero();
    assertThat(oneLine()).contains("nothing is started again");
    assertThat(executions()).hasSize(2);
  }

  /** As after a kill in the round, which has no last word: the line itself is typed again. */
  @Test
  void theLineItselfFindsARoundWithoutAnAnswer() {
    failsInRoundOne("lost-answer; sandbox fail ListExecutions --how late --for 30s");
    assertThat(run("sandbox fail --clear; launch -y --newcomers -m x")).as(said::toString).isZero();
    assertThat(oneLine()).contains("Success: 2 of 2 instances");
    assertThat(executions()).hasSize(2);
  }

  private void failsInRoundOne(String how) {
    whenShown(
        "newcomers, round 1 of 3",
        () -> elsewhere("sandbox fail StartExecution --times 3 --how " + how));
    assertThat(
            runEach(
                STAGED + "sandbox set asg-bp1web --size 8 --after 8s; launch -y --newcomers -m x"))
        .as(said::toString)
        .isPositive();
    assertThat(oneLine())
        .contains(
            "note: exec-0000000000000001 has ended well;"
                + " retry exec-0000000000000001 --newcomers -m x continues");
  }

  /** Only who names an instance in Standby has it touched. */
  @Test
  void saysThatStandbyIsNotTouchedWhereInstancesAreNotNamed() {
    assertThat(runEach(STAGED + "sandbox set i-bp1f Standby; stage only i-bp1*; plan")).isZero();
    assertThat(oneLine()).contains("1 in Standby will not be touched");
    assertThat(runEach("stage only i-bp1a i-bp1f; plan")).isZero();
    assertThat(oneLine()).doesNotContain("will not be touched");
  }

  @Test
  void refusesWhatCannotBe() {
    assertThat(runEach(STAGED + "launch -y --newcomers --detach")).isEqualTo(2);
    assertThat(runEach("unstage script; launch -y --skip-matching")).isEqualTo(1);
    assertThat(oneLine()).contains("no script is staged");
    assertThat(executions()).isEmpty();
  }

  /** A pattern is free text, and the journal keeps it. */
  @Test
  void rollsBackWhatWasLaunchedByAPatternWithSpaces() {
    assertThat(runEach(STAGED + "stage only 'i-bp1?' 'foo bar, x'; launch -y -m x; rollback -y"))
        .as(said::toString)
        .isZero();
  }

  @Test
  void launchesOnCanariesAlone() {
    assertThat(
            runEach(
                TWO + "stage only i-bp1a i-bp1b i-bp1c; stage first 3; launch -y --skip-matching"))
        .as(said::toString)
        .isZero();
    assertThat(oneLine()).contains("batches 1 canary: at most");
  }

  @Test
  void rehearsesWhatWasChosenAndIsLeftOut() {
    assertThat(runEach(TWO + "rehearse --skip-matching --acts script,twice"))
        .as(said::toString)
        .isZero();
    assertThat(oneLine())
        .contains("Success: 4 of 4 instances", "verdict all 2 acts passed")
        .doesNotContain("nothing to do");
    assertThat(
            runEach(
                "sandbox set i-bp1d --tag env=canary; stage only --tag env=canary;"
                    + " rehearse --acts script"))
        .as(said::toString)
        .isZero();
    assertThat(oneLine()).contains("Success: 1 of 1 instance");
  }

  /** The canaries of then have left: a way back must not depend on them. */
  @Test
  void launchesAReleaseTagAgainWithoutItsCanaries() {
    assertThat(
            runEach(
                STAGED
                    + "stage first i-bp1c; launch -y -m x; tag "
                    + "exec-0000000000000001 good; sandbox set i-bp1c --gone;"
                    + " rollback --to good -y"))
        .as(said::toString)
        .isZero();
    assertThat(oneLine()).contains("1 canary, then", "order 1: i-bp1a (canary)");
  }

  /** Exit 0 must not look as if the whole group had it. */
  @Test
  void namesHowManyDoNotTakePart() {
    assertThat(
            runEach(
                STAGED + "sandbox set i-bp1f Standby; launch -y -m x; launch -y --skip-matching"))
        .isZero();
    assertThat(oneLine())
        .contains("all 5 have this script already; 1 of the group would not take part");
  }

  @Test
  void saysThatNoTagIsKnown() {
    assertThat(
            runEach(
                STAGED
                    + "stage only --tag env=canary; sandbox fail DescribeInstances --how denied;"
                    + " plan"))
        .isEqualTo(1);
    assertThat(oneLine())
        .contains("none of the 6 instances", "is that; no tag of any of them is known");
  }

  /** The plan of newcomers may be severe where that of the launch was not. */
  @Test
  void asksForTheNameOfTheGroupWhereNewcomersAreMany() {
    answers("y").answers(GROUP);
    assertThat(
            runEach(
                STAGED
                    + "stage batch 3,30; sandbox set asg-bp1web --size 40 --after 8s; launch --newcomers -m x"))
        .as(said::toString)
        .isZero();
    assertThat(questions).hasSize(2);
    assertThat(questions.get(1)).contains("type asg-bp1web to launch on 34 instances");
  }

  @Test
  void aRetryOnNewcomersSaysNothingOfFurtherRounds() {
    assertThat(
            runEach(
                STAGED
                    + "launch -y -m x; sandbox set asg-bp1web --size 8;"
                    + " retry exec-0000000000000001 --newcomers -n"))
        .as(said::toString)
        .isZero();
    assertThat(oneLine())
        .contains("i-new0001, i-new0002 take part")
        .doesNotContain("then launches on instances that have joined");
  }

  @Test
  void refusesNewcomersWhereNoScriptIsLaunched() {
    assertThat(
            runEach(
                "use group asg-bp1web; use method replace-image; stage image m-bp1web25;"
                    + " sandbox set asg-bp1web --size 8 --after 5s; launch -y --newcomers"))
        .isEqualTo(1);
    assertThat(oneLine()).contains("cannot launch on newcomers with replace-image");
    assertThat(executions()).isEmpty();
  }
}
