package oosh.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import oosh.rollout.OnFailure;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.cloud.ScalingProcess;
import oosh.rollout.plan.Rollback;
import oosh.rollout.record.Initiator;
import oosh.rollout.record.Intent;
import oosh.rollout.update.BatchPause;
import oosh.rollout.update.BatchSizing;
import oosh.rollout.update.CommandType;
import oosh.rollout.update.Context;
import oosh.rollout.update.Launch;
import oosh.rollout.update.Script;
import oosh.rollout.update.UpdateMethod;
import oosh.rollout.update.UpdateSpec;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Values to write down. */
public final class JournalFixtures {
  static final Context WEB = context("prod", "asg-web");

  /** As fine as PostgreSQL keeps a time. */
  static final Instant NOON = Instant.parse("2026-11-23T12:00:00.123456Z");

  static final Initiator AUTHOR = new Initiator("li", "ops-1", 4711);

  private JournalFixtures() {}

  /** Opens the journal of that directory for whom it tells what {@link H2Journal#unopened} does. */
  static H2Journal open(Path home, Runnable older, Consumer<String> unreadable) {
    return new H2Journal(
        JournalConnection.open(JournalFile.in(home), JournalConnection.PATIENCE, older, unreadable),
        InstantSource.system());
  }

  /** Opens the journal of that directory over connections with something around them. */
  static H2Journal open(Path home, UnaryOperator<Connection> around) {
    return new H2Journal(
        JournalConnection.open(JournalFile.in(home).around(around)), InstantSource.system());
  }

  /** Waits until nothing in this process has the journal open for its last piece of work. */
  static void awaitClosed(Path home) {
    try {
      JournalFile.in(home).lock().hold(true, Duration.ofSeconds(20), () -> false, () -> {});
    } catch (SQLException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Does that in the journal's database as it stands, whatever its tables are. */
  static void inDatabase(Path home, Consumer<JdbcTemplate> work) {
    JournalFile file = JournalFile.in(home);
    try {
      boolean done =
          file.lock()
              .hold(
                  true,
                  Duration.ofSeconds(20),
                  () -> false,
                  () -> {
                    if (file.isNew()) {
                      file.create(connection -> {});
                    }
                    try (Connection connection = file.open(true)) {
                      work.accept(new JournalSql(connection, record -> {}));
                      connection.commit();
                    }
                  });
      if (!done) {
        throw new IllegalStateException("another process holds " + home);
      }
    } catch (SQLException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Has every notice that is pending be due, as if nothing had tried to send it. */
  public static void dueNow(Path home) {
    inDatabase(
        home,
        sql ->
            sql.update("update outbox set attempts = 0, due_at = made_at where state = 'PENDING'"));
  }

  /** What a launch is told, as far as the journal keeps it. */
  static final UpdateSpec SPEC =
      UpdateSpec.EMPTY
          .withScript(script("vänta.sh", "#!/bin/sh -e\necho 你好 'it''s'\n"), CommandType.SHELL)
          .withRollbackScript(script("back.sh", "echo back\n"))
          .withBatches(BatchSizing.percent(25))
          .withPause(BatchPause.FIRST)
          .withRole("OOSServiceRole")
          .withExtraParameters(Map.of("lifecycleState", List.of("InService")));

  /** What a rollback is told. */
  static final UpdateSpec UNDO =
      UpdateSpec.EMPTY
          .withRollbackScript(script("back.sh", "echo back\n"))
          .withBatches(BatchSizing.size(2))
          .withPause(BatchPause.EVERY);

  public static Context context(String profile, @Nullable String group) {
    return new Context(profile, "cn-hangzhou", group, UpdateMethod.RUN_SCRIPT);
  }

  static Script script(String name, String text) {
    return Script.of(name, text.getBytes(StandardCharsets.UTF_8));
  }

  public static Intent launch(String token, Context context, Instant at) {
    return new Intent(
        token,
        new Launch(
            context,
            6,
            SPEC.withOnFailure(OnFailure.PAUSE),
            Set.of(ScalingProcess.SCALE_IN, ScalingProcess.HEALTH_CHECK),
            "fix; drop table execution --",
            List.of(),
            Map.of()),
        AUTHOR,
        at);
  }

  static Intent rollback(String token, String source, Instant at) {
    return new Intent(token, new Rollback(WEB, source, 4, UNDO, "it was wrong", null), AUTHOR, at);
  }

  public static Execution execution(String id, ExecutionStatus status) {
    return execution(id, status, Map.of());
  }

  public static Execution execution(String id, ExecutionStatus status, Map<String, String> tags) {
    return new Execution(
        id,
        UpdateMethod.RUN_SCRIPT.template(),
        status,
        "",
        "",
        Map.of(
            "invokeType", "invoke",
            "scalingGroupId", "asg-web",
            "commandType", "RunShellScript",
            "invokeScript", "echo elsewhere",
            "rollbackScript", "",
            "OOSAssumeRole", "SomeRole",
            "enterProcess", List.of("ScaleIn"),
            "exitProcess", List.of("ScaleIn"),
            "batchNumber", 3L,
            "batchPauseOption", "EveryBatchPause"),
        List.of(),
        null,
        "acs:ram::1:user/wang",
        "from the console",
        tags,
        NOON.minusSeconds(60),
        status.isFinal() ? NOON.plusSeconds(60) : null);
  }
}
