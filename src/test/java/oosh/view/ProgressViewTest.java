package oosh.view;

import static oosh.rollout.cloud.ExecutionStatus.FAILED;
import static oosh.rollout.cloud.ExecutionStatus.RUNNING;
import static oosh.rollout.cloud.ExecutionStatus.SUCCESS;
import static oosh.rollout.cloud.ExecutionStatus.WAITING;
import static oosh.view.ViewFixtures.batch;
import static oosh.view.ViewFixtures.instance;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.record.Progress;
import oosh.rollout.record.TimeLeft;
import oosh.view.ProgressFrame.LiveOptions;
import oosh.view.json.JsonOutput;
import oosh.view.text.Style;
import oosh.view.text.TextWidth;
import org.junit.jupiter.api.Test;

class ProgressViewTest {
  private static final Progress.BatchProgress FIRST =
      batch(1, instance("i-bp1a", SUCCESS, "", ""), instance("i-bp1b", SUCCESS, "", ""));
  private static final String SAID = "the script ended with exit code 1 and had printed nothing";

  private static Progress running() {
    return new Progress(
        ViewFixtures.execution(RUNNING, 3),
        List.of(FIRST, batch(2, instance("i-bp1c", RUNNING, "enterStandby", ""))),
        6);
  }

  private static Progress failed() {
    return new Progress(
        ViewFixtures.execution(FAILED, 3),
        List.of(
            FIRST,
            batch(
                2,
                instance("i-bp1c", FAILED, "checkInvocationResult", SAID),
                instance("i-bp1d", RUNNING, "runCommand", ""))),
        6);
  }

  private static Progress all(ExecutionStatus status) {
    return new Progress(ViewFixtures.execution(status, 3), List.of(FIRST), 2);
  }

  private static String frame(Progress progress, int height, Style style) {
    return String.join(
        "\n",
        ProgressFrame.lines(
            progress, ViewFixtures.NOW, style.width(), height, style, LiveOptions.NOTHING));
  }

  @Test
  void drawsBatchesAndInstances() {
    assertThat(frame(running(), 24, ViewFixtures.WIDE))
        .isEqualTo(
            """
              batch 1/3  i-bp1a  Success  2.1s
                         i-bp1b  Success  2.1s
              batch 2/3  i-bp1c  Running  enterStandby
            Running: 2 of 6 instances, 2m 14s""");
  }

  @Test
  void foldsEndedBatchesWhenTheTableIsTooTall() {
    assertThat(frame(failed(), 4, ViewFixtures.WIDE))
        .isEqualTo(
            """
              batch 1/3  2 instances  Success
              batch 2/3  i-bp1c  Failed   checkInvocationResult: the script ended with exit…
                         i-bp1d  Running  runCommand
            Failed after 14s: 1 failed, 2 succeeded, 1 cut off, 2 not reached; i-bp1c: chec…""");
  }

  @Test
  void putsAMessageBelowItsInstanceOnANarrowScreen() {
    assertThat(frame(failed(), 24, ViewFixtures.NARROW))
        .isEqualTo(
            """
              batch 1/3  i-bp1a  Success  2.1s
                         i-bp1b  Success  2.1s
              batch 2/3  i-bp1c  Failed
                  checkInvocationResult: the script
                  ended with exit code 1 and had
                  printed nothing
                         i-bp1d  Running  runCommand
            Failed after 14s: 1 failed, 2 succeeded,
              1 cut off, 2 not reached; i-bp1c:
              checkInvocationResult: the script
              ended with exit code 1 and had printed
              nothing""");
    assertThat(frame(failed(), 4, ViewFixtures.NARROW))
        .isEqualTo(
            """
              batch 2/3  i-bp1c  Failed
                  checkInvocationResult: the script…
              … 3 more: 2 Success, 1 Running
            Failed after 14s: 1 failed, 2 succeeded…""");
  }

  @Test
  void isNotRedrawnWhileNothingChanges() {
    Progress p =
        new Progress(
            ViewFixtures.execution(RUNNING, 3),
            List.of(FIRST, batch(2, instance("i-bp1c", RUNNING, "untilInvocationReady", ""))),
            6);
    LiveOptions still = new LiveOptions(true, Map.of(), List.of("? keys"), ViewFixtures.NOW);
    String frame =
        """
          batch 1/3  i-bp1a  Success  2.1s
                     i-bp1b  Success  2.1s
          batch 2/3  i-bp1c  Running  untilInvocationReady
          [##########....................]  33%
        Running: 2 of 6 instances, 2m 14s; nothing new since then
        ? keys""";
    for (int minutes : new int[] {1, 2, 60}) {
      assertThat(
              String.join(
                  "\n",
                  ProgressFrame.lines(
                      p,
                      ViewFixtures.NOW.plusSeconds(60L * minutes),
                      80,
                      24,
                      ViewFixtures.WIDE,
                      still)))
          .isEqualTo(frame);
    }
  }

