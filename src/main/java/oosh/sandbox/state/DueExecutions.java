package oosh.sandbox.state;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeSet;
import oosh.sandbox.api.VendorTimes;
import org.jspecify.annotations.Nullable;

/** The executions that are due, in the order in which they are; ten thousand may run at once. */
final class DueExecutions implements EmulatedExecution.DueTimes {
  private final Map<String, EmulatedExecution> executions;
  private final TreeSet<EmulatedExecution> due =
      new TreeSet<>(
          Comparator.comparingLong(EmulatedExecution::dueAt).thenComparingLong(e -> e.place));

  private long places;

  DueExecutions(Map<String, EmulatedExecution> executions) {
    this.executions = executions;
    executions.values().forEach(this::add);
  }

  /** The youngest of all, so that of two that are due at once the older goes first. */
  void add(EmulatedExecution execution) {
    execution.place = places++;
    execution.dueTimes = this;
    move(execution, () -> {});
  }

  @Override
  public void move(EmulatedExecution execution, Runnable change) {
    due.remove(execution);
    change.run();
    if (execution.dueAt() != VendorTimes.NEVER) {
      due.add(execution);
    }
  }

  @Nullable EmulatedExecution first() {
    // What was deleted meanwhile is never due.
    while (!due.isEmpty() && executions.get(due.first().id) != due.first()) {
      due.pollFirst();
    }
    return due.isEmpty() ? null : due.first();
  }
}
