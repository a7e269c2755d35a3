package oosh.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.OriginTags;
import oosh.rollout.cloud.ScalingProcess;
import oosh.rollout.record.GroupSnapshot;
import oosh.rollout.record.Initiator;
import oosh.rollout.record.Intent;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.Progress;
import oosh.rollout.update.BatchPause;
import oosh.rollout.update.BatchSizing;
import oosh.rollout.update.CommandType;
import oosh.rollout.update.Context;
import oosh.rollout.update.Gates;
import oosh.rollout.update.Launch;
import oosh.rollout.update.Payload;
import oosh.rollout.update.ProbedScript;
import oosh.rollout.update.Rollout;
import oosh.rollout.update.RolloutStrategy;
import oosh.rollout.update.Script;
import oosh.rollout.update.UpdateMethod;
import oosh.rollout.update.UpdateSpec;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Inserts rows into the tables {@code execution} and {@code outcome}: from an intent, or from what
 * OOS tells.
 */
final class ExecutionRow {
  private static final SqlText SQL = SqlText.in("start-log.sql");

  /** Of a script that OOS lists; no execution can run a longer one. */
  private static final int LONGEST_SCRIPT = Script.MAX_BASE64;

  private ExecutionRow() {}

  /** The value of the column {@code claim}: one start at a time has it, under any profile. */
  static String claim(String region, String group) {
    return region + " " + group;
  }

  /**
   * The start that keeps an intent from its group. An intent that overrides it takes the claim away
   * from it.
   */
  static Optional<JournalEntry> against(JdbcTemplate sql, Intent intent) {
    Context context = intent.rollout().context();
    String claim = claim(context.region(), intent.rollout().group());
    if (!intent.overrideReason().isEmpty()) {
      sql.update(SQL.get("release-claim"), claim);
      return Optional.empty();
    }
    return EntryQuery.holder(sql, claim).or(() -> EntryQuery.answeredSince(sql, intent));
  }

  static void insert(JdbcTemplate sql, Intent intent) {
    Rollout rollout = intent.rollout();
    Context context = rollout.context();
    UpdateSpec spec = rollout.spec();
    Launch launch = rollout instanceof Launch l ? l : null;
    GroupSnapshot before = intent.groupSnapshot();
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("token", intent.token());
    row.put("state", JournalEntry.StartState.INTENDED.name());
    row.put("is_rollback", launch == null);
    row.put("grp", rollout.group());
    row.put("method", context.method().word());
    row.put("suspended", launch == null ? "" : words(launch.suspend()));
    row.put("suspended_nothing", launch != null && launch.suspend().isEmpty());
    // What a rollback is sent beside its script stands in its parameters.
    row.put(
        "other",
        launch == null
            ? ""
            : SentParametersCodec.lines(
                List.of(spec.extraParameters(), spec.rollbackValues(), launch.baseline())));
    row.put("reason", rollout.reason());
    row.put("meant_at", intent.at());
    row.put("succeeded", 0);
    row.put("total", rollout.instances());
    row.put("source_execution_id", rollout.sourceExecutionId());
    row.put("again", intent.passedBy());
    row.put("asked_at", intent.at());
    row.put("claim", claim(context.region(), rollout.group()));
    row.put("template", context.method().template());
    row.put(
        "parameters",
        SentParametersCodec.text(intent.start().kept(), spec.script(), spec.rollbackScript()));
    row.put("snapshot", before == null ? null : GroupStateCodec.text(before));
    insert(sql, row, context, spec, intent.author());
  }

  /** Inserts an execution that was started elsewhere, as its parameters describe it. */
  static void insert(
      JdbcTemplate sql, Context context, Execution execution, int succeeded, int total) {
    boolean rollback = execution.isRollback();
    List<String> suspended = execution.listParameter("enterProcess");
    String source = execution.parameter("sourceExecutionId");
    Instant created = execution.created();
    ProbedScript forward = script(execution, "invokeScript");
    ProbedScript back = script(execution, "rollbackScript");
    ProbedScript ran = rollback ? back : forward;
    UpdateSpec spec =
        new UpdateSpec(
            rollback || forward == null ? null : forward.script(),
            back == null ? null : back.script(),
            CommandType.of(execution.parameter("commandType")).orElse(CommandType.SHELL),
            BatchSizing.ofSent(execution.parameters().get("batchNumber")),
            BatchPause.of(execution.parameter("batchPauseOption")).orElse(BatchPause.NEVER),
            null,
            execution.parameter("OOSAssumeRole"),
            null,
            carried(execution, Payload::parameters),
            carried(execution, Payload::back),
            RolloutStrategy.NONE,
            ran == null ? Gates.NONE : ran.gates());
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("state", JournalEntry.StartState.SEEN.name());
    row.put("is_rollback", rollback);
    row.put("grp", execution.group());
    row.put("method", UpdateMethod.of(execution).map(UpdateMethod::word).orElse(""));
    row.put("execution_id", execution.id());
    row.put("status", execution.status().word());
    row.put("suspended", String.join(",", suspended));
    row.put("suspended_nothing", !rollback && suspended.isEmpty());
    row.put(
        "other",
        rollback
            ? ""
            : SentParametersCodec.lines(List.of(spec.extraParameters(), spec.rollbackValues())));
    row.put("reason", execution.description());
    row.put("meant_at", created == null ? Instant.EPOCH : created);
    row.put("ended_at", execution.ended());
    row.put("succeeded", succeeded);
    row.put("total", total);
    row.put("source_execution_id", source.isEmpty() ? null : source);
    insert(sql, row, context, spec, Initiator.of(execution));
  }