  @Test
  void showsABarWhatAScriptSaidAndTheKeys() {
    Progress p =
        new Progress(
            ViewFixtures.execution(RUNNING, 3),
            List.of(
                FIRST,
                batch(
                    2,
                    instance("i-bp1c", FAILED, "runCommand", "it broke"),
                    instance("i-bp1d", RUNNING, "runCommand", ""))),
            6);
    LiveOptions live =
        new LiveOptions(
            true,
            Map.of("exec-i-bp1c", ProgressView.lastLines("a\nb\n\nc\ndisk \033[31mfull\n")),
            List.of("a abort", "o outputs", "d detach"),
            null);
    assertThat(
            String.join(
                "\n", ProgressFrame.lines(p, ViewFixtures.NOW, 80, 24, ViewFixtures.WIDE, live)))
        .isEqualTo(
            """
              batch 1/3  i-bp1a  Success  2.1s
                         i-bp1b  Success  2.1s
              batch 2/3  i-bp1c  Failed   runCommand: it broke
                  | b
                  | c
                  | disk full
                         i-bp1d  Running  runCommand
              [###############...............]  50%  about 2s left
            Running: 2 of 6 instances, 2m 14s
            a abort  o outputs  d detach""");
    for (int height = 0; height <= 24; height++) {
      for (int width : new int[] {10, 20, 40}) {
        assertThat(
                ProgressFrame.lines(p, ViewFixtures.NOW, width, height, ViewFixtures.NARROW, live))
            .hasSizeLessThanOrEqualTo(height)
            .allMatch(line -> TextWidth.of(line) <= width);
      }
    }
    assertThat(ProgressFrame.last(p, 80, 3, ViewFixtures.WIDE, live))
        .last()
        .isEqualTo("  … 3 more: 2 Success, 1 Running");
  }

  @Test
  void estimatesNothingBeforeABatchIsOver() {
    Progress p =
        new Progress(
            ViewFixtures.execution(RUNNING, 3),
            List.of(batch(1, instance("i-bp1a", RUNNING, "runCommand", ""))),
            6);
    assertThat(TimeLeft.of(p, 3, ViewFixtures.NOW)).isEmpty();
    assertThat(TimeLeft.of(running(), 3, ViewFixtures.NOW)).isPresent();
    assertThat(TimeLeft.of(all(WAITING), 3, ViewFixtures.NOW)).isEmpty();
  }

  @Test
  void titlesItInPlainText() {
    assertThat(ProgressView.title(all(SUCCESS))).isEqualTo("oosh: Success asg-bp1web 2/2");
  }

  @Test
  void coloursWords() {
    assertThat(frame(running(), 4, new Style(80, true)).replace("\033", "ESC"))
        .isEqualTo(
            """
              batch 1/3  i-bp1a  ESC[32mSuccessESC[0m  2.1s
                         i-bp1b  ESC[32mSuccessESC[0m  2.1s
              batch 2/3  i-bp1c  Running  enterStandby
            Running: 2 of 6 instances, 2m 14s""");
  }

  @Test
  void neverGrowsBeyondItsScreen() {
    List<Progress.BatchProgress> batches = new ArrayList<>();
    for (int b = 1; b <= 4; b++) {
      List<Progress.InstanceProgress> instances = new ArrayList<>();
      for (int i = 0; i < 250; i++) {
        boolean odd = b == 4 && i == 200;
        ExecutionStatus status = odd ? FAILED : b == 4 ? RUNNING : SUCCESS;
        instances.add(instance("i-" + b + "-" + i, status, "runCommand", odd ? SAID : ""));
      }
      batches.add(new Progress.BatchProgress(b, instances));
    }
    Progress thousand = new Progress(ViewFixtures.execution(RUNNING, 4), batches, 1000);
    assertThat(frame(thousand, 8, ViewFixtures.WIDE))
        .isEqualTo(
            """
              batch 1-3  750 instances  Success
              batch 4/4  i-4-0    Running  runCommand
                         i-4-1    Running  runCommand
                         i-4-2    Running  runCommand
                         i-4-3    Running  runCommand
                         i-4-200  Failed   runCommand: the script ended with exit code 1 an…
              … 245 more Running
            Running: 750 of 1000 instances, 2m 14s""");
    for (int height = 0; height <= 24; height++) {
      assertThat(
              ProgressFrame.lines(
                  thousand, ViewFixtures.NOW, 40, height, ViewFixtures.NARROW, LiveOptions.NOTHING))
          .hasSizeLessThanOrEqualTo(height)
          .allMatch(line -> TextWidth.of(line) <= 40);
    }
    assertThat(frame(thousand, 24, ViewFixtures.NARROW)).contains("i-4-200", SAID.substring(0, 9));
  }

