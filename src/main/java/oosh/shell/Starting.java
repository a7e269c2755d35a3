package oosh.shell;

import java.time.Duration;
import oosh.rollout.Execution;
import oosh.rollout.Plan;
import oosh.rollout.Problem;
import oosh.view.ExecutionView;
import oosh.view.Json;
import oosh.view.PlanView;

/** What launch and rollback share: say the plan, ask, start, watch. */
final class Starting {
  private Starting() {}

  /** The options of both. */
  static Verb options(Verb verb) {
    return verb.flag("message", 'm', "REASON", "why, for the record")
        .flag("yes", 'y', null, "do not ask")
        .flag("dry-run", 'n', null, "say the plan and stop; the same as plan")
        .flag("detach", 'd', null, "start it and do not watch")
        .flag(
            "timeout",
            Verb.NO_LETTER,
            "TIME",
            "stop watching after 90s, 30m or 2h; the execution goes on");
  }

  static int start(Session session, Plan plan, Input in) throws InterruptedException {
    if (in.has("dry-run")) {
      PlanCommand.print(session, plan, in.json());
      return 0;
    }
    // Read before anything starts: a wrong --timeout must not leave an execution unwatched.
    Duration timeout = Watching.timeout(in);
    if (!in.json() || !in.has("yes")) {
      session.screen().notes().println(PlanView.text(plan, session.screen().style()));
    }
    if (!in.has("yes") && !session.screen().ask(PlanView.question(plan), "-y")) {
      throw Problem.of(
          Problem.Kind.DECLINED, "nothing was started", "the answer was no", in.verb().getName());
    }
    Execution started = session.rollouts().start(plan.rollout());
    if (in.has("detach") && in.json()) {
      session.screen().out().println(Json.document(ExecutionView.brief(started)));
      return 0;
    }
    if (!in.json()) {
      session.screen().out().println("started " + started.id());
    }
    if (in.has("detach")) {
      session.screen().notes().println("next: watch " + started.id());
      return 0;
    }
    return Watching.watch(session, started.id(), in.json(), timeout);
  }
}
