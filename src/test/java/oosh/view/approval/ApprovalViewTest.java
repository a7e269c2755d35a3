package oosh.view.approval;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.cloud.TaskExecution;
import oosh.rollout.record.Progress;
import oosh.rollout.update.Approval;
import oosh.rollout.update.EndNotice;
import oosh.view.ProgressView;
import oosh.view.ViewFixtures;
import org.junit.jupiter.api.Test;

/** An execution that waits for an approval, on the screen. */
class ApprovalViewTest {
  private static final Instant NOW = ViewFixtures.NOW;

  private static Progress waiting(String said, Object approvers) {
    Execution execution =
        new Execution(
            "exec-8f31",
            "",
            ExecutionStatus.WAITING,
            "",
            "Approve",
            Map.of(
                "scalingGroupId",
                "asg-bp1web",
                "batchNumber",
                3L,
                "invokeScript",
                "#!/bin/sh\necho hello\n",
                "targets",
                List.of("a", "b", "c", "d", "e", "f"),
                "approvers",
                approvers,
                "approvalsNeeded",
                2L),
            List.of("approveBeforeBatch1"),
            null,
            "li(200000000000000007)",
            "web 2.4.1",
            Map.of(),
            NOW.minusSeconds(120),
            null);
    TaskExecution task =
        new TaskExecution(
            "task-1",
            "exec-8f31",
            "approveBeforeBatch1",
            "ACS::Approve",
            ExecutionStatus.RUNNING,
            said,
            "",
            0,
            "",
            NOW.minusSeconds(110),
            null);
    return Progress.of(execution, List.of(), List.of(task), 6);
  }

  @Test
  void saysForWhomItWaits() {
    Progress progress = waiting("1 of 2 approvals: alice", List.of("alice", "bob"));
    assertThat(ProgressView.outcome(progress, NOW, ViewFixtures.WIDE))
        .isEqualTo(
            "Waiting for approval by alice, bob (1 of 2), before batch 1 of 3: 0 of 6 instances"
                + " done");
    assertThat(ProgressView.next(progress, true, 0))
        .isEqualTo(
            "next: approve exec-8f31 or reject exec-8f31, as one of them; abort exec-8f31"
                + " ends it");
    assertThat(ApprovalView.question(progress, "approve", NOW, ViewFixtures.WIDE))
        .isEqualTo(
            """
            approve exec-8f31 on asg-bp1web
              started    li(200000000000000007), 2 min ago
              because    "web 2.4.1"
              script     sha %s, 21 bytes
              instances  6 in 3 batches
              approval   before the first batch by alice, bob (1 of 2)
              all of it  show exec-8f31"""
                .formatted(ViewFixtures.script("x", "#!/bin/sh\necho hello\n").shortSha()));
  }

  /** What OOS really says there is not known: of other words nothing is concluded. */
  @Test
  void concludesNothingFromWordsThatItDoesNotKnow() {
    for (String said : List.of("", "Waiting for approval", "2 of 2 approvals: alice", "1/2")) {
      Progress progress = waiting(said, List.of("alice", "bob"));
      assertThat(ProgressView.outcome(progress, NOW, ViewFixtures.WIDE))
          .contains("for approval by alice, bob (2 needed)");
    }
  }

  @Test
  void showsNothingHostile() {
    Progress progress = waiting(ViewFixtures.HOSTILE, List.of(ViewFixtures.HOSTILE, "bob"));
    for (String text :
        List.of(
            ProgressView.outcome(progress, NOW, ViewFixtures.WIDE),
            ApprovalView.question(progress, "reject", NOW, ViewFixtures.WIDE),
            String.join("", ApprovalView.lines(progress)))) {
      assertThat(text).doesNotContain("\033", "\u202e", "\u0000", "\u009b", "\u0007");
    }
    assertThat(ProgressView.outcome(waiting("", "alice"), NOW, ViewFixtures.WIDE))
        .contains("for approval by somebody");
  }

  @Test
  void saysWhoMustApproveWhere() {
    EndNotice team = new EndNotice("team", "slack", "00112233");
    assertThat(ApprovalView.planned(Approval.of(List.of("alice", "bob"), 1, false, team)))
        .isEqualTo(
            "before batch 2, 1 of alice, bob must approve; OOS tells team (slack); who starts it"
                + " cannot approve; the processes stay suspended meanwhile; who may read this"
                + " execution in the account can read that address");
    assertThat(ApprovalView.planned(null)).isEmpty();
  }
}
