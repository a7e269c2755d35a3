package oosh.sandbox;

import static oosh.sandbox.PublicTemplate.Step.CHOOSE;
import static oosh.sandbox.PublicTemplate.Step.CREATE_HOOK;
import static oosh.sandbox.PublicTemplate.Step.EXISTING;
import static oosh.sandbox.PublicTemplate.Step.FIND;
import static oosh.sandbox.PublicTemplate.Step.FIND_AGAIN;
import static oosh.sandbox.PublicTemplate.Step.MODIFY_CONTAINERS;
import static oosh.sandbox.PublicTemplate.Step.MODIFY_HOOK;
import static oosh.sandbox.PublicTemplate.Step.MODIFY_IMAGE;
import static oosh.sandbox.PublicTemplate.Step.PROCESSES;
import static oosh.sandbox.PublicTemplate.Step.READ_HOOK;
import static oosh.sandbox.PublicTemplate.Step.RESUME;
import static oosh.sandbox.PublicTemplate.Step.SUSPEND;
import static oosh.sandbox.PublicTemplate.Step.TAG;
import static oosh.sandbox.PublicTemplate.Step.UPDATE;
import static oosh.sandbox.PublicTemplate.Step.WHETHER_ANY;
import static oosh.sandbox.PublicTemplate.Step.WHETHER_EMPTY;
import static oosh.sandbox.PublicTemplate.Step.WHETHER_IMAGE;
import static oosh.sandbox.PublicTemplate.Step.WHETHER_RESUME;
import static oosh.sandbox.PublicTemplate.Step.WHETHER_SUSPEND;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import oosh.sandbox.PublicTemplate.Step;
import oosh.sandbox.PublicTemplate.Task;

/** The six public templates for rolling updates, by their names. */
final class PublicTemplates {
  private static final Map<String, PublicTemplate> ALL = new LinkedHashMap<>();

  static {
    add(
        PublicTemplate.RUN_COMMAND,
        "Rolling update of a scaling group by running a command on its instances",
        withStandby("whetherTosuspendProcess", "ByRunCommand"),
        "ACS::ESS::RunCommand",
        "commandOutputs",
        "invocationOutput");
    add(
        PublicTemplate.REPLACE_DISK,
        "Rolling update of a scaling group by giving its instances a system disk of another image",
        withImage(),
        "ACS::ESS::ReplaceSystemDisk",
        "newSystemDiskIds",
        "newSystemDiskId");
    add(
        PublicTemplate.PACKAGE,
        "Rolling update of a scaling group by installing or removing a package of OOS",
        withStandby("whetherToSuspendProcess", "ByConfigureOOSPackage"),
        "ACS::ESS::ConfigureOOSPackage",
        "commandOutputs",
        "commandOutput");
    add(
        PublicTemplate.DOWNLOAD,
        "Rolling update of a scaling group by a file that is downloaded, and a command after it",
        withHookFirst(),
        "ACS::ESS::DownloadFileAndRunCommand",
        "commandOutputs",
        "runCommandOutput");
    add(
        PublicTemplate.DOWNLOAD_OSS,
        "Rolling update of a scaling group by an object of OSS, and a command after it",
        withHookLast(),
        "ACS::ECS::DownloadOSSFileAndRunCommand",
        "commandOutputs",
        "runCommandOutput");
    add(
        PublicTemplate.CONTAINERS,
        "Rolling update of a scaling group of container groups by new containers",
        withContainers(),
        "ACS::ESS::UpdateContainerGroup",
        "",
        "");
  }

  private PublicTemplates() {}

  private static void add(
      String name,
      String description,
      List<Task> tasks,
      String action,
      String outputs,
      String output) {
    ALL.put(
        name,
        new PublicTemplate(
            name,
            description,
            PublicParameters.of(name),
            List.copyOf(tasks),
            action,
            outputs,
            output));
  }

  static Iterable<PublicTemplate> all() {
    return ALL.values();
  }

  static Optional<PublicTemplate> named(String name) {
    return Optional.ofNullable(ALL.get(name));
  }

  /** The template of an execution that is known to be of one. */
  static PublicTemplate of(RunningExecution root) {
    return named(root.templateName)
        .orElseThrow(() -> new IllegalStateException("no template " + root.templateName));
  }

