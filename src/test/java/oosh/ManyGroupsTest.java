package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import oosh.rollout.cloud.OriginTags;
import oosh.rollout.hold.GroupLock;
import oosh.rollout.hold.Person;
import oosh.rollout.wave.WaveStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rollouts over many groups, from the file to the sheet. */
class ManyGroupsTest extends ShellFixture {
  private static final String UPDATE =
      """
      script: deploy.sh
      rollback: undo.sh
      batch: --size 2
      """;

  private static final String WAVES =
      """
      waves:
        - {region: ap-southeast-1, group: asg-t4nweb}
        - {region: cn-hangzhou, groups: [asg-bp1web, asg-bp1api], at-once: 2}
      """;

  @TempDir Path folder;

  private String launch;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(folder.resolve("deploy.sh"), "set -e\necho deployed\n");
    Files.writeString(folder.resolve("undo.sh"), "set -e\necho undone\n");
    launch = "launch " + file(UPDATE + WAVES) + " -y -m web --confirm asg-t4nweb";
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("release.yaml"), text);
  }

  /** An instance of asg-bp1web. */
  private static final String FAIL = "sandbox fail i-bp1c --exit 3 --times 1; ";

  private WaveStatus newest() {
    return backends.journal().waves().startingWith("sandbox", "wave-", 1).get(0);
  }

  private String id() {
    return newest().id();
  }

  /** {@code asg-t4nweb SUCCESS}, in their order. */
  private List<String> phases() {
    return newest().groups().stream().map(g -> g.group().group() + " " + g.phase()).toList();
  }

  private void requireAllSuccess() {
    assertThat(phases())
        .containsExactly("asg-t4nweb SUCCESS", "asg-bp1web SUCCESS", "asg-bp1api SUCCESS");
  }

  @Test
  void threeGroupsInTwoRegionsGoWaveByWave() {
    assertThat(run(launch)).as(said.toString()).isZero();
    requireAllSuccess();
    assertThat(newest().ended()).isNotNull();
    assertThat(newest().leader()).isNull();
    assertThat(executions()).hasSize(2).allMatch(e -> id().equals(e.tags().get(OriginTags.WAVE)));

    assertThat(run("rollback " + id() + " -y")).as(said.toString()).isZero();
    assertThat(phases())
        .containsExactly(
            "asg-t4nweb ROLLED_BACK", "asg-bp1web ROLLED_BACK", "asg-bp1api ROLLED_BACK");
    assertThat(run("rollback " + id() + " -y")).isEqualTo(1);
    assertThat(oneLine()).contains("nothing to roll back");
  }

  @Test
  void aFailureStopsTheRestAndAPersonSaysHowItGoesOn() {
    assertThat(run(FAIL + launch)).isEqualTo(5);
    assertThat(phases())
        .containsExactly("asg-t4nweb SUCCESS", "asg-bp1web FAILED", "asg-bp1api SUCCESS");
    assertThat(run("history --waves")).isZero();
    assertThat(oneLine()).contains("1 failed stopped");
    assertThat(run("continue " + id())).isEqualTo(1);
    assertThat(oneLine())
        .contains(
            id() + " cannot go on", "asg-bp1web failed (exec-", "--retry, or --skip asg-bp1web");
    String failed = executionOn(GROUP);
    assertThat(run("continue " + id() + " --retry")).as(said.toString()).isZero();
    requireAllSuccess();
    assertThat(run("report " + id())).isZero();
    assertThat(oneLine())
        .contains("launch on `asg-bp1web`: `" + failed + "`", "launch again on `asg-bp1web`");
  }

  @Test
  void afterARetryBothLaunchesAreRolledBack() {
    assertThat(run(FAIL + launch)).isEqualTo(5);
    assertThat(run("continue " + id() + " --retry")).isZero();
    assertThat(run("rollback " + id() + " -y")).as(said.toString()).isZero();
    assertThat(oneLine()).contains("3 instances, then what is left of the launches before");
    assertThat(rollbacksOnWeb()).isEqualTo(2);
    assertThat(run("use group asg-bp1web; coverage")).isZero();
    assertThat(run("coverage --all")).isZero();
    assertThat(oneLine()).contains("asg-bp1web \"web\" 6 instances none 6");
  }

  @Test
  void anInstanceIsRolledBackOnceHoweverOftenItWasTried() {
    // One at a time: what fails first is all that the first launch has touched beside what ran
    // well.
    assertThat(run("sandbox fail i-bp1a --exit 3 --times 1; " + launch)).isEqualTo(5);
    assertThat(run("continue " + id() + " --retry")).isZero();
    assertThat(run("rollback " + id() + " -y")).as(said.toString()).isZero();
    List<String> undone =
        executions().stream()
            .filter(e -> e.isRollback() && e.group().equals(GROUP))
            .flatMap(e -> cloud().executions().touched(e.id()).stream())
            .toList();
    assertThat(undone).doesNotHaveDuplicates().hasSize(6);
  }

  @Test
  void aRollbackThatFailedIsTriedAgain() {
    assertThat(run(launch)).isZero();
    assertThat(run("sandbox fail i-bp1c --exit 3 --times 1; rollback " + id() + " -y"))
        .isEqualTo(5);
    assertThat(phases().get(1)).isEqualTo("asg-bp1web ROLLBACK_FAILED");
    assertThat(run("rollback " + id() + " -y")).as(said.toString()).isZero();
    assertThat(phases().get(1)).isEqualTo("asg-bp1web ROLLED_BACK");
  }

  @Test
  void optionsOfOneExecutionAreRefused() {
    assertThat(run(launch)).isZero();
    assertThat(run("rollback " + id() + " --only i-bp1a -y")).isEqualTo(2);
    assertThat(oneLine()).contains("rollback takes no --only with a rollout");
    assertThat(run("rollback " + id() + " -y --detach")).isEqualTo(2);
    assertThat(run("continue " + id() + " --all")).isEqualTo(2);
    assertThat(executions().stream().filter(e -> e.isRollback())).isEmpty();
  }

  @Test
  void aRetryThatIsRefusedForgetsNothing() {
    assertThat(run(FAIL + launch)).isEqualTo(5);
    run("sandbox fail StartExecution --how refused --times 1");
    assertThat(run("continue " + id() + " --retry")).isEqualTo(5);
    assertThat(phases().get(1)).isEqualTo("asg-bp1web FAILED");
    assertThat(run("rollback " + id() + " -y")).as(said.toString()).isZero();
    assertThat(rollbacksOnWeb()).isEqualTo(1);
  }

  @Test
  void aGroupThatFailedCanBeLeftAsItIs() {
    assertThat(run(FAIL + launch)).isEqualTo(5);
    assertThat(run("continue " + id() + " --skip asg-bp1web")).isZero();
    assertThat(phases()).contains("asg-bp1web LEFT_OUT");
  }

  @Test
  void allThatWasTouchedIsRolledBackAfterAFailure() {
    assertThat(run(FAIL + launch + " --rollback-on-failure")).as(said.toString()).isEqualTo(6);
    assertThat(phases())
        .containsExactly(
            "asg-t4nweb ROLLED_BACK", "asg-bp1web ROLLED_BACK", "asg-bp1api ROLLED_BACK");
  }

  @Test
  void aPauseLetsWhatRunsEndAndIsTakenBackByContinue() {
    whenShown("asg-t4nweb  Running", () -> elsewhere("pause " + id()));
    assertThat(run(launch)).as(said.toString()).isEqualTo(7);
    assertThat(phases())
        .containsExactly("asg-t4nweb SUCCESS", "asg-bp1web TO_START", "asg-bp1api TO_START");
    assertThat(run("continue " + id())).as(said.toString()).isZero();
    requireAllSuccess();
  }

  @Test
  void anAbortCancelsWhatRuns() {
    whenShown("asg-bp1web  Running", () -> elsewhere("abort " + id() + " -y"));
    assertThat(run(launch)).as(said.toString()).isEqualTo(5);
    assertThat(phases().get(1)).isEqualTo("asg-bp1web FAILED");
    assertThat(run("rollback " + id() + " -y")).as(said.toString()).isZero();
    assertThat(phases())
        .containsExactly("asg-t4nweb ROLLED_BACK", "asg-bp1web LEFT_OUT", "asg-bp1api LEFT_OUT");
  }

  @Test
  void aGroupThatAnotherUserHasLockedWaits() {
    GroupLock lock =
        backends
            .journal()
            .restrictions()
            .lock(
                new GroupLock(
                    "cn-hangzhou",
                    "asg-bp1web",
                    new Person("wang", "ops-2"),
                    "migration",
                    session().now()));
    assertThat(run(launch)).as(said.toString()).isEqualTo(7);
    assertThat(phases())
        .containsExactly("asg-t4nweb SUCCESS", "asg-bp1web TO_START", "asg-bp1api SUCCESS");
    assertThat(run("continue " + id())).isEqualTo(7);
    backends.journal().restrictions().unlock(lock, new Person("wang", "ops-2"), "");
    assertThat(run("continue " + id())).as(said.toString()).isZero();
    requireAllSuccess();
  }

  @Test
  void aLostAnswerStartsNothingTwice() {
    assertThat(run("sandbox fail StartExecution --how lost-answer --times 2; " + launch))
        .as(said.toString())
        .isZero();
    requireAllSuccess();
    assertThat(executions()).hasSize(2);
  }

  @Test
  void aServiceThatIsBusyIsAskedAgain() {
    assertThat(
            run("sandbox fail StartExecution --how throttle --of asg-bp1api --times 2; " + launch))
        .as(said.toString())
        .isZero();
    assertThat(oneLine()).contains("takes no more requests at the moment; oosh tries again");
    requireAllSuccess();
  }

  private String executionOn(String group) {
    return newest().groups().stream()
        .filter(g -> g.group().group().equals(group))
        .map(g -> String.valueOf(g.executionId()))
        .findFirst()
        .orElseThrow();
  }

  private long rollbacksOnWeb() {
    return executions().stream().filter(e -> e.isRollback() && e.group().equals(GROUP)).count();
  }

  @Test
  void whatAPersonHasRolledBackAloneIsNotRolledBackAgain() {
    assertThat(run(launch)).isZero();
    assertThat(run("use group asg-bp1web; rollback " + executionOn(GROUP) + " -y")).isZero();
    assertThat(phases()).contains("asg-bp1web ROLLED_BACK");
    assertThat(run("show " + id())).isZero();
    assertThat(oneLine()).doesNotContain("failed", "--retry");
    assertThat(run("rollback " + id() + " -y")).as(said.toString()).isZero();
    assertThat(rollbacksOnWeb()).isEqualTo(1);
  }

  @Test
  void aNewerLaunchOfSomebodyElseIsNotRolledBackUnasked() {
    assertThat(run(launch)).isZero();
    assertThat(run(STAGED + "launch -y -m newer; unstage --all")).isZero();
    assertThat(run("show " + id())).isZero();
    assertThat(oneLine())
        .containsPattern("deploy.sh \\w+ on 6 of 6; then exec-\\w+ was launched there");
    assertThat(run("rollback " + id() + " -y")).isEqualTo(5);
    assertThat(oneLine())
        .contains("a newer launch, exec-", "it is left as it is, unless --confirm asg-bp1web");
    assertThat(rollbacksOnWeb()).isZero();
    assertThat(phases()).contains("asg-t4nweb ROLLED_BACK", "asg-bp1web SUCCESS");
    assertThat(run("rollback " + id() + " -y --confirm asg-bp1web")).as(said.toString()).isZero();
    assertThat(rollbacksOnWeb()).isEqualTo(1);
  }

  @Test
  void aRegionThatDoesNotAnswerForAWhileHoldsTheWayBack() {
    assertThat(run(launch)).isZero();
    run("sandbox fail every --how error500 --in ap-southeast-1 --times 12");
    assertThat(run("rollback " + id() + " -y")).as(said.toString()).isZero();
    assertThat(phases())
        .containsExactly(
            "asg-t4nweb ROLLED_BACK", "asg-bp1web ROLLED_BACK", "asg-bp1api ROLLED_BACK");
  }

  @Test
  void whatIsRefusedChangesNothing() {
    assertThat(run(FAIL + launch)).isEqualTo(5);
    assertThat(run("continue " + id() + " --skip asg-bp1api")).isEqualTo(2);
    assertThat(oneLine()).contains("asg-bp1api cannot be skipped");
    assertThat(run("continue " + id() + " --retry --confirm nosuch")).isEqualTo(2);
    assertThat(newest().leader()).isNull();
    assertThat(newest().turn()).isEqualTo(1);
    assertThat(run("continue " + id() + " --retry")).isZero();
    assertThat(run("continue " + id())).isEqualTo(1);
    assertThat(oneLine()).contains("nothing of " + id() + " is left to do");
  }

  @Test
  void aFileIsAdvisedInItsOwnWords() throws IOException {
    assertThat(run("plan " + file(UPDATE + WAVES))).isZero();
    assertThat(oneLine()).contains("one at a time: in the file, batch: --size 1");
    assertThat(run("plan " + file(WAVES))).isEqualTo(1);
    assertThat(oneLine()).contains("in the file, script: FILE");
  }

  @Test
  void withClosedHoursAPipeDoesNotWait() throws IOException {
    String closed =
        WAVES.replace("at-once: 2", "at-once: 2, hours: '2030-01-01 00:00 - 2030-01-02 00:00 UTC'");
    file(UPDATE + closed);
    assertThat(run(launch)).isEqualTo(7);
    assertThat(phases())
        .containsExactly("asg-t4nweb SUCCESS", "asg-bp1web TO_START", "asg-bp1api TO_START");
  }
}