  @Test
  void saysEachChangeOnce() {
    assertThat(String.join("\n", ProgressView.changes(null, running(), ViewFixtures.WIDE)))
        .isEqualTo(
            """
            batch 1/3 i-bp1a Success 2.1s
            batch 1/3 i-bp1b Success 2.1s
            batch 2/3 i-bp1c Running enterStandby""");
    assertThat(String.join("\n", ProgressView.changes(running(), failed(), ViewFixtures.NARROW)))
        .isEqualTo(
            """
            batch 2/3 i-bp1c Failed checkInvocationResult: the script ended with exit code 1 and had printed nothing
            batch 2/3 i-bp1d Running runCommand""");
    assertThat(ProgressView.changes(failed(), failed(), ViewFixtures.WIDE)).isEmpty();
    assertThat(JsonOutput.line(ProgressView.changesJson(running(), failed()).get(0)))
        .isEqualTo(
            "{\"executionId\":\"exec-8f31\",\"batch\":2,\"batches\":3,\"instance\":\"i-bp1c\",\"status\":\"Failed\",\"task\":\"checkInvocationResult\",\"message\":\"the script ended with exit code 1 and had printed nothing\",\"childExecutionId\":\"exec-i-bp1c\",\"started\":\"2026-03-04T05:03:54.900Z\",\"ended\":\"2026-03-04T05:03:57Z\"}");
  }

  @Test
  void endsInASentenceAndWhatToDoNext() {
    assertThat(ProgressView.outcome(all(SUCCESS), ViewFixtures.NOW, ViewFixtures.WIDE))
        .isEqualTo("Success: 2 of 2 instances in 14s");
    assertThat(ProgressView.next(all(SUCCESS), true, 0))
        .isEqualTo(
            "next: rollback exec-8f31 if it misbehaves, outputs exec-8f31 to read what it printed");
    assertThat(ProgressView.outcome(failed(), ViewFixtures.NOW, ViewFixtures.WIDE))
        .isEqualTo(
            "Failed after 14s: 1 failed, 2 succeeded, 1 cut off, 2 not reached; i-bp1c:"
                + " checkInvocationResult: the script"
                + " ended with exit code 1 and had printed nothing");
    assertThat(ProgressView.next(failed(), true, 0))
        .isEqualTo(
            """
            2 instances may be in Standby and the scaling processes stay suspended
            next: rollback exec-8f31, or doctor""");
    assertThat(ProgressView.next(failed(), false, 0))
        .isEqualTo(
            """
            2 instances may be in Standby and the scaling processes stay suspended
            next: doctor shows what is left, heal undoes it""");
    assertThat(ProgressView.outcome(all(WAITING), ViewFixtures.NOW, ViewFixtures.WIDE))
        .isEqualTo("Waiting after batch 1 of 2: 2 of 2 instances done");
    assertThat(ProgressView.next(all(WAITING), true, 0))
        .isEqualTo("next: continue exec-8f31, outputs exec-8f31, or abort exec-8f31");
  }

  @Test
  void namesNoNumberOfBatchesWhereTheInstancesAreNotKnown() {
    Progress first =
        new Progress(ViewFixtures.execution(WAITING, 3), List.of(FIRST), 2, true, null);
    assertThat(ProgressView.outcome(first, ViewFixtures.NOW, ViewFixtures.WIDE))
        .isEqualTo("Waiting after batch 1: 2 of ? instances done");
    assertThat(ProgressView.changes(null, first, ViewFixtures.WIDE).get(0))
        .isEqualTo("batch 1/? i-bp1a Success 2.1s");
    assertThat(ProgressView.changesJson(null, first).get(0).has("batches")).isFalse();
    assertThat(frame(first, 24, ViewFixtures.WIDE))
        .contains("batch 1/?  i-bp1a")
        .doesNotContain("1/2");

    Progress last =
        new Progress(
            ViewFixtures.execution(WAITING, 2),
            List.of(FIRST, batch(2, instance("i-bp1c", SUCCESS, "", ""))),
            3,
            true,
            null);
    assertThat(ProgressView.outcome(last, ViewFixtures.NOW, ViewFixtures.WIDE))
        .isEqualTo("Waiting after batch 2 of 2: 3 of ? instances done");
  }

