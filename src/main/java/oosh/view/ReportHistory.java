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
import oosh.view.document.Phrase;
import oosh.view.document.ReportDocument;
import oosh.view.document.ReportDocument.Paragraph;
import oosh.view.document.ReportDocument.Points;
import oosh.view.document.ReportDocument.Section;
import oosh.view.document.Tone;
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

  /** The sections, those of which something is known. */
  static List<Section> sections(ReportData facts) {
    List<Section> sections = new ArrayList<>();
    // Who had to approve, and who has, as far as OOS tells.
    List<String> lines = facts.progress().map(ApprovalView::lines).orElse(List.of());
    if (!lines.isEmpty()) {
      sections.add(new Section("Approvals", List.of(new Points(phrases(lines)))));
    }
    control(sections, facts);
    healing(sections, facts);
    rollbacks(sections, facts);
    log(sections, facts);
    return sections;
  }

  private static List<Phrase> phrases(List<String> lines) {
    return lines.stream().map(Phrase::foreign).toList();
  }

  /*
   * - OOS's log: `2026-03-04T05:06:07Z  Execution is waiting: FailurePause.`
   * - retried: `i-bp1c`, 2 runs
   * - skipped: `i-bp1d`
   * - aborted: 2026-03-04T05:06:07Z
   */
  /** What is known of it without anybody having written it down: from the tasks and the log. */
  private static void control(List<Section> sections, ReportData facts) {
    List<Phrase> known = new ArrayList<>();
    for (LogLine l : facts.log()) {
      if (STEERED.matcher(l.message()).matches() && !ORDINARY.matcher(l.message()).matches()) {
        known.add(Phrase.own("OOS's log: ").andForeign(l.time() + "  " + l.message()));
      }
    }
    facts
        .runs()
        .forEach(
            (instance, runs) -> {
              if (runs > 1) {
                known.add(Phrase.own("retried: ").andForeign(instance).and(", " + runs + " runs"));
              }
            });
    facts
        .progress()
        .ifPresent(
            p -> {
              p.skipped().forEach(i -> known.add(Phrase.own("skipped: ").andForeign(i.id())));
              Instant ended = p.execution().ended();
              if (p.execution().status().equals(ExecutionStatus.CANCELLED)) {
                known.add(
                    Phrase.own(
                        (p.hasNotBegun() ? "not approved" : "aborted")
                            + (ended == null ? "" : ": " + second(ended))));
              }
            });
    if (!known.isEmpty()) {
      sections.add(
          new Section(
              "Control",
              List.of(
                  new Paragraph(Phrase.own("From OOS's tasks and log; the user is not recorded.")),
                  new Points(known))));
    }
  }

  /** Each step once: how it ended or, if that was not recorded, that it began. */
  private static void healing(List<Section> sections, ReportData facts) {
    if (facts.healed().isEmpty()) {
      return;
    }
    List<List<Phrase>> rows = new ArrayList<>();
    for (HealStepRecord step : ended(facts.healed())) {
      rows.add(
          List.of(
              Phrase.own(second(step.at())),
              Phrase.foreign(step.author().user() + "@" + step.author().host()),
              done(step.step()),
              switch (step.outcome()) {
                case DONE -> Phrase.own("done");
                case ASKED -> Phrase.own("begun; its result is not recorded");
                case REFUSED -> Phrase.own("refused: ").andForeign(step.why());
                case UNKNOWN -> Phrase.own("perhaps done: ").andForeign(step.why());
              }));
    }
    sections.add(
        new Section(
            "Healing",
            List.of(new ReportDocument.Grid(List.of("when", "who", "what", "outcome"), rows))));
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

  private static Phrase done(HealStep step) {
    Phrase subjects = Phrase.list(step.subjects());
    return switch (step.kind()) {
      case START -> Phrase.own("start ").and(subjects);
      case RETURN -> Phrase.own("return ").and(subjects).and(" to service");
      case PROTECT -> Phrase.own("protect ").and(subjects);
      case IMAGE ->
          Phrase.own("restore the image of ")
              .and(subjects)
              .and(": ")
              .andForeign(step.to())
              .and(" instead of ")
              .andForeign(step.from());
      case UNHOOK -> Phrase.own("remove the lifecycle hook ").and(subjects);
      case RESUME -> Phrase.own("resume ").and(subjects);
    };
  }

  private static void rollbacks(List<Section> sections, ReportData facts) {
    if (facts.entry().filter(JournalEntry::rollback).isPresent()) {
      facts
          .source()
          .ifPresent(
              e -> sections.add(new Section("Rolls back", List.of(new Points(List.of(line(e)))))));
      return;
    }
    String undone =
        facts
            .entry()
            .map(JournalEntry::why)
            .filter(why -> why.contains("OOS rolled back"))
            .orElse("");
    sections.add(
        new Section(
            "Rollbacks",
            List.of(
                facts.rollbacks().isEmpty()
                    ? new Paragraph(
                        undone.isEmpty() ? Phrase.own("None is known.") : Phrase.foreign(undone))
                    : new Points(facts.rollbacks().stream().map(ReportHistory::line).toList()))));
  }

  private static Phrase line(JournalEntry e) {
    Phrase line =
        Phrase.foreign(e.executionId() == null ? "-" : e.executionId())
            .and(", " + second(e.at()) + ", ")
            .and(Phrase.status(HistoryView.outcome(e), Tone.of(e.status(), e.succeededInPart())))
            .and(", by ")
            .andForeign(e.author().atHost());
    return e.reason().isEmpty() ? line : line.and(", because ").andForeign(e.reason());
  }

  /** What a ticket needs of it: who steered, and what went wrong. */
  private static void log(List<Section> sections, ReportData facts) {
    List<LogLine> lines =
        facts.log().stream().filter(l -> !ORDINARY.matcher(l.message()).matches()).toList();
    if (lines.isEmpty()) {
      return;
    }
    int left = Math.max(0, lines.size() - LOG_LINES);
    String without =
        "Without the tasks that succeeded, and the calls that they made"
            + (left == 0 ? "" : ", and without the first " + left + " lines")
            + ".";
    String text =
        lines.stream()
            .skip(left)
            .map(
                l ->
                    String.join(
                        "  ",
                        TextSanitizer.line(l.time()),
                        TextSanitizer.line(l.type()),
                        TextSanitizer.line(l.message())))
            .collect(Collectors.joining("\n"));
    sections.add(
        new Section(
            ReportView.LOG,
            List.of(new Paragraph(Phrase.own(without)), new ReportDocument.Listing("text", text))));
  }

  static String second(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
