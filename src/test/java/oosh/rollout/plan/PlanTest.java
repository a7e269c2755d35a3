package oosh.rollout.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import oosh.rollout.Problem;
import oosh.rollout.RolloutFixtures;
import oosh.rollout.Warning;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.cloud.ScalingProcess;
import oosh.rollout.update.CommandType;
import oosh.rollout.update.Context;
import oosh.rollout.update.ProcessSuspension;
import oosh.rollout.update.Script;
import oosh.rollout.update.UpdateMethod;
import oosh.rollout.update.UpdateSpec;
import org.junit.jupiter.api.Test;

class PlanTest {
  private static final Context CONTEXT =
      new Context("default", "cn-hangzhou", "asg-1", UpdateMethod.RUN_SCRIPT);

  @Test
  void leavesSuspendedWhatAPersonSuspended() {
    Plan plan =
        plan(
            staged("set -e\ntrue"),
            RolloutFixtures.inService(6, Set.of(ScalingProcess.ALARM_NOTIFICATION)));
    assertThat(plan.leftSuspended()).containsExactly(ScalingProcess.ALARM_NOTIFICATION);
    assertThat(plan.rollout().parameters().get("enterProcess"))
        .isEqualTo(List.of("ScaleIn", "ScaleOut", "HealthCheck", "ScheduledAction"))
        .isEqualTo(plan.rollout().parameters().get("exitProcess"));
  }

  @Test
  void sendsAnEmptyListRatherThanNone() {
    Plan plan =
        plan(
            staged("set -e").withSuspension(ProcessSuspension.NONE),
            RolloutFixtures.inService(6, Set.of()));
    assertThat(plan.rollout().parameters())
        .containsEntry("enterProcess", List.of())
        .containsEntry("exitProcess", List.of());
    assertThat(texts(plan))
        .contains(
            "this launch cannot be rolled back: without a scaling process to suspend, the template's rollback"
                + " fails");
    assertThat(plan.warnings()).extracting(Warning::remedy).contains("stage suspend all");
  }

  @Test
  void namesHealWhereEveryProcessIsSuspendedAlready() {
    Plan plan =
        plan(staged("set -e"), RolloutFixtures.inService(6, EnumSet.allOf(ScalingProcess.class)));

    assertThat(plan.warnings())
        .extracting(Warning::remedy)
        .contains("heal resumes what executions left suspended");
  }

  @Test
  void refusesAnEmptyGroup() {
    assertThatThrownBy(() -> plan(staged("set -e"), RolloutFixtures.inService(0, Set.of())))
        .isInstanceOfSatisfying(
            Problem.class, p -> assertThat(p.why()).contains("would do nothing"));
  }

  @Test
  void refusesToLaunchNothing() {
    assertThatThrownBy(() -> plan(UpdateSpec.EMPTY, RolloutFixtures.inService(6, Set.of())))
        .isInstanceOfSatisfying(
            Problem.class, p -> assertThat(p.why()).isEqualTo("no script is staged"));
  }

  @Test
  void warnsOfWhatAScriptHides() {
    Plan plan = plan(staged("false\r\ntrue\r\n"), RolloutFixtures.inService(6, Set.of()));
    assertThat(texts(plan))
        .contains(
            "a.sh has CRLF line ends, which a shell takes as text",
            "a.sh ignores errors: only its last command counts");
  }

  @Test
  void warnsOfALaunchWithoutAWayBack() {
    Plan plan =
        plan(staged("set -e").withRollbackScript(null), RolloutFixtures.inService(6, Set.of()));
    assertThat(texts(plan))
        .containsExactly("this launch cannot be rolled back: no rollback" + " script is staged");
  }

  @Test
  void recognizesHowAScriptStopsOnAnError() {
    assertThat(goesOn("set -e\n")).isFalse();
    assertThat(goesOn("set -euo pipefail\n")).isFalse();
    assertThat(goesOn("set -o errexit\n")).isFalse();
    assertThat(goesOn("#!/bin/sh -e\n")).isFalse();
    assertThat(goesOn("set -u\n")).isTrue();
    assertThat(goesOn("echo set -e is missing\n")).isTrue();
  }

  private static boolean goesOn(String text) {
    return ShellAdvice.of(Script.ofText("a.sh", text + "true\n")).stream()
        .anyMatch(w -> w.code() == Warning.Code.SCRIPT_HIDES_ERRORS);
  }

  private static UpdateSpec staged(String text) {
    Script script = Script.of("a.sh", text.getBytes(StandardCharsets.UTF_8));
    return UpdateSpec.EMPTY.withScript(script, CommandType.SHELL).withRollbackScript(script);
  }

  private static Plan plan(UpdateSpec staging, ScalingGroup group) {
    return Plan.launch(
        CONTEXT,
        staging,
        group,
        RolloutFixtures.instances(group.inService()),
        Optional.empty(),
        "");
  }

  private static List<String> texts(Plan plan) {
    return plan.warnings().stream().map(Warning::text).toList();
  }
}
