package oosh.shell;

import java.time.Duration;
import java.util.List;
import oosh.rollout.Execution;
import oosh.rollout.Notify;
import oosh.rollout.Problem;
import oosh.rollout.Progress;

/** {@code continue [EXEC]}: go on after a batch pause, and watch. */
final class ContinueCommand {
  private ContinueCommand() {}

  static Verb verb(Session session) {
    return Verb.of("continue", Verb.Heading.ROLLOUT, "go on after a pause, and watch")
        .example("continue", "continue exec-6f1c0b3a9d2e4f58 --detach")
        .optional("EXEC", ExecutionSuggest.of(session))
        .flag("detach", 'd', null, "do not watch")
        .flag("timeout", 't', "TIME", "stop watching after 90s, 30m or 2h; the execution goes on")
        .changes()
        .does(
            in -> {
              Duration timeout = Watching.timeout(in);
              String id = session.execution(in.argument(0));
              Progress before = session.watch().look(id, 0);
              Execution execution = before.execution();
              if (!execution.status().isWaiting()) {
                throw Problem.refused(
                    id + " cannot be continued",
                    execution.status().isFinal()
                        ? "it has ended: " + execution.status()
                        : "it is " + execution.status() + ", not waiting",
                    execution.status().isFinal() ? "show " + id : "watch " + id);
              }
              session.cloud().executions().notify(id, Notify.CONTINUE, List.of());
              session.screen().notes().println("continued " + id);
              if (in.has("detach")) {
                return 0;
              }
              return Watching.watch(session, id, in.json(), timeout, before);
            });
  }
}
