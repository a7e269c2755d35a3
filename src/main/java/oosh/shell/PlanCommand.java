package oosh.shell;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import oosh.rollout.Execution;
import oosh.rollout.GroupInstance;
import oosh.rollout.InTheWay;
import oosh.rollout.Plan;
import oosh.rollout.ScalingGroup;
import oosh.rollout.Script;
import oosh.rollout.Snapshot;
import oosh.rollout.Staging;
import oosh.view.Json;
import oosh.view.PlanView;

/** {@code plan}: what launch would do, in sentences; changes nothing. */
final class PlanCommand {
  private PlanCommand() {}

  static Verb verb(Session session) {
    return Verb.of("plan", Verb.Heading.ROLLOUT, "what launch would do; changes nothing")
        .example("plan", "plan --output json")
        .does(
            in -> {
              print(session, launch(session, session.staging(), "").plan(), in.json());
              return 0;
            });
  }

  /** The plan of launching that, on the group as it is now. */
  static Starting.Planned launch(Session session, Staging staging, String reason) {
    Instant read = session.setting().pace().instant();
    ScalingGroup group = session.readGroup();
    Optional<Execution> inFlight = session.watch().inFlight(group.id());
    List<GroupInstance> instances = session.cloud().groups().instances(group.id());
    session.remember(group.id(), instances);
    Plan plan = Plan.launch(session.context(), staging, group, instances, inFlight, reason);
    Script script = staging.script();
    if (script != null) {
      plan = plan.with(session.setting().findings(script, staging.commandTypeOrDefault()));
    }
    return new Starting.Planned(
        RoleCheck.of(session, plan),
        Snapshot.of(read, group, instances),
        inFlight,
        InTheWay.ofLaunch(group.id()));
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
