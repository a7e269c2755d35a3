package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import oosh.shell.Prompt;
import oosh.shell.syntax.StatementRunner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where a shell acts: use alone, a group by its name or in another region, and undo. */
@Timeout(60)
class PlaceTest extends ShellFixture {
  @TempDir Path folder;

  @Test
  void useAloneSaysWhereTheNextCommandsActAndWhy() {
    assertThat(run("use")).isZero();
    assertThat(said.toString())
        .contains("profile  sandbox (the default)")
        .contains("group    none chosen: use group ID")
        .contains("staged   nothing");
    run("use profile sandbox; use group asg-bp1web; stage batch 3; use");
    assertThat(said.toString())
        .contains("profile  sandbox (use, typed here)")
        .contains("region   cn-hangzhou (the profile's own)")
        .contains("group    asg-bp1web \"web\": 6 instances in service (use, typed here)")
        .contains("method   run-script (the default)")
        .contains("staged   batch");
    run("use --output json");
    var json = JsonParser.parseString(results.toString()).getAsJsonObject();
    assertThat(json.getAsJsonObject("origins").get("group").getAsString())
        .isEqualTo("use, typed here");
    assertThat(json.get("readOnly").getAsBoolean()).isFalse();
  }

  @Test
  void anOptionOfALineIsNoOriginOfWhatFollows() {
    run("use group asg-bp1web; plan --method replace-image --image m-bp1web25");
    run("use");
    assertThat(said.toString()).contains("method   run-script (the default)");
    run("use method replace-image; use");
    assertThat(said.toString()).contains("method   replace-image (use, typed here)");
    run("undo; use");
    assertThat(said.toString()).contains("method   run-script (the default)");
  }

  @Test
  void aLineOfAFileIsNamedAsTheOrigin() throws IOException {
    Path file = Files.writeString(folder.resolve("web.oosh"), "use group asg-bp1web\n");
    run("run " + file + "; use");
    assertThat(said.toString()).contains("in service (use in web.oosh)");
  }

  @Test
  void aWrongWordBehindUseIsNamed() {
    assertThat(run("use grup asg-bp1web")).isEqualTo(2);
    assertThat(oneLine()).contains("use does not take \"grup\"").contains("group, method");
  }

  @Test
  void aGroupIsChosenByItsNameWhereOnlyOneHasIt() {
    assertThat(run("use group web")).as(oneLine()).isZero();
    assertThat(Prompt.of(session())).isEqualTo("sandbox cn-hangzhou asg-bp1web(6) › ");
    assertThat(run("use group WEB")).as("another name").isEqualTo(1);
  }

  @Test
  void theRegionOfAGroupIsNamed() {
    run("use region cn-shanghai");
    assertThat(run("use group asg-bp1web")).isEqualTo(1);
    assertThat(oneLine())
        .contains("no scaling group asg-bp1web in cn-shanghai")
        .contains("it is in cn-hangzhou")
        .contains("use region cn-hangzhou, then use group asg-bp1web");
    assertThat(run("use group asg-nowhere")).isEqualTo(1);
    assertThat(oneLine()).contains("ESS does not know it in cn-shanghai");
  }

  @Test
  void undoTakesBackOneLineAfterTheOther() {
    run(STAGED);
    run("use group asg-bp1db");
    assertThat(run("undo")).isZero();
    assertThat(oneLine())
        .isEqualTo(
            "took back: use group asg-bp1db; now profile sandbox, region cn-hangzhou,"
                + " group asg-bp1web, method run-script ");
    assertThat(run("undo")).isZero();
    assertThat(oneLine()).isEqualTo("took back: stage batch --size 2; staged: script, rollback ");
    run("stage pause 5m; unstage --all");
    run("undo");
    assertThat(oneLine()).isEqualTo("took back: unstage --all; staged: script, rollback, pause ");
    assertThat(session().files()).containsKeys("script", "rollback");
    run("undo; undo; undo");
    assertThat(oneLine()).contains("took back: stage script").contains("staged: nothing");
    run("undo");
    assertThat(oneLine()).contains("took back: use group asg-bp1web").contains("no group");
    assertThat(run("undo")).isEqualTo(1);
    assertThat(oneLine()).contains("there is nothing to take back");
  }

  @Test
  void undoTakesBackNoLaunchAndNothingThatChangedNothing() {
    run(STAGED + "launch -y");
    assertThat(executions()).hasSize(1);
    run("stage batch --size 2; show; unstage nothing");
    assertThat(run("undo")).isZero();
    assertThat(oneLine()).contains("took back: stage batch --size 2; staged: script, rollback");
    assertThat(executions()).hasSize(1);
  }

  @Test
  void aRecordingBeginsWithContextAndStagingAndPlaysFromAFreshShell() throws IOException {
    Path file = folder.resolve("again.oosh");
    run(
        STAGED
            + "stage pause 5m; stage batch 3; unstage pause; stage gate http 8080/health;"
            + " stage gate tcp 22; unstage gate tcp");
    assertThat(run("record " + file)).as(oneLine()).isZero();
    run("plan");
    run("record stop");
    String text = Files.readString(file);
    assertThat(text.lines().filter(l -> !l.startsWith("#")).filter(l -> !l.isBlank()))
        .containsExactly(
            "use profile sandbox",
            "use group asg-bp1web",
            "stage script sessions/scripts/deploy.sh",
            "stage rollback sessions/scripts/undo.sh",
            "stage batch 3",
            "stage gate http 8080/health",
            "stage gate tcp 22",
            "unstage gate tcp",
            "plan");
    assertThat(text).doesNotContain("no line says it");
    assertThat(run("run --check " + file)).as(oneLine()).isZero();
  }

  @Test
  void aTextBelowALineIsNoLineOfARecording() throws IOException {
    Path file = folder.resolve("again.oosh");
    run("use group asg-bp1web");
    StatementRunner.atPrompt(session().shell(), session())
        .typed("stage script <<END\necho one\nEND\n");
    assertThat(session().staging().script()).isNotNull();
    run("record " + file + "; record stop");
    assertThat(Files.readString(file))
        .doesNotContain("<<END")
        .contains("# Staged as well, and no line says it: script.\n");
  }

  @Test
  void whatNoLineCanSayIsACommentOfTheRecording() throws IOException {
    Path file = folder.resolve("again.oosh");
    run("use group asg-bp1web; stage batch 3");
    run("stage script sessions/scripts/deploy.sh");
    session().stage(session().staging().withRole("OOSServiceRole"));
    run("record " + file + "; record stop");
    assertThat(Files.readString(file))
        .contains("stage script sessions/scripts/deploy.sh\n")
        .contains("# Staged as well, and no line says it: role.\n");
  }
}
