package oosh.shell;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import oosh.rollout.Notify;
import oosh.rollout.Problem;
import oosh.rollout.Progress;
import oosh.rollout.Steering;
import oosh.view.ProgressView;
import oosh.view.SteeringView;

/**
 * {@code retry [EXEC] [INSTANCE…]} and {@code skip [EXEC] [INSTANCE…]}: at a failure pause, run the
 * script on failed instances again, or count them as done; and watch.
 */
final class RetryCommand {
  private RetryCommand() {}

  static Verb retry(Session session) {
    return options(
            session,
            Verb.of("retry", Verb.Heading.ROLLOUT, "run it again where it failed, and watch")
                .example("retry", "retry i-bp1c", "retry exec-6f1c0b3a9d2e4f58 i-bp1c i-bp1d"))
        .does(in -> steer(session, Notify.RETRY, in));
  }

  static Verb skip(Session session) {
    return options(
            session,
            Verb.of("skip", Verb.Heading.ROLLOUT, "count what failed as done, and watch")
                .example("skip", "skip i-bp1c -y", "skip exec-6f1c0b3a9d2e4f58 i-bp1c"))
        .flag("yes", 'y', null, "do not ask")
        .does(in -> steer(session, Notify.SKIP, in));
  }

  private static Verb options(Session session, Verb verb) {
    return verb.optional("EXEC", first(session))
        .several("INSTANCE…", failed(session))
        .flag("detach", 'd', null, "do not watch")
        .flag("timeout", 't', "TIME", "stop watching after 90s, 30m or 2h; the execution goes on")
        .changes();
  }

  /** An instance alone is enough: its id cannot be taken for an execution's. */
  private static Suggest first(Session session) {
    return (before, prefix) -> {
      List<Suggest.Proposal> both = new ArrayList<>(failed(session).propose(before, prefix));
      both.addAll(ExecutionSuggest.waiting(session).propose(before, prefix));
      return both;
    };
  }

  /** Of the execution that was seen last: Tab does not ask OOS. */
  private static Suggest failed(Session session) {
    return (before, prefix) -> {
      Progress seen = session.seen();
      return seen == null || !seen.pausedByFailure()
          ? List.of()
          : seen.failed().stream()
              .filter(i -> !before.contains(i.id()))
              .map(i -> new Suggest.Proposal(i.id(), ProgressView.why(i)))
              .toList();
    };
  }

  private static int steer(Session session, Notify type, Input in) throws InterruptedException {
    Duration timeout = Watching.timeout(in);
    boolean named = !in.arguments().isEmpty() && !in.need(0).startsWith("i-");
    String id = session.execution(named ? in.argument(0) : Optional.empty());
    List<String> instances =
        named ? in.arguments().subList(1, in.arguments().size()) : in.arguments();
    Progress before = session.look(id);
    Steering.Choice choice = Steering.choose(before, type, instances);
    if (type == Notify.SKIP) {
      session.screen().notes().println(SteeringView.skip(before, choice, session.screen().style()));
      if (!in.has("yes")
          && !session.screen().ask(SteeringView.skipQuestion(before, choice), "-y")) {
        throw Problem.of(
            Problem.Kind.DECLINED, id + " still waits", "the answer was no", "retry " + id);
      }
    }
    session.cloud().executions().notify(id, type, choice.taskExecutionIds());
    session
        .screen()
        .notes()
        .println(
            (type == Notify.SKIP ? "skipped " : "retries ") + choice.names(before) + " of " + id);
    if (in.has("detach")) {
      return 0;
    }
    return new Watching(session, id, in.json(), timeout).answered(before, false).watch();
  }
}
