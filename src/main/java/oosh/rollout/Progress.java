package oosh.rollout;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How far an execution is: its batches and their instances, as OOS numbered them.
 *
 * @param batches those that have begun, first one first
 * @param planned the instances that it is to touch; what has begun if nobody remembers the plan
 */
public record Progress(Execution execution, List<Batch> batches, int planned) {
  /**
   * @param number counted from 1
   */
  public record Batch(int number, List<Instance> instances) {
    public Batch {
      instances = List.copyOf(instances);
    }
  }

  /**
   * An instance's part.
   *
   * @param task the task that runs now or, once it has failed, that failed; "" if unknown
   * @param message OOS's own words about a failure; "" otherwise
   * @param taskExecutionId the loop round, for retry and skip
   */
  public record Instance(
      String id,
      ExecutionStatus status,
      String task,
      String message,
      String childExecutionId,
      String taskExecutionId,
      @Nullable Instant started,
      @Nullable Instant ended) {}

  public Progress {
    batches = List.copyOf(batches);
  }

  /**
   * @param children the execution's child executions
   * @param tasks its tasks, loop rounds included
   * @param planned as the journal remembers it, or 0
   */
  public static Progress of(
      Execution execution, List<Execution> children, List<TaskExecution> tasks, int planned) {
    Map<String, Execution> byId = new HashMap<>();
    children.forEach(c -> byId.put(c.id(), c));
    // A retried instance has a second round in the same batch: the later one tells its state.
    Map<Integer, Map<String, Instance>> rounds = new TreeMap<>();
    for (TaskExecution round : tasks) {
      if (round.loopItem().isEmpty() || round.childExecutionId().isEmpty()) {
        continue;
      }
      Execution child = byId.get(round.childExecutionId());
      rounds
          .computeIfAbsent(round.loopBatch(), n -> new LinkedHashMap<>())
          .put(round.loopItem(), instance(round, child));
    }
    List<Batch> batches = new ArrayList<>();
    rounds.forEach((n, byItem) -> batches.add(new Batch(n, List.copyOf(byItem.values()))));
    int begun = batches.stream().mapToInt(b -> b.instances().size()).sum();
    return new Progress(execution, batches, Math.max(planned, begun));
  }

  private static Instance instance(TaskExecution round, @Nullable Execution child) {
    // The round's status tells more than the child's: a skipped instance counts as Success.
    ExecutionStatus status =
        round.status().isFinal() || child == null ? round.status() : child.status();
    String task =
        child == null || child.currentTasks().isEmpty() ? "" : child.currentTasks().get(0);
    String message =
        child != null && !child.statusMessage().isEmpty()
            ? child.statusMessage()
            : round.statusMessage();
    return new Instance(
        round.loopItem(),
        status,
        task,
        message,
        round.childExecutionId(),
        round.id(),
        round.started(),
        round.ended());
  }

  public List<Instance> instances() {
    return batches.stream().flatMap(b -> b.instances().stream()).toList();
  }

  public int succeeded() {
    return (int) instances().stream().filter(i -> i.status().isSuccess()).count();
  }

  public List<Instance> failed() {
    return instances().stream().filter(i -> i.status().isFailed()).toList();
  }
}
