package oosh.rollout.record;

import java.time.Instant;
import java.util.List;
import oosh.rollout.output.ScriptOutput;

/**
 * The outputs of an execution that has ended, as the journal keeps them after OOS has forgotten.
 *
 * @param at when they were read
 * @param outputs in the order in which the instances began
 */
public record StoredOutputs(Instant at, List<ScriptOutput> outputs) {
  public StoredOutputs {
    outputs = List.copyOf(outputs);
  }
}
