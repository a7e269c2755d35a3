package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be staged as options of {@code launch}, {@code plan} and {@code rehearse}. */
class StagedOptionsTest extends ShellFixture {
  private static final String SCRIPTS =
      "--script sessions/scripts/deploy.sh --rollback sessions/scripts/undo.sh ";

  @TempDir Path folder;

  private String text(String lines) {
    assertThat(runEach("use group asg-bp1web; " + lines)).as(said::toString).isZero();
    return said.toString();
  }

  /** Else it would be called forgotten when the shell is left. */
  @Test
  void whatALineHasLaunchedWithAnOptionWasLaunched() {
    run("use group asg-bp1web; stage script sessions/scripts/deploy.sh");
    assertThat(session().isUnlaunched()).isTrue();
    assertThat(run("launch --batch 6 -y")).isZero();
    assertThat(session().isUnlaunched()).isFalse();
    run("stage batch 2");
    assertThat(session().isUnlaunched()).isTrue();
  }

  @Test
  void launchesInOneLine() {
    String line =
        "launch "
            + SCRIPTS
            + "--batch 2,2 --gate 'http 8080/health --expect 204' --gate lb --drain 30s"
            + " --bake 30s --on-failure rollback --role OOSServiceRole -m why -y";
    assertThat(runEach("use group asg-bp1web; " + line)).as(said::toString).isZero();
    assertThat(oneLine()).contains("Success: 6 of 6 instances");
    assertThat(history().get(0).reason()).isEqualTo("why");
    assertThat(history().get(0).spec().gates().gates()).hasSize(2);
    assertThat(run("show --output json")).isZero();
    assertThat(said.toString()).doesNotContain("deploy.sh");
  }

  @Test
  void plansWhatTheSameStageVerbsStage() {
    String options =
        text(
            "plan "
                + SCRIPTS
                + "--batch '--size 2' --pause first --only 'i-bp1a i-bp1b i-bp1c' --first 1"
                + " --max-errors 1 --suspend all --set 'timeout 60' --gate 'tcp 5432 --times 1'");
    String staged =
        text(
            "stage script sessions/scripts/deploy.sh; stage rollback sessions/scripts/undo.sh;"
                + " stage batch --size 2; stage pause first; stage only i-bp1a i-bp1b i-bp1c;"
                + " stage first 1; stage max-errors 1; stage suspend all; stage set timeout 60;"
                + " stage gate tcp 5432 --times 1; plan");
    assertThat(options).isEqualTo(staged);
  }

  @Test
  void addsToWhatIsStagedAndLeavesThatAsItWas() {
    assertThat(runEach(STAGED + "plan --batch 1 --output json")).isZero();
    assertThat(said.toString()).contains("none-keeps-serving");
    assertThat(run("plan --output json")).isZero();
    assertThat(said.toString().replaceAll("\\s+", "")).contains("\"batchSizes\":[2,2,2]");
  }

  @Test
  void usesTheMethodForThisLineAlone() {
    assertThat(text("plan --method replace-image --image m-bp1web25")).contains("replace-image");
    assertThat(run("show")).isZero();
    assertThat(said.toString()).doesNotContain("replace-image", "m-bp1web25");
  }

  @Test
  void takesAFileWhoseNameHasBlanks() throws Exception {
    Path script = Files.writeString(folder.resolve("my deploy.sh"), "#!/bin/sh\necho x\n");
    assertThat(text("plan --script \"" + script + "\"")).contains("my deploy.sh");
  }

  @Test
  void namesTheOptionThatIsWrong() {
    assertThat(runEach("use group asg-bp1web; launch --gate 'http 8080/health --expect x' -y"))
        .isEqualTo(2);
    assertThat(oneLine())
        .contains("--gate \"http 8080/health --expect x\": --expect does not take \"x\"");
    assertThat(run("launch --batch '1 2' -y")).isEqualTo(2);
    assertThat(oneLine()).contains("--batch \"1 2\": stage batch does not take \"2\"");
    assertThat(run("plan --batch '' -m x")).isEqualTo(2);
    assertThat(run("launch --batch '3 --size 2' -y -m why")).isEqualTo(2);
    assertThat(oneLine())
        .contains("takes one of a number, --size and --percent")
        .contains("next launch --batch 3 -y -m why");
    assertThat(run("launch --role 'X --help' -y")).isEqualTo(2);
    assertThat(oneLine()).contains("--role \"X --help\": stage role takes no --help here");
    assertThat(run("launch --batch 2 --batch 3 -y")).isEqualTo(2);
    assertThat(oneLine()).contains("--batch is given twice");
    assertThat(executions()).isEmpty();
  }

  @Test
  void namesTheLineWithItsOptionsToTypeItAgain() {
    answers("n");
    assertThat(
            runEach(
                "use group asg-bp1web; launch "
                    + SCRIPTS
                    + "--batch 3 --gate 'tcp 5432 --times 1' --gate lb -m 'a b'"))
        .isEqualTo(3);
    assertThat(oneLine())
        .contains(
            "next launch --script sessions/scripts/deploy.sh --rollback"
                + " sessions/scripts/undo.sh --batch 3 --gate \"tcp 5432 --times 1\" --gate lb -m"
                + " \"a b\"");
  }

  @Test
  void saysToLeaveOutWhatAnOptionStaged() {
    assertThat(runEach("use group asg-bp1web; launch " + SCRIPTS + "--only i-none -y"))
        .isEqualTo(1);
    assertThat(oneLine()).contains("omit --only").doesNotContain("unstage");
  }

  /** The line of a lost answer, typed again, continues with what it started. */
  @Test
  void startsNothingTwice() {
    String line = "launch " + SCRIPTS + "--batch 3 --gate lb -m why -y";
    assertThat(
            runEach(
                "use group asg-bp1web; sandbox fail StartExecution --times 3 --how lost-answer;"
                    + " sandbox fail ListExecutions --how late --for 30s; "
                    + line))
        .isPositive();
    assertThat(runEach("sandbox fail --clear; " + line)).as(said::toString).isZero();
    assertThat(oneLine()).contains("Success: 6 of 6 instances");
    assertThat(executions()).hasSize(1);
  }

  @Test
  void rehearsesThem() {
    assertThat(text("rehearse " + SCRIPTS + "--batch 2 --acts script")).contains("deploy.sh");
    assertThat(run("show")).isZero();
    assertThat(said.toString()).doesNotContain("deploy.sh");
  }

  @Test
  void helpHasThemUnderOneHeading() {
    assertThat(run("help launch")).isZero();
    assertThat(said.toString())
        .contains("[--script FILE …]", "For this line alone")
        .contains("--set 'PARAMETER VALUE'")
        .doesNotContain("[--gate");
    assertThat(run("launch --script x --help")).isZero();
  }
}
