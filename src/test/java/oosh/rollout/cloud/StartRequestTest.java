package oosh.rollout.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import oosh.rollout.OnFailure;
import org.junit.jupiter.api.Test;

class StartRequestTest {
  private static final Map<String, Object> PARAMETERS = Map.of("batchNumber", 2L);

  @Test
  void whatIsKeptIsEnoughToAskTheSameAgain() {
    for (OnFailure mode : OnFailure.values()) {
      StartRequest start =
          new StartRequest(
              "T",
              "",
              "{\"Tasks\":[]}",
              PARAMETERS,
              mode,
              "oosh-1",
              Map.of("oosh", "oosh-1"),
              "why");

      assertThat(
              StartRequest.ofKept(
                  start.template(),
                  start.kept(),
                  start.clientToken(),
                  start.tags(),
                  start.description()))
          .isEqualTo(start);
    }
  }

  @Test
  void keepsTheParametersAsTheyAreWhereOosStopsAtAFailure() {
    assertThat(
            new StartRequest("T", "", "", PARAMETERS, OnFailure.STOP, "oosh-1", Map.of(), "")
                .kept())
        .isEqualTo(PARAMETERS);
  }
}
