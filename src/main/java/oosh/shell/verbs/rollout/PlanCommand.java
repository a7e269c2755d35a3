package oosh.shell.verbs.rollout;

import java.util.List;
import oosh.rollout.plan.Plan;
import oosh.rollout.record.ReconciledStart;
import oosh.shell.Answer;
import oosh.shell.JsonAnswer;
import oosh.shell.Verb;
import oosh.shell.verbs.planning.PlanPrefetch;
import oosh.shell.verbs.planning.PlannedStart;
import oosh.view.PlanView;
import oosh.view.json.PlanJson;

/** {@code plan}: what launch would do, in sentences; changes nothing. */
public final class PlanCommand {
  private PlanCommand() {}

  public static Verb verb() {
    return Verb.of("plan", Verb.HelpSection.ROLLOUT, "what launch would do; changes nothing")
        .example("plan", "plan --output json")
        .flag(
            LaunchCommand.SKIP_MATCHING, null, "leave out instances that have this script already")
        .whenTyped(session -> PlanPrefetch.of(session).begin())
        .answers(JsonAnswer.PLAN)
        .does(
            (session, in) -> {
              List<ReconciledStart> settled = Reconciliation.settle(session);
              PlannedStart planned =
                  PlanPrefetch.of(session).plan(LaunchCommand.skipping(session.staging(), in), "");
              Plan plan = StartWorkflow.withConflict(session, planned, settled);
              return Answer.print(
                  session, in, () -> PlanJson.of(plan), style -> PlanView.text(plan, style));
            });
  }
}
