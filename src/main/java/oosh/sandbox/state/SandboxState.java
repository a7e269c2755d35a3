package oosh.sandbox.state;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import oosh.sandbox.api.Sha256;
import org.jspecify.annotations.Nullable;

/** Everything that the sandbox remembers: exactly what the state file holds. */
public final class SandboxState {
  /** 2026-01-01T00:00:00Z: where step time begins. */
  public static final long STEP_TIME_START = 1_767_225_600_000L;

  /**
   * Ended executions are forgotten, oldest first, beyond this many tasks and this many roots; more
   * where there are more instances and groups.
   */
  private static final int MAX_TASKS = 25_000;

  private static final int MAX_ROOTS = 500;
  private static final int MAX_COMMANDS = 5_000;

  /** An update with its rollback makes 25 tasks and two commands of an instance. */
  private static final int TASKS_OF_INSTANCE = 30;

  private static final int COMMANDS_OF_INSTANCE = 4;

  /** Starts of one group: an update, some that were tried again, and their rollbacks. */
  private static final int ROOTS_OF_GROUP = 10;

  public int format = 1;

  /** The groups that it has besides the usual ones. */
  public FurtherGroups further = FurtherGroups.NONE;

  public long stepClock = STEP_TIME_START;
  public Map<String, Long> counters = new LinkedHashMap<>();
  public Map<String, EmulatedGroup> groups = new LinkedHashMap<>();
  public Map<String, EmulatedInstance> members = new LinkedHashMap<>();
  public Map<String, EmulatedExecution> executions = new LinkedHashMap<>();
  public Map<String, Invocation> commands = new LinkedHashMap<>();

  /** Scripts by the SHA-256 of their text: a group's children share one. */
  public Map<String, String> scripts = new LinkedHashMap<>();

  /** What a ClientToken started, and with which request. */
  public Map<String, ClientTokenUse> tokens = new LinkedHashMap<>();

  /** The account's own templates. */
  public List<StoredTemplate> templates = new ArrayList<>();

  public List<InjectedFault> faults = new ArrayList<>();

  /** What roles may not do, by order. */
  public Map<String, List<String>> lacking = new LinkedHashMap<>();

  /** The states of alarm rules that are others than in the beginning, by the rules' ids. */
  public Map<String, String> alarms = new LinkedHashMap<>();

  /** What surrounds the group that was staged; null where none was staged with it. */
  public @Nullable StagedWorld staged;

  public record ClientTokenUse(String executionId, String request) {}

  public long count(String kind) {
    return counters.merge(kind, 1L, Long::sum);
  }

  private transient @Nullable DueExecutions due;

  private DueExecutions due() {
    DueExecutions known = due;
    if (known == null) {
      known = new DueExecutions(executions);
      due = known;
    }
    return known;
  }

  public void add(EmulatedExecution execution) {
    due().add(execution);
    executions.put(execution.id, execution);
    EmulatedExecution parent = parentOf(execution);
    if (parent != null) {
      parent.childIds.add(execution.id);
    }
  }

  /** Forgets an execution and its children. */
  public void remove(String id) {
    children(id).forEach(child -> remove(child.id));
    EmulatedExecution gone = executions.remove(id);
    EmulatedExecution parent = gone == null ? null : parentOf(gone);
    if (parent != null) {
      parent.childIds.remove(id);
    }
  }

  /** The execution that is due first, the older of two; null when none is ever due. */
  public @Nullable EmulatedExecution firstDue() {
    return due().first();
  }

  /** The oldest first. */
  public List<EmulatedExecution> children(String parentId) {
    EmulatedExecution parent = executions.get(parentId);
    return parent == null ? List.of() : parent.childIds.stream().map(executions::get).toList();
  }

  public @Nullable EmulatedExecution parentOf(EmulatedExecution child) {
    return child.parentId == null ? null : executions.get(child.parentId);
  }

  private long tasksWithin(EmulatedExecution execution) {
    return execution.tasks.size()
        + children(execution.id).stream().mapToLong(this::tasksWithin).sum();
  }

  /** The execution that a caller started, of which this execution is a part. */
  public EmulatedExecution rootOf(EmulatedExecution execution) {
    EmulatedExecution parent = parentOf(execution);
    return parent == null ? execution : rootOf(parent);
  }

  public String keepScript(String text) {
    String key = Sha256.hex(text);
    scripts.putIfAbsent(key, text);
    return key;
  }

  public String script(String key) {
    return scripts.getOrDefault(key, "");
  }

  /** Forgets what an execution and its children had Cloud Assistant run. */
  private void forgetCommands(EmulatedExecution execution) {
    commands.remove(execution.found.getOrDefault("invokeId", ""));
    children(execution.id).forEach(this::forgetCommands);
  }

  /** Forgets the oldest ended executions, commands and tokens beyond the bounds. */
  public void evictOldest() {
    long tasks = executions.values().stream().mapToLong(e -> e.tasks.size()).sum();
    long roots = executions.values().stream().filter(e -> !e.child()).count();
    List<EmulatedExecution> old =
        executions.values().stream().filter(e -> !e.child() && e.ended()).toList();
    long mostTasks = Math.max(MAX_TASKS, (long) TASKS_OF_INSTANCE * members.size());
    int mostRoots = Math.max(MAX_ROOTS, ROOTS_OF_GROUP * groups.size());
    int mostCommands = Math.max(MAX_COMMANDS, COMMANDS_OF_INSTANCE * members.size());
    boolean forgot = false;
    for (EmulatedExecution root : old) {
      if (tasks <= mostTasks && roots <= mostRoots) {
        break;
      }
      tasks -= tasksWithin(root);
      roots--;
      forgetCommands(root);
      remove(root.id);
      tokens.values().removeIf(use -> use.executionId().equals(root.id));
      forgot = true;
    }
    while (commands.size() > mostCommands) {
      commands.remove(commands.keySet().iterator().next());
      forgot = true;
    }
    if (forgot) {
      Set<String> used = new HashSet<>();
      for (EmulatedExecution e : executions.values()) {
        used.addAll(List.of(e.script, e.childScript, e.content));
      }
      commands.values().forEach(c -> used.add(c.script));
      scripts.keySet().retainAll(used);
    }
  }
}
