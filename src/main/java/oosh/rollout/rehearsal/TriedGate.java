package oosh.rollout.rehearsal;

import java.util.List;
import oosh.rollout.record.Progress;
import oosh.rollout.update.Gate;
import oosh.rollout.update.ProbedScript;

/**
 * What a gate did where it should have failed.
 *
 * @param launch the launch with that gate alone
 * @param saw what the probe said on the instance; empty for another gate
 * @param noticed whether it found what was ordered
 * @param wrong what did not follow from that as it should; "" if all did
 */
public record TriedGate(
    GateTrial trial, RehearsedExecution launch, List<String> saw, boolean noticed, String wrong) {
  private static final String STANDBY = "Standby";

  public TriedGate {
    saw = List.copyOf(saw);
  }

  /**
   * What became of a trial.
   *
   * @param at the instance at which it was ordered
   */
  public static TriedGate of(GateTrial trial, RehearsedExecution launch, String at) {
    Gate gate = trial.gate();
    List<String> saw =
        launch.outputs().stream()
            .filter(o -> o.instance().equals(at) && !o.undo() && gate.kind().onInstance())
            .flatMap(o -> PlayedGate.said(gate, o).stream())
            .toList();
    boolean noticed =
        gate.kind().onInstance()
            ? !saw.isEmpty() && !saw.contains("healthy")
            : PlayedGate.failures(gate, launch.last())
                .anyMatch(f -> gate.kind() == Gate.Kind.ALARM || f.instance().equals(at));
    return new TriedGate(trial, launch, saw, noticed, wrong(trial, launch, saw, noticed, at));
  }

  private static String wrong(
      GateTrial trial, RehearsedExecution launch, List<String> saw, boolean noticed, String at) {
    Gate gate = trial.gate();
    boolean probe = gate.kind().onInstance();
    Progress last = launch.last();
    List<String> others =
        launch.failedAt().stream().filter(i -> !(probe && noticed && i.equals(at))).toList();
    if (!others.isEmpty()) {
      return "it failed on " + String.join(", ", others) + ", where nothing was ordered";
    }
    if (probe && saw.isEmpty()) {
      return gate.name() + " was not asked on " + at;
    }
    if (!noticed) {
      return launch.succeeded() ? "" : "it ended as " + last.execution().status();
    }
    if (gate.advises()) {
      return launch.succeeded() ? "" : gate.name() + " only advises, and it failed";
    }
    if (launch.succeeded()) {
      return gate.name() + " failed, and did not stop it";
    }
    if (probe && last.failed().stream().noneMatch(i -> ProbedScript.failedProbe(i.message()))) {
      return at + " failed otherwise than by a probe";
    }
    if (launch.gates().rollsBack()) {
      return last.rolledBack() ? "" : "OOS did not roll back all that it had touched";
    }
    return !probe || standsBy(launch, at) ? "" : at + " did not stay in " + STANDBY;
  }

  private static boolean standsBy(RehearsedExecution launch, String instance) {
    return launch.diagnosis().instances().stream()
        .anyMatch(i -> i.id().equals(instance) && i.lifecycleState().equals(STANDBY));
  }

  /** Whether it found nothing, although all else went well: then it proves nothing. */
  public boolean provesNothing() {
    return !noticed && wrong.isEmpty();
  }
}
