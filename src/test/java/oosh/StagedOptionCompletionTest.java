package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Tab on the values of options that stage something: what the stage verbs offer. */
class StagedOptionCompletionTest extends PromptTestBase {
  @Test
  void offersWhatTheStageVerbOffers() throws IOException {
    type("use group asg-bp1web\r");
    until("(6) › ");
    type("launch --pause fi\t");
    until("launch --pause first ");
    type("--script sessions/scripts/dep\t");
    until("--script sessions/scripts/deploy.sh ");
    type("\003");
    until(" › ");
    type("plan --gate 'http 8080/health --exp\t");
    until("--gate 'http 8080/health --expect");
    type("\003");
    until(" › ");
    type("plan --batch 2 --gat\t");
    until("plan --batch 2 --gate");
    type("\003");
    until(" › ");
    assertThat(screen).doesNotContain("--output json");
  }

  @Test
  void offersNothingOfTheWholeLineWithinAValue() throws IOException {
    type("launch --role 'X --\t\t");
    // Ctrl-C overtakes keys that nobody has read yet.
    until("'X --");
    type("\003");
    until(" › ");
    type("launch --image 'm-1 --\t");
    until("--configuration");
    assertThat(screen).doesNotContain("--output ");
  }
}
