package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.jline.terminal.Attributes;
import org.junit.jupiter.api.Test;

/** A watch at a terminal, and the keys that act on it. */
class WatchKeysTest extends PromptTestBase {
  /** Far above the 0.2 s that are promised on a machine at rest, far below any deadline. */
  private static final Duration AT_ONCE = Duration.ofMillis(1500);

  @Test
  void staysAtAPauseAndContinuesWithAKey() throws IOException {
    launch("stage pause first\r", "");
    until("33%");
    until("Waiting after batch 1 of 3");
    until("c continue  a abort  o outputs  d detach");
    confirm("c", "continue exec-");
    until("continued exec-");
    until("Success: 6 of 6 instances");
    until("●3 › ");
  }

  @Test
  void namesTheNextBatchBeforeItContinues() throws IOException {
    launch("stage pause first\r", "");
    until("c continue");
    type("c");
    assertThat(until("any other key takes it back")).contains("batch 2 of 3 is next");
    type("x");
    until("continue was taken back");
    type("\003");
    until("left; exec-");
    assertThat(all).doesNotContain("continued exec-");
  }

  @Test
  void enterInTheSameBurstDoesNotConfirm() throws IOException {
    launch("stage pause first\r", "");
    until("c continue");
    type("a\r");
    until("a key of the watch is pressed alone");
    type("\003");
    until("left; exec-");
    until("› ");
    assertThat(all).doesNotContain("aborted exec-").doesNotContain("continued exec-");
  }

  @Test
  void aPastedLetterIsNoKey() throws IOException {
    launch("stage pause first\r", "");
    until("c continue");
    type("\033[200~c\033[201~");
    until("a key of the watch is pressed alone");
    type("\003");
    until("left; exec-");
    assertThat(all).doesNotContain("Enter does it");
  }

  @Test
  void aBurstIsKeptForThePrompt() throws IOException {
    launch("stage pause first\r", "");
    until("c continue");
    type("whoami\rabort exec-0000000000000000\rhist");
    until("a key of the watch is pressed alone");
    type("ory");
    type("\003");
    until("left; exec-");
    until("●3 › whoami");
    until("> history");
    assertThat(all).doesNotContain("no execution exec-");
    // Enter runs it, up to the line that fails.
    type("\r");
    until("(RAMUser)");
    until("no execution exec-0000000000000000");
    until("failed: 1 line");
    assertThat(all).doesNotContain("aborted exec-");
  }

  @Test
  void showsWhatAFailedScriptPrintedAndRetriesWithAKey() throws IOException {
    launch("sandbox fail i-bp1c --print \"disk full\" --times 1\r", " --on-failure pause");
    until("| disk full");
    until("r retry  s skip  a abort");
    confirm("r", "i-bp1c runs again");
    until("retries i-bp1c of exec-");
    until("Success: 6 of 6 instances");
  }

  @Test
  void aWordThatIsTypedDoesNothing() throws IOException {
    launch("stage pause first\r", "");
    until("c continue");
    type("play\rclear\r");
    String shown = until("a key of the watch is pressed alone");
    assertThat(shown).doesNotContain("abort exec-").doesNotContain("continued exec-");
  }

  @Test
  void saysWhatASkipLeavesBeforeEnterDoesIt() throws IOException {
    launch("sandbox fail i-bp1c\r", " --on-failure pause");
    until("s skip");
    confirm("s", "i-bp1c stays in Standby");
    until("skipped i-bp1c of exec-");
    until(": 5 succeeded, 1 skipped");
  }

  @Test
  void saysWhatAnAbortLeavesBeforeEnterDoesIt() throws IOException {
    launch("stage pause first\r", "");
    until("c continue");
    confirm("a", "2 of 6 instances are over");
    until("not reached  4 instances");
    until("aborted exec-");
    until(": 2 succeeded, 4 not reached");
  }

  @Test
  void showsOutputsAndContinuesWatching() throws IOException {
    launch("stage pause first\r", "");
    until("o outputs");
    type("o");
    until("on 2 of 2 instances");
    until("c continue");
    type("d");
    until("detached; watch exec-");
  }

