package oosh.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import oosh.rollout.record.GroupStatistics;
import oosh.rollout.update.Context;
import oosh.rollout.update.UpdateMethod;
import oosh.view.json.JsonOutput;
import org.junit.jupiter.api.Test;

class StatisticsViewTest {
  private final List<GroupStatistics> figures =
      List.of(
          new GroupStatistics("asg-bp1web", 1200, 1199, 1198, Duration.ofSeconds(185), 2),
          new GroupStatistics("asg-bp1api", 1, 0, 0, null, 1));

  @Test
  void saysWhatTheLaunchesOnAGroupComeTo() {
    assertThat(StatisticsView.table(figures, ViewFixtures.WIDE))
        .isEqualTo(
            """
            asg-bp1web  1200 launches  99% Success  median 3m 05s  2 rollbacks
            asg-bp1api  1 launch       none ended                  1 rollback""");
    assertThat(StatisticsView.table(figures, ViewFixtures.NARROW))
        .isEqualTo(
            """
            asg-bp1web  1200 launches  99% Success
                median 3m 05s  2 rollbacks
            asg-bp1api  1 launch       none ended
                1 rollback""");
  }

  @Test
  void areGaugesForPrometheus() {
    Context context = new Context("pro\"d\\", "cn-hangzhou", null, UpdateMethod.RUN_SCRIPT);
    assertThat(StatisticsView.prometheus(figures, context).lines())
        .hasSize(19)
        .startsWith(
            "# HELP oosh_launches Launches that were started.",
            "# TYPE oosh_launches gauge",
            "oosh_launches{profile=\"pro\\\"d\\\\\",region=\"cn-hangzhou\",group=\"asg-bp1web\"} 1200")
        .endsWith(
            "# TYPE oosh_launch_duration_median_seconds gauge",
            "oosh_launch_duration_median_seconds{profile=\"pro\\\"d\\\\\",region=\"cn-hangzhou\",group=\"asg-bp1web\"} 185.0");
    assertThat(StatisticsView.prometheus(List.of(), context).lines())
        .hasSize(10)
        .allMatch(line -> line.startsWith("# "));
  }

  @Test
  void leavesOutOfJsonWhatNoEndHasMade() {
    assertThat(JsonOutput.line(StatisticsView.json(figures)))
        .isEqualTo(
            "[{\"group\":\"asg-bp1web\",\"launches\":1200,\"ended\":1199,\"succeeded\":1198,\"successRate\":0.9991659716430359,\"medianSeconds\":185.0,\"rollbacks\":2},{\"group\":\"asg-bp1api\",\"launches\":1,\"ended\":0,\"succeeded\":0,\"rollbacks\":1}]");
  }
}
