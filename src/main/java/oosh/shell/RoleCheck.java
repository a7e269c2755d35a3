package oosh.shell;

import java.util.List;
import java.util.Map;
import oosh.rollout.Plan;
import oosh.rollout.Preflight;
import oosh.rollout.Problem;
import oosh.rollout.Readers;
import oosh.rollout.Rollout;
import oosh.rollout.Staging;
import oosh.rollout.UpdateMethod;
import org.jspecify.annotations.Nullable;

/** What the role of a rollout may not do, as OOS tells it, among a plan's warnings. */
final class RoleCheck {
  private final Session session;

  /** Null where it takes the plan to know what to ask. */
  private final Readers.@Nullable Reading<List<String>> begun;

  private RoleCheck(Session session, Readers.@Nullable Reading<List<String>> begun) {
    this.session = session;
    this.begun = begun;
  }

  /** Asks about the launch of that, as far as this can be asked before there is a plan. */
  static RoleCheck begin(Session session, Staging staging) {
    UpdateMethod method = session.context().method();
    String role = staging.role() == null ? "" : staging.role();
    return new RoleCheck(session, method.own() ? null : begin(session, method, Map.of(), role));
  }

  private static Readers.Reading<List<String>> begin(
      Session session, UpdateMethod method, Map<String, Object> content, String role) {
    return session
        .cloud()
        .readers()
        .begin(() -> session.cloud().executions().missingRights(method.template(), content, role));
  }

  /** The plan with it; where OOS does not tell, that is noted and stops nobody. */
  static Plan of(Session session, Plan plan) {
    return new RoleCheck(session, null).of(plan);
  }

  /** The plan with the answer. */
  Plan of(Plan plan) {
    Rollout rollout = plan.rollout();
    Readers.Reading<List<String>> reading =
        begun != null
            ? begun
            : begin(session, rollout.context().method(), rollout.content(), rollout.role());
    try {
      return plan.with(Preflight.ofRights(rollout.role(), reading.get()));
    } catch (Problem p) {
      if (p.kind() == Problem.Kind.INTERRUPTED) {
        throw p;
      }
      Answer.note(session, "note: what the role may do was not checked: " + p.why());
      return plan;
    }
  }
}
