package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import oosh.shell.oneline.TypedPlace;
import org.junit.jupiter.api.Test;

/** What a refused command of a system's shell says to type next. */
class OneShotNextTest extends ShellFixture {
  private static final String LAUNCH = "launch --script sessions/scripts/deploy.sh --batch 3 -y";

  private void typed(Map<String, String> place) {
    assertThat(run("use group asg-bp1web; freeze add '2020-01-01 00:00 - 2099-01-01 00:00'"))
        .isZero();
    TypedPlace.of(session()).begin(place);
  }

  @Test
  void repeatsWhereItWasTypedToAct() {
    Map<String, String> place = new LinkedHashMap<>();
    place.put("profile", "sandbox");
    place.put("group", "asg-bp1web");
    typed(place);
    assertThat(run(LAUNCH)).isEqualTo(1);
    assertThat(oneLine())
        .contains(
            "next freeze list --profile sandbox --group asg-bp1web; launch --profile sandbox"
                + " --group asg-bp1web --script sessions/scripts/deploy.sh --batch 3 -y"
                + " --through-freeze REASON starts it all the same");
    assertThat(run("launch --plan none.json --output json")).isEqualTo(1);
    assertThat(said.toString())
        .contains("\"plan --profile sandbox --group asg-bp1web --save none.json\"");
  }

  /** A verb's own option of that name is the verb's, and prose is no command. */
  @Test
  void leavesTheRestAsItIs() {
    typed(Map.of("group", "asg-bp1web"));
    assertThat(run("history --since yesterday")).isEqualTo(2);
    assertThat(oneLine()).contains("next history --since ").doesNotContain("asg-bp1web");
    assertThat(run("launch --scripd x")).isEqualTo(2);
    assertThat(oneLine()).contains("next launch [FILE] [--alone");
  }

  @Test
  void saysNothingMoreAtThePrompt() {
    typed(Map.of());
    assertThat(run(LAUNCH)).isEqualTo(1);
    assertThat(oneLine()).contains("next freeze list; launch --script ");
  }
}
