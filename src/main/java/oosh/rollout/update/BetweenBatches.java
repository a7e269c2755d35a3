package oosh.rollout.update;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What oosh's own template does before a further batch: sleeps, waits for an approval, pauses, or
 * looks whether it is told to stop. Loops of a batch each have no pause between them: it is a task.
 *
 * @param brake whether it looks for the tag that stops it
 */
record BetweenBatches(UpdateSpec spec, boolean brake) {
  /**
   * The tasks before a batch. What can be answered comes last: it is asked when the batch is next.
   *
   * @param batch 2 or more
   * @param onError where a failure leads
   */
  List<String> before(int batch, String onError) {
    List<String> tasks = new ArrayList<>();
    Map<String, String> number = Map.of("batch", String.valueOf(batch));
    Duration wait = spec.strategy().waitBetweenBatches();
    if (!wait.isZero()) {
      tasks.add(
          TextParts.TEMPLATE.part(
              "pauseBeforeBatch", Map.of("batch", String.valueOf(batch), "wait", wait.toString())));
    }
    boolean approved = spec.strategy().needsApproval().filter(a -> a.batch() == batch).isPresent();
    if (approved) {
      tasks.add(spec.strategy().needsApproval().orElseThrow().task(onError));
    }
    BatchPause pause = spec.pauseOrDefault();
    boolean pauses = pause == BatchPause.EVERY || (pause == BatchPause.FIRST && batch == 2);
    // OOS is told Approve at both: who continues a pause must not approve by it.
    if (pauses && !approved) {
      tasks.add(TextParts.TEMPLATE.part("waitBeforeBatch", number));
    } else if (brake) {
      tasks.add(TextParts.TEMPLATE.part("readBrake", number));
      tasks.add(TextParts.TEMPLATE.part("brake", number));
    }
    return tasks;
  }
}
