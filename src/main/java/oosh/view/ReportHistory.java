package oosh.view;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.cloud.LogLine;
import oosh.rollout.record.HealStep;
import oosh.rollout.record.HealStepRecord;
import oosh.rollout.record.JournalEntry;
import oosh.view.approval.ApprovalView;
import oosh.view.text.Markdown;
import oosh.view.text.TextSanitizer;

/** The sections of a report about what happened to an execution: control, heal, rollback, log. */
final class ReportHistory {
  /** Of OOS's log: the end of it is where things went wrong. */
  private static final int LOG_LINES = 100;

  /**
   * What OOS logs of tasks that go well, and of the calls that they make, with all that was sent
   * and answered (source: OOS help, "ListExecutionLogs", and its SDK's example, 2025-05).
   */
  private static final Pattern ORDINARY =
      Pattern.compile(
          "(?:The task \\S+(?: \\(loop item .*?\\))? (?:completed\\.|output: .*)|api call: .*)",
          Pattern.DOTALL);

  /**
   * What OOS's log says about pauses and their ends (assumed of its wording; whatever it does not
   * match is in the log below).
   */
  private static final Pattern STEERED =
      Pattern.compile(
          "(?i).*\\b(?:waiting|paused?|resumed?|continued?|approved?|rejected?|notified)\\b.*",
          Pattern.DOTALL);

  private ReportHistory() {}

  /** Appends the sections, each under a heading of its own. */
  static void append(StringBuilder out, ReportData facts) {
    approvals(out, facts);
    control(out, facts);
    healing(out, facts);
    rollbacks(out, facts);
    log(out, facts);
  }

  /** Who had to approve, and who has, as far as OOS tells. */
  private static void approvals(StringBuilder out, ReportData facts) {
    List<String> lines = facts.progress().map(ApprovalView::lines).orElse(List.of());
    if (!lines.isEmpty()) {
      out.append("\n## Approvals\n\n");
      lines.forEach(l -> out.append("- ").append(Markdown.code(l)).append("\n"));
    }
  }

  /*
   * - OOS's log: `2026-03-04T05:06:07Z  Execution is waiting: FailurePause.`
   * - retried: `i-bp1c`, 2 runs
   * - skipped: `i-bp1d`
   * - aborted: 2026-03-04T05:06:07Z
   */
  /** What is known of it without anybody having written it down: from the tasks and the log. */
  private static void control(StringBuilder out, ReportData facts) {
    List<String> known = new ArrayList<>();
    for (LogLine l : facts.log()) {
      if (STEERED.matcher(l.message()).matches() && !ORDINARY.matcher(l.message()).matches()) {
        known.add("OOS's log: " + Markdown.code(l.time() + "  " + l.message()));
      }
    }
    facts
        .runs()
        .forEach(
            (instance, runs) -> {
              if (runs > 1) {
                known.add("retried: " + Markdown.code(instance) + ", " + runs + " runs");
              }
            });
    facts
        .progress()
        .ifPresent(
            p -> {
              p.skipped().forEach(i -> known.add("skipped: " + Markdown.code(i.id())));
              Instant ended = p.execution().ended();
              if (p.execution().status().equals(ExecutionStatus.CANCELLED)) {
                known.add(
                    (p.hasNotBegun() ? "not approved" : "aborted")
                        + (ended == null ? "" : ": " + second(ended)));
              }
            });
    if (!known.isEmpty()) {
      out.append("\n## Control\n\nFrom OOS's tasks and log; the user is not recorded.\n\n");
      known.forEach(k -> out.append("- ").append(k).append("\n"));
    }
  }

  /** Each step once: how it ended or, if that was not recorded, that it began. */
  private static void healing(StringBuilder out, ReportData facts) {
    if (facts.healed().isEmpty()) {
      return;
    }
    out.append("\n## Healing\n\n| when | who | what | outcome |\n|---|---|---|---|\n");
    for (HealStepRecord step : ended(facts.healed())) {
      out.append(
          Markdown.row(
              second(step.at()),
              Markdown.cell(step.author().user() + "@" + step.author().host()),
              done(step.step()),
              switch (step.outcome()) {
                case DONE -> "done";
                case ASKED -> "begun; its result is not recorded";
                case REFUSED -> "refused: " + Markdown.cell(step.why());
                case UNKNOWN -> "perhaps done: " + Markdown.cell(step.why());
              }));
    }
  }

  /** A step that was asked is left out if the one after it says how it ended. */
  private static List<HealStepRecord> ended(List<HealStepRecord> steps) {
    List<HealStepRecord> ended = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      HealStepRecord step = steps.get(i);
      boolean followed =
          step.outcome() == HealStepRecord.HealStepResult.ASKED
              && i + 1 < steps.size()
              && steps.get(i + 1).outcome() != HealStepRecord.HealStepResult.ASKED
              && steps.get(i + 1).step().equals(step.step());
      if (!followed) {
        ended.add(step);
      }
    }
    return ended;
  }

  private static String done(HealStep step) {
    String subjects =
        step.subjects().stream().map(Markdown::cell).collect(Collectors.joining(", "));
    return switch (step.kind()) {
      case START -> "start " + subjects;
      case RETURN -> "return " + subjects + " to service";
      case PROTECT -> "protect " + subjects;
      case IMAGE ->
          String.format(
              "restore the image of %s: %s instead of %s",
              subjects, Markdown.cell(step.to()), Markdown.cell(step.from()));
      case UNHOOK -> "remove the lifecycle hook " + subjects;
      case RESUME -> "resume " + subjects;
    };
  }

  private static void rollbacks(StringBuilder out, ReportData facts) {
    if (facts.entry().filter(JournalEntry::rollback).isPresent()) {
      facts.source().ifPresent(e -> out.append("\n## Rolls back\n\n").append(line(e)).append("\n"));
      return;
    }
    out.append("\n## Rollbacks\n\n");
    String undone =
        facts
            .entry()
            .map(JournalEntry::why)
            .filter(why -> why.contains("OOS rolled back"))
            .orElse("");
    if (facts.rollbacks().isEmpty()) {
      out.append(undone.isEmpty() ? "None is known.\n" : Markdown.code(undone) + "\n");
    }
    for (JournalEntry e : facts.rollbacks()) {
      out.append(line(e)).append("\n");
    }
  }

  private static String line(JournalEntry e) {
    return String.format(
            "- %s, %s, %s, by %s",
            Markdown.code(e.executionId() == null ? "-" : e.executionId()),
            second(e.at()),
            Markdown.code(HistoryView.outcome(e)),
            Markdown.code(e.author().atHost()))
        + (e.reason().isEmpty() ? "" : ", because " + Markdown.code(e.reason()));
  }

  /** What a ticket needs of it: who steered, and what went wrong. */
  private static void log(StringBuilder out, ReportData facts) {
    List<LogLine> lines =
        facts.log().stream().filter(l -> !ORDINARY.matcher(l.message()).matches()).toList();
    if (lines.isEmpty()) {
      return;
    }
    int left = Math.max(0, lines.size() - LOG_LINES);
    out.append("\n## Log of OOS\n\nWithout the tasks that succeeded, and the calls that they made")
        .append(left == 0 ? "" : ", and without the first " + left + " lines")
        .append(".\n\n")
        .append(
            Markdown.fenced(
                "text",
                lines.stream()
                    .skip(left)
                    .map(
                        l ->
                            String.join(
                                "  ",
                                TextSanitizer.line(l.time()),
                                TextSanitizer.line(l.type()),
                                TextSanitizer.line(l.message())))
                    .collect(Collectors.joining("\n"))));
  }

  static String second(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
