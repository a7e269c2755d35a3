package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import oosh.rollout.cloud.Profile;
import oosh.shell.Session;
import oosh.shell.Shell;
import oosh.shell.screen.StreamScreen;
import org.junit.jupiter.api.Test;

/** Verbs that go on until they are left: history --follow, and repeat. */
class FollowTest extends PromptTestBase {
  @Test
  void followsWhatStartsAndEnds() throws IOException {
    type("use group asg-bp1web\r");
    until("(6) › ");
    type("stage script sessions/scripts/deploy.sh\r");
    until("●1 › ");
    type("launch -y -d\r");
    until("started exec-");
    until("●1 › ");
    type("history -f\r");
    assertThat(until("Success 6/6")).containsAnyOf("Running", "Started").contains("exec-");
    // Another shell on this machine starts a launch on the group.
    Session other =
        new Session(
            backends,
            new StreamScreen(
                new PrintWriter(new StringWriter()),
                new PrintWriter(new StringWriter()),
                () -> 80,
                false,
                null),
            backends.profiles().named(Profile.SANDBOX),
            null,
            null);
    Shell shell = new Shell(other);
    assertThat(shell.run("use group asg-bp1web")).isZero();
    assertThat(shell.run("stage script sessions/scripts/undo.sh")).isZero();
    assertThat(shell.run("launch -y -d")).isZero();
    until("undo.sh");
    type("\003");
    until("stopped");
    until("●1 › ");
  }

  @Test
  void repeatsAVerbInPlace() throws IOException {
    type("repeat 5s show --output text\r");
    until("every 5s: show --output text · ");
    until("q or Ctrl-C ends it");
    until("profile");
    type("history\r");
    type("\003");
    until("stopped");
    // What was typed meanwhile stands in the prompt, and Enter runs it.
    until(prompt() + "history");
    type("\r");
    until("nothing launched yet");
    type("repeat 1s whoami\r");
    until("every 1s: whoami");
    type("q");
    until(prompt());
  }

  @Test
  void repeatsOnlyWhatChangesNothing() throws IOException {
    for (String line :
        new String[] {
          "launch -y", "use group asg-bp1web", "repeat 5s show", "watch", "tag good",
          "plan --save x", "history -f", "stage batch 3", "notify test x", "exit"
        }) {
      type("repeat 5s " + line + "\r");
      until("repeat does not take \"" + line.replace("\"", "\\\"") + "\"");
      until(prompt());
    }
    type("repeat 5s nothing\r");
    until("there is no verb \"nothing\"");
    type("repeat 10ms show\r");
    until("an interval from 1s to 1h");
    type("repeat 5s history --nonsense\r");
    until("history has no option --nonsense");
  }
}
