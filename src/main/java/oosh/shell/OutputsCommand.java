package oosh.shell;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
              List<InstanceOutput> outputs =
                  read(
                      session,
                      progress.instances().stream()
                          .filter(i -> instance.isEmpty() || instance.get().equals(i.id()))
                          .toList());
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
                          : OutputsView.text(id, outputs, session.screen().style()));
              return 0;
            });
  }

  /** In their order; but the odd ones are read first, while there is room for all that they say. */
  private static List<InstanceOutput> read(Session session, List<Progress.Instance> instances)
      throws InterruptedException {
    InstanceOutput.Room room = new InstanceOutput.Room();
    List<Progress.Instance> oddFirst =
        instances.stream().sorted(Comparator.comparing(i -> i.status().isSuccess())).toList();
    Map<Progress.Instance, InstanceOutput> read = new HashMap<>();
    for (Progress.Instance i : oddFirst) {
      read.put(i, InstanceOutput.of(i, tasks(session, i), room));
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
    return instances.stream().map(read::get).filter(Objects::nonNull).toList();
  }

  private static List<TaskExecution> tasks(Session session, Progress.Instance instance) {
    return instance.childExecutionId().isEmpty()
        ? List.of()
        : session.cloud().executions().tasks(instance.childExecutionId());
  }
}
