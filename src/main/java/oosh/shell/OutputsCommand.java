package oosh.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import oosh.rollout.Problem;
import oosh.rollout.Progress;
import oosh.rollout.TaskExecution;
import oosh.view.InstanceOutput;
import oosh.view.Json;
import oosh.view.OutputsView;

/** {@code outputs EXEC [INSTANCE]}: what the script printed. */
final class OutputsCommand {
  private OutputsCommand() {}

  static Verb verb(Session session) {
    return Verb.of("outputs", Verb.Heading.PAST, "what the script printed, equal outputs once")
        .example("outputs", "outputs i-bp1c", "outputs exec-6f1c0b3a9d2e4f58 i-bp1c")
        .optional("EXEC", ExecutionSuggest.of(session))
        .optional("INSTANCE", Suggest.NOTHING)
        .does(
            in -> {
              // An instance alone is enough: its id cannot be taken for an execution's.
              boolean alone = in.arguments().size() == 1 && in.need(0).startsWith("i-");
              String id = session.execution(alone ? Optional.empty() : in.argument(0));
              Optional<String> instance = in.argument(alone ? 0 : 1);
              Progress progress = session.watch().look(id, 0);
              List<InstanceOutput> outputs = new ArrayList<>();
              for (Progress.Instance i : progress.instances()) {
                if (instance.isEmpty() || instance.get().equals(i.id())) {
                  outputs.add(InstanceOutput.of(i, tasks(session, i)));
                }
                if (Thread.interrupted()) {
                  throw new InterruptedException();
                }
              }
              if (instance.isPresent() && outputs.isEmpty()) {
                throw Problem.usage(
                    id + " has not touched " + instance.get(),
                    progress.instances().isEmpty()
                        ? "it has touched no instance"
                        : "it touched "
                            + String.join(
                                ", ",
                                progress.instances().stream()
                                    .limit(8)
                                    .map(Progress.Instance::id)
                                    .toList()),
                    "outputs " + id);
              }
              session
                  .screen()
                  .out()
                  .println(
                      in.json()
                          ? Json.document(OutputsView.json(outputs))
                          : OutputsView.text(outputs, session.screen().style()));
              return 0;
            });
  }

  private static List<TaskExecution> tasks(Session session, Progress.Instance instance) {
    return instance.childExecutionId().isEmpty()
        ? List.of()
        : session.cloud().executions().tasks(instance.childExecutionId());
  }
}