  @Test
  void showsAnExecutionWhole() {
    assertThat(execution(ViewFixtures.WIDE))
        .isEqualTo(
            """
            exec-8f31 Failed after 14s: 1 failed, 2 succeeded, 1 cut off, 2 not reached;
                i-bp1c: checkInvocationResult: the script ended with exit code 1 and had
                printed nothing
              started     2026-03-04 13:03:53 +0800, 2 min ago
              ended       2026-03-04 13:04:07 +0800
              who         acs:ram::1:ann
              because     "web 2.4.1"
              template    ACS-ESS-RollingUpdateByRunCommandInScalingGroup
              parameters  invokeType = invoke
                          scalingGroupId = asg-bp1web
                          enterProcess = ScaleIn,ScaleOut
                          batchNumber = 3
              invokeScript
                #!/bin/sh -e
                echo hello
              batch 1/3  i-bp1a  Success  2.1s
                         i-bp1b  Success  2.1s
              batch 2/3  i-bp1c  Failed   checkInvocationResult: the script ended with exit
                  code 1 and had printed nothing
                         i-bp1d  Running  runCommand""");
  }

  @Test
  void showsAnExecutionInFortyColumns() {
    assertThat(execution(ViewFixtures.NARROW))
        .isEqualTo(
            """
            exec-8f31 Failed after 14s: 1 failed, 2
                succeeded, 1 cut off, 2 not reached;
                i-bp1c: checkInvocationResult: the
                script ended with exit code 1 and
                had printed nothing
              started     2026-03-04 13:03:53 +0800,
                          2 min ago
              ended       2026-03-04 13:04:07 +0800
              who         acs:ram::1:ann
              because     "web 2.4.1"
              template    ACS-ESS-RollingUpdateByRunCommandInScalingGroup
              parameters  invokeType = invoke
                          scalingGroupId =
                          asg-bp1web
                          enterProcess =
                          ScaleIn,ScaleOut
                          batchNumber = 3
              invokeScript
                #!/bin/sh -e
                echo hello
              batch 1/3  i-bp1a  Success  2.1s
                         i-bp1b  Success  2.1s
              batch 2/3  i-bp1c  Failed
                  checkInvocationResult: the script
                  ended with exit code 1 and had
                  printed nothing
                         i-bp1d  Running  runCommand""");
  }

  @Test
  void isAnExecutionInJson() {
    Progress p = running();
    assertThat(JsonOutput.document(ExecutionView.json(Optional.empty(), p)))
        .isEqualTo(
            """
            {
              "executionId": "exec-8f31",
              "status": "Running",
              "template": "ACS-ESS-RollingUpdateByRunCommandInScalingGroup",
              "group": "asg-bp1web",
              "created": "2026-03-04T05:03:53Z",
              "parameters": {
                "invokeType": "invoke",
                "scalingGroupId": "asg-bp1web",
                "invokeScript": "#!/bin/sh -e\\necho hello\\n",
                "enterProcess": [
                  "ScaleIn",
                  "ScaleOut"
                ],
                "batchNumber": 3
              },
              "executedBy": "acs:ram::1:ann",
              "description": "web 2.4.1",
              "succeeded": 2,
              "planned": 6,
              "batches": [
                {
                  "batch": 1,
                  "instances": [
                    {
                      "instance": "i-bp1a",
                      "status": "Success",
                      "childExecutionId": "exec-i-bp1a",
                      "started": "2026-03-04T05:03:54.900Z",
                      "ended": "2026-03-04T05:03:57Z"
                    },
                    {
                      "instance": "i-bp1b",
                      "status": "Success",
                      "childExecutionId": "exec-i-bp1b",
                      "started": "2026-03-04T05:03:54.900Z",
                      "ended": "2026-03-04T05:03:57Z"
                    }
                  ]
                },
                {
                  "batch": 2,
                  "instances": [
                    {
                      "instance": "i-bp1c",
                      "status": "Running",
                      "task": "enterStandby",
                      "childExecutionId": "exec-i-bp1c",
                      "started": "2026-03-04T05:03:54.900Z"
                    }
                  ]
                }
              ]
            }""");
  }

  private static String execution(Style style) {
    Progress p = failed();
    return ExecutionView.text(
        Optional.empty(),
        List.of(),
        List.of(),
        p,
        ViewFixtures.NOW,
        ZoneId.of("Asia/Shanghai"),
        style);
  }
}
