package oosh.view;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.cloud.LogLine;
import oosh.rollout.record.HealStep;
import oosh.rollout.record.HealStepRecord;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.Progress;
import oosh.rollout.record.ReleaseTag;
import oosh.rollout.record.StoredOutputs;
import oosh.rollout.update.CommandType;
import oosh.rollout.update.Script;
import oosh.rollout.update.UpdateMethod;
import oosh.view.json.JsonOutput;
import oosh.view.text.DescriptionList;
import oosh.view.text.Markdown;
import oosh.view.text.TextSanitizer;
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
 * ## Steering
 * ## Healing
 * ## Rollbacks (of a rollback: ## Rolls back)
 * ## Log of OOS
 */
/** One execution as Markdown (CommonMark and GitHub's tables), for a ticket. Times are UTC. */
public final class ReportView {
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

  private ReportView() {}

  /**
   * What is known of an execution.
   *
   * @param entry what the journal has of it
   * @param progress as OOS tells it now; empty where it does not any more
   * @param silence why {@code progress} is empty; "" if it is not
   * @param outcomes what became of each instance, as the journal has it; empty beside {@code
   *     progress}
   * @param outputs null where neither OOS nor the journal has them
   * @param rollbacks of it, newest first
   * @param source what a rollback goes back from; empty if the journal does not know it
   * @param healed the steps of putting back what it left, oldest first
   * @param runs how often the script was begun on an instance
   * @param names that were given to it
   * @param log OOS's own, empty where it does not tell it
   */
  public record ReportData(
      String id,
      Optional<JournalEntry> entry,
      Optional<Progress> progress,
      String silence,
      Map<String, ExecutionStatus> outcomes,
      @Nullable StoredOutputs outputs,
      List<JournalEntry> rollbacks,
      Optional<JournalEntry> source,
      List<HealStepRecord> healed,
      Map<String, Integer> runs,
      List<ReleaseTag> names,
      List<LogLine> log) {
    public ReportData {
      outcomes = Collections.unmodifiableMap(new LinkedHashMap<>(outcomes));
      rollbacks = List.copyOf(rollbacks);
      healed = List.copyOf(healed);
      runs = Collections.unmodifiableMap(new LinkedHashMap<>(runs));
      names = List.copyOf(names);
      log = List.copyOf(log);
    }
  }

  public static String markdown(ReportData facts) {
    StringBuilder out = new StringBuilder();
    out.append("# ").append(Markdown.code(facts.id()));
    String group = group(facts);
    out.append(group.isEmpty() ? "" : " on " + Markdown.code(group));
    out.append(": ").append(Markdown.code(outcome(facts))).append("\n\n| | |\n|---|---|\n");
    head(out, facts);
    facts.entry().ifPresent(e -> remembered(out, e));
    facts
        .progress()
        .ifPresent(p -> row(out, "template", Markdown.cell(ExecutionView.template(p.execution()))));
    Script script = script(facts);
    Script wayBack =
        facts.entry().filter(e -> !e.rollback()).map(e -> e.spec().rollbackScript()).orElse(null);
    Optional<JournalEntry> launched = facts.entry().filter(e -> !e.rollback());
    launched
        .filter(e -> !e.payload().isEmpty())
        .ifPresent(
            e ->
                row(
                    out,
                    e.method().payload().orElseThrow().word(),
                    Markdown.cell(
                        PayloadView.what(
                            e.method().payload().orElseThrow(), e.spec().extraParameters()))));
    launched.flatMap(ExecutionView::back).ifPresent(b -> row(out, "rollback to", Markdown.cell(b)));
    if (script != null || needsScript(facts)) {
      row(out, "script", script == null ? "not kept" : script(script));
    }
    if (wayBack != null) {
      row(out, "rollback script", script(wayBack));
    }
    String names =
        facts.names().stream().map(v -> Markdown.cell(v.name())).collect(Collectors.joining(", "));
    if (!names.isEmpty()) {
      row(out, "release tag", names);
    }
    if (script != null) {
      out.append("\n## Script\n\n").append(Markdown.fenced(language(facts), script.text()));
    }
    instances(out, facts);
    outputs(out, facts);
    steering(out, facts);
    healing(out, facts);
    rollbacks(out, facts);
    log(out, facts);
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
    row(
        out,
        "when",
        (began == null ? "?" : second(began))
            + (ended == null ? "" : " to " + second(ended))
            + (began == null || ended == null
                ? ""
                : ", " + TimeText.span(Duration.between(began, ended))));
    execution
        .map(Execution::statusMessage)
        .filter(m -> !m.isEmpty())
        .ifPresent(m -> row(out, "message", Markdown.cell(m)));
  }

