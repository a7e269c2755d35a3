package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Outputs, history, names and reports: what they refuse, and what they know when OOS does not. */
class OutputsHistoryTagsTest extends ShellFixture {
  private static final String LAUNCH =
      "use group asg-bp1web; stage script sessions/scripts/deploy.sh;"
          + " stage rollback sessions/scripts/undo.sh; stage batch 1; ";

  /** Ids of a sandbox in step time: an execution, then its children. */
  private static final String FIRST = "exec-0000000000000001";

  private static final String CHILD = "exec-0000000000000002";
  private static final String SECOND = "exec-0000000000000008";

  @Test
  void outputsRefusesAnInstanceThatWasNotTouched() {
    launch();
    refuses(1, "outputs i-bp1z", FIRST + " has not touched i-bp1z", "it touched i-bp1a, i-bp1b");
    refuses(1, "outputs --diff i-bp1a i-bp1z", FIRST + " has not touched i-bp1z");
  }

  @Test
  void outputsRefusesAThirdWordWithoutDiff() {
    launch();
    refuses(
        2,
        "outputs " + FIRST + " i-bp1a i-bp1b",
        "outputs does not take \"i-bp1b\"",
        "outputs --diff " + FIRST + " i-bp1a i-bp1b");
  }

  @Test
  void diffRefusesWhatItCannotCompare() {
    launch();
    String what = "--diff compares two instances of one execution, or two executions";
    refuses(2, "outputs --diff", what, "none is named");
    refuses(2, "outputs --diff i-bp1a", what);
    refuses(2, "outputs --diff i-bp1a " + FIRST, what);
    refuses(2, "outputs --diff " + FIRST + " i-bp1a", what);
    refuses(2, "outputs --diff i-bp1a i-bp1b i-bp1c", what);
    refuses(2, "outputs --diff " + FIRST + " " + FIRST + " " + FIRST, what);
    refuses(2, "outputs --diff i-bp1a i-bp1a", "nothing to compare", "i-bp1a is named twice");
    refuses(2, "outputs --diff " + FIRST + " " + FIRST, "nothing to compare");
  }

  @Test
  void outputsOfAnUnknownExecutionAreRefused() {
    refuses(1, "outputs exec-ffff", "no execution exec-ffff");
    refuses(1, "report exec-ffff", "no execution exec-ffff");
  }

  @Test
  void outputsComeFromTheJournalWhereOosHasForgottenOrDoesNotAnswer() {
    backends.sandboxControl().failInstance("i-bp1c", "fail", 0, "cache is cold", 1);
    launch();
    backends.sandboxControl().failCall("ListExecutions", "error500", 3, 0);
    assertThat(run("outputs " + FIRST)).isZero();
    assertThat(oneLine()).contains("; this is from the journal, as read", "on 1 of 6 instances");
    backends.sandboxControl().clearFaults();

    backends.sandboxControl().reset();
    assertThat(run("outputs " + FIRST + " i-bp1c")).isZero();
    assertThat(oneLine())
        .contains("OOS no longer knows " + FIRST + "; this is from the journal", "cache is cold");
    assertThat(run("show " + FIRST)).isZero();
    assertThat(said.toString())
        .startsWith(
            FIRST + " Success 6/6\n  journal     OOS no longer knows " + FIRST + "; this is from")
        .contains("\n  instances   Success  i-bp1a, i-bp1b, i-bp1c, i-bp1d, i-bp1e, i-bp1f\n")
        .contains("  who         operator@localhost\n  because     \"web 2.4.1\"\n")
        .contains("scalingGroupId = asg-bp1web\n", "\n  invokeScript\n", "\n  rollbackScript\n");
    assertThat(run("show " + FIRST + " --output json")).isZero();
    assertThat(said.toString()).contains("\"from\": \"journal\"", "\"status\": \"Success\"");
    refuses(1, "show exec-ffff", "no execution exec-ffff");
    assertThat(run("report " + FIRST)).isZero();
    assertThat(said.toString())
        .contains(
            "`OOS no longer knows " + FIRST + "; this is from the journal`",
            "| instance | status |\n|---|---|\n| `i-bp1a` | `Success` |\n")
        .contains("```text\ncache is cold\n```");
  }

  @Test
  void aRollbackIsNotTheLastLaunch() throws InterruptedException {
    launch();
    assertThat(run("unstage --all; rollback -y --confirm asg-bp1web")).isZero();
    assertThat(run("coverage")).as(said.toString()).isZero();
    assertThat(oneLine()).contains("deploy.sh", "0 of 6");
    refuses(1, "retry --failed", "nothing to retry", "coverage " + FIRST);
    refuses(1, "retry", FIRST);
  }

