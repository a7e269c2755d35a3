package oosh.view;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.output.ScriptOutput;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.Progress;
import oosh.rollout.record.StoredOutputs;
import oosh.rollout.update.CommandType;
import oosh.rollout.update.Payload;
import oosh.rollout.update.ProbedScript;
import oosh.rollout.update.Script;
import oosh.rollout.update.UpdateMethod;
import oosh.view.text.DescriptionList;
import oosh.view.text.Markdown;
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
/** One execution as Markdown (CommonMark and GitHub's tables), for a ticket. Times are UTC. */
public final class ReportView {
  private ReportView() {}

  public static String markdown(ReportData facts) {
    StringBuilder out = new StringBuilder();
    out.append("# ").append(Markdown.code(facts.id()));
    String group = group(facts);
    out.append(group.isEmpty() ? "" : " on " + Markdown.code(group));
    out.append(": ").append(Markdown.code(outcome(facts))).append("\n\n| | |\n|---|---|\n");
    head(out, facts);
    facts.entry().ifPresent(e -> remembered(out, e));
    // Why it failed at a gate stands above, where OOS tells it.
    facts
        .entry()
        .filter(e -> facts.progress().filter(p -> !p.gateFailures().isEmpty()).isEmpty())
        .ifPresent(e -> row(out, "why", Markdown.cell(e.why())));
    facts
        .progress()
        .ifPresent(p -> row(out, "template", Markdown.cell(ExecutionView.template(p.execution()))));
    Script script = script(facts);
    Optional<JournalEntry> launched = facts.entry().filter(e -> !e.rollback());
    launched
        .filter(e -> !e.payload().isEmpty())
        .ifPresent(
            e -> {
              Payload payload = e.method().payload().orElseThrow();
              String what = PayloadView.what(payload, e.spec().extraParameters());
              row(out, payload.word(), Markdown.cell(what));
            });
    launched.flatMap(ExecutionView::back).ifPresent(b -> row(out, "rollback to", Markdown.cell(b)));
    row(out, "script", script != null ? script(script) : needsScript(facts) ? "not kept" : "");
    launched
        .map(e -> e.spec().rollbackScript())
        .ifPresent(s -> row(out, "rollback script", script(s)));
    row(
        out,
        "release tag",
        facts.names().stream().map(v -> Markdown.cell(v.name())).collect(Collectors.joining(", ")));
    if (script != null) {
      out.append("\n## Script\n\n").append(Markdown.fenced(language(facts), script.text()));
    }
    instances(out, facts);
    outputs(out, facts);
    ReportHistory.append(out, facts);
    return out.toString().stripTrailing();
  }

  private static void head(StringBuilder out, ReportData facts) {
    Optional<Execution> execution = facts.progress().map(Progress::execution);
    String reason =
        facts
            .entry()
            .map(JournalEntry::reason)
            .orElse(execution.map(Execution::description).orElse(""));
    row(out, "reason", reason.isEmpty() ? "none given" : Markdown.cell(reason));
    row(
        out,
        "who",
        facts
            .entry()
            .map(JournalEntry::author)
            .map(
                a ->
                    a.host().isEmpty()
                        ? Markdown.cell(a.user())
                        : Markdown.cell(a.user() + "@" + a.host()) + ", pid " + a.pid())
            .orElse(Markdown.cell(execution.map(Execution::executedBy).orElse("?"))));
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
    row(
        out,
        "when",
        (began == null ? "?" : ReportHistory.second(began))
            + (ended == null ? "" : " to " + ReportHistory.second(ended))
            + (took.isEmpty() ? "" : ", " + took));
    // Behind a failure OOS says last that the launch is to end as failed.
    execution
        .map(Execution::statusMessage)
        .filter(message -> !message.startsWith("Task endAsFailed"))
        .ifPresent(m -> row(out, "message", Markdown.cell(m)));
    facts
        .progress()
        .filter(p -> !p.gateFailures().isEmpty())
        .ifPresent(p -> row(out, "failed gate", Markdown.cell(GateView.failed(p))));
    StoredOutputs outputs = facts.outputs();
    String advised = outputs == null ? "" : GateView.advised(outputs.outputs());
    row(out, "advice", advised.isEmpty() ? "" : Markdown.cell(advised));
  }

