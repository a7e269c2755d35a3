package oosh.rollout.plan;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import oosh.rollout.Problem;
import oosh.rollout.cloud.Execution;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.update.Payload;
import oosh.rollout.update.ProbedScript;
import oosh.rollout.update.Script;
import oosh.rollout.update.UpdateMethod;
import oosh.rollout.update.UpdateSpec;
import org.jspecify.annotations.Nullable;

/** The parameters of a rollback: those of its source, and the rollback values. */
final class RollbackParameters {
  private RollbackParameters() {}

  /**
   * The rollback script with its gates: of the launch in the journal, of the parameters that OOS
   * has, or, if the method runs only scripts, the staged script; null if the method needs none.
   *
   * @throws Problem REFUSED if the method needs a rollback script and there is none
   */
  static @Nullable ProbedScript undo(
      UpdateMethod method,
      Execution source,
      Optional<JournalEntry> remembered,
      UpdateSpec staging) {
    if (!method.runsOnlyScript() && !method.declares("rollbackScript")) {
      return null;
    }
    Script remembers = remembered.map(e -> e.spec().rollbackScript()).orElse(null);
    if (remembers != null) {
      return new ProbedScript(remembers, remembered.orElseThrow().spec().gates());
    }
    String sent = source.parameter("rollbackScript");
    if (!sent.isBlank() && (method.runsOnlyScript() || !sent.equals(Payload.NO_SCRIPT))) {
      return ProbedScript.of("rollbackScript", sent);
    }
    if (!method.runsOnlyScript()) {
      return null;
    }
    Script staged = staging.rollbackScript();
    if (staged != null) {
      return new ProbedScript(staged, staging.gates());
    }
    String id = source.id();
    throw RollbackValidator.refused(
        id,
        "it was launched without a rollback script, and none is staged",
        "stage rollback FILE, then rollback " + id);
  }

  /**
   * The source's parameters with the rollback values: as staged with the launch, as sent to OOS, as
   * found before the launch, or as staged now.
   */
  static Map<String, Object> of(
      UpdateMethod method,
      Execution source,
      Optional<JournalEntry> remembered,
      UpdateSpec staging) {
    Map<String, Object> inputs = new LinkedHashMap<>(source.parameters());
    remembered.ifPresent(e -> inputs.putAll(e.spec().extraParameters()));
    inputs.keySet().removeIf(name -> !resent(method, name));
    Optional<Payload> carried = method.payload();
    if (carried.isEmpty()) {
      return inputs;
    }
    Payload payload = carried.get();
    Map<String, Object> sent =
        payload == Payload.PACKAGE || payload.goesBackToItself(source.parameters())
            ? Map.of()
            : payload.rollbackValues(source.parameters());
    Map<String, Object> back =
        Stream.of(
                remembered.map(e -> e.spec().rollbackValues()).orElse(Map.of()),
                sent,
                remembered.map(JournalEntry::baseline).orElse(Map.of()),
                staging.rollbackValues())
            .filter(payload::hasRollbackValues)
            .findFirst()
            .orElseThrow(
                () ->
                    Problem.refused(
                        source.id() + " cannot be rolled back",
                        "the " + payload.backWord() + " to roll back to is not known",
                        payload.backVerb() + ", then rollback " + source.id()));
    if (payload == Payload.PACKAGE) {
      // The rollback of an installation or of its opposite restores that version, or none.
      inputs.put("action", "install");
    }
    inputs.putAll(payload.rollbackValues(back));
    return inputs;
  }

  /** What launch and rollback say by themselves is left out, and what the template lacks. */
  private static boolean resent(UpdateMethod method, String name) {
    if (UpdateMethod.isCommon(name) || name.equals("rollbackScript")) {
      return false;
    }
    return method.isUserTemplate()
        ? method.declared().isEmpty() || method.declares(name)
        : method.declares(name) && !name.equals("invokeScript");
  }
}
