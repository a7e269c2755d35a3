package oosh.view;

import com.google.gson.JsonObject;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.plan.BatchPreview;
import oosh.rollout.plan.Capacity;
import oosh.rollout.update.BatchSizing;
import oosh.rollout.update.Context;
import oosh.rollout.update.Payload;
import oosh.rollout.update.RolloutStrategy;
import oosh.rollout.update.Script;
import oosh.rollout.update.UpdateMethod;
import oosh.rollout.update.UpdateSpec;
import oosh.view.approval.ApprovalView;
import oosh.view.json.ExecutionJson;
import oosh.view.json.JsonOutput;
import oosh.view.text.DescriptionList;
import oosh.view.text.Style;
import oosh.view.text.TextSanitizer;
import oosh.view.text.TimeText;
import org.jspecify.annotations.Nullable;

/*
 * profile sandbox, region cn-hangzhou, method run-script
 *   group      asg-bp1web "web": 6 instances in service
 *   script     deploy.sh (sha 3f9a1c, 412 bytes, RunShellScript); changed on disk since
 *   rollback   undo.sh (sha 11aa22, 96 bytes)
 *   batches    6 instances in 3 batches of 2: at most 33% out of service, 4 keep serving
 *   in flight  exec-8f31 Running
 */
/** Where a shell stands: context, what is staged, what is in flight. */
public final class SessionStatusView {
  private SessionStatusView() {}

  /**
   * @param preview how the batches cut the group; null where none are staged, or no group is read
   * @param changedFiles by script name, what happened to the file since it was staged
   */
  public static String show(
      Context context,
      @Nullable ScalingGroup group,
      UpdateSpec staging,
      @Nullable BatchPreview preview,
      Map<String, String> changedFiles,
      Optional<Execution> inFlight,
      Style style) {
    DescriptionList out = new DescriptionList(style, 11);
    out.head(
        "profile %s, region %s, method %s",
        context.profile(),
        context.region().isEmpty() ? "none chosen" : context.region(),
        context.method().word());
    String id = context.group();
    out.row(
        "group",
        group != null
            ? GroupView.line(group)
            : id == null ? "none chosen" : TextSanitizer.line(id));
    out.row("staged", staging.count() == 0 ? "nothing" : null);
    out.row("script", script(staging.script(), staging.commandType().word(), changedFiles, style));
    out.row("rollback", script(staging.rollbackScript(), "", changedFiles, style));
    for (Payload payload : staging.payloads()) {
      out.row(
          payload.word(),
          PayloadView.both(payload, staging.extraParameters(), staging.rollbackValues()));
    }
    if (staging.batches() != null || !staging.strategy().steps().isEmpty()) {
      out.row(
          "batches",
          preview != null
              ? batches(preview, context.method())
              : staging.batches() != null
                  ? staging.batches().words()
                  : String.join(",", staging.strategy().steps()));
    }
    GateView.rows(out::row, staging.gates(), 0);
    tuning(out, staging.strategy());
    out.row("pause", staging.pause() == null ? null : staging.pause().sentence());
    out.row("failure", staging.onFailure() == null ? null : staging.onFailure().sentence());
    out.row("role", TextSanitizer.line(staging.role()));
    out.row("suspend", staging.suspension() == null ? null : staging.suspension().text());
    staging
        .parametersWithoutVerb()
        .forEach((name, value) -> out.row("set", PayloadView.setting(name, value)));
    inFlight.ifPresent(
        e -> out.row("in flight", TextSanitizer.line(e.id()) + " " + style.status(e.status())));
    return out.text();
  }

  /**
   * {@code 6 instances in 3 batches of 2: at most 33% out of service, 4 keep serving}; where the
   * instances were not read {@code 6 instances in 3 batches of 2: at most 2 at once}.
   */
  public static String batches(BatchPreview preview, UpdateMethod method) {
    if (preview.instances() == 0) {
      return "no instance in service, so no batch";
    }
    Capacity capacity = preview.capacity();
    String most = capacity == null ? "at most " + preview.largest() + " at once" : atMost(capacity);
    return DescriptionList.count(preview.instances(), "instance")
        + " in "
        + preview.describe()
        + (method.usesStandby() ? ": " + most : "; all keep serving");
  }

  /** {@code at most 33% out of service, 4 keep serving}. */
  static String atMost(Capacity capacity) {
    int keep = capacity.keep();
    String kept = keep == 0 ? "none keeps" : keep == 1 ? "1 keeps" : keep + " keep";
    return capacity.serving() == 0
        ? "none serves now"
        : "at most " + capacity.share() + "% out of service, " + kept + " serving";
  }

