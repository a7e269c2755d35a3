package oosh.view.page;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import oosh.rollout.cloud.TaskExecution;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.Progress;
import org.jspecify.annotations.Nullable;

/**
 * When an execution did what.
 *
 * @param name what it is called in the picture
 * @param entry what the journal has of it; null for nothing
 * @param progress as OOS tells it; null where it does not any more
 * @param tasks its own tasks; empty where OOS does not tell them
 * @param onInstance the tasks of child executions, by the child's id; of many instances none
 */
public record ExecutionTimes(
    String name,
    @Nullable JournalEntry entry,
    @Nullable Progress progress,
    List<TaskExecution> tasks,
    Map<String, List<TaskExecution>> onInstance) {
  /** With more instances than this, one row stands for many, and no task is drawn. */
  public static final int MOST_INSTANCES = 40;

  public ExecutionTimes {
    tasks = List.copyOf(tasks);
    onInstance = Collections.unmodifiableMap(new LinkedHashMap<>(onInstance));
  }

  boolean isRollback() {
    return progress != null ? progress.execution().isRollback() : entry != null && entry.rollback();
  }
}
