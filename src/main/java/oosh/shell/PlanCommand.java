package oosh.shell;

import java.util.List;
import java.util.Optional;
import oosh.rollout.Before;
import oosh.rollout.Context;
import oosh.rollout.Execution;
import oosh.rollout.GroupInstance;
import oosh.rollout.GroupState;
import oosh.rollout.InTheWay;
import oosh.rollout.Listed;
import oosh.rollout.Plan;
import oosh.rollout.Problem;
import oosh.rollout.ScalingGroup;
import oosh.rollout.Script;
import oosh.rollout.Settled;
import oosh.rollout.Snapshot;
import oosh.rollout.Staging;
import oosh.view.Json;
import oosh.view.PlanView;

/** {@code plan}: what launch would do, in sentences; changes nothing. */
final class PlanCommand {
  private PlanCommand() {}

  static Verb verb(Session session, PlanPrefetch prefetch) {
    return Verb.of("plan", Verb.Heading.ROLLOUT, "what launch would do; changes nothing")
        .example("plan", "plan --output json")
        .whenTyped(prefetch::begin)
        .does(
            in -> {
              List<Settled> settled = Settling.settle(session);
              PlannedStart planned = launch(session, prefetch, session.staging(), "");
              print(session, Starting.withConflict(session, planned, settled), in.json());
              return 0;
            });
  }

  /** The plan of launching that, on the group as it is now. */
  static PlannedStart launch(
      Session session, PlanPrefetch prefetch, Staging staging, String reason) {
    Optional<PlanReads> ahead = prefetch.take();
    if (ahead.isPresent()) {
      try {
        return launch(session, staging, reason, ahead.get());
      } catch (Problem p) {
        if (p.kind() == Problem.Kind.INTERRUPTED) {
          throw p;
        }
        // Only what is read now may refuse.
      }
    }
    return launch(session, staging, reason, PlanReads.begin(session, staging));
  }

  private static PlannedStart launch(
      Session session, Staging staging, String reason, PlanReads reads) {
    ScalingGroup group = reads.group().get();
    Optional<Execution> inFlight = reads.inFlight().get();
    GroupState state = PlanReads.noted(session, reads.state().get());
    List<GroupInstance> instances = state.instances();
    session.remember(group.id(), instances);
    Context context = Templates.forPlan(session);
    Plan plan =
        Before.in(
            Plan.launch(context, staging, group, instances, inFlight, reason),
            session.cloud(),
            session.journal(),
            instances);
    plan =
        plan.after(reads.precedents().get(), session.journal(), instances, reads.at())
            .with(state.warnings())
            .with(StagedFile.warnings(session, staging));
    plan = listed(session, plan, staging, group);
    Script script = staging.script();
    if (script != null) {
      plan = plan.with(session.setting().findings(script, staging.commandTypeOrDefault()));
    }
    return new PlannedStart(
        reads.role().of(plan),
        Snapshot.of(reads.at(), group, instances),
        inFlight,
        InTheWay.ofLaunch(group.id()));
  }

  /**
   * The plan with what no service lists; where they do not tell, that is noted and stops nobody.
   */
  private static Plan listed(Session session, Plan plan, Staging staging, ScalingGroup group) {
    try {
      return plan.with(
          Listed.warnings(session.cloud(), session.context().method(), staging, group));
    } catch (Problem p) {
      if (p.kind() == Problem.Kind.INTERRUPTED) {
        throw p;
      }
      session.note("note: whether it is listed was not checked: " + p.why());
      return plan;
    }
  }

  static void print(Session session, Plan plan, boolean json) {
    session
        .screen()
        .out()
        .println(
            json
                ? Json.document(PlanView.json(plan))
                : PlanView.text(plan, session.screen().style()));
  }
}
