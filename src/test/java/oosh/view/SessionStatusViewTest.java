package oosh.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.cloud.ScalingProcess;
import oosh.rollout.plan.BatchPreview;
import oosh.rollout.update.BatchSizing;
import oosh.rollout.update.CommandType;
import oosh.rollout.update.Context;
import oosh.rollout.update.RolloutStrategy;
import oosh.rollout.update.UpdateMethod;
import oosh.rollout.update.UpdateSpec;
import oosh.view.json.JsonOutput;
import oosh.view.text.Style;
import org.junit.jupiter.api.Test;

class SessionStatusViewTest {
  private final ScalingGroup group = ViewFixtures.group(4, 1, 1, ScalingProcess.ALARM_NOTIFICATION);
  private final UpdateSpec staging =
      UpdateSpec.EMPTY
          .withScript(ViewFixtures.DEPLOY, CommandType.SHELL)
          .withRollbackScript(ViewFixtures.UNDO)
          .withBatches(BatchSizing.number(2))
          .withExtraParameter("lifecycleState", List.of("InService", "Protected"));

  private String show(Style style) {
    return SessionStatusView.show(
        ViewFixtures.CONTEXT,
        group,
        staging,
        BatchPreview.of(UpdateMethod.RUN_SCRIPT, staging, group, null),
        Map.of("deploy.sh", "changed on disk since"),
        Optional.of(ViewFixtures.execution(ExecutionStatus.RUNNING, 2)),
        style);
  }

  @Test
  void showsWhereAShellStands() {
    assertThat(show(ViewFixtures.WIDE))
        .isEqualTo(
            """
            profile sandbox, region cn-hangzhou, method run-script
              group      asg-bp1web "web": 4 instances in service, 1 Protected, 1 in
                         Standby; suspended: AlarmNotification
              script     deploy.sh (sha e3cbd4, 24 bytes, RunShellScript); changed on disk
                         since
              rollback   undo.sh (sha cb1ad1, 22 bytes)
              batches    4 instances in 2 batches of 2: at most 2 at once
              set        lifecycleState = InService,Protected
              in flight  exec-8f31 Running""");
  }

  @Test
  void fitsFortyColumns() {
    assertThat(show(ViewFixtures.NARROW))
        .isEqualTo(
            """
            profile sandbox, region cn-hangzhou,
                method run-script
              group      asg-bp1web "web": 4
                         instances in service, 1
                         Protected, 1 in Standby;
                         suspended:
                         AlarmNotification
              script     deploy.sh (sha e3cbd4, 24
                         bytes, RunShellScript);
                         changed on disk since
              rollback   undo.sh (sha cb1ad1, 22
                         bytes)
              batches    4 instances in 2 batches of
                         2: at most 2 at once
              set        lifecycleState =
                         InService,Protected
              in flight  exec-8f31 Running""");
  }

  @Test
  void saysThatNothingIsChosenOrStaged() {
    Context fresh = new Context("sandbox", "cn-hangzhou", null, UpdateMethod.RUN_SCRIPT);
    assertThat(
            SessionStatusView.show(
                fresh, null, UpdateSpec.EMPTY, null, Map.of(), Optional.empty(), ViewFixtures.WIDE))
        .isEqualTo(
            """
            profile sandbox, region cn-hangzhou, method run-script
              group      none chosen
              staged     nothing""");
  }

  private static String batches(UpdateSpec staging, int instances) {
    return SessionStatusView.batches(
        BatchPreview.of(
            UpdateMethod.RUN_SCRIPT_OOSH,
            staging,
            ViewFixtures.group(instances, 0, 0),
            ViewFixtures.inService(instances)),
        UpdateMethod.RUN_SCRIPT_OOSH);
  }

  @Test
  void saysTheShareThatGoesOutOfService() {
    assertThat(batches(UpdateSpec.EMPTY.withBatches(BatchSizing.number(3)), 6))
        .isEqualTo("6 instances in 3 batches of 2: at most 33% out of service, 4 keep serving");
    assertThat(batches(UpdateSpec.EMPTY.withBatches(BatchSizing.number(3)), 10))
        .isEqualTo(
            "10 instances in 3 batches of 4 or 3: at most 40% out of service, 6 keep serving");
    assertThat(batches(UpdateSpec.EMPTY.withBatches(BatchSizing.number(1)), 6))
        .isEqualTo("6 instances in 1 batch: at most 100% out of service, none keeps serving");
    assertThat(batches(UpdateSpec.EMPTY.withBatches(BatchSizing.number(2)), 0))
        .isEqualTo("no instance in service, so no batch");
    assertThat(
            batches(UpdateSpec.EMPTY.withStrategy(RolloutStrategy.NONE.withSteps("1,5,20%")), 40))
        .isEqualTo(
            "40 instances in batches of 1, 5, 4 times 8, 2: at most 20% out of service, 32 keep"
                + " serving");
  }

  @Test
  void claimsNoShareWhereTheInstancesWereNotRead() {
    UpdateSpec three = UpdateSpec.EMPTY.withBatches(BatchSizing.number(3));
    assertThat(
            SessionStatusView.batches(
                BatchPreview.of(UpdateMethod.RUN_SCRIPT, three, ViewFixtures.group(6, 0, 0), null),
                UpdateMethod.RUN_SCRIPT))
        .isEqualTo("6 instances in 3 batches of 2: at most 2 at once");
  }

  @Test
  void answersAStageInASentence() {
    assertThat(SessionStatusView.stagedScript(ViewFixtures.DEPLOY, "RunShellScript"))
        .isEqualTo("staged script deploy.sh (sha e3cbd4, 24 bytes, RunShellScript)");
    assertThat(SessionStatusView.stagedRollback(ViewFixtures.UNDO))
        .isEqualTo("staged rollback script undo.sh (sha cb1ad1, 22 bytes)");
  }

  @Test
  void isJsonWithoutScriptTexts() {
    assertThat(JsonOutput.line(SessionStatusView.json(staging)))
        .isEqualTo(
            "{\"script\":{\"name\":\"deploy.sh\",\"sha256\":\"e3cbd45da67950114d2b87352c93458814a31f88233ca3576b0e8f3dbcba41e7\",\"bytes\":24},\"commandType\":\"RunShellScript\",\"rollbackScript\":{\"name\":\"undo.sh\",\"sha256\":\"cb1ad1a7ea4c7e4ee6c46c1025bed2240b5e9f3621e661ccfad8bea9ccd11308\",\"bytes\":22},\"batches\":{\"unit\":\"number\",\"value\":2},\"set\":{\"lifecycleState\":[\"InService\",\"Protected\"]}}");
  }

  @Test
  void describesAGroupOnOneLine() {
    assertThat(GroupView.line(group))
        .isEqualTo(
            "asg-bp1web \"web\": 4 instances in service, 1 Protected, 1 in Standby; suspended: AlarmNotification");
    assertThat(GroupView.line(ViewFixtures.group(6, 0, 0)))
        .isEqualTo("asg-bp1web \"web\": 6 instances in service");
    assertThat(GroupView.candidate(group)).isEqualTo("web  4 in service, 1 protected, 1 standby");
    assertThat(JsonOutput.line(GroupView.json(group)))
        .isEqualTo(
            "{\"id\":\"asg-bp1web\",\"name\":\"web\",\"region\":\"cn-hangzhou\",\"lifecycleState\":\"Active\",\"inService\":4,\"protected\":1,\"standby\":1,\"other\":0,\"total\":6,\"minSize\":1,\"maxSize\":9,\"suspended\":[\"AlarmNotification\"]}");
  }
}
