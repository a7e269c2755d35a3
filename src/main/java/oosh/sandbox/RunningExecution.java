package oosh.sandbox;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One OOS execution and all that is needed to play it on, also after a restart: the task that is
 * under way, when that task is due, and the turns of its loop.
 */
final class RunningExecution {
  private static final Set<String> FINAL = Set.of("Success", "Failed", "Cancelled");

  /** Assumed: no source tells how a paused execution spells the reason it waits. */
  static final String BATCH_PAUSE = "BatchPause";

  static final String FAILURE_PAUSE = "FailurePause";

  /** The action that the loops of a state file of an older oosh call. */
  static final String DEFAULT_ACTION = "ACS::ESS::RunCommand";

  /** Older lines are dropped, so that a long-lived sandbox stays small. */
  private static final int MAX_LOG_LINES = 1000;

  String id = "";
  @Nullable String parentId;
  String regionId = "";
  String templateName = "";
  String templateVersion = ShelvedTemplate.FIRST;
  String mode = "Automatic";
  String loopMode = "Automatic";
  String safetyCheck = "ConfirmEveryHighRiskAction";
  String description = "";
  String status = "Started";
  String statusMessage = "";
  String waitingStatus = "";
  JsonObject parameters = new JsonObject();
  Map<String, String> tags = new LinkedHashMap<>();
  String outputs = "{}";

  /** A template that was sent along, by its key in {@link World#scripts}; else empty. */
  String content = "";

  /** A child's script, by its key in {@link World#scripts}; empty on a root. */
  String script = "";

  long createdAt;
  long endedAt = Times.NEVER;
  long updatedAt;

  /** The task under way ({@code ""} before the first), and when it is due. */
  String current = "";

  private long dueAt = Times.NEVER;
  List<TaskRun> tasks = new ArrayList<>();
  List<LoggedLine> logs = new ArrayList<>();

  /** The loop: its task, its turns, and the batch that was started last (0 before the first). */
  String loop = "";

  List<LoopTurn> turns = new ArrayList<>();

  int batch;

  /** How it goes on: failures that it bears, when it pauses, what each turn's child is given. */
  int maxErrors;

  String batchPause = "Automatic";

  /** The action that is called for each turn, and which of its answers counts. */
  String childAction = DEFAULT_ACTION;

  String childOutput = "invocationOutput";
  JsonObject childParameters = new JsonObject();
  String childScript = "";

  /** Under which name the loop gathers the answers; "" if it does not. */
  String loopOutputs = "commandOutputs";

  /** What tasks hand to later tasks: the found instances, the source's processes, an invoke id. */
  Map<String, String> found = new LinkedHashMap<>();

  List<String> enterProcess = new ArrayList<>();
  List<String> exitProcess = new ArrayList<>();

  /** Called whenever it becomes due at another time. */
  private transient @Nullable Runnable onDue;

  /** The tasks by their ids, as far as they were asked for. */
  private transient Map<String, TaskRun> tasksById = new HashMap<>();

  private transient int known;

  long dueAt() {
    return dueAt;
  }

  /** When its task under way ends; {@link Times#NEVER} if something else ends it. */
  void due(long at) {
    dueAt = at;
    if (onDue != null) {
      onDue.run();
    }
  }

  void onDue(@Nullable Runnable listener) {
    onDue = listener;
  }

  boolean ended() {
    return FINAL.contains(status);
  }

  boolean waiting() {
    return status.equals("Waiting");
  }

  boolean child() {
    return parentId != null;
  }

  String parameter(String name) {
    return parameters.has(name) && parameters.get(name).isJsonPrimitive()
        ? parameters.get(name).getAsString()
        : "";
  }

  List<String> parameterList(String name) {
    List<String> list = parameters.has(name) ? WireJson.strings(parameters.get(name)) : null;
    return list == null ? List.of() : list;
  }

  /** The newest run of a task; a task that never ran is a mistake of the player. */
  TaskRun task(String name) {
    for (int i = tasks.size() - 1; i >= 0; i--) {
      TaskRun run = tasks.get(i);
      if (run.name.equals(name) && run.parentTaskId == null) {
        return run;
      }
    }
    throw new IllegalStateException("no task " + name + " in " + id);
  }

  TaskRun taskById(String taskId) {
    for (; known < tasks.size(); known++) {
      tasksById.put(tasks.get(known).id, tasks.get(known));
    }
    TaskRun run = tasksById.get(taskId);
    if (run == null) {
      throw new IllegalStateException("no task " + taskId + " in " + id);
    }
    return run;
  }

  void log(@Nullable String taskId, String message, long at) {
    logs.add(new LoggedLine(taskId, message, at));
    if (logs.size() > MAX_LOG_LINES) {
      logs.remove(0);
    }
  }
}
