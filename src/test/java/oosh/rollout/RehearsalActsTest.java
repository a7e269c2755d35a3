package oosh.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import oosh.rollout.cloud.GroupInstance;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.cloud.ScalingProcess;
import oosh.rollout.output.HomeSnapshot;
import oosh.rollout.plan.Plan;
import oosh.rollout.record.Diagnosis;
import oosh.rollout.rehearsal.Rehearsal;
import oosh.rollout.update.BatchSizing;
import oosh.rollout.update.CommandType;
import oosh.rollout.update.Context;
import oosh.rollout.update.Script;
import oosh.rollout.update.UpdateMethod;
import oosh.rollout.update.UpdateSpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is rehearsed, and where the failure is ordered. */
class RehearsalActsTest {
  private static final Context CONTEXT =
      new Context("production", "cn-beijing", "asg-bp18p2yfxow2dloq", UpdateMethod.RUN_SCRIPT);
  private static final UpdateSpec STAGED =
      UpdateSpec.EMPTY.withScript(Script.ofText("deploy.sh", "true\n"), CommandType.SHELL);

  @Test
  void ordersTheFailureAtTheFirstOfTheBatchInTheMiddle() {
    assertThat(failsAt(6, 3)).isEqualTo("i-2");
    assertThat(failsAt(7, 3)).isEqualTo("i-3");
    assertThat(failsAt(6, 1)).isEqualTo("i-0");
    assertThat(failsAt(6, 2)).isEqualTo("i-3");
    assertThat(failsAt(1, 5)).isEqualTo("i-0");
  }

  private static String failsAt(int instances, int batches) {
    return of(
            STAGED.withBatches(BatchSizing.number(batches)),
            RolloutFixtures.instances(instances),
            null)
        .failAt();
  }

  @Test
  void leavesOutInstancesInStatesThatNoSandboxHas() {
    List<GroupInstance> instances = new ArrayList<>(RolloutFixtures.instances(2));
    instances.add(new GroupInstance("i-p", "Pending", "Healthy", null, null));

    Rehearsal rehearsal = of(instances, null);

    assertThat(rehearsal.instances()).hasSize(2);
    assertThat(rehearsal.leftOut()).extracting(GroupInstance::id).containsExactly("i-p");
  }

  @Test
  void refusesAnInstanceThatWouldNotTakePart() {
    Problem p = catchThrowableOfType(Problem.class, () -> of(RolloutFixtures.instances(2), "i-9"));

    assertThat(p.kind()).isEqualTo(Problem.Kind.USAGE);
    assertThat(p.why()).isEqualTo("it would not take part; i-0, i-1 would");
  }

  @Test
  void refusesAGroupWithTooManyInstances() {
    Problem p = catchThrowableOfType(Problem.class, () -> of(RolloutFixtures.instances(351), null));

    assertThat(p.why()).isEqualTo("a rehearsal takes at most 350");
    assertThat(of(RolloutFixtures.instances(350), null).instances()).hasSize(350);
  }

  @Test
  void aRollbackIsPlayedAfterTheScript() {
    assertThat(Rehearsal.Act.of("rollback"))
        .containsExactly(Rehearsal.Act.SCRIPT, Rehearsal.Act.ROLLBACK);
    assertThat(Rehearsal.Act.of("failure, twice"))
        .containsExactly(Rehearsal.Act.TWICE, Rehearsal.Act.FAILURE);
  }

  @Test
  void seesThatTheGroupIsNotAsItWas() {
    Rehearsal rehearsal = of(RolloutFixtures.instances(2), null);
    ScalingGroup group = rehearsal.group();
    List<GroupInstance> moved =
        List.of(
            rehearsal.instances().get(0),
            new GroupInstance("i-1", "Standby", "Healthy", null, null));

    assertThat(rehearsal.asBefore(new Diagnosis(group, rehearsal.instances(), List.of(), null)))
        .isTrue();
    assertThat(rehearsal.asBefore(new Diagnosis(group, moved, List.of(), null))).isFalse();
    assertThat(
            rehearsal.asBefore(
                new Diagnosis(
                    RolloutFixtures.inService(2, Set.of(ScalingProcess.SCALE_IN)),
                    rehearsal.instances(),
                    List.of(),
                    null)))
        .isFalse();
  }

  @Test
  void scriptsThatWereNotRunHaveNotGoneWell() {
    Rehearsal.ActResult skipped =
        new Rehearsal.ActResult(
            Rehearsal.Act.ROLLBACK, List.of(), "", "no rollback script is staged");

    assertThat(new Rehearsal.RehearsalResult(List.of(skipped), "").well()).isTrue();
    assertThat(new Rehearsal.RehearsalResult(List.of(skipped), "no Windows").well()).isFalse();
  }

  @Test
  void listsNewChangedAndDeletedFiles() {
    HomeSnapshot before =
        new HomeSnapshot(Map.of("i-0", Map.of("a", "1", "b", "1", "c", "1")), false);
    HomeSnapshot after =
        new HomeSnapshot(Map.of("i-0", Map.of("a", "1", "b", "2", "d", "1")), false);

    assertThat(after.since(before, "i-0"))
        .containsExactly(
            Map.entry("b", HomeSnapshot.FileChange.CHANGED),
            Map.entry("c", HomeSnapshot.FileChange.GONE),
            Map.entry("d", HomeSnapshot.FileChange.NEW));
    assertThat(after.since(before, "i-1")).isEmpty();
  }

  private static Rehearsal of(List<GroupInstance> instances, @Nullable String failAt) {
    return of(STAGED, instances, failAt);
  }

  private static Rehearsal of(
      UpdateSpec staged, List<GroupInstance> instances, @Nullable String failAt) {
    ScalingGroup group = RolloutFixtures.inService(instances.size(), Set.of());
    Plan plan = Plan.launch(CONTEXT, staged, group, instances, Optional.empty(), "");
    return Rehearsal.of(plan, instances, failAt);
  }
}
