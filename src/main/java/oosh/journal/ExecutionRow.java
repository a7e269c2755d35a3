package oosh.journal;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.ScalingProcess;
import oosh.rollout.record.GroupSnapshot;
import oosh.rollout.record.Initiator;
import oosh.rollout.record.Intent;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.update.BatchPause;
import oosh.rollout.update.BatchSizing;
import oosh.rollout.update.CommandType;
import oosh.rollout.update.Context;
import oosh.rollout.update.Launch;
import oosh.rollout.update.Payload;
import oosh.rollout.update.Rollout;
import oosh.rollout.update.RolloutStrategy;
import oosh.rollout.update.Script;
import oosh.rollout.update.UpdateMethod;
import oosh.rollout.update.UpdateSpec;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** A new row of the table {@code execution}: from an intent, or from what OOS tells. */
record ExecutionRow(
    @Nullable String token,
    JournalEntry.StartState state,
    boolean rollback,
    Context context,
    String group,
    String method,
    @Nullable Execution seen,
    UpdateSpec spec,
    String suspended,
    boolean suspendedNothing,
    String reason,
    Initiator author,
    Instant at,
    int succeeded,
    int total,
    @Nullable String sourceExecutionId,
    @Nullable Intent intent,
    Map<String, Object> baseline) {

  /** What one start at a time holds on a group, whichever profile it is under. */
  static String claim(String region, String group) {
    return region + " " + group;
  }

  static ExecutionRow of(Intent intent) {
    Rollout rollout = intent.rollout();
    Launch launch = rollout instanceof Launch l ? l : null;
    return new ExecutionRow(
        intent.token(),
        JournalEntry.StartState.INTENDED,
        launch == null,
        rollout.context(),
        rollout.group(),
        rollout.context().method().word(),
        null,
        rollout.spec(),
        launch == null ? "" : words(launch.suspend()),
        launch != null && launch.suspend().isEmpty(),
        rollout.reason(),
        intent.author(),
        intent.at(),
        0,
        rollout.instances(),
        rollout.sourceExecutionId(),
        intent,
        launch == null ? Map.of() : launch.baseline());
  }

  /** An execution that was started elsewhere: its parameters say what was meant. */
  static ExecutionRow of(Context context, Execution execution, int succeeded, int total) {
    boolean rollback = execution.isRollback();
    List<String> suspended = execution.listParameter("enterProcess");
    String source = execution.parameter("sourceExecutionId");
    Instant created = execution.created();
    UpdateSpec spec =
        new UpdateSpec(
            rollback ? null : script(execution, "invokeScript"),
            script(execution, "rollbackScript"),
            CommandType.of(execution.parameter("commandType")).orElse(CommandType.SHELL),
            BatchSizing.ofSent(execution.parameters().get("batchNumber")),
            BatchPause.of(execution.parameter("batchPauseOption")).orElse(BatchPause.NEVER),
            null,
            execution.parameter("OOSAssumeRole"),
            null,
            carried(execution, Payload::parameters),
            carried(execution, Payload::back),
            RolloutStrategy.NONE);
    return new ExecutionRow(
        null,
        JournalEntry.StartState.SEEN,
        rollback,
        context,
        execution.group(),
        UpdateMethod.of(execution).map(UpdateMethod::word).orElse(""),
        execution,
        spec,
        String.join(",", suspended),
        !rollback && suspended.isEmpty(),
        execution.description(),
        new Initiator(execution.executedBy(), "", 0),
        created == null ? Instant.EPOCH : created,
        succeeded,
        total,
        source.isEmpty() ? null : source,
        null,
        Map.of());
  }

  /** What it took along; of an address that may be signed, without what signs it. */
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

  void insert(JdbcTemplate sql) {
    Script script = spec.script();
    Script rollbackScript = spec.rollbackScript();
    BatchSizing batches = spec.batchesOrDefault();
    keep(sql, script);
    keep(sql, rollbackScript);
    sql.update(
        """
        insert into execution (
          token, state, is_rollback, profile, region, grp, method, execution_id, status,
          script_name, script_sha, rollback_name, rollback_sha, command_type, batch_unit,
          batch_value, pause, ram_role, suspended, suspended_nothing, other, reason, author_user,
          author_host, author_pid, meant_at, ended_at, succeeded, total, why, source_execution_id,
          author_since, again, asked_at, claim, template, parameters, snapshot,
          tuning)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
          ?, '', ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        token,
        state.name(),
        rollback,
        context.profile(),
        context.region(),
        group,
        method,
        seen == null ? null : seen.id(),
        seen == null ? null : seen.status().word(),
        script == null ? null : script.name(),
        script == null ? null : script.sha256(),
        rollbackScript == null ? null : rollbackScript.name(),
        rollbackScript == null ? null : rollbackScript.sha256(),
        spec.commandType().name(),
        batches.unit().name(),
        batches.value(),
        spec.pauseOrDefault().name(),
        spec.role(),
        suspended,
        suspendedNothing,
        // What a rollback is sent beside its script stands in its parameters.
        SentParametersCodec.kept(
            rollback
                ? List.of()
                : List.of(spec.extraParameters(), spec.rollbackValues(), baseline)),
        reason,
        author.user(),
        author.host(),
        author.pid(),
        at,
        seen == null ? null : seen.ended(),
        succeeded,
        total,
        sourceExecutionId,
        author.since(),
        intent == null ? "" : intent.overrideReason(),
        intent == null ? null : intent.at(),
        intent == null ? null : claim(context.region(), group),
        intent == null ? null : context.method().template(),
        intent == null
            ? null
            : SentParametersCodec.text(intent.start().kept(), script, rollbackScript),
        snapshot(intent),
        spec.strategy().text());
  }

  private static @Nullable String snapshot(@Nullable Intent intent) {
    GroupSnapshot before = intent == null ? null : intent.groupSnapshot();
    return before == null ? null : GroupStateCodec.of(before);
  }

  /** The same text is kept once, however often it is launched and whatever its file is called. */
  private static void keep(JdbcTemplate sql, @Nullable Script script) {
    if (script == null
        || !sql.query("select 1 from script where sha256 = ?", (rs, n) -> 1, script.sha256())
            .isEmpty()) {
      return;
    }
    sql.update(
        "insert into script (sha256, bytes, content) values (?, ?, ?)",
        script.sha256(),
        script.bytes(),
        script.text());
  }

  private static String words(Set<ScalingProcess> processes) {
    return processes.stream()
        .sorted(Comparator.naturalOrder())
        .map(ScalingProcess::word)
        .collect(Collectors.joining(","));
  }

  private static @Nullable Script script(Execution execution, String parameter) {
    String text = execution.parameter(parameter);
    return text.isBlank() ? null : Script.ofText(parameter, text);
  }
}