  private static void remembered(StringBuilder out, JournalEntry e) {
    row(
        out,
        "where",
        String.format(
            "profile %s, region %s, group %s",
            Markdown.cell(e.profile()), Markdown.cell(e.region()), Markdown.cell(e.group())));
    String source = e.sourceExecutionId();
    row(
        out,
        "method",
        Markdown.cell(
                e.method().runsOnlyScript() ? e.spec().commandType().word() : e.method().word())
            + (e.rollback()
                ? ", rollback of " + Markdown.cell(source == null ? "?" : source)
                : ", launch"));
    row(out, "batches", batches(e) + "; " + e.spec().pauseOrDefault().sentence());
    GateView.rows((name, line) -> row(out, name, Markdown.cell(line)), e.spec().gates(), 0);
    row(out, "role", Markdown.cell(e.spec().role()));
    row(out, "started anyway, because", Markdown.cell(e.overrideReason()));
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

  /** What there is to say of it; nothing, where the value is empty. */
  private static void row(StringBuilder out, String name, String value) {
    out.append(value.isEmpty() ? "" : Markdown.row(name, value));
  }

  /** How long it took; "" if that is not known. */
  private static String took(@Nullable Instant began, @Nullable Instant ended) {
    return began == null || ended == null ? "" : TimeText.span(Duration.between(began, ended));
  }

  private static String script(Script s) {
    return Markdown.cell(s.name())
        + ", "
        + s.bytes()
        + " bytes, SHA-256 "
        + Markdown.cell(s.sha256());
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

  private static void instances(StringBuilder out, ReportData facts) {
    out.append("\n## Instances\n\n");
    Progress progress = facts.progress().orElse(null);
    if (progress == null) {
      out.append(Markdown.code(facts.silence())).append("\n");
      if (!facts.outcomes().isEmpty()) {
        out.append("\n| instance | status |\n|---|---|\n");
        facts.outcomes().forEach((i, s) -> row(out, Markdown.cell(i), Markdown.cell(s.word())));
      }
      return;
    }
    if (progress.batches().isEmpty()) {
      out.append("It has touched no instance.\n");
      return;
    }
    out.append(
        "| batch | instance | status | began | took | message |\n|---|---|---|---|---|---|\n");
    append(out, "", progress.batches());
    append(out, "rollback ", progress.undoneBatches());
  }

  private static void append(
      StringBuilder out, String before, List<Progress.BatchProgress> batches) {
    for (Progress.BatchProgress b : batches) {
      for (Progress.InstanceProgress i : b.instances()) {
        out.append(
            Markdown.row(
                before + b.number(),
                Markdown.cell(i.id()),
                Markdown.cell(i.status().word()),
                i.started() == null ? "" : i.started(),
                took(i.started(), i.ended()),
                Markdown.cell(i.status().isFailed() ? ProgressView.why(i) : i.message())));
      }
    }
  }

  private static void outputs(StringBuilder out, ReportData facts) {
    out.append("\n## Outputs\n");
    StoredOutputs outputs = facts.outputs();
    if (outputs == null || outputs.outputs().isEmpty()) {
      out.append(outputs == null ? "\nThe outputs are not known.\n" : "\nThere are no outputs.\n");
      return;
    }
    for (OutputsView.OutputGroup g :
        OutputsView.groups(outputs.outputs(), OutputsView.ComparisonMode.MASKED)) {
      boolean undo = g.first().undo();
      long all = outputs.outputs().stream().filter(o -> o.undo() == undo).count();
      out.append(
          String.format(
              Locale.ROOT,
              "\n%s%s on %d of %s: %s%s\n\n",
              undo ? "Rollback by OOS: " : "",
              Markdown.code(g.first().status().word()),
              g.outputs().size(),
              DescriptionList.count(all, "instance"),
              g.instances().stream().map(Markdown::code).collect(Collectors.joining(", ")),
              g.exact() || g.first().leftOut() > 0
                  ? ""
                  : " " + OutputsView.differs(g, Markdown.code(g.first().instance()))));
      out.append(
          g.first().leftOut() > 0
              ? "(" + g.first().leftOut() + " characters that were not kept)\n"
              : g.first().text().isEmpty()
                  ? OutputsView.nothing(g.first()) + "\n"
                  : printed(g.first()));
      if (g.dropped() != 0) {
        out.append("\n").append(OutputsView.dropped(g)).append("\n");
      }
    }
  }

  private static String printed(ScriptOutput output) {
    ProbedScript.Printed printed = ProbedScript.Printed.of(output.text());
    String gates = String.join("\n", printed.own());
    return (printed.script().isEmpty() && !gates.isEmpty()
            ? ""
            : Markdown.fenced("text", printed.script()))
        + (gates.isEmpty() ? "" : "\nGates:\n\n" + Markdown.fenced("text", gates));
  }

  private static String group(ReportData facts) {
    return facts
        .entry()
        .map(JournalEntry::group)
        .orElse(facts.progress().map(p -> p.execution().group()).orElse(""));
  }

  /** As OOS tells it now, else as it was last seen. */
  private static String outcome(ReportData facts) {
    Progress p = facts.progress().orElse(null);
    if (p == null) {
      return facts.entry().map(HistoryView::outcome).orElse("unknown");
    }
    ExecutionStatus status = p.execution().status();
    String word = ProgressView.word(status, p.toleratesFailures());
    return word + " " + p.succeeded() + "/" + ProgressView.of(p.total());
  }
}
