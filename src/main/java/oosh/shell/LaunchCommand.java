package oosh.shell;

import java.util.List;
import java.util.OptionalInt;
import oosh.rollout.Settled;
import oosh.rollout.Staging;

/** {@code launch}: plan, ask, start, watch. */
final class LaunchCommand {
  private LaunchCommand() {}

  static Verb verb(Session session) {
    return Starting.options(
            Verb.of("launch", Verb.Heading.ROLLOUT, "start what is staged, and watch it")
                .example(
                    "launch -m \"web 2.4.1\"",
                    "launch -y --detach",
                    "launch --on-failure pause",
                    "launch --dry-run")
                .flag(
                    "on-failure",
                    Verb.NO_LETTER,
                    "pause|stop",
                    "wait at a failure for retry, skip or abort; or end there")
                .values("on-failure", StageCommand.FAILURE))
        .does(in -> launch(session, in));
  }

  private static int launch(Session session, Input in) throws InterruptedException {
    String group = session.context().needGroup();
    String typed = in.option("on-failure");
    Staging staging =
        typed == null
            ? session.staging()
            : session
                .staging()
                .withOnFailure(StageCommand.failure(typed, "launch --on-failure pause"));
    String message = in.option("message");
    String reason = message == null ? "" : message;
    List<Settled> settled = Settling.settle(session);
    OptionalInt goesOn =
        Settling.goOn(session, in, settled, e -> e.launches(group, staging, reason));
    return goesOn.isPresent()
        ? goesOn.getAsInt()
        : Starting.start(session, PlanCommand.launch(session, staging, reason), settled, in);
  }
}