  @Test
  void saysHowManyBytesCloudAssistantDropped() {
    backends.sandboxControl().failInstance("i-bp1c", "fail", 0, "x".repeat(24 * 1024), 1);
    launch();
    assertThat(run("outputs i-bp1c")).isZero();
    // The sandbox was told what to print and dropped nothing of it: ECS says so.
    assertThat(said.toString()).doesNotContain("dropped").contains("xxx");
  }

  @Test
  void saysThatTheDroppedLengthIsUnknown() {
    backends.sandboxControl().failInstance("i-bp1c", "fail", 0, "x".repeat(24 * 1024), 1);
    backends.sandboxControl().failCall("DescribeInvocationResults", "error500", 9, 0);
    launch();
    assertThat(run("outputs i-bp1c")).isZero();
    assertThat(oneLine())
        .contains(
            "(24 KB shown, as much as Cloud Assistant keeps; how much it dropped is not known)");
  }

  @Test
  void keepsNoKeyThatAScriptHasPrinted() {
    backends
        .sandboxControl()
        .failInstance("i-bp1c", "fail", 0, "key LTAI5tNotARealKeyAtAll1234", 1);
    launch();
    backends.sandboxControl().reset();
    assertThat(run("outputs " + FIRST + " i-bp1c")).isZero();
    assertThat(said.toString()).doesNotContain("LTAI5tNotARealKeyAtAll1234");
  }

  @Test
  void tagRefusesWhatIsNoGoodVersion() throws InterruptedException {
    backends.sandboxControl().failInstance("i-bp1a", "fail", 3, "disk full", 1);
    assertThat(run(LAUNCH + "launch -y --confirm asg-bp1web")).isEqualTo(5);
    refuses(1, "tag " + FIRST + " good", "cannot call " + FIRST + " good", "it is Failed;");
    refuses(1, "tag " + CHILD + " good", "it is the child execution of one instance");
    refuses(1, "report " + CHILD, "no report of " + CHILD, "report " + FIRST);
    assertThat(run("rollback -y --confirm asg-bp1web")).isZero();
    refuses(1, "tag " + SECOND + " good", "it is a rollback;");
    assertThat(run("tag")).isZero();
    assertThat(said.toString()).contains("no launch has a release tag yet");
  }

  @Test
  void tagRefusesAnInvalidName() {
    launch();
    for (String name : new String[] {"'web 2'", "-f.", ".hidden", "a/b", "a".repeat(65), "naïve"}) {
      assertThat(run("tag " + FIRST + " -- " + name)).as(name).isEqualTo(2);
      assertThat(oneLine()).contains("a release tag cannot be called");
    }
    refuses(2, "untag a/b", "a release tag cannot be called \"a/b\"");
    refuses(2, "rollback --to a/b", "a release tag cannot be called \"a/b\"");
    refuses(2, "tag " + FIRST, "tag needs EXEC and NAME");
    assertThat(run("tag " + FIRST + " " + "a".repeat(64))).isZero();
  }

  @Test
  void aNameIsMovedOnlyOnPurpose() {
    launch();
    assertThat(run("tag " + FIRST + " good")).isZero();
    assertThat(run("tag " + FIRST + " good")).isZero();
    assertThat(run("launch -y --confirm asg-bp1web")).isZero();
    refuses(3, "tag " + SECOND + " good", "good names " + FIRST + "; let it name " + SECOND);
    assertThat(run("tag " + SECOND + " good --force")).isZero();
    assertThat(oneLine()).contains("good names " + SECOND, "no longer " + FIRST);
  }

  @Test
  void rollbackToRefusesWhatItCannotLaunch() throws IOException {
    launch();
    assertThat(run("tag " + FIRST + " good")).isZero();
    refuses(
        2,
        "rollback " + FIRST + " --to good",
        "rollback cannot take EXEC and --to NAME" + " together");
    for (String line : List.of("rollback --to better", "untag better")) {
      refuses(
          1,
          line,
          "there is no release tag better",
          "the release tags are good",
          "next tag lists the release tags with their launches");
    }
    refuses(3, "rollback --to good", "type asg-bp1web to launch on 6 instances, profile sandbox:");
    refuses(
        1,
        "use group asg-bp1api; rollback --to good",
        "good is not a release tag of this" + " group");
    assertThat(
            run(
                "use group asg-bp1api; stage batch 1; launch -y --confirm asg-bp1api; tag "
                    + SECOND
                    + " good"))
        .isZero();
    // Outside a group it is a release tag of two.
    ShellFixture nowhere = new ShellFixture(backends);
    assertThat(nowhere.run("rollback --to good")).isEqualTo(2);
    assertThat(nowhere.oneLine()).contains("several groups have a release tag good");
  }

