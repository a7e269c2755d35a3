package oosh.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import oosh.rollout.cloud.GroupInstance;
import oosh.rollout.plan.Coverage;
import oosh.rollout.plan.ScriptState;
import org.junit.jupiter.api.Test;

class CoverageViewTest {
  @Test
  void namesAFew() {
    assertThat(CoverageView.text(of(2), ViewFixtures.WIDE))
        .isEqualTo(
            """
            deploy.sh (sha e3cbd4) on asg-bp1web "web": 0 of 2 instances have it
              not reached  i-0, i-1""");
  }

  @Test
  void countsMany() {
    assertThat(CoverageView.text(of(1000), ViewFixtures.WIDE))
        .isEqualTo(
            """
            deploy.sh (sha e3cbd4) on asg-bp1web "web": 0 of 1000 instances have it
              not reached  1000 instances (i-0, i-1, i-2, i-3, i-4, i-5, i-6, i-7, …)""");
  }

  private static Coverage of(int instances) {
    List<Coverage.InstanceCoverage> all =
        IntStream.range(0, instances)
            .mapToObj(
                i ->
                    new Coverage.InstanceCoverage(
                        new GroupInstance("i-" + i, "InService", "Healthy", null, null),
                        ScriptState.NOT_REACHED,
                        null,
                        false,
                        false,
                        null,
                        null,
                        false))
            .toList();
    return new Coverage(ViewFixtures.group(instances, 0, 0), ViewFixtures.DEPLOY, all, List.of());
  }
}
