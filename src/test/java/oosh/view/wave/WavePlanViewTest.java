package oosh.view.wave;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import oosh.rollout.Problem;
import oosh.rollout.ProfileMark;
import oosh.rollout.cloud.GroupInstance;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.plan.Plan;
import oosh.rollout.plan.WavePlan;
import oosh.rollout.update.BatchSizing;
import oosh.rollout.update.Context;
import oosh.rollout.update.UpdateMethod;
import oosh.rollout.wave.GroupOfWave;
import oosh.rollout.wave.GroupProgress;
import oosh.view.ViewFixtures;
import oosh.view.text.Style;
import oosh.view.text.TextWidth;
import org.junit.jupiter.api.Test;

class WavePlanViewTest {
  private static final Problem INACTIVE =
      Problem.refused("cannot launch on asg-x", "the group is Inactive", "enable the group in ESS");

  private static WaveFixtures rollout() {
    return new WaveFixtures()
        .wave("cn-hangzhou", 1, "PT10M", null)
        .group("bp1db", "", "", 0)
        .wave("cn-shanghai", 2, "PT0S", "Mon-Fri 09:00-17:00")
        .group("bp1web", "网站-web", "", 0)
        .group("bp1api", "api", "", 0);
  }

  private static WavePlan.OfGroup plan(GroupOfWave o, int batches, ProfileMark mark) {
    List<GroupInstance> members = new ArrayList<>();
    for (int i = 0; i < o.instances(); i++) {
      members.add(new GroupInstance("i-" + i, "InService", "Healthy", null, null));
    }
    ScalingGroup group =
        new ScalingGroup(
            o.group(),
            o.name(),
            o.region(),
            "Active",
            o.instances(),
            0,
            1,
            0,
            1,
            9,
            Set.of(),
            "",
            false);
    Plan plan =
        Plan.launch(
                new Context("sandbox", o.region(), o.group(), UpdateMethod.RUN_SCRIPT),
                WaveFixtures.SPEC.withBatches(BatchSizing.number(batches)),
                group,
                members,
                Optional.empty(),
                "web 2.4.1")
            .marked(mark);
    return new WavePlan.OfGroup(o, plan, null);
  }

  private static List<WavePlan.OfGroup> plans(
      WaveFixtures rollout, int batchesOfFirst, ProfileMark mark) {
    return rollout.status().groups().stream()
        .map(GroupProgress::group)
        .map(o -> plan(o, o.position() == 0 ? batchesOfFirst : 3, mark))
        .toList();
  }

  private static WavePlan good() {
    return new WavePlan(rollout().file(), plans(rollout(), 3, ProfileMark.NONE), List.of());
  }

  private static WavePlan bad() {
    WaveFixtures rollout =
        rollout()
            .group("x", "", "", 0)
            .wave("cn-beijing", 2, "PT0S", "2026-01-01 08:00 - 2026-01-02 08:00");
    List<WavePlan.OfGroup> groups = new ArrayList<>(plans(rollout, 1, ProfileMark.NONE));
    groups.set(3, new WavePlan.OfGroup(groups.get(3).group(), null, INACTIVE));
    return new WavePlan(
        rollout.file(),
        groups,
        List.of(
            Problem.of(
                Problem.Kind.UNREACHABLE,
                "wave 3: no group of cn-beijing is known",
                "ESS does not answer",
                "plan rollout.yaml asks again")));
  }

  @Test
  void oneTableThenTotalsAndWarnings() {
    assertThat(WavePlanView.text(good(), WaveFixtures.NOW, ViewFixtures.WIDE))
        .isEqualTo(
            """
                rollout.yaml: launch on 3 groups · profile sandbox
                  method      run-script
                  script      deploy.sh (sha 5dbad7)
                  rollback    undo.sh (sha 07bc42)
                  batches     3 batches; no pause between batches
                  failures    at the first failed group nothing more is started
                  because     "web 2.4.1"

                wave  region       group                  instances  batches  out at once
                1     cn-hangzhou  asg-bp1db              6          3 of 2   2 of 6 (33%)
                      one group; then a bake of 10m 00s
                2     cn-shanghai  asg-bp1web "网站-web"  6          3 of 2   2 of 6 (33%)
                                   asg-bp1api "api"       6          3 of 2   2 of 6 (33%)
                      2 groups at once; hours Mon-Fri 09:00-17:00 Asia/Shanghai: open until Wed
                      2026-03-04 17:00 Asia/Shanghai

                3 groups in 2 waves, 18 instances in 2 regions; at most 4 of 18 (22%) out of
                    service at once
                warning  every group: 1 in Standby will not be touched
                  next
                    heal returns those that an execution left there, the ESS console the others
                warning  every group: deploy.sh ignores errors: only its last command counts
                  next   put 'set -e' on its first line, then stage it again
                warning  every group: undo.sh ignores errors: only its last command counts
                  next   put 'set -e' on its first line, then stage it again""");
  }

