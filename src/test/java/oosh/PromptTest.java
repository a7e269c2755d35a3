package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is typed at the prompt. */
class PromptTest extends PromptTestBase {
  @Test
  void tabOffersGroupsWithWhatTheyHold() throws IOException {
    type("use group asg-\t");
    until("4 in service, 1 standby");
    type("we\t");
    type("\r");
    until("asg-bp1web \"web\": 6 instances in service");
    until("asg-bp1web(6) › ");
  }

  @Test
  void tabOffersWhatCanBeRolledBackNewestFirst() throws Exception {
    type("use group asg-bp1web\r");
    until("(6) › ");
    type("stage script sessions/scripts/deploy.sh\r");
    until("●1 › ");
    type("stage rollback sessions/scripts/undo.sh\r");
    until("●2 › ");
    type("launch -y -m \"web 2.4.1\"\r");
    until("Success: 6 of 6 instances");
    until("●2 › ");
    screen.setLength(0);
    type("rollback \t");
    until("exec-0000");
    type("\r");
    until("roll back 6 instances of asg-bp1web, profile sandbox? [y/N] ");
    type("n\r");
    until("nothing was started");
  }

  @Test
  void tabOffersTheNamesOfGoodLaunchesAndMovingOneAsks() throws Exception {
    type("use group asg-bp1web\r");
    until("(6) › ");
    type("stage script sessions/scripts/deploy.sh\r");
    until("●1 › ");
    for (int launch = 1; launch <= 2; launch++) {
      type("launch -y\r");
      until("Success: 6 of 6 instances");
      until("●1 › ");
    }
    type("tag exec-0000000000000001 web-2.4.0\r");
    until("web-2.4.0 names exec-0000000000000001 on asg-bp1web");
    type("tag exec-0000000000000001 web-2.4.1\r");
    until("web-2.4.1 names exec-0000000000000001 on asg-bp1web");
    until("●1 › ");
    type("rollback --to \t");
    until("web-2.4.0");
    until("deploy.sh aebc9f");
    type("\003");
    until("●1 › ");
    type("tag exec-0000000000000008 web-2.4.1\r");
    until("let it name exec-0000000000000008? [y/N] ");
    type("n\r");
    until("web-2.4.1 still names exec-0000000000000001");
    type("tag exec-0000000000000008 web-2.4.1\r");
    until("let it name exec-0000000000000008? [y/N] ");
    type("y\r");
    until("no longer exec-0000000000000001");
  }

  @Test
  void anAnswerThatIsNotYesStartsNothing() throws IOException {
    type("use group asg-bp1web\r");
    until("(6) › ");
    type("stage script sessions/scripts/deploy.sh\r");
    until("●1 › ");
    type("launch\r");
    until("? [y/N] ");
    type("t\r");
    until("nothing was started");
    type("history\r");
    until("●1 › ");
    assertThat(backends.journal().history().list(all())).isEmpty();
  }

  @Test
  void controlDLeaves() throws Exception {
    type("\004");
    assertThat(left.get(10, TimeUnit.SECONDS)).isZero();
  }

  @Test
  void saysWhatIsForgottenWhenItIsLeftAndWhatGoesAlongToAnotherGroup() throws Exception {
    type("use group asg-bp1web\r");
    until("(6) › ");
    type("stage script sessions/scripts/deploy.sh\r");
    until("●1 › ");
    type("use group asg-bp1web\r");
    until("6 instances in service");
    until("●1 › ");
    assertThat(screen).doesNotContain("still staged");
    type("use group asg-bp1api\r");
    until("still staged: script");
    until("●1 › ");
    type("use method replace-image\r");
    until("kept, although replace-image cannot do it: a script");
    until("next: unstage script");
    until("replace-image ●1 › ");
    type("exit\r");
    until("dropped, because it was staged and not launched: script");
    left.get(10, TimeUnit.SECONDS);
  }

  @Test
  void anUnknownVerbIsAnsweredAndTheShellContinues() throws IOException {
    type("lanch\r");
    until("did you mean launch?");
    type("help launch\r");
    until("usage: launch");
  }

  @Test
  void aLineWithASecretIsInNeitherHistoryNorSearch() throws Exception {
    type("ALICLOUD_ACCESS_KEY_SECRET=hush-hush\r");
    until("no verb");
    until(" › ");
    type("help launch\r");
    until("usage: launch");
    until(" › ");
    // Ctrl-R finds the other line, and nothing for the secret's.
    type("\022hush");
    until("failing");
    type("\007");
    type("\022laun");
    until("help launch");
    type("\007\003\004");
    left.get(10, TimeUnit.SECONDS);

    assertThat(commands()).content().contains("help launch").doesNotContain("hush");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(commands())))
        .isEqualTo("rw-------");
  }

  @Test
  void aRecordingOmitsALineWithASecretAndReportsIt() throws Exception {
    Path file = folder.resolve("story.oosh");
    type("record " + file + "\r");
    until("record stop ends it");
    type("launch --token hush-hush\r");
    until("not recorded: the line carries a key, a secret or a token");
    type("use group asg-bp1web\r");
    until("(6) › ");
    type("record stop\r");
    until("recorded ");

    assertThat(file)
        .content()
        .contains("use group asg-bp1web\n", "# A line was left out: it carried a secret.\n")
        .doesNotContain("hush", "launch");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void keysTypedIntoARecordedWatchStandInTheNextLineAndRunNothing() throws Exception {
    type("record " + folder.resolve("story.oosh") + "\r");
    until("A watch takes no keys meanwhile");
    type("use group asg-bp1web\r");
    until("(6) › ");
    type("stage script sessions/scripts/deploy.sh\r");
    until("●1 › ");
    type("launch -y\rad");
    until("Success: 6 of 6");
    until("●1 › ad");
    // Ctrl-U takes them away.
    type("\025record stop\r");

    assertThat(until("recorded ")).doesNotContain("there is no verb");
  }

  private Path commands() {
    return folder.resolve("commands");
  }

  private static oosh.rollout.record.History.Query all() {
    return new oosh.rollout.record.History.Query("sandbox", "cn-hangzhou", null, null, null, 10);
  }
}
