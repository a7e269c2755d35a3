package oosh.rollout.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import oosh.rollout.Problem;
import oosh.rollout.RolloutFixtures;
import oosh.rollout.cloud.GroupInstance;
import oosh.rollout.update.BatchSizing;
import oosh.rollout.update.CommandType;
import oosh.rollout.update.Context;
import oosh.rollout.update.RolloutStrategy;
import oosh.rollout.update.Script;
import oosh.rollout.update.TargetFilter;
import oosh.rollout.update.UpdateMethod;
import oosh.rollout.update.UpdateSpec;
import org.junit.jupiter.api.Test;

/** Which instances a launch takes, and in which batch. */
class TargetSelectionTest {
  private static final Instant DAWN = Instant.parse("2026-01-01T00:00:00Z");

  private final List<GroupInstance> group = new ArrayList<>();

  TargetSelectionTest() {
    // The later its letter, the later it joined.
    add("i-a", "zone-1", "Healthy", "InService", Map.of("env", "canary"));
    add("i-b", "zone-1", "Unhealthy", "InService", Map.of());
    add("i-c", "zone-2", "Healthy", "InService", Map.of("env", "canary", "team", "web"));
    add("i-d", "zone-2", "Healthy", "InService", Map.of());
    add("i-e", "zone-2", "Healthy", "Standby", Map.of());
  }

  private void add(String id, String zone, String health, String state, Map<String, String> tags) {
    Instant joined = DAWN.plusSeconds(group.size());
    group.add(new GroupInstance(id, state, health, zone, null, joined, false, tags));
  }

  @Test
  void takesUnhealthyOnesFirstAndSpreadsTheOthersOverTheZones() {
    assertThat(batches(RolloutStrategy.NONE)).isEqualTo("[[i-b, i-a], [i-c, i-d]]");
  }

  @Test
  void putsCanariesIntoABatchOfTheirOwnAtTheFront() {
    assertThat(batches(first("1"))).isEqualTo("[[i-a], [i-b, i-c], [i-d]]");
    assertThat(batches(first("2"))).isEqualTo("[[i-a, i-c], [i-b], [i-d]]");
    assertThat(batches(first("i-d"))).isEqualTo("[[i-d], [i-b, i-a], [i-c]]");
    assertThat(batches(first("3").withSteps("1,2"))).isEqualTo("[[i-a, i-c, i-d], [i-b]]");
  }

  @Test
  void takesWhatIsChosen() {
    assertThat(batches(only(TargetFilter.NONE.withZones(List.of("zone-2")))))
        .isEqualTo("[[i-c], [i-d]]");
    assertThat(batches(only(TargetFilter.NONE.withTags(List.of("env=canary", "team=web")))))
        .isEqualTo("[[i-c]]");
    assertThat(batches(only(TargetFilter.NONE.withOldest(1)))).isEqualTo("[[i-a]]");
    assertThat(batches(only(TargetFilter.NONE.withNewest(1)))).isEqualTo("[[i-d]]");
    assertThat(batches(only(TargetFilter.named(List.of("i-[ab]", "*c", "i-?")))))
        .isEqualTo("[[i-b, i-a], [i-c, i-d]]");
    assertThat(
            batches(
                only(
                    TargetFilter.named(List.of("i-*")).withZones(List.of("zone-1")).withNewest(1))))
        .isEqualTo("[[i-b]]");
    // A list is an order, and takes what is in Standby.
    assertThat(batches(only(TargetFilter.named(List.of("i-e", "i-b")))))
        .isEqualTo("[[i-e], [i-b]]");
  }

  @Test
  void refusesWhatNoInstanceIs() {
    refused(
        only(TargetFilter.NONE.withZones(List.of("zone-9"))),
        "none of the 4 instances of asg-bp18p2yfxow2dloq that take part is that; they are in"
            + " zone-1, zone-2");
    refused(
        only(TargetFilter.NONE.withTags(List.of("env=none"))),
        "none of the 4 instances of asg-bp18p2yfxow2dloq that take part is that");
  }

  @Test
  void refusesACanaryThatCannotBeOne() {
    refused(first("i-e"), "it is not among the 4 of asg-bp18p2yfxow2dloq that take part");
    refused(first("i-z"), "it is not among the 4 of asg-bp18p2yfxow2dloq that take part");
    refused(first("i-b"), "it is unhealthy already");
    refused(first("i-e").withOnly(TargetFilter.named(List.of("i-a", "i-e"))), "it is Standby");
    refused(first("4"), "3 of those that take part are in service and healthy");
    for (List<String> typed : List.of(List.of("0"), List.of("1001"), List.of("1", "i-a"))) {
      assertThatThrownBy(() -> RolloutStrategy.NONE.withFirst(typed)).isInstanceOf(Problem.class);
    }
  }

  @Test
  void leavesOutWhatHasTheScript() {
    Plan plan = plan(RolloutStrategy.NONE, Set.of("i-a", "i-d"));
    assertThat(plan.order().batches()).hasToString("[[i-b], [i-c]]");
    assertThat(plan.order().leftOut()).containsExactly("i-a", "i-d");
  }

  @Test
  void hasNothingToDoWhereAllHaveTheScript() {
    assertThatThrownBy(() -> plan(RolloutStrategy.NONE, Set.of("i-a", "i-b", "i-c", "i-d")))
        .isInstanceOfSatisfying(
            Problem.class,
            p -> {
              assertThat(p.kind().exitStatus()).isZero();
              assertThat(p.why())
                  .isEqualTo("all 4 have this script already; 1 of the group would not take part");
            });
  }

  private static RolloutStrategy first(String... canaries) {
    return RolloutStrategy.NONE.withFirst(List.of(canaries));
  }

  private static RolloutStrategy only(TargetFilter filter) {
    return RolloutStrategy.NONE.withOnly(filter);
  }

  private void refused(RolloutStrategy strategy, String why) {
    assertThatThrownBy(() -> batches(strategy))
        .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.why()).isEqualTo(why));
  }

  private String batches(RolloutStrategy strategy) {
    return plan(strategy, Set.of()).order().batches().toString();
  }

  private Plan plan(RolloutStrategy strategy, Set<String> having) {
    return Plan.launch(
        new Context("default", "cn-hangzhou", "asg-1", UpdateMethod.RUN_SCRIPT_OOSH),
        UpdateSpec.EMPTY
            .withScript(Script.ofText("a.sh", "set -e\n"), CommandType.SHELL)
            .withBatches(BatchSizing.number(2))
            .withStrategy(strategy),
        RolloutFixtures.inService(4, Set.of()),
        group,
        Optional.empty(),
        "",
        having);
  }
}
