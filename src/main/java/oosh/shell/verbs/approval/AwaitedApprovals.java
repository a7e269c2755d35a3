package oosh.shell.verbs.approval;

import java.util.List;
import java.util.Optional;
import oosh.rollout.approval.PlanApprovals;
import oosh.rollout.cloud.Execution;
import oosh.rollout.record.Progress;
import oosh.rollout.update.Context;
import oosh.shell.Answer;
import oosh.shell.CommandInput;
import oosh.shell.Session;
import oosh.shell.complete.ApprovalCompleter;
import oosh.view.approval.AwaitedView;

/** {@code approve} and {@code reject} alone: what waits in the region, or on the chosen group. */
final class AwaitedApprovals {
  private AwaitedApprovals() {}

  static int list(Session session, CommandInput in, String verb) {
    Context at = session.context();
    Optional<String> group = at.chosenGroup();
    List<Progress> executions =
        session.cloud().executions().unfinished().stream()
            .filter(ApprovalCompleter::waits)
            .filter(e -> group.isEmpty() || group.get().equals(e.group()))
            .map(Execution::id)
            .map(session::look)
            // One may have been answered since it was listed.
            .filter(progress -> progress.waitsForApproval().isPresent())
            .toList();
    List<PlanApprovals.Awaiting> plans =
        session.journal().planApprovals().waiting(at.region(), group.orElse(null));
    Answer.print(
        session,
        in,
        () -> AwaitedView.json(executions, plans),
        style ->
            AwaitedView.table(executions, plans, group.orElse(at.region()), session.now(), style));
    if (!executions.isEmpty() || !plans.isEmpty()) {
      String what =
          plans.isEmpty()
              ? "EXEC"
              : executions.isEmpty() ? "FILE of the plan" : "EXEC, or FILE of a plan";
      session.note("next: " + verb + " " + what);
    }
    return 0;
  }
}
