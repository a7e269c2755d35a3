package oosh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import oosh.rollout.Problem;
import oosh.rollout.cloud.Execution;
import oosh.rollout.record.Progress;
import oosh.rollout.watch.ExecutionWatcher;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How often a watch looks at an execution in which nothing happens, and what it still sees. */
class IdleWatchPollingTest extends ShellFixture {
  private final List<Instant> looks = new ArrayList<>();
  private final List<Instant> changes = new ArrayList<>();
  private @Nullable Instant since;

  private final ExecutionWatcher.WatchListener watcher =
      new ExecutionWatcher.WatchListener() {
        @Override
        public void onChange(Progress progress) {
          looks.add(backends.pace().instant());
          changes.add(backends.pace().instant());
        }

        @Override
        public void onUnchanged(Progress progress, @Nullable Instant stillSince) {
          looks.add(backends.pace().instant());
          since = stillSince;
        }

        @Override
        public void onServiceUnavailable(Instant blindSince, Problem problem) {
          throw problem;
        }

        @Override
        public void onJournalError(Problem problem) {
          throw problem;
        }
      };

  @Test
  void pollsEachSecondThenRarelyAndStillSeesTheEnd() throws InterruptedException {
    run(
        "sandbox fail i-bp1a --hang; use group asg-bp1web;"
            + " stage script sessions/scripts/undo.sh; launch -y --detach");
    Execution execution = cloud().executions().recent(null, 1).get(0);
    ExecutionWatcher watch =
        new ExecutionWatcher(
            WEB, cloud().executions(), backends.journal().starts(), backends.pace(), note -> {});
    Instant begin = backends.pace().instant();

    assertThatThrownBy(
            () -> watch.watchUntilEnd(WEB, execution.id(), begin.plusSeconds(301), watcher))
        .isInstanceOf(Problem.class);
    assertThat(gaps(begin, begin.plusSeconds(60))).containsOnly(Duration.ofSeconds(1));
    assertThat(gaps(begin.plusSeconds(200), begin.plusSeconds(300)))
        .containsOnly(Duration.ofSeconds(10));
    Instant last = changes.get(changes.size() - 1);
    assertThat(since).isEqualTo(last);
    assertThat(Duration.between(begin, last)).isLessThan(Duration.ofSeconds(10));
    assertThat(Duration.between(begin, backends.pace().instant())).hasSeconds(301);

    Progress ended = watch.watchUntilEnd(WEB, execution.id(), null, watcher);
    assertThat(ended.execution().status().isFailed()).isTrue();
    assertThat(ended.execution().ended()).isAfter(backends.pace().instant().minusSeconds(11));
  }

  /** Between the looks of that time. */
  private List<Duration> gaps(Instant from, Instant to) {
    List<Duration> gaps = new ArrayList<>();
    for (int i = 1; i < looks.size(); i++) {
      if (!looks.get(i - 1).isBefore(from) && !looks.get(i).isAfter(to)) {
        gaps.add(Duration.between(looks.get(i - 1), looks.get(i)));
      }
    }
    return gaps;
  }
}
