package oosh.rollout.rehearsal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import oosh.rollout.output.ScriptOutput;
import oosh.rollout.record.GateFailure;
import oosh.rollout.record.Progress;
import oosh.rollout.update.Gate;
import oosh.rollout.update.Gates;
import oosh.rollout.update.ProbedScript;

/**
 * What a gate did in an execution.
 *
 * @param healthy the instances that a probe called healthy
 * @param unhealthy the instances that a probe did not, or could not ask
 * @param passed the batches behind which a gate after a batch passed, with its bake
 * @param failed the batches behind which it failed
 */
public record PlayedGate(
    Gate gate,
    List<String> healthy,
    List<String> unhealthy,
    List<Integer> passed,
    List<Integer> failed) {
  public PlayedGate {
    healthy = List.copyOf(healthy);
    unhealthy = List.copyOf(unhealthy);
    passed = List.copyOf(passed);
    failed = List.copyOf(failed);
  }

  static List<PlayedGate> of(Gates gates, Progress last, List<ScriptOutput> outputs) {
    return gates.gates().stream()
        .map(gate -> gate.kind().onInstance() ? probe(gate, outputs) : afterBatch(gate, last))
        .toList();
  }

  private static PlayedGate probe(Gate gate, List<ScriptOutput> outputs) {
    List<String> healthy = new ArrayList<>();
    List<String> unhealthy = new ArrayList<>();
    for (ScriptOutput output : outputs) {
      List<String> said = output.undo() ? List.of() : said(gate, output);
      if (!said.isEmpty()) {
        (said.contains("healthy") ? healthy : unhealthy).add(output.instance());
      }
    }
    return new PlayedGate(gate, healthy, unhealthy, List.of(), List.of());
  }

  /** What a probe said on an instance, in the order of its looks; empty if it was not asked. */
  static List<String> said(Gate gate, ScriptOutput output) {
    String before = ProbedScript.shownName(gate) + ": ";
    return ProbedScript.Printed.of(output.text()).gates().stream()
        .filter(line -> line.startsWith(before))
        .map(line -> line.substring(before.length()))
        .toList();
  }

  /** The failures of an execution's gates that are of this one. */
  static Stream<GateFailure> failures(Gate gate, Progress last) {
    boolean alarm = gate.kind() == Gate.Kind.ALARM;
    return last.gateFailures().stream().filter(f -> f.instance().isEmpty() == alarm);
  }

  /** It was looked at behind every batch that another batch, or a success, has followed. */
  private static PlayedGate afterBatch(Gate gate, Progress last) {
    List<Integer> failed = failures(gate, last).map(GateFailure::batch).distinct().toList();
    boolean whole = last.execution().status().isSuccess();
    List<Integer> passed =
        last.batches().stream()
            .map(Progress.BatchProgress::number)
            .filter(batch -> whole || batch < last.lastBatch())
            .filter(batch -> !failed.contains(batch))
            .toList();
    return new PlayedGate(gate, List.of(), List.of(), passed, failed);
  }
}
