package oosh;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What the gates behind a batch do has its line in the view of a watch. */
class WatchGatesTest extends PromptTestBase {
  @Test
  void showsGatesAndTheBakeWithTheTimeThatIsLeft() throws IOException {
    type("use group asg-bp1web\r");
    until("(6) › ");
    type("stage script sessions/scripts/deploy.sh\r");
    until("●1 › ");
    type("stage batch 3\r");
    until("●2 › ");
    type("stage gate lb\r");
    until("●3 › ");
    type("stage bake 5m\r");
    until("●4 › ");
    type("launch -y\r");
    until("started exec-");
    until("  bake of batch 1: look 1, about ");
    until(" of 5m 00s left");
    until("  bake of batch 1: look 9, about ");
    until("  bake of batch 3: look 10, about ");
    until("Success: 6 of 6 instances");
  }
}
