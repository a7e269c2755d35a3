package oosh.shell;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import oosh.rollout.BaselineReader;
import oosh.rollout.CatalogueCheck;
import oosh.rollout.Context;
import oosh.rollout.Execution;
import oosh.rollout.GroupInstance;
import oosh.rollout.GroupSnapshot;
import oosh.rollout.GroupState;
import oosh.rollout.Plan;
import oosh.rollout.Problem;
import oosh.rollout.ScalingGroup;
import oosh.rollout.Script;
import oosh.rollout.StartConflict;
import oosh.rollout.UpdateSpec;

/** Plans a launch of what is staged, from what the services and the journal know. */
final class LaunchPlanner {
  private LaunchPlanner() {}

  /**
   * The plan of a launch.
   *
   * @param reads the inputs, perhaps still being read
   * @param note takes what could not be read and stops nobody
   * @throws Problem if it cannot be launched, or an input cannot be read
   */
  static PlannedStart plan(
      Session session, UpdateSpec staging, String reason, PlanInputs reads, Consumer<String> note) {
    ScalingGroup group = reads.group().get();
    Optional<Execution> inFlight = reads.inFlight().get();
    GroupState state = PlanInputs.noted(reads.state().get(), note);
    List<GroupInstance> instances = state.instances();
    session.remember(group.id(), instances);
    Context context =
        session
            .context()
            .withMethod(TemplateLookup.forPlan(session, session.context().method(), note));
    Plan plan =
        BaselineReader.addBaseline(
            Plan.launch(context, staging, group, instances, inFlight, reason),
            session.cloud(),
            session.journal(),
            instances,
            inFlight);
    plan =
        plan.after(reads.precedents().get(), session.journal(), instances, reads.at())
            .with(state.warnings())
            .with(StagedFileReader.warnings(session, staging));
    plan = listed(session, plan, staging, group, note);
    Script script = staging.script();
    if (script != null) {
      plan = plan.with(session.setting().findings(script, staging.commandType()));
    }
    return new PlannedStart(
        reads.role().of(plan, note),
        GroupSnapshot.of(reads.at(), group, instances),
        inFlight,
        StartConflict.ofLaunch(group.id()));
  }

  /**
   * The plan with what no service lists; where they do not tell, that is noted and stops nobody.
   */
  private static Plan listed(
      Session session, Plan plan, UpdateSpec staging, ScalingGroup group, Consumer<String> note) {
    try {
      return plan.with(
          CatalogueCheck.warnings(session.cloud(), session.context().method(), staging, group));
    } catch (Problem p) {
      note.accept("note: whether it is listed was not checked: " + p.why());
      return plan;
    }
  }
}
