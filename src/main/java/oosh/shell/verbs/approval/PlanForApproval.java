package oosh.shell.verbs.approval;

import oosh.rollout.Problem;
import oosh.rollout.approval.PlanApproval;
import oosh.rollout.plan.Plan;
import oosh.shell.Session;
import oosh.shell.oneline.StagedOptions;
import oosh.shell.verbs.planning.HoldCheck;
import oosh.shell.verbs.planning.SavedPlanFile;
import oosh.shell.verbs.planning.StartPlanner;
import oosh.view.PlanView;
import oosh.view.approval.PlanApprovalView;
import oosh.view.text.Style;

/** What an approver reads of a saved plan before the question. */
final class PlanForApproval {
  private PlanForApproval() {}

  /**
   * Shows the plan as {@code plan} does, made again of what the services say now. Where that is not
   * the plan of the file, or cannot be made here, it shows what the file says.
   */
  static void show(Session session, SavedPlanFile file, PlanApproval plan)
      throws InterruptedException {
    Style style = session.style();
    session.say(PlanApprovalView.head(plan, file.saved(), session.now(), style));
    StagedOptions.alone(
        session,
        () -> {
          try {
            session.say(PlanView.text(again(session, file), style));
          } catch (Problem p) {
            session.note("it cannot be planned here as it was saved: " + p.why());
            session.say(PlanApprovalView.facts(file.saved(), style));
          }
          return 0;
        });
    session.say(PlanApprovalView.scripts(file.staged(), style));
    session.say(PlanApprovalView.progress(plan));
  }

  private static Plan again(Session session, SavedPlanFile file) {
    session.move(file.context(session.context()), session.group());
    session.files().clear();
    session.stage(file.staged());
    return file.same(
            session,
            HoldCheck.add(session, new StartPlanner(session).launch(file.staged(), ""))
                .marked(session.backends().config().profiles()))
        .plan();
  }
}
