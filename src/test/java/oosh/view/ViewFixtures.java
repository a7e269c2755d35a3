package oosh.view;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.cloud.GroupInstance;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.cloud.ScalingProcess;
import oosh.rollout.record.Initiator;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.Progress;
import oosh.rollout.update.BatchSizing;
import oosh.rollout.update.CommandType;
import oosh.rollout.update.Context;
import oosh.rollout.update.Script;
import oosh.rollout.update.UpdateMethod;
import oosh.rollout.update.UpdateSpec;
import oosh.view.text.Style;
import org.jspecify.annotations.Nullable;

/** The values that the screens in these tests show. */
public final class ViewFixtures {
  public static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
  public static final Style WIDE = Style.plain(80);
  static final Style NARROW = Style.plain(40);

  /** Colour, a hidden link, a title, a turned direction, NUL, CR and an 8-bit CSI. */
  public static final String HOSTILE =
      "a\033[31mb\033]8;;http://x\007c\033]0;t\033\\d\u202ee\u0000f\rg\u009b2Jh\u2066i\033";

  public static final Context CONTEXT =
      new Context("sandbox", "cn-hangzhou", "asg-bp1web", UpdateMethod.RUN_SCRIPT);
  static final Script DEPLOY = script("deploy.sh", "#!/bin/sh -e\necho hello\n");
  static final Script UNDO = script("undo.sh", "#!/bin/sh -e\necho bye\n");

  private ViewFixtures() {}

  public static Script script(String name, String text) {
    return Script.of(name, text.getBytes(StandardCharsets.UTF_8));
  }

  static ScalingGroup group(int inService, int guarded, int standby, ScalingProcess... suspended) {
    return new ScalingGroup(
        "asg-bp1web",
        "web",
        "cn-hangzhou",
        "Active",
        inService,
        guarded,
        standby,
        0,
        1,
        9,
        Set.of(suspended),
        "",
        false);
  }

  static List<GroupInstance> inService(int n) {
    List<GroupInstance> list = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      list.add(new GroupInstance("i-" + i, "InService", "Healthy", null, null));
    }
    return list;
  }

  public static Execution execution(ExecutionStatus status, int batchNumber) {
    Map<String, Object> p = new LinkedHashMap<>();
    p.put("invokeType", "invoke");
    p.put("scalingGroupId", "asg-bp1web");
    p.put("invokeScript", DEPLOY.text());
    p.put("enterProcess", List.of("ScaleIn", "ScaleOut"));
    p.put("batchNumber", (long) batchNumber);
    return new Execution(
        "exec-8f31",
        UpdateMethod.RUN_SCRIPT.template(),
        status,
        "",
        "",
        p,
        List.of(),
        null,
        "acs:ram::1:ann",
        "web 2.4.1",
        Map.of(),
        NOW.minusSeconds(134),
        status.isFinal() ? NOW.minusSeconds(120) : null);
  }

  public static Progress.InstanceProgress instance(
      String id, ExecutionStatus status, String task, String said) {
    return new Progress.InstanceProgress(
        id,
        status,
        task,
        said,
        "exec-" + id,
        "task-" + id,
        NOW.minusMillis(132_100),
        status.isFinal() ? NOW.minusMillis(130_000) : null);
  }

  public static Progress.BatchProgress batch(int number, Progress.InstanceProgress... instances) {
    return new Progress.BatchProgress(number, List.of(instances));
  }

  public static JournalEntry entry(
      String id,
      JournalEntry.StartState state,
      @Nullable ExecutionStatus status,
      Instant at,
      int succeeded,
      @Nullable Script undo,
      String reason,
      @Nullable String source) {
    return new JournalEntry(
        "oosh-1",
        state,
        source != null,
        "sandbox",
        "cn-hangzhou",
        "asg-bp1web",
        id.isEmpty() ? null : id,
        status,
        UpdateSpec.EMPTY
            .withScript(source == null ? DEPLOY : null, CommandType.SHELL)
            .withRollbackScript(undo)
            .withBatches(BatchSizing.number(3)),
        false,
        reason,
        new Initiator("ann", "ops", 7),
        at,
        null,
        succeeded,
        6,
        "",
        source,
        "",
        UpdateMethod.RUN_SCRIPT,
        Map.of());
  }
}
