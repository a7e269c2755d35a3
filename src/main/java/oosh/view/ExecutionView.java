package oosh.view;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.output.ScriptOutput;
import oosh.rollout.record.Initiator;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.Progress;
import oosh.rollout.update.UpdateMethod;
import oosh.view.approval.ApprovalView;
import oosh.view.json.ExecutionJson;
import oosh.view.json.JsonOutput;
import oosh.view.text.DescriptionList;
import oosh.view.text.Style;
import oosh.view.text.TextSanitizer;
import oosh.view.text.TextWidth;
import oosh.view.text.TimeText;
import org.jspecify.annotations.Nullable;

/*
 * exec-8f31 Success: 2 of 2 instances in 14s
 *   started     2026-03-04 05:06:07 +0000, 2 min ago
 *   who         ann@ops
 *   because     "web 2.4.1"
 *   gate        lb: what the group hangs on must call each instance of a batch healthy within …
 *   unhealthy   clb lb-bp1web: i-bp1b unhealthy already
 *   parameters  scalingGroupId = asg-bp1web
 *               batchNumber = 1
 *   invokeScript
 *     #!/bin/sh -e
 *     echo hello
 *   batch 1/1  i-bp1a  Success  2.1s
 *              i-bp1b  Success  2.3s
 */
/*
 * exec-8f31 Success 2/2
 *   journal     OOS no longer knows exec-8f31; this is from the journal
 *   started     2026-03-04 05:06:07 +0000, 2 min ago
 *   …
 *   instances   Success  i-bp1a, i-bp1b
 *               Failed   i-bp1c
 */
/** One execution whole. */
public final class ExecutionView {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xx", Locale.ROOT);

  private static final Set<String> SCRIPTS = Set.of("invokeScript", "rollbackScript");

  /** What oosh's own template is told of each batch: parts of its targets. */
  private static final Pattern OF_A_BATCH = Pattern.compile("targets\\d+|gate\\d+Batch\\d+");

  private ExecutionView() {}

  /**
   * With times in that zone, each with its offset.
   *
   * @param unhealthy what its gates called unhealthy before it
   * @param outputs as far as the journal has them
   */
  public static String text(
      Optional<JournalEntry> entry,
      List<String> unhealthy,
      List<ScriptOutput> outputs,
      Progress progress,
      Instant now,
      ZoneId zone,
      Style style) {
    Execution execution = progress.execution();
    DescriptionList out = new DescriptionList(style, 12);
    out.head(TextSanitizer.line(execution.id()) + " " + ProgressView.outcome(progress, now, style));
    String by =
        entry.map(ExecutionView::who).orElse(Initiator.of(execution).atHost())
            + (entry.filter(e -> !e.isFromElsewhere()).isPresent() ? "" : signedBy(execution));
    times(out, execution.created(), execution.ended(), now, zone);
    out.row("who", TextSanitizer.line(DescriptionList.or(by, "?")));
    String reason = entry.map(JournalEntry::reason).orElse(execution.description());
    remembered(out, entry, reason, template(execution));
    int stops = progress.stopsBefore();
    ApprovalView.rows(out, progress);
    out.row("stops", stops == 0 ? null : "before batch " + stops + ", because of pause");
    out.row("unhealthy", TextSanitizer.line(String.join("; ", unhealthy)));
    out.row("advice", GateView.advised(outputs));
    parameters(out, execution.parameters(), style);
    String instances = String.join("\n", ProgressFrame.table(progress, style));
    return instances.isEmpty() ? out.text() : out.text() + "\n" + instances;
  }

  /**
   * One that OOS does not tell of, as the journal has it; times are in that zone.
   *
   * @param parameters that it was sent; empty if the journal has not kept them
   * @param outcomes what became of each instance
   * @param why OOS does not tell of it
   */
  public static String text(
      JournalEntry entry,
      Map<String, Object> parameters,
      Map<String, ExecutionStatus> outcomes,
      String why,
      Instant now,
      ZoneId zone,
      Style style) {
    DescriptionList out = new DescriptionList(style, 12);
    out.head("%s %s", DescriptionList.or(entry.executionId(), "?"), HistoryView.outcome(entry));
    out.row("journal", TextSanitizer.line(why));
    out.row("by OOS", TextSanitizer.line(entry.why()));
    times(out, entry.at(), entry.ended(), now, zone);
    out.row("who", TextSanitizer.line(who(entry)));
    remembered(
        out, Optional.of(entry), entry.reason(), TextSanitizer.line(entry.method().template()));
    outcomes(out, outcomes);
    parameters(out, parameters, style);
    return out.text();
  }

  private static void times(
      DescriptionList out,
      @Nullable Instant started,
      @Nullable Instant ended,
      Instant now,
      ZoneId zone) {
    if (started != null) {
      out.row("started", TIME.format(started.atZone(zone)) + ", " + TimeText.ago(started, now));
    }
    out.row("ended", ended == null ? null : TIME.format(ended.atZone(zone)));
  }

  private static void outcomes(DescriptionList out, Map<String, ExecutionStatus> outcomes) {
    Map<String, List<String>> alike = new LinkedHashMap<>();
    outcomes.forEach(
        (instance, status) ->
            alike
                .computeIfAbsent(TextSanitizer.line(status.word()), s -> new ArrayList<>())
                .add(TextSanitizer.line(instance)));
    int widest = alike.keySet().stream().mapToInt(TextWidth::of).max().orElse(0);
    String name = "instances";
    for (Map.Entry<String, List<String>> ended : alike.entrySet()) {
      String pad = " ".repeat(widest - TextWidth.of(ended.getKey()) + 2);
      out.row(name, ended.getKey() + pad + DescriptionList.named(ended.getValue()));
      name = "";
    }
  }

