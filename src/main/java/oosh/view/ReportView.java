package oosh.view;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.output.ScriptOutput;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.Progress;
import oosh.rollout.record.ReleaseTag;
import oosh.rollout.record.StoredOutputs;
import oosh.rollout.update.CommandType;
import oosh.rollout.update.Payload;
import oosh.rollout.update.ProbedScript;
import oosh.rollout.update.Script;
import oosh.rollout.update.UpdateMethod;
import oosh.view.document.MarkdownDocument;
import oosh.view.document.Phrase;
import oosh.view.document.ReportDocument;
import oosh.view.document.ReportDocument.Block;
import oosh.view.document.ReportDocument.Fact;
import oosh.view.document.ReportDocument.Grid;
import oosh.view.document.ReportDocument.Section;
import oosh.view.document.Tone;
import oosh.view.text.DescriptionList;
import oosh.view.text.TimeText;
import org.jspecify.annotations.Nullable;

/*
 * # `exec-8f31` on `asg-bp1web`: Success 6/6
 *
 * | | |
 * |---|---|
 * | reason | `web 2.4.1` |
 * | who | `ann@ops`, pid 7 |
 * | when | 2026-03-04T05:04:07Z, 14s |
 * …
 * ## Script
 * ## Instances
 * ## Outputs
 * ## Control
 * ## Healing
 * ## Rollbacks (of a rollback: ## Rolls back)
 * ## Log of OOS
 */
/**
 * One execution, for a ticket: as Markdown, or as the parts of which a page is made, too. Times are
 * UTC.
 */
public final class ReportView {
  /** The titles of sections that a page has in another place. */
  public static final String SCRIPT = "Script";

  public static final String OUTPUTS = "Outputs";
  public static final String LOG = "Log of OOS";

  private ReportView() {}

  public static String markdown(ReportData facts) {
    return MarkdownDocument.text(document(facts));
  }

  /** All that is known of it. */
  public static ReportDocument document(ReportData facts) {
    String group = group(facts);
    Phrase title =
        Phrase.own(facts.entry().filter(JournalEntry::rollback).isPresent() ? "rollback " : "")
            .andForeign(facts.id())
            .and(group.isEmpty() ? Phrase.EMPTY : Phrase.own(" on ").andForeign(group))
            .and(": ")
            .and(outcome(facts));
    List<Section> sections = new ArrayList<>();
    Script script = script(facts);
    if (script != null) {
      sections.add(
          new Section(SCRIPT, List.of(new ReportDocument.Listing(language(facts), script.text()))));
    }
    sections.add(new Section("Instances", instances(facts)));
    sections.add(new Section(OUTPUTS, outputs(facts)));
    sections.addAll(ReportHistory.sections(facts));
    return new ReportDocument(
        title, List.of(new ReportDocument.Facts(summary(facts, script))), sections);
  }

  private static List<Fact> summary(ReportData facts, @Nullable Script script) {
    List<Fact> rows = new ArrayList<>();
    head(rows, facts);
    facts.entry().ifPresent(e -> remembered(rows, e));
    // Why it failed at a gate stands above, where OOS tells it.
    facts
        .entry()
        .filter(e -> facts.progress().filter(p -> !p.gateFailures().isEmpty()).isEmpty())
        .ifPresent(e -> row(rows, "why", e.why()));
    facts.progress().ifPresent(p -> row(rows, "template", ExecutionView.template(p.execution())));
    Optional<JournalEntry> launched = facts.entry().filter(e -> !e.rollback());
    launched
        .filter(e -> !e.payload().isEmpty())
        .ifPresent(
            e -> {
              Payload payload = e.method().payload().orElseThrow();
              String what = PayloadView.what(payload, e.spec().extraParameters());
              row(rows, payload.word(), what);
            });
    launched.flatMap(ExecutionView::back).ifPresent(b -> row(rows, "rollback to", b));
    rows.add(
        new Fact(
            "script",
            script != null
                ? script(script)
                : needsScript(facts) ? Phrase.own("not kept") : Phrase.EMPTY));
    launched
        .map(e -> e.spec().rollbackScript())
        .ifPresent(s -> rows.add(new Fact("rollback script", script(s))));
    rows.add(
        new Fact(
            "release tag", Phrase.list(facts.names().stream().map(ReleaseTag::name).toList())));
    return rows;
  }