  @Test
  void aKeyLeavesNoCopyOfTheView() throws IOException {
    launch("stage pause first\r", "");
    until("c continue");
    type("o");
    until("on 2 of 2 instances");
    until("c continue");
    type("s");
    until("skip: no instance failed");
    confirm("c", "batch 2 of 3");
    until("continued exec-");
    until("Success: 6 of 6 instances");
    until("●3 › ");
    assertThat(lines())
        .filteredOn(l -> l.startsWith("  batch ") && !l.startsWith("  batches"))
        .hasSize(3);
    assertThat(lines()).noneMatch(l -> l.contains("c continue"));
  }

  @Test
  void aServiceThatDoesNotAnswerLeavesNoCopyOfTheView() throws IOException {
    launch("stage pause first\r", "");
    until("c continue");
    backends.sandboxControl().failCall("ListExecutions", "error500", 3, 0);
    until("no answer since ");
    until("c continue");
    until("the service answers again");
    until("c continue");
    type("d");
    until("detached; watch exec-");
    assertThat(lines()).filteredOn(l -> l.startsWith("  batch 1/3")).hasSize(1);
  }

  @Test
  void ignoresKeysTypedBeforeTheViewOpened() throws IOException {
    launch("stage pause first\r", "", "a");
    until("c continue");
    type("s");
    until("skip: no instance failed");
    type("d");
    until("detached; watch exec-");
    assertThat(lines()).noneMatch(l -> l.contains("[y/N]"));
  }

  @Test
  void linesThatWereTypedBeforeTheViewWaitForThePrompt() throws IOException {
    launch("stage pause never\r", "", "history --status Success\rlaunch\ry\r\033[A\ra");
    until("Success: 6 of 6 instances");
    until("●3 › history --status Success");
    until("> y");
    type("\r");
    until("Success 6/6");
    until("launch on 6 instances of asg-bp1web, profile sandbox? [y/N] ");
    type("n\r");
    until("nothing was started");
    until("failed: 1 line");
    until("●3 › ");
  }

  @Test
  void aKeyThatDoesNotFitSaysWhy() throws IOException {
    launch("stage pause first\r", "");
    until("c continue");
    type("s");
    until("skip: no instance failed: it pauses after batch 1");
    type("?");
    until("Ctrl-C detach too");
  }

  @Test
  void anArrowIsNoLetter() throws IOException {
    launch("stage pause first\r", "");
    until("c continue");
    type("\033[A\033OAd");
    until("detached; watch exec-");
    assertThat(screen).doesNotContain("abort exec-");
  }

  @Test
  void leavesOnControlCAtOnceAndGivesTheTerminalBack() throws IOException {
    launch("stage pause first\r", "");
    until("c continue");
    long from = System.nanoTime();
    type("\003");
    until("left; exec-");
    until("waits. watch exec-");
    assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(AT_ONCE);
    until("●3 › ");
    type("\004");
    assertThat(left.join()).isEqualTo(130);
    Attributes after = terminal.getAttributes();
    assertThat(after.getLocalFlag(Attributes.LocalFlag.ECHO)).isTrue();
    assertThat(after.getLocalFlag(Attributes.LocalFlag.ICANON)).isTrue();
  }

  /** The letter, what the frame says of it, and Enter. */
  private void confirm(String letter, String says) throws IOException {
    type(letter);
    until(says);
    until("Enter does it");
    type("\r");
  }

  private void launch(String first, String options) throws IOException {
    launch(first, options, "");
  }

  /**
   * @param ahead what is typed before the view is there
   */
  private void launch(String first, String options, String ahead) throws IOException {
    type("use group asg-bp1web\r");
    until("(6) › ");
    type("stage script sessions/scripts/deploy.sh\r");
    until("●1 › ");
    type("stage batch 3\r");
    until("●2 › ");
    type(first);
    until(" › ");
    type("launch -y" + options + "\r" + ahead);
    until("started exec-");
  }
}