  private static Task task(String name, Step step) {
    return new Task(name, step, false);
  }

  private static Task back(String name, Step step) {
    return new Task(name, step, true);
  }

  private static Task[] find() {
    return part(task("choiceNextTask", CHOOSE), task("getInstance", FIND));
  }

  private static Task[] suspend(String whether) {
    return part(
        task("whetherTheScalingGroupInstanceIsEmpty", WHETHER_EMPTY),
        task(whether, WHETHER_SUSPEND),
        task("suspendProcess", SUSPEND));
  }

  private static Task[] resume() {
    return part(task("whetherToResumeProcesses", WHETHER_RESUME), task("resumeProcesses", RESUME));
  }

  private static Task[] sources(boolean instances) {
    List<Task> tasks = new ArrayList<>();
    tasks.add(back("getExecutionInstanceIds", FIND_AGAIN));
    if (instances) {
      tasks.add(back("getExistInstanceIds", EXISTING));
    }
    tasks.add(back("getRollbackProcess", PROCESSES));
    tasks.add(back("suspendProcessWithRollBack", SUSPEND));
    return tasks.toArray(Task[]::new);
  }

  private static Task[] resumeBack() {
    return part(
        back("whetherToResumeProcessesWithRollback", WHETHER_RESUME),
        back("resumeProcessesWithRollback", RESUME));
  }

  private static Task[] part(Task... tasks) {
    return tasks;
  }

  private static List<Task> join(Task[]... parts) {
    return Stream.of(parts).flatMap(Stream::of).toList();
  }

  private static List<Task> withStandby(String whether, String by) {
    return join(
        find(),
        suspend(whether),
        part(task("invoke" + by, UPDATE), task("tagInstance", TAG)),
        resume(),
        sources(true),
        part(back("rollback" + by, UPDATE)),
        resumeBack());
  }

  private static List<Task> withImage() {
    return join(
        find(),
        suspend("whetherTosuspendProcess"),
        part(
            task("whetherToModifyScalingConfiguration", WHETHER_IMAGE),
            task("modifyScalingConfiguration", MODIFY_IMAGE),
            task("invokeByReplaceImage", UPDATE),
            task("tagInstance", TAG)),
        resume(),
        sources(true),
        part(back("rollbackByReplaceImage", UPDATE)),
        resumeBack());
  }

  private static Task[] hook() {
    return part(
        task("createLifecycleHookOfUpgrade", CREATE_HOOK),
        task("modifyLifecycleHookOfUpgrade", MODIFY_HOOK));
  }

  private static Task[] backWithHook(String by) {
    return join(
            sources(true),
            part(back("rollback" + by, UPDATE), back("modifyLifecycleHookOfRollback", MODIFY_HOOK)),
            resumeBack())
        .toArray(Task[]::new);
  }

  /** The hook is written before the group is even looked at for being empty. */
  private static List<Task> withHookFirst() {
    return join(
        part(task("getLifecycleHook", READ_HOOK)),
        find(),
        hook(),
        suspend("whetherTosuspendProcess"),
        part(task("invokeByDownloadFileAndRunCommand", UPDATE), task("tagInstance", TAG)),
        resume(),
        backWithHook("ByDownloadFileAndRunCommand"));
  }

  private static List<Task> withHookLast() {
    return join(
        part(task("getLifecycleHook", READ_HOOK)),
        find(),
        suspend("whetherToSuspendProcess"),
        part(task("invokeByDownloadOSSFileAndRunCommand", UPDATE), task("tagInstance", TAG)),
        hook(),
        resume(),
        backWithHook("ByDownloadOSSFileAndRunCommand"));
  }

  private static List<Task> withContainers() {
    return join(
        find(),
        suspend("whetherToSuspendProcess"),
        part(
            task("invokeByUpdateContainerGroup", UPDATE),
            task("modifyScalingConfigurationForInvoke", MODIFY_CONTAINERS),
            task("whetherToResumeProcessesByGroupInstances", WHETHER_ANY)),
        resume(),
        sources(false),
        part(
            back("rollbackByUpdateContainerGroup", UPDATE),
            back("modifyScalingConfigurationForRollback", MODIFY_CONTAINERS)),
        resumeBack());
  }
}
