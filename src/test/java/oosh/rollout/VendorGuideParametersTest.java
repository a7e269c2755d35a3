package oosh.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.plan.Plan;
import oosh.rollout.plan.Rollback;
import oosh.rollout.update.BatchSizing;
import oosh.rollout.update.CommandType;
import oosh.rollout.update.Context;
import oosh.rollout.update.Rollout;
import oosh.rollout.update.Script;
import oosh.rollout.update.UpdateMethod;
import oosh.rollout.update.UpdateSpec;
import org.junit.jupiter.api.Test;

/** The two dictionaries of the vendor's guide, key for key. */
class VendorGuideParametersTest {
  private static final Script DF =
      Script.of("df.sh", "df -h\nifconfig".getBytes(StandardCharsets.UTF_8));
  private static final Context CONTEXT =
      new Context("default", "cn-hangzhou", "asg-bp18p2yfxow2dloq", UpdateMethod.RUN_SCRIPT);

  @Test
  void launchSendsTheGuidesDictionary() {
    ScalingGroup group = RolloutFixtures.inService(10, Set.of());
    UpdateSpec staging =
        UpdateSpec.EMPTY
            .withScript(DF, CommandType.SHELL)
            .withRollbackScript(DF)
            .withBatches(BatchSizing.number(2));
    Rollout launch =
        Plan.launch(CONTEXT, staging, group, RolloutFixtures.instances(10), Optional.empty(), "")
            .rollout();

    assertThat(launch.context().method().template())
        .isEqualTo("ACS-ESS-RollingUpdateByRunCommandInScalingGroup");
    List<String> five =
        List.of("ScaleIn", "ScaleOut", "HealthCheck", "AlarmNotification", "ScheduledAction");
    assertThat(launch.parameters())
        .containsExactly(
            entry("invokeType", "invoke"),
            entry("scalingGroupId", "asg-bp18p2yfxow2dloq"),
            entry("commandType", "RunShellScript"),
            entry("invokeScript", "df -h\nifconfig"),
            entry("rollbackScript", "df -h\nifconfig"),
            entry("OOSAssumeRole", ""),
            entry("exitProcess", five),
            entry("enterProcess", five),
            entry("batchNumber", 2),
            entry("batchPauseOption", "Automatic"));
  }

  @Test
  void rollbackSendsTheGuidesDictionary() {
    Execution source =
        RolloutFixtures.ended("exec-8fe4a73e9ffd423", "asg-bp18p2yfxow2dloq", DF.text());
    Rollback rollback = Rollback.of(CONTEXT, source, 10, Optional.empty(), UpdateSpec.EMPTY, "");

    assertThat(rollback.parameters())
        .containsExactly(
            entry("invokeType", "rollback"),
            entry("scalingGroupId", "asg-bp18p2yfxow2dloq"),
            entry("commandType", "RunShellScript"),
            entry("rollbackScript", "df -h\nifconfig"),
            entry("OOSAssumeRole", ""),
            entry("sourceExecutionId", "exec-8fe4a73e9ffd423"),
            entry("batchNumber", 2),
            entry("batchPauseOption", "Automatic"));
  }
}
