package oosh.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.cloud.LogLine;
import oosh.rollout.output.ScriptOutput;
import oosh.rollout.record.HealStep;
import oosh.rollout.record.HealStepRecord;
import oosh.rollout.record.Initiator;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.Progress;
import oosh.rollout.record.ReleaseTag;
import oosh.rollout.record.StoredOutputs;
import oosh.view.json.JsonOutput;
import oosh.view.json.ReportJson;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReportViewTest {
  private final JournalEntry launch =
      ViewFixtures.entry(
          "exec-8f31",
          JournalEntry.StartState.STARTED,
          ExecutionStatus.FAILED,
          ViewFixtures.NOW.minusSeconds(134),
          1,
          ViewFixtures.UNDO,
          "web 2.4.1",
          null);
  private final JournalEntry back =
      ViewFixtures.entry(
          "exec-77",
          JournalEntry.StartState.STARTED,
          ExecutionStatus.SUCCESS,
          ViewFixtures.NOW,
          6,
          ViewFixtures.UNDO,
          "disk full",
          "exec-8f31");
  private final Progress progress =
      new Progress(
          ViewFixtures.execution(ExecutionStatus.FAILED, 2),
          List.of(
              ViewFixtures.batch(
                  1,
                  ViewFixtures.instance("i-bp1a", ExecutionStatus.SUCCESS, "", ""),
                  ViewFixtures.instance("i-bp1b", ExecutionStatus.FAILED, "", "exit | 3"))),
          6);

  @Test
  void namesFailuresThatWereToleratedInItsTitle() {
    JournalEntry two =
        ViewFixtures.entry(
            "exec-8f31",
            JournalEntry.StartState.STARTED,
            ExecutionStatus.SUCCESS,
            ViewFixtures.NOW,
            1,
            ViewFixtures.UNDO,
            "",
            null);
    Progress tolerated =
        new Progress(ViewFixtures.execution(ExecutionStatus.SUCCESS, 2), progress.batches(), 2);
    assertThat(markdown(two, Optional.of(tolerated), null, List.of()))
        .startsWith("# `exec-8f31` on `asg-bp1web`: `Success with failures 1/2`");
  }

  @Test
  void saysWhoDidWhatWhyAndWhatCameOfIt() {
    List<ScriptOutput> outputs =
        List.of(
            new ScriptOutput("i-bp1a", ExecutionStatus.SUCCESS, "web is up\n"),
            new ScriptOutput("i-bp1b", ExecutionStatus.FAILED, "disk full\n", 0, 1234));
    assertThat(
            markdown(
                launch,
                Optional.of(progress),
                new StoredOutputs(ViewFixtures.NOW, outputs),
                List.of(
                    new LogLine("T1", "System", "task-1", "The task enterStandby completed."),
                    new LogLine(
                        "T1",
                        "System",
                        "task-1",
                        "The task runCommand (loop item i-bp1a) output: {\n\"paused\":1}"),
                    new LogLine(
                        "T1",
                        "System",
                        "task-1",
                        "api call: DescribeInvocations request:{} response: {\"S\":\"waiting\"}"),
                    new LogLine("T2", "System", "", "Execution was resumed by ann."))))
        .isEqualTo(
            """
            # `exec-8f31` on `asg-bp1web`: `Failed 1/6`

            | | |
            |---|---|
            | reason | `web 2.4.1` |
            | who | `ann@ops`, pid 7 |
            | when | 2026-03-04T05:03:53Z to 2026-03-04T05:04:07Z, 14s |
            | where | profile `sandbox`, region `cn-hangzhou`, group `asg-bp1web` |
            | method | `RunShellScript`, launch |
            | batches | 3 batches; no pause between batches |
            | template | `ACS-ESS-RollingUpdateByRunCommandInScalingGroup` |
            | script | `deploy.sh`, 24 bytes, SHA-256 `e3cbd45da67950114d2b87352c93458814a31f88233ca3576b0e8f3dbcba41e7` |
            | rollback script | `undo.sh`, 22 bytes, SHA-256 `cb1ad1a7ea4c7e4ee6c46c1025bed2240b5e9f3621e661ccfad8bea9ccd11308` |
            | release tag | `web-2.4.1` |

            ## Script

            ```sh
            #!/bin/sh -e
            echo hello
            ```

            ## Instances

            | batch | instance | status | began | took | message |
            |---|---|---|---|---|---|
            | 1 | `i-bp1a` | `Success` | 2026-03-04T05:03:54.900Z | 2.1s |  |
            | 1 | `i-bp1b` | `Failed` | 2026-03-04T05:03:54.900Z | 2.1s | `exit \\| 3` |

            ## Outputs

            `Failed` on 1 of 2 instances: `i-bp1b`

            ```text
            disk full
            ```

            (24 KB shown, 1,234 bytes dropped)

            `Success` on 1 of 2 instances: `i-bp1a`

            ```text
            web is up
            ```

            ## Control

            From OOS's tasks and log; the user is not recorded.

            - OOS's log: `T2  Execution was resumed by ann.`

            ## Rollbacks

            - `exec-77`, 2026-03-04T05:06:07Z, `Success 6/6`, by `ann@ops`, because `disk full`

            ## Log of OOS

            Without the tasks that succeeded, and the calls that they made.

            ```text
            T2  System  Execution was resumed by ann.
            ```""");
  }

  @Test
  void saysWhatItDoesNotKnow() {
    assertThat(markdown(launch, Optional.empty(), null, List.of()))
        .contains("# `exec-8f31` on `asg-bp1web`: `Failed 1/6`")
        .contains(
            "## Instances\n\n`it is forgotten`\n\n| instance | status |\n|---|---|\n| `i-bp1c` | `Failed` |\n")
        .contains("## Outputs\n\nThe outputs are not known.\n")
        .doesNotContain("## Log");
  }

  @Test
  void escapesForeignTextInMarkdown() {
    String hostile = ViewFixtures.HOSTILE + "\n```\n# gone | <b> @all `x` ``y``\n";
    JournalEntry entry =
        ViewFixtures.entry(
            "exec-8f31",
            JournalEntry.StartState.STARTED,
            ExecutionStatus.FAILED,
            ViewFixtures.NOW,
            1,
            ViewFixtures.script(hostile.replace('\u0000', ' '), hostile.replace('\u0000', ' ')),
            hostile,
            "exec-1");
    String text =
        markdown(
            entry,
            Optional.of(progress),
            new StoredOutputs(
                ViewFixtures.NOW,
                List.of(new ScriptOutput("i-`|`", ExecutionStatus.FAILED, hostile))),
            List.of(new LogLine(hostile, hostile, hostile, hostile)));

    assertThat(text.chars().filter(c -> c != '\n'))
        .noneMatch(c -> c < ' ' || (c >= 0x7f && c < 0xa0) || c == 0x202e || c == 0x2066);
    // A heading is oosh's own, and so is every fence but the ones within a longer one.
    assertThat(text.lines().filter(l -> l.startsWith("# ")))
        .hasSize(3)
        .contains("# gone | <b> @all `x` ``y``");
    assertThat(text.lines().filter(l -> l.startsWith("````"))).hasSize(6);
    assertThat(text.lines().filter(l -> l.startsWith("| reason |")))
        .allMatch(l -> l.replace("\\|", "").chars().filter(c -> c == '|').count() == 3);
    assertThat(JsonOutput.document(ReportJson.of(facts(entry, Optional.empty(), null, List.of()))))
        .doesNotContain("\u202e");
  }

  @Test
  void reportsHealsControlsAndTheSourceOfARollback() {
    Progress cancelled =
        new Progress(
            ViewFixtures.execution(ExecutionStatus.CANCELLED, 2),
            List.of(
                ViewFixtures.batch(
                    1,
                    ViewFixtures.instance("i-bp1a", ExecutionStatus.SUCCESS, "", ""),
                    ViewFixtures.instance("i-bp1b", ExecutionStatus.SKIPPED, "", ""))),
            6);
    Initiator ann = new Initiator("ann", "ops", 0);
    HealStep give = new HealStep(HealStep.Kind.RETURN, "exec-77", List.of("i-bp1b", "i-|x"));
    HealStep guard = new HealStep(HealStep.Kind.PROTECT, "exec-77", List.of("i-bp1a"));
    HealStep resume = new HealStep(HealStep.Kind.RESUME, "exec-77", List.of("ScaleIn"));
    ReportData facts =
        new ReportData(
            "exec-77",
            Optional.of(back),
            Optional.of(cancelled),
            "",
            Map.of(),
            null,
            List.of(),
            Optional.of(launch),
            List.of(
                healed(give, ann, HealStepRecord.HealStepResult.ASKED, ""),
                healed(give, ann, HealStepRecord.HealStepResult.DONE, ""),
                healed(guard, ann, HealStepRecord.HealStepResult.ASKED, ""),
                healed(guard, ann, HealStepRecord.HealStepResult.REFUSED, "not in service"),
                healed(resume, ann, HealStepRecord.HealStepResult.ASKED, ""),
                healed(resume, ann, HealStepRecord.HealStepResult.UNKNOWN, "it broke off"),
                healed(resume, ann, HealStepRecord.HealStepResult.ASKED, "")),
            Map.of("i-bp1a", 2),
            List.of(),
            List.of(
                new LogLine("T1", "System", "", "Execution is waiting: FailurePause."),
                new LogLine(
                    "T2", "System", "", "The task runCommand (loop item i-bp1a) completed.")));
    assertThat(ReportView.markdown(facts))
        .contains(
            """
            ## Control

            From OOS's tasks and log; the user is not recorded.

            - OOS's log: `T1  Execution is waiting: FailurePause.`
            - retried: `i-bp1a`, 2 runs
            - skipped: `i-bp1b`
            - aborted: 2026-03-04T05:04:07Z

            ## Healing

            | when | who | what | outcome |
            |---|---|---|---|
            | 2026-03-04T05:06:07Z | `ann@ops` | return `i-bp1b`, `i-\\|x` to service | done |
            | 2026-03-04T05:06:07Z | `ann@ops` | protect `i-bp1a` | refused: `not in service` |
            | 2026-03-04T05:06:07Z | `ann@ops` | resume `ScaleIn` | perhaps done: `it broke off` |
            | 2026-03-04T05:06:07Z | `ann@ops` | resume `ScaleIn` | begun; its result is not recorded |

            ## Rolls back

            - `exec-8f31`, 2026-03-04T05:03:53Z, `Failed 1/6`, by `ann@ops`, because `web 2.4.1`
            """)
        .doesNotContain("## Rollbacks");
    JsonObject json = ReportJson.of(facts);
    assertThat(json.getAsJsonObject("source").get("executionId")).hasToString("\"exec-8f31\"");
    assertThat(json.getAsJsonArray("healed").get(3))
        .hasToString(
            "{\"at\":\"2026-03-04T05:06:07Z\",\"kind\":\"PROTECT\",\"subjects\":[\"i-bp1a\"],"
                + "\"outcome\":\"REFUSED\",\"why\":\"not in service\",\"user\":\"ann\","
                + "\"host\":\"ops\"}");
    assertThat(json.get("runs")).hasToString("{\"i-bp1a\":2}");
  }

  private static HealStepRecord healed(
      HealStep remedy, Initiator author, HealStepRecord.HealStepResult outcome, String why) {
    return new HealStepRecord(ViewFixtures.NOW, remedy, author, outcome, why);
  }

  private String markdown(
      JournalEntry entry,
      Optional<Progress> known,
      @Nullable StoredOutputs outputs,
      List<LogLine> log) {
    return ReportView.markdown(facts(entry, known, outputs, log));
  }

  private ReportData facts(
      JournalEntry entry,
      Optional<Progress> known,
      @Nullable StoredOutputs outputs,
      List<LogLine> log) {
    return new ReportData(
        "exec-8f31",
        Optional.of(entry),
        known,
        known.isPresent() ? "" : "it is forgotten",
        known.isPresent() ? Map.of() : Map.of("i-bp1c", ExecutionStatus.FAILED),
        outputs,
        List.of(back),
        Optional.empty(),
        List.of(),
        Map.of(),
        List.of(
            new ReleaseTag(
                "web-2.4.1",
                "sandbox",
                "cn-hangzhou",
                "asg-bp1web",
                "exec-8f31",
                "ann",
                ViewFixtures.NOW)),
        log);
  }
}
