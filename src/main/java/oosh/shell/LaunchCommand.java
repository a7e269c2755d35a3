package oosh.shell;

import oosh.rollout.Plan;

/** {@code launch}: plan, ask, start, watch. */
final class LaunchCommand {
  private LaunchCommand() {}

  static Verb verb(Session session) {
    return Starting.options(
            Verb.of("launch", Verb.Heading.ROLLOUT, "start what is staged, and watch it")
                .example("launch -m \"web 2.4.1\"", "launch -y --detach", "launch --dry-run"))
        .does(
            in -> {
              String reason = in.option("message");
              Plan plan = PlanCommand.launch(session, reason == null ? "" : reason);
              return Starting.start(session, plan, in);
            });
  }
}
