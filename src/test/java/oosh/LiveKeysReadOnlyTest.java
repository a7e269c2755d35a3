package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import oosh.journal.H2Journal;
import oosh.rollout.hold.Person;
import oosh.rollout.wave.WaveStatus;
import oosh.rollout.wave.WaveStatus.Wish;
import oosh.shell.Session;
import oosh.shell.place.ReadOnly;
import org.junit.jupiter.api.Test;

/** A read-only shell that watches a rollout that another process leads. */
class LiveKeysReadOnlyTest extends PromptTestBase {
  private static final String FILE =
      """
      script: deploy.sh
      batch: --size 2
      pause: first
      waves:
        - {region: cn-hangzhou, group: asg-bp1web}
      """;

  @Override
  void begun(Session session) {
    ReadOnly.turnOn(session);
  }

  @Override
  String prompt() {
    return "sandbox [read-only] cn-hangzhou › ";
  }

  private WaveStatus rollout() {
    return backends.journal().waves().startingWith("sandbox", "wave-", 1).get(0);
  }

  @Test
  void refusesWhatWouldChangeTheRollout() throws IOException {
    Path file = Files.writeString(folder.resolve("release.yaml"), FILE);
    Files.writeString(folder.resolve("deploy.sh"), "set -e\necho deployed\n");
    // It is not closed: the backends are this test's.
    ShellFixture leader = new ShellFixture(backends);
    assertThat(leader.run("launch " + file + " -y")).as(leader.oneLine()).isEqualTo(7);
    String id = rollout().id();
    try (H2Journal elsewhere = H2Journal.open(backends.home(), backends.pace())) {
      assertThat(elsewhere.waves().lead(id, new Person("wang", "ops-2"))).isEqualTo(2);
    }
    assertThat(rollout().isLedElsewhere()).isTrue();

    type("watch wave-\r");
    for (String[] key : new String[][] {{"p", "pause"}, {"a", "abort"}, {"c", "continue"}}) {
      untilSeen("c continue  p pause  a abort  d detach");
      type(key[0]);
      untilSeen(key[1] + " " + id + ": Enter does it");
      type("\r");
      until("\"" + key[1] + " " + id + "\" is refused");
      until("this oosh is read-only");
    }
    untilSeen("c continue  p pause  a abort  d detach");
    type("d");
    until("left; watch " + id + " returns to it");
    assertThat(rollout().wish()).isEqualTo(Wish.GO);
    assertThat(rollout().groups().get(0).phase().name()).isEqualTo("WAITING");
  }
}
