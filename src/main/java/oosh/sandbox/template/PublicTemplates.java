package oosh.sandbox.template;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import oosh.sandbox.api.WireJson;
import oosh.sandbox.state.EmulatedExecution;
import oosh.sandbox.template.EmulatedTemplate.TaskKind;
import oosh.sandbox.template.EmulatedTemplate.TemplateTask;

/**
 * The six public templates for rolling updates, by their names; each is a resource {@code
 * templates/NAME.json} (source of names, types, defaults, limits and tasks: the public repository
 * aliyun/oos-templates; the descriptions are the sandbox's). From the top their tasks are the
 * update, from {@link TaskKind#FIND_AGAIN} on the rollback.
 */
public final class PublicTemplates {
  private static final JsonObject DECLARATIONS =
      WireJson.resource("templates/parameters.json", JsonObject.class);

  private static final Map<String, EmulatedTemplate> ALL = new LinkedHashMap<>();

  private static final JsonObject NONE = new JsonObject();
  private static final String PREFIX = "ACS-ESS-RollingUpdateBy";

  public static final String REPLACE_DISK = PREFIX + "ReplaceSystemDiskInScalingGroup";
  public static final String DOWNLOAD_OSS = PREFIX + "DownloadOSSFileAndRunCommand";

  static {
    for (String name :
        List.of(
            PREFIX + "RunCommandInScalingGroup",
            REPLACE_DISK,
            PREFIX + "ConfigureOOSPackage",
            PREFIX + "DownloadFileAndRunCommand",
            DOWNLOAD_OSS,
            PREFIX + "UpdateContainerGroup")) {
      ALL.put(name, read(name));
    }
  }

  private PublicTemplates() {}

  /**
   * A template's resource.
   *
   * @param action the action that its loop calls for each instance
   * @param tasks the kind of each task, by its name
   * @param properties what the loop hands to the action
   * @param rollback what of it is other in a rollback
   */
  private record Content(
      String description,
      String action,
      List<String> parameters,
      LinkedHashMap<String, TaskKind> tasks,
      JsonObject properties,
      JsonObject rollback) {}

  private static EmulatedTemplate read(String name) {
    Content content = WireJson.resource("templates/" + name + ".json", Content.class);
    JsonObject parameters = new JsonObject();
    content.parameters().forEach(each -> declare(parameters, each));
    List<TemplateTask> tasks = new ArrayList<>();
    JsonObject properties = content.properties().deepCopy();
    for (Map.Entry<String, TaskKind> each : content.tasks().entrySet()) {
      String task = each.getKey();
      TaskKind kind = each.getValue();
      if (kind == TaskKind.FIND_AGAIN) {
        properties.asMap().putAll(content.rollback().asMap());
      }
      String action = kind == TaskKind.UPDATE ? content.action() : kind.action;
      JsonObject own = properties.deepCopy();
      tasks.add(
          new TemplateTask(
              task,
              kind,
              action,
              EmulatedTemplate.NEXT,
              EmulatedTemplate.END,
              own,
              NONE,
              NONE,
              kind.right,
              NONE,
              NONE));
    }
    DeclaredParameters declared = new DeclaredParameters(name, parameters);
    return new EmulatedTemplate(
        name, content.description(), "{{ OOSAssumeRole }}", declared, tasks);
  }

  /** The template as GetTemplate answers it: parameters, and tasks without their selectors. */
  public static String content(EmulatedTemplate template) {
    JsonArray all = new JsonArray();
    TemplateTask last = template.tasks().get(template.tasks().size() - 1);
    for (TemplateTask task : template.tasks()) {
      JsonObject json = WireJson.object("Name", task.name(), "Action", task.action());
      if (task.kind() == TaskKind.RESUME && !task.equals(last)) {
        json.addProperty("OnSuccess", EmulatedTemplate.END);
      }
      all.add(json);
    }
    JsonObject content = WireJson.object("FormatVersion", EmulatedTemplate.FORMAT);
    content.addProperty("Description", template.description());
    content.addProperty("RamRole", template.ramRole());
    content.add("Parameters", template.parameters().json());
    content.add("Tasks", all);
    if (!InstanceActions.of(template).gathered().isEmpty()) {
      JsonObject list = WireJson.object("Type", "List");
      content.add("Outputs", WireJson.wrapped("commandOutputs", list));
    }
    return WireJson.text(content);
  }

  /** All templates declare a parameter alike, but that {@code name!} must be given. */
  private static void declare(JsonObject parameters, String name) {
    String plain = name.replace("!", "");
    JsonObject declaration = DECLARATIONS.getAsJsonObject(plain).deepCopy();
    if (!plain.equals(name)) {
      declaration.remove("Default");
    }
    parameters.add(plain, declaration);
  }

  static Collection<EmulatedTemplate> all() {
    return ALL.values();
  }

  public static Optional<EmulatedTemplate> named(String name) {
    return Optional.ofNullable(ALL.get(name));
  }

  /** The template of an execution that is known to be of one. */
  public static EmulatedTemplate of(EmulatedExecution root) {
    return named(root.templateName)
        .orElseThrow(() -> new IllegalStateException("no template " + root.templateName));
  }
}