  private static void head(List<Fact> rows, ReportData facts) {
    Optional<Execution> execution = facts.progress().map(Progress::execution);
    String reason =
        facts
            .entry()
            .map(JournalEntry::reason)
            .orElse(execution.map(Execution::description).orElse(""));
    rows.add(
        new Fact("reason", reason.isEmpty() ? Phrase.own("none given") : Phrase.foreign(reason)));
    rows.add(
        new Fact(
            "who",
            facts
                .entry()
                .map(JournalEntry::author)
                .map(
                    a ->
                        a.host().isEmpty()
                            ? Phrase.foreign(a.user())
                            : Phrase.foreign(a.user() + "@" + a.host()).and(", pid " + a.pid()))
                .orElse(Phrase.foreign(execution.map(Execution::executedBy).orElse("?")))));
    // Both by OOS's clock, or both by this machine's.
    Instant began =
        execution
            .map(Execution::created)
            .or(() -> facts.entry().map(JournalEntry::at))
            .orElse(null);
    Instant ended =
        execution
            .map(Execution::ended)
            .or(() -> facts.entry().map(JournalEntry::ended))
            .orElse(null);
    String took = took(began, ended);
    rows.add(
        new Fact(
            "when",
            Phrase.own(
                (began == null ? "?" : ReportHistory.second(began))
                    + (ended == null ? "" : " to " + ReportHistory.second(ended))
                    + (took.isEmpty() ? "" : ", " + took))));
    // Behind a failure OOS says last that the launch is to end as failed.
    execution
        .map(Execution::statusMessage)
        .filter(message -> !message.startsWith("Task endAsFailed"))
        .ifPresent(m -> row(rows, "message", m));
    facts
        .progress()
        .filter(p -> !p.gateFailures().isEmpty())
        .ifPresent(p -> row(rows, "failed gate", GateView.failed(p)));
    StoredOutputs outputs = facts.outputs();
    row(rows, "advice", outputs == null ? "" : GateView.advised(outputs.outputs()));
  }

  private static void remembered(List<Fact> rows, JournalEntry e) {
    rows.add(
        new Fact(
            "where",
            Phrase.own("profile ")
                .andForeign(e.profile())
                .and(", region ")
                .andForeign(e.region())
                .and(", group ")
                .andForeign(e.group())));
    String source = e.sourceExecutionId();
    Phrase method =
        Phrase.foreign(
            e.method().runsOnlyScript() ? e.spec().commandType().word() : e.method().word());
    rows.add(
        new Fact(
            "method",
            e.rollback()
                ? method.and(", rollback of ").andForeign(source == null ? "?" : source)
                : method.and(", launch")));
    rows.add(
        new Fact("batches", Phrase.own(batches(e) + "; " + e.spec().pauseOrDefault().sentence())));
    GateView.rows((name, line) -> row(rows, name, line), e.spec().gates(), 0);
    row(rows, "role", e.spec().role());
    row(rows, "started anyway, because", e.overrideReason());
  }

  private static boolean needsScript(ReportData facts) {
    return facts
        .entry()
        .map(JournalEntry::method)
        .or(() -> facts.progress().map(Progress::execution).flatMap(UpdateMethod::of))
        .map(UpdateMethod::runsOnlyScript)
        .orElse(true);
  }

  /** As it was asked for; of fewer instances than batches each is a batch. */
  private static String batches(JournalEntry e) {
    int total = e.total();
    return e.spec().batchesOrDefault().words()
        + (total > 0 && e.spec().batchesOrDefault().numberFor(total) > total
            ? ", of which " + total + " had an instance"
            : "");
  }

  private static void row(List<Fact> rows, String name, String foreign) {
    rows.add(new Fact(name, Phrase.foreign(foreign)));
  }

  /** How long it took; "" if that is not known. */
  private static String took(@Nullable Instant began, @Nullable Instant ended) {
    return began == null || ended == null ? "" : TimeText.span(Duration.between(began, ended));
  }

  private static Phrase script(Script s) {
    return Phrase.foreign(s.name())
        .and(", " + s.bytes() + " bytes, SHA-256 ")
        .andForeign(s.sha256());
  }

  private static String language(ReportData facts) {
    return switch (facts.entry().map(e -> e.spec().commandType()).orElse(CommandType.SHELL)) {
      case SHELL -> "sh";
      case BAT -> "bat";
      case POWERSHELL -> "powershell";
    };
  }

  /** What it ran: the journal's, or what OOS says it was sent. */
  private static @Nullable Script script(ReportData facts) {
    Optional<JournalEntry> entry = facts.entry();
    Script kept =
        entry.map(e -> e.rollback() ? e.spec().rollbackScript() : e.spec().script()).orElse(null);
    if (kept != null) {
      return kept;
    }
    Execution e = facts.progress().map(Progress::execution).orElse(null);
    if (e == null) {
      return null;
    }
    String name = e.isRollback() ? "rollbackScript" : "invokeScript";
    String text = e.parameter(name);
    return text.isEmpty() ? null : ProbedScript.of(name, text).script();
  }