  @Test
  void rollbackToLaunchesWhatTheNamedOneHadWhateverIsStaged() {
    assertThat(
            run(
                LAUNCH
                    + "stage pause first; stage suspend ScaleIn; stage batch --percent 34;"
                    + " launch -y --confirm asg-bp1web -m one"))
        .isEqualTo(7);
    assertThat(run("continue")).isZero();
    assertThat(
            run("tag " + FIRST + " good; unstage --all; stage script sessions/scripts/goes-on.sh"))
        .isZero();
    assertThat(run("rollback --to good --dry-run --output json")).isZero();
    assertThat(said.toString())
        .contains(
            "\"name\": \"deploy.sh\"", "\"name\": \"undo.sh\"", "\"reason\": \"back to good\"")
        .contains("\"batchPauseOption\": \"FirstBatchPause\"", "\"batchNumber\": 3")
        .contains("\"enterProcess\": [\n      \"ScaleIn\"\n    ]");
  }

  @Test
  void historyRefusesValuesThatCannotBe() {
    refuses(2, "history --status Fail", "did you mean Failed?", "history --status Failed");
    refuses(2, "history --status nonsense", "it takes Running, Waiting, Success");
    refuses(2, "history --script ' '", "--script needs a value", "history --script deploy.sh");
    refuses(2, "history --user ' '", "--user needs a value", "history --user ann");
    refuses(2, "history --group 'a b'", "--group does not take", "history --group asg-bp1web");
    refuses(2, "history --since soon", "--since does not take", "history --since 7d");
    refuses(2, "history --limit 0", "--limit does not take \"0\"", "history --limit 50");
    refuses(2, "history --stats --limit 0", "--limit does not take \"0\"");
  }

  @Test
  void aReportIsNothingButMarkdownOnStandardOutput() throws IOException {
    launch();
    assertThat(run("report " + FIRST)).isZero();
    assertThat(said.toString()).isEqualTo(results.toString());
    assertThat(results.toString())
        .startsWith("# `" + FIRST + "` on `asg-bp1web`: `Success 6/6`\n\n| | |\n");
    assertThat(results.toString())
        .contains("\n```sh\n" + Files.readString(Path.of("sessions/scripts/deploy.sh")));
  }

  @Test
  void aRecordingHoldsTheLinesOfADashCAndWhereTheyActed(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("r.oosh");
    run("use group asg-bp1web");
    assertThat(run("record " + file + "; stage batch 2; record stop; stage batch 3")).isZero();
    String recorded =
        "# Recorded with oosh. Describe here what this session shows.\n\n"
            + "use profile sandbox\n"
            + "#> profile sandbox (sandbox, built in), region cn-hangzhou\n"
            + "use group asg-bp1web\n"
            + "#> asg-bp1web \"web\": 6 instances in service\n"
            + "stage batch 2\n"
            + "#> 6 instances in 2 batches of 3: at most 50% out of service, 3 keep serving\n";
    assertThat(file).hasContent(recorded);
    assertThat(run("run --check " + file)).as(said.toString()).isZero();

    // A file that is played is one line of the recording, and what it answers.
    Path outer = folder.resolve("outer.oosh");
    assertThat(run("record " + outer + "; run " + file + "; unstage batch; record stop")).isZero();
    assertThat(outer)
        .content()
        .contains("\nrun " + file + "\n#> ", "\nunstage batch\n")
        .doesNotContain("\nstage batch 2\n");
  }

  @Test
  void aRecordingBeginsWithWhatWasStagedBefore(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("r.oosh");
    run("stage script sessions/scripts/deploy.sh; stage batch 2; stage role oos-role");
    assertThat(run("record " + file + "; stage on-failure pause; record stop")).isZero();
    assertThat(file)
        .content()
        .contains(
            "\nuse profile sandbox\n",
            "\nstage script sessions/scripts/deploy.sh\n#> staged script deploy.sh",
            "\nstage batch 2\n",
            "\nstage role oos-role\n#> staged role oos-role\nstage on-failure pause\n");
  }

  @Test
  void aRecordingThatBeganInAFileHoldsItsLines(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("r.oosh");
    Path played = folder.resolve("played.oosh");
    Files.writeString(played, "record " + file + "\nstage batch 2\n");
    assertThat(run("run -y " + played + "; stage batch 3; record stop")).isZero();
    assertThat(file).content().contains("\nstage batch 2\n#> ", "\nstage batch 3\n#> ");
  }

  private void launch() {
    assertThat(run(LAUNCH + "launch -y --confirm asg-bp1web -m 'web 2.4.1'"))
        .as(said.toString())
        .isZero();
  }

  private void refuses(int status, String line, String... words) {
    assertThat(run(line)).as(line + "\n" + said).isEqualTo(status);
    assertThat(oneLine()).contains(words);
  }
}
