package oosh.rollout.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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

  /** Map.of has another order in each process, and OOS compares what a token was sent with. */
  @Test
  void itsTagsHaveOneOrderInEveryProcess() {
    Map<String, String> tags =
        Map.of("oosh", "1", "oosh-method", "2", "oosh-listed", "3", "a", "4", "z", "5", "m", "6");
    StartRequest start =
        new StartRequest("t", "", "", Map.of(), OnFailure.STOP, "token", tags, "because");
    assertThat(start.tags().keySet())
        .containsExactly("a", "m", "oosh", "oosh-listed", "oosh-method", "z");
  }

  /** Who knows it can post there: it is OOS's alone once it was sent. */
  @Test
  void theAddressOfANoticeIsInNoExecutionThatIsRead() {
    String address = "https://a.example/robot/send?access_token=4711";
    Execution read =
        new Execution(
            "exec-1",
            "",
            ExecutionStatus.FAILED,
            "tellFailure: " + address + " answered 404",
            "",
            Map.of(StartRequest.NOTICE_URI, address),
            List.of(),
            null,
            "",
            "",
            Map.of(),
            null,
            null);

    assertThat(read.toString()).doesNotContain("4711");
    assertThat(read.statusMessage()).isEqualTo("tellFailure: (hidden) answered 404");
  }
}
