package oosh.sandbox.template;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Optional;
import oosh.sandbox.api.WireJson;

/**
 * One of the vendor's templates for a rolling update: what it declares, and its tasks in the order
 * of its text. From the top they are the update, from {@link StepKind#FIND_AGAIN} on the rollback
 * (source: the public repository aliyun/oos-templates).
 *
 * @param action the action that its loop calls for each instance
 * @param outputs the name under which the loop gathers what that action answers; empty for nothing
 * @param output the name of that answer
 */
public record PublicTemplate(
    String name,
    String description,
    DeclaredParameters parameters,
    List<PublicTemplateTask> tasks,
    String action,
    String outputs,
    String output) {
  private static final String PREFIX = "ACS-ESS-RollingUpdateBy";

  /** The one that runs a script: what an execution of an older state file is of. */
  static final String RUN_COMMAND = PREFIX + "RunCommandInScalingGroup";

  public static final String REPLACE_DISK = PREFIX + "ReplaceSystemDiskInScalingGroup";
  static final String PACKAGE = PREFIX + "ConfigureOOSPackage";
  static final String DOWNLOAD = PREFIX + "DownloadFileAndRunCommand";
  public static final String DOWNLOAD_OSS = PREFIX + "DownloadOSSFileAndRunCommand";
  static final String CONTAINERS = PREFIX + "UpdateContainerGroup";

  private static final String API = "ACS::ExecuteApi";
  private static final String CHOICE = "ACS::Choice";

  /** What a task does; {@code PublicTemplateRunner} runs each. */
  public enum StepKind {
    READ_HOOK(API),
    CHOOSE(CHOICE),
    FIND(API),
    CREATE_HOOK(API),
    MODIFY_HOOK(API),
    WHETHER_EMPTY(CHOICE),
    WHETHER_SUSPEND(CHOICE),
    SUSPEND(API),
    WHETHER_IMAGE(CHOICE),
    MODIFY_IMAGE(API),
    UPDATE(""),
    MODIFY_CONTAINERS(API),
    TAG(API),
    WHETHER_ANY(CHOICE),
    WHETHER_RESUME(CHOICE),
    RESUME(API),
    FIND_AGAIN(API),
    EXISTING("ACS::SelectTargets"),
    PROCESSES(API);

    private final String action;

    StepKind(String action) {
      this.action = action;
    }
  }

  /**
   * @param back whether it belongs to the rollback
   * @param properties what a loop hands to its action for each instance, references unresolved. The
   *     loop fills in which instance and, where it is asked for, the state it was found in; scripts
   *     travel beside
   */
  public record PublicTemplateTask(
      String name, StepKind step, boolean back, JsonObject properties) {}

  /** The first task of that kind. */
  public Optional<PublicTemplateTask> find(StepKind step) {
    return tasks.stream().filter(t -> t.step() == step).findFirst();
  }

  public PublicTemplateTask task(String called) {
    return tasks.stream()
        .filter(t -> t.name().equals(called))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(name + " has no task " + called));
  }

  /** The task that the text names after that one; none after the last, or where its way ends. */
  public Optional<PublicTemplateTask> after(PublicTemplateTask task) {
    int next = tasks.indexOf(task) + 1;
    return next < tasks.size() && tasks.get(next).back() == task.back()
        ? Optional.of(tasks.get(next))
        : Optional.empty();
  }

  public String actionOf(PublicTemplateTask task) {
    return task.step() == StepKind.UPDATE ? action : task.step().action;
  }

  /** The template as GetTemplate answers it: parameters, and tasks without their selectors. */
  public String content() {
    JsonArray all = new JsonArray();
    for (PublicTemplateTask task : tasks) {
      JsonObject json = WireJson.object("Name", task.name(), "Action", actionOf(task));
      if (task.step() == StepKind.RESUME && !task.back()) {
        json.addProperty("OnSuccess", CustomTemplate.END);
      }
      all.add(json);
    }
    JsonObject content = WireJson.object("FormatVersion", CustomTemplate.FORMAT);
    content.addProperty("Description", description);
    content.addProperty("RamRole", "{{ OOSAssumeRole }}");
    content.add("Parameters", parameters.json());
    content.add("Tasks", all);
    if (!outputs.isEmpty()) {
      JsonObject list = WireJson.object("Type", "List");
      content.add("Outputs", WireJson.wrapped("commandOutputs", list));
    }
    return WireJson.text(content);
  }
}
