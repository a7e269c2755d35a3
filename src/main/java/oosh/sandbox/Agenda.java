package oosh.sandbox;

import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * What is due next, of any number of executions. An execution that is put off leaves its old line
 * behind, which is passed over when it comes up.
 */
final class Agenda {
  private record Line(long at, long order, RunningExecution execution) {
    boolean stands() {
      return execution.dueAt() == at && execution.isOn(order);
    }
  }

  private final PriorityQueue<Line> lines =
      new PriorityQueue<>(Comparator.comparingLong(Line::at).thenComparingLong(Line::order));

  private long made;

  /** Takes up an execution, which is younger than all that were taken up before. */
  void take(RunningExecution execution) {
    execution.isOn(this, ++made);
  }

  void put(RunningExecution execution, long order) {
    if (execution.dueAt() != Times.NEVER) {
      lines.add(new Line(execution.dueAt(), order, execution));
    }
  }

  /** The execution that is due first, the older one of two; null when none is ever. */
  @Nullable RunningExecution first() {
    Line first = lines.peek();
    while (first != null && !first.stands()) {
      lines.poll();
      first = lines.peek();
    }
    return first == null ? null : first.execution();
  }

  void clear() {
    lines.clear();
  }
}
