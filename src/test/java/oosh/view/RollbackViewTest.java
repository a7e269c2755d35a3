package oosh.view;

import static oosh.rollout.cloud.ExecutionStatus.CANCELLED;
import static oosh.rollout.cloud.ExecutionStatus.FAILED;
import static oosh.rollout.cloud.ExecutionStatus.RUNNING;
import static oosh.rollout.cloud.ExecutionStatus.SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import oosh.rollout.plan.Plan;
import oosh.rollout.plan.Rollback;
import oosh.rollout.record.Progress;
import oosh.rollout.update.UpdateSpec;
import oosh.view.json.ExecutionJson;
import org.junit.jupiter.api.Test;

class RollbackViewTest {
  private final Progress source =
      new Progress(
          ViewFixtures.execution(RUNNING, 3),
          List.of(
              ViewFixtures.batch(
                  1,
                  ViewFixtures.instance("i-bp1a", SUCCESS, "", ""),
                  ViewFixtures.instance("i-bp1b", RUNNING, "runCommand", ""))),
          6);

  private Plan plan() {
    Rollback back =
        Rollback.ofRunningSource(
            ViewFixtures.CONTEXT,
            source.execution(),
            2,
            Optional.empty(),
            UpdateSpec.EMPTY.withRollbackScript(ViewFixtures.UNDO),
            "errors");
    return Plan.rollback(
            back,
            source.execution(),
            ViewFixtures.group(5, 0, 1),
            ViewFixtures.inService(5),
            List.of("i-0", "i-1"),
            Optional.empty())
        .with(back.ofAborting(source));
  }

  @Test
  void saysWhatTheAbortLeavesAndWhatTheRollbackDoesWithIt() {
    assertThat(RollbackView.text(source, plan(), ViewFixtures.WIDE))
        .isEqualTo(
            """
            abort exec-8f31 on asg-bp1web
              done         1 instance has the script: i-bp1a
              running      1 instance: i-bp1b; it stays as it is and may be in Standby; what
                           runs there continues
              not reached  4 instances
              processes    ScaleIn, ScaleOut stay suspended until the rollback resumes them
            roll back exec-8f31 on asg-bp1web "web" · profile sandbox · cn-hangzhou
              instances   2 instances that it has touched
              batches     2 batches of 1: at most 20% out of service, 4 keep serving; no
                          pause between batches; OOS chooses the order
              script      undo.sh (sha cb1ad1, 22 of 18,432 bytes, RunShellScript); OOS
                          gives it 600 s on each instance
              processes   suspends and then resumes ScaleIn, ScaleOut
              role        left to OOS
              because     "errors"
            warning  1 instance is at work; the script may still run there when undo.sh
                     begins
              next   outputs exec-8f31 shows what it printed; or abort exec-8f31,
                     and roll back later""");
    assertThat(RollbackView.question(source, plan()))
        .isEqualTo(
            "abort exec-8f31 and roll back 2 instances of asg-bp1web, profile sandbox (up to 6 if it reaches more"
                + " before it ends)? [y/N] ");
    assertThat(
            RollbackView.json(source, plan())
                .getAsJsonObject("aborts")
                .get("executionId")
                .getAsString())
        .isEqualTo("exec-8f31");
  }

  @Test
  void saysHowTheSourceEndedAndWhatItHadTouchedByThen() {
    assertThat(RollbackView.ended(ViewFixtures.execution(CANCELLED, 3)))
        .isEqualTo("aborted exec-8f31");
    assertThat(RollbackView.ended(ViewFixtures.execution(SUCCESS, 3)))
        .isEqualTo("exec-8f31 ended before it was aborted: Success");
    assertThat(RollbackView.touchedMoreThanPlanned(2, 2)).isEmpty();
    assertThat(RollbackView.touchedMoreThanPlanned(2, 4))
        .hasValue("it had touched 4 instances by then, not 2");
  }

  @Test
  void describesAnAutomaticRollbackInOneLine() {
    assertThat(
            RollbackView.outcome("exec-1", ViewFixtures.execution(SUCCESS, 3), ViewFixtures.WIDE))
        .isEqualTo("exec-1 failed and was rolled back by exec-8f31");
    assertThat(RollbackView.outcome("exec-1", ViewFixtures.execution(FAILED, 3), ViewFixtures.WIDE))
        .isEqualTo("exec-1 failed, and so did its rollback exec-8f31: Failed");
    assertThat(
            RollbackView.json(
                ExecutionJson.brief(ViewFixtures.execution(FAILED, 3)),
                ExecutionView.json("exec-2", null, Optional.empty())))
        .hasToString(
            ExecutionJson.brief(ViewFixtures.execution(FAILED, 3)).toString().replaceFirst("}$", "")
                + ",\"rollback\":{\"executionId\":\"exec-2\"}}");
  }
}
