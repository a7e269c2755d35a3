package oosh.sandbox.state;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import oosh.sandbox.api.VendorTimes;
import oosh.sandbox.api.WireJson;
import org.jspecify.annotations.Nullable;

/**
 * An execution of OOS and all that is needed to continue it, also after a restart: the task that is
 * under way, when that task is due, and the turns of its loop.
 */
public final class EmulatedExecution {
  private static final Set<String> FINAL = Set.of("Success", "Failed", "Cancelled");

  /** Assumed: no source says how a paused execution spells the reason. */
  public static final String BATCH_PAUSE = "BatchPause";

  public static final String FAILURE_PAUSE = "FailurePause";

  /** At a task ACS::Pause. */
  public static final String PAUSE = "Pause";

  /** At a task ACS::Approve. */
  public static final String APPROVAL = "Approve";

  /** Older lines are dropped, so that a long-lived sandbox stays small. */
  private static final int MAX_LOG_LINES = 1000;

  public String id = "";
  public @Nullable String parentId;

  /** Who has started it, as OOS names a caller. */
  public String executedBy = StoredTemplate.CALLER;

  public String regionId = "";
  public String templateName = "";
  public String templateVersion = StoredTemplate.FIRST;
  public String mode = "Automatic";
  public String loopMode = "Automatic";
  public String safetyCheck = "ConfirmEveryHighRiskAction";
  public String description = "";
  public String status = "Started";
  public String statusMessage = "";
  public String waitingStatus = "";
  public JsonObject parameters = new JsonObject();
  public Map<String, String> tags = new LinkedHashMap<>();
  public String outputs = "{}";

  /** A template that was sent along, by its key in {@link SandboxState#scripts}; else empty. */
  public String content = "";

  /** A child's script, by its key in {@link SandboxState#scripts}; empty on a root. */
  public String script = "";

  public long createdAt;
  public long endedAt = VendorTimes.NEVER;
  public long updatedAt;

  /** The task under way ({@code ""} before the first), and when it is due. */
  public String current = "";

  private long dueAt = VendorTimes.NEVER;

  /** Those that are due, in their order. */
  interface DueTimes {
    /**
     * Gives an execution its new place among them.
     *
     * @param change changes the time at which it is due
     */
    void move(EmulatedExecution execution, Runnable change);
  }

  /** Where it waits until it is due, and its place among those that are due at the same time. */
  transient @Nullable DueTimes dueTimes;

  transient long place;

  /** By their ids, the oldest first. */
  public Map<String, EmulatedTask> tasks = new LinkedHashMap<>();

  /** The executions below this one, the oldest first. */
  public List<String> childIds = new ArrayList<>();

  public List<ExecutionLogLine> logs = new ArrayList<>();

  /** The loop: its task, its turns, and the batch that was started last (0 before the first). */
  public String loop = "";

  public List<LoopItem> turns = new ArrayList<>();

  public int batch;

  /** How many of a batch run at once; 0 for all. */
  public int concurrency;

  /** The calls of the task under way that calls an API: its own, or of the items of its loop. */
  public List<ApiTurn> calls = new ArrayList<>();

  /** The failures that it tolerates, when it pauses, and the parameters of each child. */
  public int maxErrors;

  public String batchPause = "Automatic";

  public JsonObject childParameters = new JsonObject();
  public String childScript = "";

  /** The approval that it waits for: who may approve, how many must, and who has. */
  public List<String> approvers = new ArrayList<>();

  public int approvalsNeeded;

  public List<String> approvedBy = new ArrayList<>();

  /** What tasks hand to later tasks: the found instances, the source's processes, an invoke id. */
  public Map<String, String> found = new LinkedHashMap<>();

  public List<String> enterProcess = new ArrayList<>();
  public List<String> exitProcess = new ArrayList<>();

  /** When its task is due; {@link VendorTimes#NEVER} while something else will end the task. */
  public long dueAt() {
    return dueAt;
  }

  public void due(long at) {
    DueTimes times = dueTimes;
    if (times == null) {
      dueAt = at;
    } else {
      times.move(this, () -> dueAt = at);
    }
  }

  public boolean ended() {
    return FINAL.contains(status);
  }

  public boolean waiting() {
    return status.equals("Waiting");
  }

  public boolean child() {
    return parentId != null;
  }

  /** A wait is over. */
  public void resume() {
    status = "Running";
    waitingStatus = "";
    statusMessage = "";
  }

  public String parameter(String name) {
    return WireJson.string(parameters, name);
  }

  /** One of the outputs; empty when there is none. */
  public String output(String name) {
    JsonObject json = WireJson.parseObject(outputs);
    return json == null ? "" : WireJson.string(json, name);
  }

  public List<String> parameterList(String name) {
    List<String> list = parameters.has(name) ? WireJson.strings(parameters.get(name)) : null;
    return list == null ? List.of() : list;
  }

  /** The newest run of a task; a task that never ran is a defect. */
  public EmulatedTask task(String name) {
    return known(newestRun(name).orElse(null), name);
  }

  /** The newest run of a task; empty when it never ran. */
  public Optional<EmulatedTask> newestRun(String name) {
    return tasks.values().stream()
        .filter(run -> run.name.equals(name) && run.parentTaskId == null)
        .reduce((older, newer) -> newer);
  }

  public EmulatedTask taskById(String taskId) {
    return known(tasks.get(taskId), taskId);
  }

  private EmulatedTask known(@Nullable EmulatedTask run, String what) {
    if (run == null) {
      throw new IllegalStateException("no task " + what + " in " + id);
    }
    return run;
  }

  public void log(@Nullable String taskId, String message, long at) {
    logs.add(new ExecutionLogLine(taskId, message, at));
    if (logs.size() > MAX_LOG_LINES) {
      logs.remove(0);
    }
  }
}
