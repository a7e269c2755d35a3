package oosh.sandbox.template;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * A template that the sandbox can run: one of the vendor's for a rolling update, or one that a
 * caller has sent.
 *
 * @param name of one of the vendor's; "" for a caller's
 * @param tasks in the order of its text
 */
public record EmulatedTemplate(
    String name,
    String description,
    String ramRole,
    DeclaredParameters parameters,
    List<TemplateTask> tasks) {
  /** Where OnError and OnSuccess may go besides a task. */
  public static final String END = "ACS::END";

  public static final String NEXT = "ACS::NEXT";

  static final String FORMAT = "OOS-2019-06-01";

  private static final String API = "ACS::ExecuteApi";
  private static final String CHOICE = "ACS::Choice";

  /** What a task does: its action, and the right that it needs. */
  public enum TaskKind {
    READ_HOOK(API, "ess:DescribeLifecycleHooks"),
    CHOOSE(CHOICE, ""),
    FIND(API, "ess:DescribeScalingInstances"),
    CREATE_HOOK(API, "ess:CreateLifecycleHook"),
    MODIFY_HOOK(API, "ess:ModifyLifecycleHook"),
    WHETHER_EMPTY(CHOICE, ""),
    WHETHER_SUSPEND(CHOICE, ""),
    SUSPEND(API, "ess:SuspendProcesses"),
    WHETHER_IMAGE(CHOICE, ""),
    MODIFY_IMAGE(API, "ess:ModifyScalingConfiguration"),
    /** The loop over instances; some of the vendor's templates call another action in it. */
    UPDATE("ACS::ESS::RunCommand", ""),
    MODIFY_CONTAINERS(API, "ess:ModifyEciScalingConfiguration"),
    TAG(API, "ecs:TagResources"),
    WHETHER_ANY(CHOICE, ""),
    WHETHER_RESUME(CHOICE, ""),
    RESUME(API, "ess:ResumeProcesses"),
    FIND_AGAIN(API, "oos:ListExecutions"),
    EXISTING("ACS::SelectTargets", "ecs:DescribeInstances"),
    PROCESSES(API, "oos:ListExecutions"),
    /** Of a caller's template: any call, and what waits or checks for what a call answers. */
    CALL(API, ""),
    WAIT_FOR("ACS::WaitFor", ""),
    CHECK_FOR("ACS::CheckFor", ""),
    SLEEP("ACS::Sleep", ""),
    NOTIFY("ACS::Notify", ""),
    PAUSE("ACS::Pause", ""),
    APPROVE("ACS::Approve", "");

    final String action;
    final String right;

    TaskKind(String action, String right) {
      this.action = action;
      this.right = right;
    }
  }

  /**
   * @param onSuccess a task's name, {@link #END} or {@link #NEXT}
   * @param properties what the action is given, references unresolved. The loop of one of the
   *     vendor's templates fills in which instance and, where it is asked for, the state it was
   *     found in; scripts travel beside
   * @param loop of a caller's task; empty outside loops
   * @param retry how often and when ACS::WaitFor looks again; see {@link RetryDelays}
   * @param right what the role needs for it, such as {@code ess:SuspendProcesses}; "" for nothing
   * @param when of a caller's task: the Fn::Equals that must hold, or the task is left out; empty
   *     for a task that always runs
   * @param outputs of a caller's call: what later tasks may refer to, by name
   */
  public record TemplateTask(
      String name,
      TaskKind kind,
      String action,
      String onSuccess,
      String onError,
      JsonObject properties,
      JsonObject loop,
      JsonObject retry,
      String right,
      JsonObject when,
      JsonObject outputs) {
    public boolean looped() {
      return loop.has("Items");
    }
  }

  public TemplateTask task(String called) {
    return tasks.stream()
        .filter(t -> t.name().equals(called))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(name + " has no task " + called));
  }

  /** The first task of that kind. */
  public Optional<TemplateTask> find(TaskKind kind) {
    return tasks.stream().filter(t -> t.kind() == kind).findFirst();
  }

  /** The task that the text names after that one; none after the last of an update or rollback. */
  public Optional<TemplateTask> after(TemplateTask task) {
    return tasks.stream()
        .skip(tasks.indexOf(task) + 1L)
        .findFirst()
        .filter(next -> next.kind() != TaskKind.FIND_AGAIN);
  }
}
