package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import oosh.rollout.wave.WaveStatus;
import oosh.rollout.wave.WaveStatus.Wish;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A rollout over many groups that is led at a terminal, and the keys that act on it. */
class LiveKeysTest extends PromptTestBase {
  private static final String KEYS = "c continue  p pause  a abort  d detach";

  /** A group that waits behind its first batch, and one that is to follow it. */
  private static final String FILE =
      """
      script: deploy.sh
      rollback: undo.sh
      batch: --size 2
      pause: first
      waves:
        - {region: cn-hangzhou, group: asg-bp1web}
        - {region: ap-southeast-1, group: asg-t4nweb}
      """;

  @BeforeEach
  void launch() throws IOException {
    Path file = Files.writeString(folder.resolve("release.yaml"), FILE);
    Files.writeString(folder.resolve("deploy.sh"), "set -e\necho deployed\n");
    Files.writeString(folder.resolve("undo.sh"), "set -e\necho undone\n");
    type("launch " + file + " -y --confirm asg-t4nweb\r");
    until("began wave-");
    untilSeen("waits: for a person at asg-bp1web (exec-");
    untilSeen(KEYS);
  }

  private WaveStatus rollout() {
    return backends.journal().waves().startingWith("sandbox", "wave-", 1).get(0);
  }

  /** The letter, what the view says of it, and Enter. */
  private void confirm(String letter, String word) throws IOException {
    type(letter);
    untilSeen(word + " " + rollout().id() + ": Enter does it, any other key takes it back");
    type("\r");
  }

  @Test
  void goesOnFromTheFirstBatchOfEachGroup() throws IOException {
    confirm("c", "continue");
    until("continued exec-");
    untilSeen("waits: for a person at asg-t4nweb (exec-");
    untilSeen(KEYS);
    confirm("c", "continue");
    until("2 of 2 groups succeeded");
    until("sandbox cn-hangzhou › ");
    assertThat(lines()).noneMatch(l -> l.contains(KEYS));
  }

  @Test
  void aPauseLeavesItForALaterDay() throws IOException {
    confirm("p", "pause");
    until("paused: ");
    until("next: continue " + rollout().id());
    until("sandbox cn-hangzhou › ");
    assertThat(rollout().wish()).isEqualTo(Wish.PAUSE);
    assertThat(rollout().leader()).isNull();
  }

  @Test
  void anAbortCancelsWhatWaits() throws IOException {
    confirm("a", "abort");
    until("aborted: ");
    until("sandbox cn-hangzhou › ");
    assertThat(rollout().groups().get(0).phase().name()).isEqualTo("FAILED");
    assertThat(rollout().groups().get(1).phase().name()).isEqualTo("TO_START");
  }

  @Test
  void dLeavesAtOnceAndSaysHowItGoesOn() throws IOException {
    type("d");
    until("left; what runs goes on, and without a shell nothing more is started");
    until("next: continue " + rollout().id());
    until("sandbox cn-hangzhou › ");
    assertThat(rollout().leader()).isNull();
    assertThat(rollout().wish()).isEqualTo(Wish.GO);
  }

  @Test
  void anotherKeyTakesItBack() throws IOException {
    for (String other : new String[] {"\033", "x", "p"}) {
      type("a");
      untilSeen("abort " + rollout().id() + ": Enter does it");
      type(other);
      untilSeen(KEYS);
    }
    type("\r");
    type("\003");
    until("left; what runs goes on");
    assertThat(rollout().wish()).isEqualTo(Wish.GO);
    assertThat(all).doesNotContain("aborted");
  }

  @Test
  void whatIsTypedOrPastedIsNoKey() throws IOException {
    type("a\r");
    type("\033[200~p\033[201~");
    type("\033[A");
    type("\003");
    until("left; what runs goes on");
    assertThat(rollout().wish()).isEqualTo(Wish.GO);
    assertThat(all).doesNotContain("Enter does it");
  }

  @Test
  void whatAColleagueHasDoneMeanwhileIsNotDoneOver() throws IOException {
    type("p");
    until("pause " + rollout().id() + ": Enter does it");
    backends.journal().waves().wish(rollout().id(), Wish.BACK, "bad release");
    type("\r");
    until("pause was taken back: the rollout has changed meanwhile");
    until("going back (\"bad release\")");
    until("sandbox cn-hangzhou › ");
    assertThat(rollout().wish()).isEqualTo(Wish.BACK);
  }
}