  /** Inserts the outcome on each instance, in place of what was known of it. */
  static void insertOutcomes(JdbcTemplate sql, Progress progress) {
    String execution = progress.execution().id();
    Map<String, String> undone = new HashMap<>();
    progress.undone().forEach(i -> undone.put(i.id(), i.status().word()));
    for (Progress.InstanceProgress i : progress.instances()) {
      sql.update(SQL.get("delete-outcome"), execution, i.id());
      Map<String, @Nullable Object> row = new LinkedHashMap<>();
      row.put("execution_id", execution);
      row.put("instance", i.id());
      row.put("status", i.status().word());
      row.put("seconds", i.took().map(Duration::toSeconds).orElse(null));
      row.put("undone", undone.get(i.id()));
      Rows.insert(sql, "outcome", row);
    }
  }

  private static void insert(
      JdbcTemplate sql,
      Map<String, @Nullable Object> row,
      Context context,
      UpdateSpec spec,
      Initiator author) {
    row.put("profile", context.profile());
    row.put("region", context.region());
    putScript(sql, row, "script", spec.script());
    putScript(sql, row, "rollback", spec.rollbackScript());
    row.put("command_type", spec.commandType().name());
    row.put("batch_unit", spec.batchesOrDefault().unit().name());
    row.put("batch_value", spec.batchesOrDefault().value());
    row.put("pause", spec.pauseOrDefault().name());
    row.put("ram_role", spec.role());
    row.put("tuning", spec.strategy().text());
    row.put("gates", spec.gates().text());
    Rows.putInitiator(row, author);
    row.put("why", "");
    Rows.insert(sql, "execution", row);
  }

  /** A text is kept once, however often it is launched and whatever its file is called. */
  private static void putScript(
      JdbcTemplate sql, Map<String, @Nullable Object> row, String column, @Nullable Script script) {
    if (script == null) {
      return;
    }
    row.put(column + "_name", script.name());
    row.put(column + "_sha", script.sha256());
    if (!Rows.exist(sql, SQL.get("has-script"), script.sha256())) {
      Map<String, Object> text = new LinkedHashMap<>();
      text.put("sha256", script.sha256());
      text.put("bytes", script.bytes());
      text.put("content", script.text());
      Rows.insert(sql, "script", text);
    }
  }

  /** The payload's parameters; of an address that may be signed, without the signature. */
  private static Map<String, Object> carried(
      Execution execution, Function<Payload, List<String>> names) {
    Map<String, Object> carried = new LinkedHashMap<>();
    UpdateMethod.of(execution).flatMap(UpdateMethod::payload).stream()
        .flatMap(p -> names.apply(p).stream())
        .forEach(
            name -> {
              Object value = execution.parameters().get(name);
              if (value != null) {
                carried.put(name, value instanceof String s ? s.replaceFirst("[?#].*", "") : value);
              }
            });
    return carried;
  }

  private static String words(Set<ScalingProcess> processes) {
    return processes.stream()
        .sorted(Comparator.naturalOrder())
        .map(ScalingProcess::word)
        .collect(Collectors.joining(","));
  }

  private static @Nullable ProbedScript script(Execution execution, String parameter) {
    String text = execution.parameter(parameter);
    if (text.isBlank() || text.length() > LONGEST_SCRIPT) {
      return null;
    }
    ProbedScript unnamed = ProbedScript.of(parameter, text);
    String name = OriginTags.scriptName(execution.tags(), unnamed.script().shortSha(), parameter);
    return ProbedScript.of(name, text);
  }
}
