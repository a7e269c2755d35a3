package oosh.shell.verbs.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import oosh.rollout.Problem;
import oosh.rollout.output.ScriptOutput;
import oosh.shell.Answer;
import oosh.shell.CommandInput;
import oosh.shell.ExecutionIds;
import oosh.shell.JsonAnswer;
import oosh.shell.Session;
import oosh.shell.Verb;
import oosh.shell.WordCompleter;
import oosh.shell.complete.ExecutionCompleter;
import oosh.shell.verbs.rollout.OutputReader;
import oosh.view.DiffView;
import oosh.view.OutputsView;
import org.springframework.shell.core.command.completion.CompletionProposal;

/** {@code outputs EXEC [INSTANCE]}: what the script printed; {@code --diff}: how two differ. */
public final class OutputsCommand {
  private OutputsCommand() {}

  public static Verb verb() {
    return Verb.of("outputs", Verb.HelpSection.PAST, "what the script printed, equal outputs once")
        .example(
            "outputs",
            "outputs exec-6f1c0b3a9d2e4f58 i-bp1c --exact",
            "outputs --diff i-bp1a i-bp1c",
            "outputs --diff exec-02c7f1e88a5b4d10 exec-6f1c0b3a9d2e4f58")
        .execution(ExecutionCompleter.ALL)
        .optional("INSTANCE", (session, before, prefix) -> second(session, before, prefix))
        .optional("OTHER", (session, before, prefix) -> instances(session, before))
        .flag(
            "exact",
            'x',
            null,
            "compare byte by byte: own ids, addresses and times count as differences, too")
        .flag("diff", 'd', null, "how two instances of one execution, or two executions, differ")
        .answers(JsonAnswer.OUTPUTS, JsonAnswer.DIFFERENCES)
        .does((session, in) -> in.has("diff") ? diff(session, in) : outputs(session, in));
  }

  private static int outputs(Session session, CommandInput in) throws InterruptedException {
    List<String> instances = words(in, true);
    List<String> executions = words(in, false);
    if (instances.size() > 1 || executions.size() > 1) {
      throw Problem.usage(
          "outputs does not take \""
              + (instances.size() > 1 ? instances : executions).get(1)
              + "\"",
          "two instances are compared with --diff",
          "outputs --diff " + String.join(" ", in.arguments()));
    }
    String id = ExecutionIds.execution(session, executions.stream().findFirst());
    OutputReader.ExecutionOutputs read =
        OutputReader.of(session, id, i -> instances.isEmpty() || instances.contains(i));
    List<ScriptOutput> outputs =
        instances.isEmpty() ? read.outputs() : List.of(read.on(instances.get(0)));
    OutputsView.ComparisonMode reading = reading(in);
    return Answer.print(
        session,
        in,
        () -> OutputsView.json(outputs, reading),
        style -> OutputsView.text(id, outputs, reading, read.kept(), style));
  }

  /** The ids of instances among the words, or the others, which are ids of executions. */
  private static List<String> words(CommandInput in, boolean instances) {
    return in.arguments().stream().filter(w -> isInstance(w) == instances).toList();
  }

  private static int diff(Session session, CommandInput in) throws InterruptedException {
    List<String> instances = words(in, true);
    List<String> executions = words(in, false);
    DiffView.Comparison comparison;
    if (instances.size() == 2 && executions.size() < 2) {
      String id = ExecutionIds.execution(session, executions.stream().findFirst());
      comparison = ofInstances(session, id, instances.get(0), instances.get(1));
    } else if (executions.size() == 2 && instances.isEmpty()) {
      comparison = ofExecutions(session, executions);
    } else {
      String words = String.join(" ", in.arguments());
      throw Problem.usage(
          "--diff compares two instances of one execution, or two executions",
          words.isEmpty() ? "none is named" : "\"" + words + "\" names neither",
          "outputs EXEC --diff i-bp1a i-bp1c, or outputs --diff exec-02c7 exec-6f1c");
    }
    return Answer.print(
        session,
        in,
        () -> DiffView.json(comparison, reading(in)),
        style -> DiffView.text(comparison, reading(in), style));
  }

  private static DiffView.Comparison ofInstances(
      Session session, String id, String one, String other) throws InterruptedException {
    requireDifferent(one, other);
    OutputReader.ExecutionOutputs read =
        OutputReader.of(session, id, i -> i.equals(one) || i.equals(other));
    return new DiffView.Comparison(
        List.of(DiffView.pair(id, read.on(one), id, read.on(other))), Map.of(), "");
  }

  private static DiffView.Comparison ofExecutions(Session session, List<String> words)
      throws InterruptedException {
    String one = ExecutionIds.execution(session, Optional.of(words.get(0)));
    String other = ExecutionIds.execution(session, Optional.of(words.get(1)));
    requireDifferent(one, other);
    return DiffView.comparison(
        one,
        OutputReader.of(session, one).outputs(),
        other,
        OutputReader.of(session, other).outputs());
  }

  private static void requireDifferent(String one, String other) {
    if (one.equals(other)) {
      throw Problem.usage(
          "nothing to compare", one + " is named twice", "outputs " + (isInstance(one) ? "" : one));
    }
  }

  private static OutputsView.ComparisonMode reading(CommandInput in) {
    return in.has("exact") ? OutputsView.ComparisonMode.EXACT : OutputsView.ComparisonMode.MASKED;
  }

  private static boolean isInstance(String word) {
    return word.startsWith("i-") || word.startsWith("eci-");
  }

  /** With --diff the second word may be an execution, too. */
  private static List<CompletionProposal> second(
      Session session, List<String> before, String prefix) {
    List<CompletionProposal> all = new ArrayList<>(instances(session, before));
    if (before.contains("--diff") || before.contains("-d")) {
      all.addAll(ExecutionCompleter.ALL.propose(session, before, prefix));
    }
    return all;
  }

  /** The instances whose outputs are kept of the execution that is named before. */
  private static List<CompletionProposal> instances(Session session, List<String> before) {
    return before.stream()
        .filter(w -> w.startsWith("exec-"))
        .findFirst()
        .flatMap(id -> session.history().storedOutputs(id))
        .map(
            k ->
                k.outputs().stream()
                    .map(o -> WordCompleter.item(o.instance(), o.status().word()))
                    .toList())
        .orElse(List.of());
  }
}
