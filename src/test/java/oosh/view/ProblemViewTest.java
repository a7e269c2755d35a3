package oosh.view;

import static org.assertj.core.api.Assertions.assertThat;

import oosh.rollout.Problem;
import oosh.view.json.JsonOutput;
import org.junit.jupiter.api.Test;

class ProblemViewTest {
  private final Problem problem =
      Problem.refused(
              "exec-8f31 cannot be rolled back",
              "it is still Running (batch 1 of 4)",
              "abort exec-8f31, then rollback exec-8f31")
          .from("InvalidParameter", "5E8F");

  @Test
  void saysWhatWhyAndNext() {
    assertThat(ProblemView.text(problem, ViewFixtures.WIDE))
        .isEqualTo(
            """
            exec-8f31 cannot be rolled back
              why   it is still Running (batch 1 of 4)
              next  abort exec-8f31, then rollback exec-8f31
              oos   InvalidParameter (request 5E8F)""");
  }

  @Test
  void breaksBetweenCommandsOnANarrowScreen() {
    assertThat(ProblemView.text(problem, ViewFixtures.NARROW))
        .isEqualTo(
            """
            exec-8f31 cannot be rolled back
              why   it is still Running (batch 1 of
                    4)
              next  abort exec-8f31,
                    then rollback exec-8f31
              oos   InvalidParameter (request 5E8F)""");
  }

  @Test
  void keepsACommandOnOneLineWhenItFits() {
    Problem p = Problem.refused("what", "why", "stage set lifecycleState Protected");
    assertThat(ProblemView.text(p, ViewFixtures.NARROW))
        .isEqualTo(
            """
            what
              why   why
              next
                stage set lifecycleState Protected""");
  }

  @Test
  void isOneErrorInJson() {
    assertThat(JsonOutput.line(ProblemView.json(problem)))
        .isEqualTo(
            "{\"error\":{\"what\":\"exec-8f31 cannot be rolled back\",\"why\":\"it is still Running (batch 1 of 4)\",\"next\":\"abort exec-8f31, then rollback exec-8f31\",\"kind\":\"refused\",\"code\":\"InvalidParameter (request 5E8F)\"}}");
  }
}
