package oosh.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import oosh.rollout.record.GroupStatistics;
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
  void leavesOutOfJsonWhatNoEndHasMade() {
    assertThat(JsonOutput.line(StatisticsView.json(figures)))
        .isEqualTo(
            "[{\"group\":\"asg-bp1web\",\"launches\":1200,\"ended\":1199,\"succeeded\":1198,\"successRate\":0.9991659716430359,\"medianSeconds\":185.0,\"rollbacks\":2},{\"group\":\"asg-bp1api\",\"launches\":1,\"ended\":0,\"succeeded\":0,\"rollbacks\":1}]");
  }
}