  private static void remembered(StringBuilder out, JournalEntry e) {
    row(
        out,
        "where",
        "profile "
            + Markdown.cell(e.profile())
            + ", region "
            + Markdown.cell(e.region())
            + ", group "
            + Markdown.cell(e.group()));
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
    if (!e.spec().role().isEmpty()) {
      row(out, "role", Markdown.cell(e.spec().role()));
    }
    if (!e.overrideReason().isEmpty()) {
      row(out, "started anyway, because", Markdown.cell(e.overrideReason()));
    }
    if (!e.why().isEmpty()) {
      row(out, "why", Markdown.cell(e.why()));
    }
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

  private static String second(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static void row(StringBuilder out, String name, String value) {
    out.append("| ").append(name).append(" | ").append(value).append(" |\n");
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
    return e.parameter(name).isEmpty() ? null : Script.ofText(name, e.parameter(name));
  }

  private static void instances(StringBuilder out, ReportData facts) {
    out.append("\n## Instances\n\n");
    Progress progress = facts.progress().orElse(null);
    if (progress == null) {
      out.append(Markdown.code(facts.silence())).append("\n");
      if (!facts.outcomes().isEmpty()) {
        out.append("\n| instance | status |\n|---|---|\n");
        facts
            .outcomes()
            .forEach(
                (id, status) ->
                    out.append("| ")
                        .append(Markdown.cell(id))
                        .append(" | ")
                        .append(Markdown.cell(status.word()))
                        .append(" |\n"));
      }
      return;
    }
    if (progress.batches().isEmpty()) {
      out.append("It has touched no instance.\n");
      return;
    }
    out.append(
        "| batch | instance | status | began | took | message |\n|---|---|---|---|---|---|\n");
    for (Progress.BatchProgress b : progress.batches()) {
      for (Progress.InstanceProgress i : b.instances()) {
        Instant started = i.started();
        Instant ended = i.ended();
        out.append("| ")
            .append(b.number())
            .append(" | ")
            .append(Markdown.cell(i.id()))
            .append(" | ")
            .append(Markdown.cell(i.status().word()))
            .append(" | ")
            .append(started == null ? "" : started)
            .append(" | ")
            .append(
                started == null || ended == null
                    ? ""
                    : TimeText.span(Duration.between(started, ended)))
            .append(" | ")
            .append(Markdown.cell(i.message()))
            .append(" |\n");
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
    int all = outputs.outputs().size();
    for (OutputsView.OutputGroup g :
        OutputsView.groups(outputs.outputs(), OutputsView.ComparisonMode.MASKED)) {
      out.append("\n")
          .append(Markdown.code(g.first().status().word()))
          .append(" on ")
          .append(g.outputs().size())
          .append(" of ")
          .append(DescriptionList.count(all, "instance"))
          .append(": ")
          .append(g.instances().stream().map(Markdown::code).collect(Collectors.joining(", ")))
          .append(
              g.exact() || g.first().leftOut() > 0
                  ? ""
                  : " " + OutputsView.differs(g, Markdown.code(g.first().instance())))
          .append("\n\n");
      out.append(
          g.first().leftOut() > 0
              ? "(" + g.first().leftOut() + " characters that were not kept)\n"
              : g.first().text().isEmpty()
                  ? OutputsView.nothing(g.first()) + "\n"
                  : Markdown.fenced("text", g.first().text()));
      if (g.dropped() != 0) {
        out.append("\n").append(OutputsView.dropped(g)).append("\n");
      }
    }
  }

  /*
   * - OOS's log: `2026-03-04T05:06:07Z  Execution is waiting: FailurePause.`
   * - retried: `i-bp1c`, 2 runs
   * - skipped: `i-bp1d`
   * - aborted: 2026-03-04T05:06:07Z
   */
  /** What is known of it without anybody having written it down: from the tasks and the log. */
  private static void steering(StringBuilder out, ReportData facts) {
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
                known.add("aborted" + (ended == null ? "" : ": " + second(ended)));
              }
            });
    if (!known.isEmpty()) {
      out.append("\n## Steering\n\nFrom OOS's tasks and log; the user is not recorded.\n\n");
      known.forEach(k -> out.append("- ").append(k).append("\n"));
    }
  }

  /** Each step once: how it ended or, if nobody wrote that down, that it began. */
  private static void healing(StringBuilder out, ReportData facts) {
    if (facts.healed().isEmpty()) {
      return;
    }
    out.append("\n## Healing\n\n| when | who | what | outcome |\n|---|---|---|---|\n");
    for (HealStepRecord step : ended(facts.healed())) {
      out.append("| ")
          .append(second(step.at()))
          .append(" | ")
          .append(Markdown.cell(step.author().user() + "@" + step.author().host()))
          .append(" | ")
          .append(done(step.remedy()))
          .append(" | ")
          .append(
              switch (step.outcome()) {
                case DONE -> "done";
                case ASKED -> "begun; its result is not recorded";
                case REFUSED -> "refused: " + Markdown.cell(step.why());
                case UNKNOWN -> "perhaps done: " + Markdown.cell(step.why());
              })
          .append(" |\n");
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
              && steps.get(i + 1).remedy().equals(step.remedy());
      if (!followed) {
        ended.add(step);
      }
    }
    return ended;
  }

  private static String done(HealStep remedy) {
    String subjects =
        remedy.subjects().stream().map(Markdown::cell).collect(Collectors.joining(", "));
    return switch (remedy.kind()) {
      case START -> "start " + subjects;
      case RETURN -> "return " + subjects + " to service";
      case PROTECT -> "protect " + subjects;
      case IMAGE ->
          "restore the image of "
              + subjects
              + ": "
              + Markdown.cell(remedy.to())
              + " instead of "
              + Markdown.cell(remedy.from());
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
    if (facts.rollbacks().isEmpty()) {
      out.append("None is known.\n");
    }
    for (JournalEntry e : facts.rollbacks()) {
      out.append(line(e)).append("\n");
    }
  }

  private static String line(JournalEntry e) {
    return "- "
        + Markdown.code(e.executionId() == null ? "-" : e.executionId())
        + ", "
        + second(e.at())
        + ", "
        + Markdown.code(HistoryView.outcome(e))
        + ", by "
        + Markdown.code(e.author().user() + "@" + e.author().host())
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
    return ProgressView.word(status, p.toleratesFailures())
        + " "
        + p.succeeded()
        + "/"
        + ProgressView.of(p.total());
  }

  /**
   * {@code {executionId, execution, launch, silence, instances, outputs, rollbacks, source, healed,
   * runs, names, log}}: each as its own verb gives it, those that are not known left out.
   */
  public static JsonObject json(ReportData facts) {
    JsonObject json = new JsonObject();
    json.addProperty("executionId", facts.id());
    facts
        .progress()
        .ifPresent(
            p -> json.add("execution", ExecutionView.json(p.execution(), Optional.empty(), p)));
    facts.entry().ifPresent(e -> json.add("launch", HistoryView.json(e)));
    JsonOutput.put(json, "silence", facts.silence());
    if (!facts.outcomes().isEmpty()) {
      json.add("instances", ExecutionView.json(facts.outcomes()));
    }
    StoredOutputs outputs = facts.outputs();
    if (outputs != null) {
      json.add("outputs", OutputsView.json(outputs.outputs(), OutputsView.ComparisonMode.MASKED));
    }
    json.add("rollbacks", HistoryView.json(facts.rollbacks()));
    facts.source().ifPresent(e -> json.add("source", HistoryView.json(e)));
    JsonArray healed = new JsonArray();
    facts.healed().forEach(h -> healed.add(json(h)));
    json.add("healed", healed);
    json.add("runs", JsonOutput.tree(facts.runs()));
    JsonArray names = new JsonArray();
    facts.names().forEach(v -> names.add(v.name()));
    json.add("names", names);
    json.add("log", LogsView.json(facts.log()));
    return json;
  }

  private static JsonObject json(HealStepRecord step) {
    JsonObject json = new JsonObject();
    json.addProperty("at", step.at().toString());
    json.addProperty("kind", step.remedy().kind().name());
    json.add("subjects", JsonOutput.tree(step.remedy().subjects()));
    JsonOutput.put(json, "from", step.remedy().from());
    JsonOutput.put(json, "to", step.remedy().to());
    json.addProperty("outcome", step.outcome().name());
    JsonOutput.put(json, "why", step.why());
    json.addProperty("user", step.author().user());
    json.addProperty("host", step.author().host());
    return json;
  }
}
