package oosh.sandbox.play;

import com.google.gson.JsonObject;
import java.util.Map;
import java.util.Optional;
import oosh.sandbox.api.Resources;
import oosh.sandbox.api.WireJson;
import oosh.sandbox.jail.JailResult;
import oosh.sandbox.state.EmulatedExecution;
import oosh.sandbox.state.EmulatedInstance;
import oosh.sandbox.state.SandboxState;
import oosh.sandbox.state.StoredTemplate;
import oosh.sandbox.state.TaskDurations;
import oosh.sandbox.template.InstanceAction;
import oosh.sandbox.template.TemplateStore;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that have Cloud Assistant do something for OOS: install a package, download a file, run
 * the command after it. Each calls the action ACS::ECS::RunCommand as a child execution of its own
 * (assumed, as for loops). The sandbox fetches nothing from any network: a package is only noted
 * down, of a file a stand-in is put into the instance's home.
 */
final class AgentTasks {
  /** Source: the action's declaration of commandContent, in characters. */
  private static final int MAX_DOWNLOAD_SCRIPT = 16_384;

  private static final String STAND_IN = Resources.text("scripts/stand-in.sh");

  private final ExecutionLifecycle lifecycle;
  private final SandboxState state;
  private final TemplateStore templates;

  AgentTasks(ExecutionLifecycle lifecycle, TemplateStore templates) {
    this.lifecycle = lifecycle;
    this.state = lifecycle.state;
    this.templates = templates;
  }

  void addTo(Map<String, InstanceTask> tasks) {
    tasks.put("generateUrl", (child, instance, now) -> found(child, "URL", url(child)));
    tasks.put(
        "queryInstanceOSType", (child, instance, now) -> found(child, "OSType", system(instance)));
    // A missing instance is no failure.
    tasks.put(
        "whetherExistInstance",
        (child, instance, now) ->
            system(instance).isEmpty() ? TaskTransition.end() : TaskTransition.on());
  }

  private static TaskTransition found(EmulatedExecution child, String name, String value) {
    child.found.put(name, value);
    return TaskTransition.on(name, value);
  }

  private String system(String instance) {
    return lifecycle.fleet.knowsInstance(instance) ? lifecycle.fleet.member(instance).osType : "";
  }

  private static String url(EmulatedExecution child) {
    return "https://%s.oss-%s.aliyuncs.com/%s"
        .formatted(
            child.parameter("bucketName"),
            child.parameter("OSSRegion"),
            child.parameter("objectName"));
  }

  /**
   * @throws TaskFailedException for a script that the action's declaration does not take
   */
  static void checkLength(EmulatedExecution child, String script) {
    if (child.templateName.equals(InstanceAction.DOWNLOAD)
        && script.length() > MAX_DOWNLOAD_SCRIPT) {
      throw new TaskFailedException(
          "commandContent is longer than " + MAX_DOWNLOAD_SCRIPT + " characters");
    }
  }

  /** Begins the execution that the task under way calls. */
  EmulatedExecution call(EmulatedExecution child, long now) {
    String task = child.current;
    boolean windows = child.found.getOrDefault("OSType", "").equals("windows");
    JsonObject given = WireJson.object("regionId", child.regionId);
    given.addProperty("instanceId", child.parameter("instanceId"));
    given.addProperty("commandType", windows ? "RunPowerShellScript" : "RunShellScript");
    given.addProperty("workingDir", child.parameter("workingDir"));
    given.addProperty("timeout", TaskDurations.SCRIPT_SECONDS);
    EmulatedExecution called = lifecycle.create(child, InstanceAction.BARE_COMMAND, given, now);
    called.found.put("for", task);
    called.script =
        task.startsWith("configure")
            ? state.keepScript("# " + packageLine(child))
            : task.startsWith("download") ? state.keepScript(standIn(child)) : child.script;
    return called;
  }

  private static String packageLine(EmulatedExecution child) {
    return "%s the package %s %s"
        .formatted(
            child.parameter("action"),
            child.parameter("packageName"),
            child.parameter("packageVersion"));
  }

  private static String source(EmulatedExecution child) {
    return child.found.getOrDefault("URL", child.parameter("sourcePath"));
  }

  private static String standIn(EmulatedExecution child) {
    String path = source(child).replaceFirst("[?#].*$", "");
    String name = path.substring(path.lastIndexOf('/') + 1);
    return STAND_IN.formatted(
        quoted(source(child)),
        quoted(child.parameter("destinationDir")),
        quoted(name.isEmpty() ? "download" : name));
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  /** What the sandbox answers in the place of Cloud Assistant; null where a script is run. */
  @Nullable JailResult cannedResult(EmulatedExecution called) {
    EmulatedExecution child = state.parentOf(called);
    String task = called.found.getOrDefault("for", "");
    if (child == null || task.isEmpty() || task.startsWith("run")) {
      return null;
    }
    if (task.startsWith("configure")) {
      return configured(child);
    }
    if (!source(child).matches("https?://[^/.]+\\..*[^/]")) {
      return failed("there is nothing to download at \"" + source(child) + "\"");
    }
    return task.equals("downloadLinuxFile")
        ? null
        : new JailResult(0, "(simulated) nothing was fetched\n", 0, false);
  }

  private static JailResult failed(String why) {
    return new JailResult(1, "(simulated) " + why + "\n", 0, false);
  }

  private Optional<StoredTemplate.StoredTemplateVersion> wanted(EmulatedExecution child) {
    return templates.pack(
        child.parameter("packageName"), child.parameter("packageVersion"), child.regionId);
  }

  private JailResult configured(EmulatedExecution child) {
    String name = child.parameter("packageName");
    Optional<StoredTemplate.StoredTemplateVersion> version = wanted(child);
    if (version.isEmpty()) {
      return failed("there is no package " + name + " " + child.parameter("packageVersion"));
    }
    String done =
        child.parameter("action").equals("uninstall")
            ? name + " is removed"
            : name + " " + version.get().versionName + " (" + version.get().version + ") is there";
    return new JailResult(0, "(simulated) " + done + "; nothing was fetched\n", 0, false);
  }

  /** A called execution was a success: notes down what it did. */
  TaskTransition called(EmulatedExecution child, EmulatedExecution called, long now) {
    String output = called.output("invocationOutput");
    String task = child.current;
    if (task.startsWith("configure")) {
      child.found.put("commandOutput", output);
      Map<String, EmulatedInstance.InstalledPackage> packages =
          lifecycle.fleet.member(child.parameter("instanceId")).packages;
      String name = child.parameter("packageName");
      // That to remove what is not there is a success is assumed.
      if (child.parameter("action").equals("uninstall")) {
        packages.remove(name);
      } else {
        String version = wanted(child).orElseThrow().version;
        packages.put(name, new EmulatedInstance.InstalledPackage(version, now));
      }
    } else {
      boolean download = task.startsWith("download");
      child.found.put(download ? "downloadFileCommandOutput" : "runCommandOutput", output);
    }
    return TaskTransition.on("commandOutput", output);
  }
}