  private static List<Block> instances(ReportData facts) {
    Progress progress = facts.progress().orElse(null);
    if (progress == null) {
      List<Block> known = new ArrayList<>();
      known.add(new ReportDocument.Paragraph(Phrase.foreign(facts.silence())));
      if (!facts.outcomes().isEmpty()) {
        List<List<Phrase>> rows = new ArrayList<>();
        facts.outcomes().forEach((i, s) -> rows.add(List.of(Phrase.foreign(i), status(s))));
        known.add(new Grid(List.of("instance", "status"), rows));
      }
      return known;
    }
    if (progress.batches().isEmpty()) {
      return List.of(new ReportDocument.Paragraph(Phrase.own("It has touched no instance.")));
    }
    List<List<Phrase>> rows = new ArrayList<>();
    append(rows, "", progress.batches());
    append(rows, "rollback ", progress.undoneBatches());
    return List.of(
        new Grid(List.of("batch", "instance", "status", "began", "took", "message"), rows));
  }

  private static Phrase status(ExecutionStatus status) {
    return Phrase.status(status.word(), Tone.of(status, false));
  }

  private static void append(
      List<List<Phrase>> rows, String before, List<Progress.BatchProgress> batches) {
    for (Progress.BatchProgress b : batches) {
      for (Progress.InstanceProgress i : b.instances()) {
        rows.add(
            List.of(
                Phrase.own(before + b.number()),
                Phrase.foreign(i.id()),
                status(i.status()),
                Phrase.own(i.started() == null ? "" : i.started().toString()),
                Phrase.own(took(i.started(), i.ended())),
                Phrase.foreign(i.status().isFailed() ? ProgressView.why(i) : i.message())));
      }
    }
  }

  private static List<Block> outputs(ReportData facts) {
    StoredOutputs outputs = facts.outputs();
    if (outputs == null || outputs.outputs().isEmpty()) {
      return List.of(
          new ReportDocument.Paragraph(
              Phrase.own(
                  outputs == null ? "The outputs are not known." : "There are no outputs.")));
    }
    List<Block> blocks = new ArrayList<>();
    for (OutputsView.OutputGroup g :
        OutputsView.groups(outputs.outputs(), OutputsView.ComparisonMode.MASKED)) {
      ScriptOutput first = g.first();
      long all = outputs.outputs().stream().filter(o -> o.undo() == first.undo()).count();
      boolean differ = !g.exact() && first.leftOut() == 0;
      blocks.add(
          new ReportDocument.Paragraph(
              Phrase.own(first.undo() ? "Rollback by OOS: " : "")
                  .and(status(first.status()))
                  .and(" on " + g.outputs().size() + " of ")
                  .and(DescriptionList.count(all, "instance") + ": ")
                  .and(Phrase.list(g.instances()))
                  .and(
                      differ
                          ? Phrase.own(" (as on ")
                              .andForeign(first.instance())
                              .and(OutputsView.differs(g))
                          : Phrase.EMPTY)));
      if (first.leftOut() > 0 || first.text().isEmpty()) {
        String why =
            first.leftOut() > 0
                ? "(" + first.leftOut() + " characters that were not kept)"
                : OutputsView.nothing(first);
        blocks.add(new ReportDocument.Paragraph(Phrase.own(why)));
      } else {
        printed(blocks, first);
      }
      if (g.dropped() != 0) {
        blocks.add(new ReportDocument.Paragraph(Phrase.own(OutputsView.dropped(g))));
      }
    }
    return blocks;
  }

  private static void printed(List<Block> blocks, ScriptOutput output) {
    ProbedScript.Printed printed = ProbedScript.Printed.of(output.text());
    String gates = String.join("\n", printed.own());
    if (!printed.script().isEmpty() || gates.isEmpty()) {
      blocks.add(new ReportDocument.Listing("text", printed.script()));
    }
    if (!gates.isEmpty()) {
      blocks.add(new ReportDocument.Paragraph(Phrase.own("Gates:")));
      blocks.add(new ReportDocument.Listing("text", gates));
    }
  }

  private static String group(ReportData facts) {
    return facts
        .entry()
        .map(JournalEntry::group)
        .orElse(facts.progress().map(p -> p.execution().group()).orElse(""));
  }

  /** As OOS tells it now, else as it was last seen. */
  private static Phrase outcome(ReportData facts) {
    Progress p = facts.progress().orElse(null);
    if (p == null) {
      return facts
          .entry()
          .map(e -> Phrase.status(HistoryView.outcome(e), Tone.of(e.status(), e.succeededInPart())))
          .orElse(Phrase.status("unknown", Tone.CAREFUL));
    }
    ExecutionStatus status = p.execution().status();
    String word = ProgressView.word(status, p.toleratesFailures());
    return Phrase.status(
        word + " " + p.succeeded() + "/" + ProgressView.of(p.total()),
        Tone.of(status, p.toleratesFailures()));
  }
}
