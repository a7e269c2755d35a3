package oosh.shell;

import oosh.rollout.Execution;
import oosh.rollout.Problem;
import oosh.rollout.Progress;

/** {@code abort [EXEC]}: cancel it, saying first what stays as it is. */
final class AbortCommand {
  private AbortCommand() {}

  static Verb verb(Session session) {
    return Verb.of("abort", Verb.Heading.ROLLOUT, "stop an execution; what it did stays done")
        .example("abort", "abort exec-6f1c0b3a9d2e4f58 -y")
        .optional("EXEC", ExecutionSuggest.of(session))
        .flag("yes", 'y', null, "do not ask")
        .changes()
        .does(
            in -> {
              String id = session.execution(in.argument(0));
              Progress now = session.watch().look(id, 0);
              Execution execution = now.execution();
              if (execution.status().isFinal()) {
                throw Problem.refused(
                    id + " cannot be aborted",
                    "it has ended: " + execution.status(),
                    "rollback " + id);
              }
              long running = now.instances().stream().filter(i -> !i.status().isFinal()).count();
              session
                  .screen()
                  .notes()
                  .println(
                      now.succeeded()
                          + " done stay done; "
                          + running
                          + " under way may stay in Standby; the scaling processes stay suspended");
              if (!in.has("yes") && !session.screen().ask("abort " + id + "? [y/N] ", "-y")) {
                throw Problem.of(
                    Problem.Kind.DECLINED, id + " goes on", "the answer was no", "watch " + id);
              }
              session.cloud().executions().cancel(id);
              Progress after = session.watch().look(id, now.planned());
              session
                  .journal()
                  .seen(session.context(), after.execution(), after.succeeded(), after.planned());
              session.screen().out().println("aborted " + id);
              session
                  .screen()
                  .notes()
                  .println("next: rollback " + id + " brings its instances back into service");
              return 0;
            });
  }
}
