package oosh.sandbox.state;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import oosh.sandbox.api.VendorTimes;
import org.jspecify.annotations.Nullable;

/**
 * When each execution is due. An execution that is put off leaves its old step in the queue, which
 * is passed over when it comes up.
 */
public final class Schedule {
  private record ScheduledStep(long at, long order, EmulatedExecution execution) {}

  private final PriorityQueue<ScheduledStep> lines =
      new PriorityQueue<>(
          Comparator.comparingLong(ScheduledStep::at).thenComparingLong(ScheduledStep::order));

  /** The order of executions that are due together: the older first. */
  private final Map<EmulatedExecution, Long> orders = new HashMap<>();

  private long made;

  /** Adds an execution, which is younger than all that were added before. */
  void add(EmulatedExecution execution) {
    orders.put(execution, ++made);
    execution.onDue(() -> put(execution));
    put(execution);
  }

  void remove(EmulatedExecution execution) {
    orders.remove(execution);
    execution.onDue(null);
  }

  private void put(EmulatedExecution execution) {
    Long order = orders.get(execution);
    if (order != null && execution.dueAt() != VendorTimes.NEVER) {
      lines.add(new ScheduledStep(execution.dueAt(), order, execution));
    }
  }

  /** The execution that is due first, the older of two; null when none is ever due. */
  public @Nullable EmulatedExecution first() {
    ScheduledStep first = lines.peek();
    while (first != null && !stands(first)) {
      lines.poll();
      first = lines.peek();
    }
    return first == null ? null : first.execution();
  }

  private boolean stands(ScheduledStep line) {
    Long order = orders.get(line.execution());
    return order != null && order == line.order() && line.execution().dueAt() == line.at();
  }

  void clear() {
    lines.clear();
    orders.clear();
  }
}
