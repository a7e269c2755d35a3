package oosh.shell;

import java.time.Duration;
import java.util.List;
import oosh.rollout.Notify;
import oosh.rollout.Problem;
import oosh.rollout.Progress;
import oosh.rollout.Steering;

/**
 * {@code continue [EXEC]}: go on after a batch pause, and watch. With {@code --all} the watch goes
 * on after each following one: OOS has no word for "no more pauses" in a public document, so it
 * holds as long as somebody watches.
 */
final class ContinueCommand {
  private ContinueCommand() {}

  static Verb verb(Session session) {
    return Verb.of("continue", Verb.Heading.ROLLOUT, "go on after a pause, and watch")
        .example("continue", "continue --all", "continue exec-6f1c0b3a9d2e4f58 --detach")
        .optional("EXEC", ExecutionSuggest.waiting(session))
        .flag("all", 'a', null, "and after every later one, as long as it is watched")
        .flag("detach", 'd', null, "do not watch")
        .flag("timeout", 't', "TIME", "stop watching after 90s, 30m or 2h; the execution goes on")
        .changes()
        .does(
            in -> {
              Duration timeout = Watching.timeout(in);
              boolean all = in.has("all");
              if (all && in.has("detach")) {
                throw Problem.usage(
                    "continue takes one of --all and --detach",
                    "whoever watches goes on after each pause; nobody else would",
                    "continue --all");
              }
              String id = session.execution(in.argument(0));
              Progress before = session.look(id);
              Steering.mayContinue(before);
              Steering.tell(
                  () -> session.cloud().executions().notify(id, Notify.CONTINUE, List.of()),
                  () -> session.look(id),
                  Steering::mayContinue);
              session
                  .screen()
                  .notes()
                  .println("continued " + id + (all ? ", without further pauses" : ""));
              if (in.has("detach")) {
                return Starting.detached(session, id, in);
              }
              return new Watching(session, id, in.json(), timeout).answered(before, all).watch();
            });
  }
}
