package oosh.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import oosh.rollout.cloud.CommandOutput;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.cloud.LogLine;
import oosh.rollout.output.OutputBudget;
import oosh.rollout.output.ScriptOutput;
import oosh.view.json.JsonOutput;
import org.junit.jupiter.api.Test;

class OutputsViewTest {
  private final List<ScriptOutput> outputs =
      List.of(
          new ScriptOutput("i-bp1a", ExecutionStatus.SUCCESS, "updated to\n2.4.1\n"),
          new ScriptOutput("i-bp1b", ExecutionStatus.SUCCESS, "updated to\n2.4.1\n"),
          new ScriptOutput("i-bp1c", ExecutionStatus.FAILED, "disk full\n"),
          new ScriptOutput("i-bp1d", ExecutionStatus.SUCCESS, ""));
  private final List<LogLine> log =
      List.of(
          new LogLine("2026-03-04T05:06:07Z", "INFO", "enterStandby", "i-bp1a is in Standby now"),
          new LogLine("2026-03-04T05:06:09Z", "ERROR", "runCommand", "it failed"));

  @Test
  void namesWhatAProbeThatAdvisesHasFound() {
    String text =
        "oosh: waits 1 s for requests under way\ndone\n"
            + "\noosh: the script has ended, its probes begin\n"
            + "oosh: http 8080/a: answers 503, not 200\n"
            + "oosh: http 8080/a: not healthy within 1 s; this probe only advises\n";
    List<ScriptOutput> probed =
        List.of(
            new ScriptOutput("i-1", ExecutionStatus.SUCCESS, text),
            new ScriptOutput("i-2", ExecutionStatus.SUCCESS, text),
            new ScriptOutput("i-3", ExecutionStatus.SUCCESS, "done\n"));
    assertThat(GateView.advised(probed))
        .isEqualTo("http 8080/a: not healthy within 1 s on i-1, i-2 (it only advises)");
    assertThat(GateView.advised(probed.subList(2, 3))).isEmpty();
    assertThat(
            OutputsView.text(
                "exec-1",
                probed.subList(0, 1),
                OutputsView.ComparisonMode.MASKED,
                false,
                ViewFixtures.WIDE))
        .isEqualTo(
            """
            Success on i-1
                waits 1 s for requests under way
                done
                gates
                http 8080/a: answers 503, not 200
                http 8080/a: not healthy within 1 s; this probe only advises""");
  }

  @Test
  void printsEqualOutputsOnceAndOddOnesFirst() {
    assertThat(
            OutputsView.text(
                "exec-1", outputs, OutputsView.ComparisonMode.MASKED, false, ViewFixtures.WIDE))
        .isEqualTo(
            """
            Failed on 1 of 4 instances: i-bp1c
                disk full
            Success on 1 of 4 instances: i-bp1d
                (printed nothing)
            Success on 2 of 4 instances: i-bp1a, i-bp1b
                updated to
                2.4.1""");
    assertThat(JsonOutput.line(OutputsView.json(outputs, OutputsView.ComparisonMode.MASKED)))
        .isEqualTo(
            "[{\"status\":\"Failed\",\"instances\":[\"i-bp1c\"],\"text\":\"disk full\\n\"},{\"status\":\"Success\",\"instances\":[\"i-bp1d\"],\"text\":\"\"},{\"status\":\"Success\",\"instances\":[\"i-bp1a\",\"i-bp1b\"],\"text\":\"updated to\\n2.4.1\\n\"}]");
    assertThat(
            OutputsView.text(
                "exec-1", List.of(), OutputsView.ComparisonMode.MASKED, false, ViewFixtures.WIDE))
        .isEqualTo("no instance has printed anything");
  }

  @Test
  void keepsEqualOutputsOnceAndSaysWhatItLeavesOut() {
    OutputBudget room = new OutputBudget();
    int half = OutputBudget.CHARACTERS / 2;
    List<ScriptOutput> read =
        List.of(
            printed("i-1", "a".repeat(half), room),
            printed("i-2", "a".repeat(half), room),
            printed("i-3", "b\n" + "b".repeat(half - 2), room),
            printed("i-4", "c".repeat(24_576), room),
            printed("i-5", "c".repeat(24_576), room),
            printed("i-6", "d".repeat(24_576), room),
            printed("i-7", "a".repeat(half), room),
            printed("i-8", "", room));

    assertThat(read.get(6).text()).isSameAs(read.get(0).text());
    assertThat(
            OutputsView.text(
                    "exec-1", read, OutputsView.ComparisonMode.MASKED, false, ViewFixtures.WIDE)
                .lines()
                .filter(l -> l.length() < 99))
        .containsExactly(
            "Success on 1 of 8 instances: i-3",
            "    b",
            "    (24 KB shown, as much as Cloud Assistant keeps; how much it dropped is not known)",
            "Success on 1 of 8 instances: i-6",
            "    (24,576 characters left out: outputs exec-1 i-6)",
            "Success on 1 of 8 instances: i-8",
            "    (printed nothing)",
            "Success on 2 of 8 instances: i-4, i-5",
            "    (24,576 characters left out: outputs exec-1 i-4)",
            "Success on 3 of 8 instances: i-1, i-2, i-7",
            "    (24 KB shown, as much as Cloud Assistant keeps; how much it dropped is not known)");
    assertThat(JsonOutput.line(OutputsView.json(read, OutputsView.ComparisonMode.MASKED)))
        .contains(
            "{\"status\":\"Success\",\"instances\":[\"i-4\",\"i-5\"],\"leftOut\":24576,\"dropped\":\"unknown\"}");
  }

