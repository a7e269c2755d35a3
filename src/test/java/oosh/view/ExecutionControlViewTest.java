package oosh.view;

import static oosh.rollout.cloud.ExecutionStatus.FAILED;
import static oosh.rollout.cloud.ExecutionStatus.RUNNING;
import static oosh.rollout.cloud.ExecutionStatus.SKIPPED;
import static oosh.rollout.cloud.ExecutionStatus.SUCCESS;
import static oosh.rollout.cloud.ExecutionStatus.WAITING;
import static oosh.view.ViewFixtures.batch;
import static oosh.view.ViewFixtures.instance;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import oosh.rollout.cloud.NotifyType;
import oosh.rollout.record.Progress;
import oosh.rollout.watch.ExecutionControl;
import oosh.view.text.Style;
import org.junit.jupiter.api.Test;

class ExecutionControlViewTest {
  private static final Progress.BatchProgress FIRST =
      batch(1, instance("i-bp1a", SUCCESS, "", ""), instance("i-bp1b", SUCCESS, "", ""));

  @Test
  void saysWhatAnAbortLeaves() {
    Progress progress =
        new Progress(
            ViewFixtures.execution(RUNNING, 3),
            List.of(
                FIRST,
                batch(
                    2,
                    instance("i-bp1c", RUNNING, "runCommand", ""),
                    instance("i-bp1d", FAILED, "checkInvocationResult", ""))),
            6);
    assertThat(ExecutionControlView.abort(progress, ViewFixtures.WIDE))
        .isEqualTo(
            """
            abort exec-8f31 on asg-bp1web
              done         2 instances have the script: i-bp1a, i-bp1b
              running      1 instance: i-bp1c; it stays as it is and may be in Standby; what
                           runs there continues
              failed       1 instance: i-bp1d; it stays in Standby
              not reached  2 instances
              processes    ScaleIn, ScaleOut stay suspended until they are resumed""");
  }

  @Test
  void namesNoMoreThanALineOfThem() {
    Progress.InstanceProgress[] sixty =
        IntStream.range(0, 60)
            .mapToObj(n -> instance("i-" + n, SUCCESS, "", ""))
            .toArray(Progress.InstanceProgress[]::new);
    assertThat(
            ExecutionControlView.abort(
                new Progress(ViewFixtures.execution(RUNNING, 1), List.of(batch(1, sixty)), 60),
                ViewFixtures.WIDE))
        .contains("i-7 and 52 more")
        .doesNotContain("i-8", "not reached");
  }

  @Test
  void saysThatASkippedInstanceStaysInStandby() {
    Progress progress =
        new Progress(
            ViewFixtures.execution(WAITING, 3),
            List.of(FIRST, batch(2, instance("i-bp1c", FAILED, "runCommand", ""))),
            6);
    ExecutionControl.NotifyRequest choice =
        ExecutionControl.choose(progress, NotifyType.SKIP, List.of());
    assertThat(ExecutionControlView.skip(progress, choice, Style.plain(100)))
        .isEqualTo(
            "i-bp1c stays in Standby until heal --return-failed returns it to service; OOS counts it"
                + " as done and\n    continues");
    assertThat(ExecutionControlView.skipQuestion(progress, choice))
        .isEqualTo("skip 1 instance of exec-8f31? [y/N] ");
  }

  @Test
  void saysOnceMoreAtTheEndWhatWasSkipped() {
    Progress progress =
        new Progress(
            ViewFixtures.execution(SUCCESS, 2),
            List.of(FIRST, batch(2, instance("i-bp1c", SKIPPED, "", ""))),
            3);
    assertThat(ProgressView.outcome(progress, ViewFixtures.NOW, ViewFixtures.WIDE))
        .isEqualTo("Success after 14s: 2 succeeded, 1 skipped");
    assertThat(ProgressView.next(progress, false, 0))
        .isEqualTo(
            """
            i-bp1c stays in Standby until heal --return-failed returns it to service
            next: outputs exec-8f31 to read what it printed""");
  }

  @Test
  void offersRetryAndSkipAtAFailureAndContinueBetweenBatches() {
    Progress failed =
        new Progress(
            ViewFixtures.execution(WAITING, 3),
            List.of(FIRST, batch(2, instance("i-bp1c", FAILED, "runCommand", "it broke"))),
            6);
    assertThat(ProgressView.outcome(failed, ViewFixtures.NOW, ViewFixtures.WIDE))
        .isEqualTo(
            "Waiting at a failure in batch 2 of 3: 1 failed, 2 succeeded, 3 not reached; i-bp1c:"
                + " runCommand: it broke");
    assertThat(ProgressView.next(failed, false, 0))
        .isEqualTo("next: retry exec-8f31, skip exec-8f31, outputs exec-8f31, or abort exec-8f31");
    Progress pause = new Progress(ViewFixtures.execution(WAITING, 3), List.of(FIRST), 6);
    assertThat(ProgressView.next(pause, false, 0))
        .isEqualTo("next: continue exec-8f31, outputs exec-8f31, or abort exec-8f31");
  }
}
