package oosh.shell;

import oosh.rollout.Plan;
import oosh.rollout.Preflight;
import oosh.rollout.Problem;
import oosh.rollout.Rollout;

/** What the role of a rollout may not do, as OOS tells it, among a plan's warnings. */
final class RoleCheck {
  private RoleCheck() {}

  /** The plan with it; where OOS does not tell, that is noted and stops nobody. */
  static Plan of(Session session, Plan plan) {
    Rollout rollout = plan.rollout();
    try {
      return plan.with(
          Preflight.ofRights(
              rollout.role(),
              session
                  .cloud()
                  .executions()
                  .missingRights(
                      rollout.context().method().template(), rollout.content(), rollout.role())));
    } catch (Problem p) {
      if (p.kind() == Problem.Kind.INTERRUPTED) {
        throw p;
      }
      session.screen().notes().println("note: what the role may do was not checked: " + p.why());
      return plan;
    }
  }
}