  private static void tuning(DescriptionList out, RolloutStrategy tuning) {
    out.row("only", TextSanitizer.line(tuning.only().words()));
    out.row("first", DescriptionList.list(tuning.first()));
    out.row("pause", tuning.waitBetweenBatches().isZero() ? null : pause(tuning));
    out.row("approval", tuning.needsApproval().map(ApprovalView::asked).orElse(null));
    out.row("errors", tuning.maxErrors().isEmpty() ? null : tuning.maxErrors() + " may fail");
  }

  static String pause(RolloutStrategy tuning) {
    return "waits "
        + TimeText.span(tuning.waitBetweenBatches())
        + " between batches, then continues automatically";
  }

  /** {@code staged script deploy.sh (sha 3f9a1c, 412 bytes, RunShellScript)}. */
  public static String stagedScript(Script script, String commandType) {
    return "staged script " + describe(script, commandType);
  }

  /** {@code staged rollback script undo.sh (sha 11aa22, 96 bytes)}. */
  public static String stagedRollback(Script script) {
    return "staged rollback script " + describe(script, "");
  }

  public static JsonObject json(
      Context context,
      @Nullable ScalingGroup group,
      UpdateSpec staging,
      Map<String, String> changedFiles,
      Optional<Execution> inFlight) {
    JsonObject json = new JsonObject();
    json.addProperty("profile", context.profile());
    json.addProperty("region", context.region());
    json.addProperty("method", context.method().word());
    if (group != null) {
      json.add("group", GroupView.json(group));
    } else if (context.group() != null) {
      JsonObject only = new JsonObject();
      only.addProperty("id", context.group());
      json.add("group", only);
    }
    json.add("staged", json(staging));
    JsonOutput.put(json, "changedFiles", changedFiles);
    inFlight.ifPresent(e -> json.add("inFlight", ExecutionJson.brief(e)));
    return json;
  }

  /**
   * The same after a change, from what is at hand.
   *
   * @param message what has changed
   */
  public static JsonObject json(
      Context context, @Nullable ScalingGroup group, UpdateSpec staging, String message) {
    JsonObject json = json(context, group, staging, Map.of(), Optional.empty());
    json.addProperty("message", message);
    return json;
  }

  /** What is staged, without the texts of the scripts. */
  public static JsonObject json(UpdateSpec staging) {
    JsonObject json = new JsonObject();
    JsonOutput.put(json, "script", staging.script());
    if (staging.script() != null) {
      json.addProperty("commandType", staging.commandType().word());
    }
    JsonOutput.put(json, "rollbackScript", staging.rollbackScript());
    BatchSizing batches = staging.batches();
    if (batches != null) {
      String unit = batches.unit().name().toLowerCase(Locale.ROOT);
      json.add("batches", JsonOutput.tree(new BatchesJson(unit, batches.value())));
    }
    RolloutStrategy tuning = staging.strategy();
    JsonOutput.put(json, "growingBatches", tuning.steps());
    JsonOutput.put(json, "only", tuning.only().names());
    JsonOutput.put(json, "zones", tuning.only().zones());
    JsonOutput.put(json, "tags", tuning.only().tags());
    if (tuning.only().oldest() > 0) {
      json.addProperty("oldest", tuning.only().oldest());
    }
    if (tuning.only().newest() > 0) {
      json.addProperty("newest", tuning.only().newest());
    }
    JsonOutput.put(json, "first", tuning.first());
    if (!tuning.waitBetweenBatches().isZero()) {
      json.addProperty("pauseSeconds", tuning.waitBetweenBatches().toSeconds());
    }
    JsonOutput.put(json, "maxErrors", tuning.maxErrors());
    JsonOutput.put(json, "approval", tuning.approval());
    JsonOutput.put(json, "pause", staging.pause() == null ? "" : staging.pause().option());
    JsonOutput.put(
        json, "onFailure", staging.onFailure() == null ? "" : staging.onFailure().option());
    GateView.json(json, staging.gates());
    JsonOutput.put(json, "role", staging.role());
    JsonOutput.put(
        json, "suspend", staging.suspension() == null ? "" : staging.suspension().text());
    JsonOutput.put(json, "set", PayloadView.json(staging.extraParameters()));
    JsonOutput.put(json, "back", PayloadView.json(staging.rollbackValues()));
    return json;
  }

  private record BatchesJson(String unit, int value) {}

  static String describe(Script script, String commandType) {
    return String.format(
        Locale.ROOT,
        "%s (sha %s, %,d bytes%s)",
        TextSanitizer.line(script.name()),
        script.shortSha(),
        script.bytes(),
        commandType.isEmpty() ? "" : ", " + commandType);
  }

  /** A parameter's value on one line. */
  public static String value(Object value) {
    return TextSanitizer.line(PayloadView.value(value));
  }

  private static @Nullable String script(
      @Nullable Script script, String commandType, Map<String, String> changed, Style style) {
    if (script == null) {
      return null;
    }
    String note = changed.get(script.name());
    return describe(script, commandType)
        + (note == null ? "" : "; " + style.warn(TextSanitizer.line(note)));
  }
}