  private static ScriptOutput printed(String instance, String text, OutputBudget room) {
    boolean maybeCut = text.length() >= CommandOutput.KEPT_BYTES;
    return room.place(
        instance, ExecutionStatus.SUCCESS, text, maybeCut ? CommandOutput.UNKNOWN : 0);
  }

  @Test
  void saysWhyInstancesFailedOnceWhereTheReasonIsTheSame() {
    String exit = "task checkInvocationResult: the script ended with exit code 3";
    List<ScriptOutput> failed =
        List.of(
            new ScriptOutput("i-1", ExecutionStatus.FAILED, "")
                .withFailure("Instance i-1, " + exit),
            new ScriptOutput("i-2", ExecutionStatus.FAILED, "")
                .withFailure("Instance i-2, " + exit),
            new ScriptOutput("i-3", ExecutionStatus.FAILED, "full\n").withFailure("exit code 4"),
            new ScriptOutput("i-4", ExecutionStatus.FAILED, ""));
    assertThat(
            OutputsView.text(
                "exec-1", failed, OutputsView.ComparisonMode.MASKED, false, ViewFixtures.WIDE))
        .isEqualTo(
            """
            Failed on 1 of 4 instances: i-3
                (exit code 4)
                full
            Failed on 1 of 4 instances: i-4
                (printed nothing; show EXEC says how it failed)
            Failed on 2 of 4 instances: i-1, i-2
                (Instance i-1, task checkInvocationResult: the script ended with exit code
                3)
                (printed nothing)""");
    assertThat(JsonOutput.line(OutputsView.json(failed, OutputsView.ComparisonMode.MASKED)))
        .contains("\"instances\":[\"i-3\"],\"message\":\"exit code 4\",\"text\":\"full\\n\"")
        .contains("\"instances\":[\"i-4\"],\"text\":\"\"");
  }

  @Test
  void saysOfAnEmptyOutputWhetherItIsKnown() {
    List<ScriptOutput> empty =
        List.of(
            new ScriptOutput("i-1", ExecutionStatus.CANCELLED, ""),
            new ScriptOutput("i-2", ExecutionStatus.RUNNING, ""),
            new ScriptOutput("i-3", ExecutionStatus.CANCELLED, "begun\n"));
    assertThat(
            OutputsView.text(
                "exec-1", empty, OutputsView.ComparisonMode.MASKED, false, ViewFixtures.WIDE))
        .isEqualTo(
            """
            Cancelled on 1 of 3 instances: i-1
                (cut off; what it printed is not known)
            Running on 1 of 3 instances: i-2
                (not ended; what it prints is known once it has)
            Cancelled on 1 of 3 instances: i-3
                begun""");
    assertThat(
            JsonOutput.line(
                OutputsView.json(empty.subList(0, 1), OutputsView.ComparisonMode.MASKED)))
        .isEqualTo(
            "[{\"status\":\"Cancelled\",\"instances\":[\"i-1\"],\"text\":\"\",\"known\":false}]");
  }

  @Test
  void fitsFortyColumns() {
    assertThat(
            OutputsView.text(
                "exec-1", outputs, OutputsView.ComparisonMode.MASKED, false, ViewFixtures.NARROW))
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
  void showsTheLogOfTheService() {
    assertThat(LogsView.text(log, ViewFixtures.WIDE))
        .isEqualTo(
            """
            2026-03-04T05:06:07Z  INFO   enterStandby  i-bp1a is in Standby now
            2026-03-04T05:06:09Z  ERROR  runCommand    it failed""");
    assertThat(LogsView.text(log, ViewFixtures.NARROW))
        .isEqualTo(
            """
            2026-03-04T05:06:07Z  INFO
                enterStandby
                i-bp1a is in Standby now
            2026-03-04T05:06:09Z  ERROR  runCommand
                it failed""");
    assertThat(JsonOutput.line(LogsView.json(log)))
        .isEqualTo(
            "[{\"time\":\"2026-03-04T05:06:07Z\",\"type\":\"INFO\",\"task\":\"enterStandby\",\"message\":\"i-bp1a is in Standby now\"},{\"time\":\"2026-03-04T05:06:09Z\",\"type\":\"ERROR\",\"task\":\"runCommand\",\"message\":\"it failed\"}]");
  }
}
