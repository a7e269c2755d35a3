package oosh.shell.verbs.rollout;

import java.util.List;
import oosh.rollout.plan.Plan;
import oosh.rollout.record.ReconciledStart;
import oosh.shell.JsonAnswer;
import oosh.shell.Session;
import oosh.shell.Verb;
import oosh.view.PlanView;
import oosh.view.json.JsonOutput;

/** {@code plan}: what launch would do, in sentences; changes nothing. */
public final class PlanCommand {
  private PlanCommand() {}

  public static Verb verb() {
    return Verb.of("plan", Verb.HelpSection.ROLLOUT, "what launch would do; changes nothing")
        .example("plan", "plan --output json")
        .whenTyped(session -> PlanPrefetch.of(session).begin())
        .answers(JsonAnswer.PLAN)
        .does(
            (session, in) -> {
              List<ReconciledStart> settled = Reconciliation.settle(session);
              PlannedStart planned = PlanPrefetch.of(session).plan(session.staging(), "");
              print(session, StartWorkflow.withConflict(session, planned, settled), in.json());
              return 0;
            });
  }

  static void print(Session session, Plan plan, boolean json) {
    session
        .screen()
        .out()
        .println(
            json
                ? JsonOutput.document(PlanView.json(plan))
                : PlanView.text(plan, session.screen().style()));
  }
}
