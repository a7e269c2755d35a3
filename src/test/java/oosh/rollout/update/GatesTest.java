package oosh.rollout.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import oosh.rollout.Problem;
import org.junit.jupiter.api.Test;

/** Gates, and the line that the journal keeps of them. */
class GatesTest {
  @Test
  void areReadBackFromTheirLine() {
    Gates gates =
        Gates.NONE
            .withDrain(Duration.ofSeconds(30))
            .with(Gate.of(Gate.Kind.HTTP, "8080/a%20b?c=d&e=f", null))
            .with(
                new Gate(
                    Gate.Kind.TCP,
                    "5432",
                    null,
                    0,
                    Duration.ofSeconds(1),
                    1,
                    Duration.ofHours(1),
                    true))
            .with(
                Gate.of(
                    Gate.Kind.SCRIPT, "my, probe=1.sh", Script.ofText("my, probe=1.sh", "é\n")));
    assertThat(gates.text()).doesNotContain("\n");
    assertThat(Gates.of(gates.text())).isEqualTo(gates);
    assertThat(Gates.of("")).isEqualTo(Gates.NONE);
  }

  @Test
  void oneOfTheSameNameReplacesTheOther() {
    Gate first = Gate.of(Gate.Kind.TCP, "80", null);
    Gate second = new Gate(Gate.Kind.TCP, "80", null, 0, Gate.EVERY, 1, Gate.WITHIN, false);
    assertThat(Gates.NONE.with(first).with(second).gates()).containsExactly(second);
  }

  @Test
  void refuseWhatIsNoAddress() {
    for (String subject :
        List.of(
            "",
            "8080",
            "0/x",
            "65536/x",
            "80/a b",
            "80/'x'",
            "80/$(x)",
            "80/{{x}}",
            "80/;x",
            "80/\nx",
            "host:80/x",
            "80/é",
            "99999999999/x")) {
      assertThatThrownBy(() -> Gate.of(Gate.Kind.HTTP, subject, null))
          .as(subject)
          .isInstanceOf(Problem.class);
    }
    for (String subject : List.of("", "0", "65536", "80 ", "$(x)", "-1")) {
      assertThatThrownBy(() -> Gate.of(Gate.Kind.TCP, subject, null))
          .as(subject)
          .isInstanceOf(Problem.class);
    }
  }

  @Test
  void refuseTimesThatCannotFit() {
    assertThatThrownBy(() -> tcp(5, 10, 40))
        .isInstanceOfSatisfying(
            Problem.class,
            p -> {
              assertThat(p.why()).contains("10 answers, 5 s from one to the next");
              assertThat(p.next()).endsWith("--within 50s");
            });
    assertThat(tcp(5, 9, 41)).isNotNull();
    assertThatThrownBy(() -> tcp(0, 1, 40)).isInstanceOf(Problem.class);
    assertThatThrownBy(() -> tcp(1, 0, 40)).isInstanceOf(Problem.class);
    assertThatThrownBy(() -> tcp(1, 1, 0)).isInstanceOf(Problem.class);
  }

  private static Gate tcp(int every, int times, int within) {
    Duration pause = Duration.ofSeconds(every);
    Duration end = Duration.ofSeconds(within);
    return new Gate(Gate.Kind.TCP, "80", null, 0, pause, times, end, false);
  }
}
