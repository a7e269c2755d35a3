package oosh.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import oosh.rollout.ExecutionStatus;
import oosh.rollout.LogLine;
import org.junit.jupiter.api.Test;

class OutputsViewTest {
  private final List<InstanceOutput> outputs =
      List.of(
          new InstanceOutput("i-bp1a", ExecutionStatus.SUCCESS, "updated to\n2.4.1\n"),
          new InstanceOutput("i-bp1b", ExecutionStatus.SUCCESS, "updated to\n2.4.1\n"),
          new InstanceOutput("i-bp1c", ExecutionStatus.FAILED, "disk full\n"),
          new InstanceOutput("i-bp1d", ExecutionStatus.SUCCESS, ""));
  private final List<LogLine> log =
      List.of(
          new LogLine("2026-03-04T05:06:07Z", "INFO", "enterStandby", "i-bp1a is in Standby now"),
          new LogLine("2026-03-04T05:06:09Z", "ERROR", "runCommand", "it failed"));

  @Test
  void printsEqualOutputsOnceAndOddOnesFirst() {
    assertThat(OutputsView.text(outputs, Values.WIDE))
        .isEqualTo(
            """
            Failed on 1 of 4 instances: i-bp1c
                disk full
            Success on 1 of 4 instances: i-bp1d
                (printed nothing)
            Success on 2 of 4 instances: i-bp1a, i-bp1b
                updated to
                2.4.1""");
    assertThat(Json.line(OutputsView.json(outputs)))
        .isEqualTo(
            "[{\"status\":\"Failed\",\"instances\":[\"i-bp1c\"],\"text\":\"disk full\\n\"},{\"status\":\"Success\",\"instances\":[\"i-bp1d\"],\"text\":\"\"},{\"status\":\"Success\",\"instances\":[\"i-bp1a\",\"i-bp1b\"],\"text\":\"updated to\\n2.4.1\\n\"}]");
    assertThat(OutputsView.text(List.of(), Values.WIDE))
        .isEqualTo("no instance has printed anything");
  }

  @Test
  void fitsFortyColumns() {
    assertThat(OutputsView.text(outputs, Values.NARROW))
        .isEqualTo(
            """
            Failed on 1 of 4 instances: i-bp1c
                disk full
            Success on 1 of 4 instances: i-bp1d
                (printed nothing)
            Success on 2 of 4 instances: i-bp1a,
                i-bp1b
                updated to
                2.4.1""");
  }

  @Test
  void tellsTheLogOfTheService() {
    assertThat(LogsView.text(log, Values.WIDE))
        .isEqualTo(
            """
            2026-03-04T05:06:07Z  INFO   enterStandby  i-bp1a is in Standby now
            2026-03-04T05:06:09Z  ERROR  runCommand    it failed""");
    assertThat(LogsView.text(log, Values.NARROW))
        .isEqualTo(
            """
            2026-03-04T05:06:07Z  INFO   enterStandby
                i-bp1a is in Standby now
            2026-03-04T05:06:09Z  ERROR  runCommand
                it failed""");
    assertThat(Json.line(LogsView.json(log)))
        .isEqualTo(
            "[{\"time\":\"2026-03-04T05:06:07Z\",\"type\":\"INFO\",\"task\":\"enterStandby\",\"message\":\"i-bp1a is in Standby now\"},{\"time\":\"2026-03-04T05:06:09Z\",\"type\":\"ERROR\",\"task\":\"runCommand\",\"message\":\"it failed\"}]");
  }
}