  /** Who signed the request, where its tags name another: those are what the sender says. */
  private static String signedBy(Execution execution) {
    return execution.executedBy().equals(execution.user()) || execution.executedBy().isEmpty()
        ? ""
        : ", as " + execution.executedBy();
  }

  private static String who(JournalEntry e) {
    return e.author().atHost();
  }

  private static void remembered(
      DescriptionList out, Optional<JournalEntry> entry, String reason, String template) {
    String again = entry.map(JournalEntry::overrideReason).orElse("");
    out.row("because", reason.isEmpty() ? null : DescriptionList.quoted(reason));
    out.row("anyway", again.isEmpty() ? null : DescriptionList.quoted(again));
    out.row("template", template);
    out.row("rollback", entry.flatMap(ExecutionView::back).orElse(null));
    entry.ifPresent(e -> GateView.rows(out::row, e.spec().gates(), 0));
  }

  private static void parameters(DescriptionList out, Map<String, Object> parameters, Style style) {
    String name = "parameters";
    for (Map.Entry<String, Object> p : parameters.entrySet()) {
      if (SCRIPTS.contains(p.getKey()) || OF_A_BATCH.matcher(p.getKey()).matches()) {
        continue;
      }
      List<String> ids = p.getKey().equals("targets") ? ids(p.getValue()) : List.of();
      out.row(
          name,
          ids.isEmpty()
              ? PayloadView.setting(p.getKey(), p.getValue())
              : "targets = " + TextSanitizer.line(DescriptionList.named(ids)));
      name = "";
    }
    parameters.forEach(
        (script, text) -> {
          if (SCRIPTS.contains(script) && !text.equals("")) {
            String safe = TextSanitizer.text(String.valueOf(text));
            out.plain("  " + style.dim(script)).block(safe);
          }
        });
  }

  /**
   * The instances that oosh's own template is told, each with its state; empty for another list.
   */
  private static List<String> ids(Object targets) {
    return targets instanceof List<?> list
        ? list.stream()
            .filter(t -> t instanceof Map<?, ?> map && map.get("InstanceId") != null)
            .map(t -> String.valueOf(((Map<?, ?>) t).get("InstanceId")))
            .toList()
        : List.of();
  }

  /** What a rollback of it takes, beside a script; empty if it has no such thing. */
  static Optional<String> back(JournalEntry e) {
    return e.rollback()
        ? Optional.empty()
        : e.method()
            .payload()
            .map(
                p -> {
                  String staged = PayloadView.back(p, e.spec().rollbackValues());
                  return staged.isEmpty() ? PayloadView.back(p, e.baseline()) : staged;
                })
            .filter(b -> !b.isEmpty());
  }

  /** One that was sent along has no name (assumed). */
  static String template(Execution execution) {
    return execution.templateName().isEmpty()
        ? UpdateMethod.of(execution)
            .map(m -> "oosh's own, " + m.word())
            .orElse("sent with the start")
        : TextSanitizer.line(execution.templateName());
  }

  /** The execution as OOS tells it, what is remembered of it, and its batches. */
  public static JsonObject json(Optional<JournalEntry> entry, Progress progress) {
    Execution execution = progress.execution();
    JsonObject json = ExecutionJson.brief(execution);
    json.add("parameters", PayloadView.json(execution.parameters()));
    JsonOutput.put(json, "executedBy", execution.executedBy());
    JsonOutput.put(json, "description", execution.description());
    entry.ifPresent(e -> json.add("launch", HistoryView.json(e)));
    json.addProperty("succeeded", progress.succeeded());
    ExecutionJson.planned(json, progress);
    ExecutionJson.gates(json, progress);
    json.add("batches", JsonOutput.array(progress.batches(), ExecutionView::json));
    return json;
  }

  private static JsonObject json(Progress.BatchProgress batch) {
    JsonObject json = new JsonObject();
    json.addProperty("batch", batch.number());
    json.add("instances", JsonOutput.array(batch.instances(), ExecutionJson::instance));
    return json;
  }

  /**
   * The same of one that was watched.
   *
   * @param progress as it was seen last; null if it was not seen at all
   */
  public static JsonObject json(
      String id, @Nullable Progress progress, Optional<JournalEntry> entry) {
    if (progress != null) {
      return json(entry, progress);
    }
    JsonObject json = new JsonObject();
    json.addProperty("executionId", id);
    entry.ifPresent(e -> json.add("launch", HistoryView.json(e)));
    return json;
  }

  /** One that OOS does not tell of, as the journal has it, with the reason why. */
  public static JsonObject json(
      JournalEntry entry,
      Map<String, Object> parameters,
      Map<String, ExecutionStatus> outcomes,
      String why) {
    JsonObject json = new JsonObject();
    json.addProperty("executionId", entry.executionId());
    json.addProperty("from", "journal");
    json.addProperty("why", why);
    json.add("instances", json(outcomes));
    json.add("parameters", PayloadView.json(parameters));
    json.add("launch", HistoryView.json(entry));
    return json;
  }

  /** What became of each instance, as the journal has it. */
  public static JsonElement json(Map<String, ExecutionStatus> outcomes) {
    return JsonOutput.tree(
        outcomes.entrySet().stream().map(o -> new OutcomeJson(o.getKey(), o.getValue())).toList());
  }

  private record OutcomeJson(String instance, ExecutionStatus status) {}
}
