package oosh.shell.verbs.approval;

import java.util.List;
import oosh.rollout.cloud.NotifyType;
import oosh.rollout.record.ApprovalProgress;
import oosh.rollout.record.Progress;
import oosh.rollout.update.Approval;
import oosh.rollout.update.EndNotice;
import oosh.rollout.update.UpdateSpec;
import oosh.shell.Session;

/** An approval in a rehearsal: nobody is asked and nobody is told, and it is given at once. */
public final class RehearsedApproval {
  private RehearsedApproval() {}

  /** What is staged, with a notice that nobody gets. */
  public static UpdateSpec staged(UpdateSpec staged) {
    Approval approval = staged.strategy().approval();
    return approval == null
        ? staged
        : staged.withStrategy(
            staged
                .strategy()
                .withApproval(
                    new Approval(
                        approval.by(), approval.need(), approval.beforeFirst(), EndNotice.NOBODY)));
  }

  /** Answers an execution that waits: in place of those who may approve, or as at any pause. */
  public static void answer(Session session, Progress waiting) {
    String id = waiting.execution().id();
    if (waiting.waitsForApproval().isEmpty()) {
      session.cloud().executions().notify(id, NotifyType.CONTINUE, List.of());
      return;
    }
    ApprovalProgress approval = waiting.waitsForApproval().get();
    approval.approvers().stream()
        .filter(name -> !approval.approved().contains(name))
        .limit(approval.needed() - approval.approved().size())
        .forEach(name -> session.backends().sandboxControl().answerApproval(id, name, true, ""));
  }
}