  @Test
  void onFewColumnsEachCellSaysWhatItIs() {
    assertThat(WavePlanView.text(good(), WaveFixtures.NOW, Style.plain(40)))
        .isEqualTo(
            """
                rollout.yaml: launch on 3 groups ·
                    profile sandbox
                  method      run-script
                  script      deploy.sh (sha 5dbad7)
                  rollback    undo.sh (sha 07bc42)
                  batches     3 batches; no pause
                              between batches
                  failures    at the first failed group
                              nothing more is started
                  because     "web 2.4.1"

                wave 1  cn-hangzhou
                    asg-bp1db  6 instances
                    3 batches of 2  2 of 6 (33%) out
                      one group; then a bake of 10m 00s
                wave 2  cn-shanghai
                    asg-bp1web "网站-web"  6 instances
                    3 batches of 2  2 of 6 (33%) out
                wave 2  cn-shanghai
                    asg-bp1api "api"  6 instances
                    3 batches of 2  2 of 6 (33%) out
                      2 groups at once; hours Mon-Fri
                      09:00-17:00 Asia/Shanghai: open
                      until Wed 2026-03-04 17:00
                      Asia/Shanghai

                3 groups in 2 waves, 18 instances in 2
                    regions; at most 4 of 18 (22%) out
                    of service at once
                warning  every group: 1 in Standby will
                         not be touched
                  next
                    heal returns those that an execution
                    left there,
                    the ESS console the others
                warning  every group: deploy.sh ignores
                         errors: only its last command
                         counts
                  next   put 'set -e' on its first line,
                         then stage it again
                warning  every group: undo.sh ignores
                         errors: only its last command
                         counts
                  next   put 'set -e' on its first line,
                         then stage it again""");
  }

  @Test
  void whatKeepsItFromStartingStandsWithItsGroup() {
    assertThat(WavePlanView.text(bad(), WaveFixtures.NOW, ViewFixtures.WIDE))
        .isEqualTo(
            """
                rollout.yaml: launch on 4 groups · profile sandbox
                  method      run-script
                  script      deploy.sh (sha 5dbad7)
                  rollback    undo.sh (sha 07bc42)
                  batches     3 batches; no pause between batches
                  failures    at the first failed group nothing more is started
                  because     "web 2.4.1"

                wave  region       group                  instances  batches  out at once
                1     cn-hangzhou  asg-bp1db              6          1 of 6   6 of 6 (100%)
                      one group; then a bake of 10m 00s
                2     cn-shanghai  asg-bp1web "网站-web"  6          3 of 2   2 of 6 (33%)
                                   asg-bp1api "api"       6          3 of 2   2 of 6 (33%)
                                   asg-x                  6                   cannot launch
                      2 groups at once; hours Mon-Fri 09:00-17:00 Asia/Shanghai: open until Wed
                      2026-03-04 17:00 Asia/Shanghai
                3     cn-beijing   no group: web-*
                      one group; hours 2026-01-01 08:00 - 2026-01-02 08:00 Asia/Shanghai: over,
                      they never come again

                4 groups in 3 waves, 24 instances in 3 regions; at most 6 of 18 (33%) out of
                    service at once
                severe  asg-bp1db: all 6 that serve may be out of service at once
                  next  one at a time: stage batch --size 1
                warning  every group: 1 in Standby will not be touched
                  next
                    heal returns those that an execution left there, the ESS console the others
                warning  every group: deploy.sh ignores errors: only its last command counts
                  next   put 'set -e' on its first line, then stage it again
                warning  every group: undo.sh ignores errors: only its last command counts
                  next   put 'set -e' on its first line, then stage it again
                wave 3: no group of cn-beijing is known
                  why   ESS does not answer
                  next  plan rollout.yaml asks again
                wave 2, asg-x: cannot launch on asg-x
                  why   the group is Inactive
                  next  enable the group in ESS
                this group is started only with its own name:
                    --confirm asg-bp1db""");
    assertThat(WavePlanView.text(bad(), WaveFixtures.NOW, Style.plain(40)).lines())
        .allMatch(l -> TextWidth.of(l) <= 40);
  }

  @Test
  void inAPipeEachRowSaysAll() {
    assertThat(WavePlanView.text(good(), WaveFixtures.NOW, Style.plain(Style.ENDLESS)))
        .contains(
            "wave 2  cn-shanghai  asg-bp1web \"网站-web\"  6 instances  3 batches of 2  2 of 6 (33%)"
                + " out\n"
                + "wave 2  cn-shanghai  asg-bp1api \"api\"       6 instances");
  }

  @Test
  void theQuestionCountsGroupsAndInstances() {
    assertThat(WavePlanView.question(good()))
        .isEqualTo("launch on 3 groups, 18 instances in 2 waves, profile sandbox? [y/N] ");
  }

  @Test
  void aMarkedProfileNeedsTheNameOfEachGroup() {
    WavePlan marked =
        new WavePlan(rollout().file(), plans(rollout(), 3, new ProfileMark(true, null)), List.of());
    assertThat(WavePlanView.text(marked, WaveFixtures.NOW, Style.plain(60)))
        .contains("  profile     marked production\n")
        .endsWith(
            """
            these groups are started only with the name of each:
                --confirm asg-bp1db --confirm asg-bp1web
                --confirm asg-bp1api""");
    assertThat(WavePlanView.question(marked)).contains("profile sandbox [production]? ");
  }

  @Test
  void whatFailedMayStayOutWhileTheNextGoes() {
    WaveFixtures rollout = rollout().mayFail(1);
    WavePlan plan = new WavePlan(rollout.file(), plans(rollout, 3, ProfileMark.NONE), List.of());
    assertThat(WavePlanJson.of(plan, WaveFixtures.NOW).get("outOfService").getAsInt()).isEqualTo(6);
    assertThat(WavePlanJson.of(good(), WaveFixtures.NOW).get("outOfService").getAsInt())
        .isEqualTo(4);
  }

  @Test
  void namesCannotActOnTheTerminal() {
    WaveFixtures rollout =
        new WaveFixtures()
            .named(ViewFixtures.HOSTILE, ViewFixtures.HOSTILE)
            .wave(ViewFixtures.HOSTILE, 1, "PT0S", null)
            .group(ViewFixtures.HOSTILE, ViewFixtures.HOSTILE, "", 0)
            .wave("cn-beijing", 1, "PT0S", null);
    WavePlan plan = new WavePlan(rollout.file(), plans(rollout, 1, ProfileMark.NONE), List.of());
    for (int width : new int[] {80, 40, Style.ENDLESS}) {
      assertThat(WavePlanView.text(plan, WaveFixtures.NOW, Style.plain(width)))
          .matches(Hostile::isHarmless);
    }
  }

  @Test
  void inJson() {
    JsonObject json = WavePlanJson.of(bad(), WaveFixtures.NOW);
    assertThat(json.keySet())
        .containsExactly(
            "file",
            "method",
            "script",
            "rollbackScript",
            "maxFailures",
            "profile",
            "groups",
            "instances",
            "serving",
            "outOfService",
            "severe",
            "confirm",
            "waves",
            "problems");
    JsonObject wave = json.getAsJsonArray("waves").get(1).getAsJsonObject();
    assertThat(wave.get("open").getAsBoolean()).isTrue();
    JsonObject group = wave.getAsJsonArray("groups").get(2).getAsJsonObject();
    assertThat(group.get("group").getAsString()).isEqualTo("asg-x");
    assertThat(group.getAsJsonObject("problem").get("why").getAsString())
        .isEqualTo("the group is Inactive");
    assertThat(json.getAsJsonArray("confirm")).hasToString("[\"asg-bp1db\"]");
  }
}
